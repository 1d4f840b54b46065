"""What is kept of a device's token, and how tokens are made so that a person can type them."""

import hashlib
import secrets

REALM = "Zajedno"  # part of what is kept for every device: another word would lock all of them out
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_GROUPS, _GROUP = 4, 5  # 20 signs: 99 bits


def new_name() -> str:
    """The name under which a device logs in: eight signs that say nothing of anybody."""
    return "".join(secrets.choice(SIGNS) for _sign in range(8))


def new_token() -> str:
    """Four groups of five signs."""
    return "-".join("".join(secrets.choice(SIGNS) for _sign in range(_GROUP)) for _group in range(_GROUPS))


def token_hash(token: str) -> bytes:
    """SHA-256 of a token: 32 bytes. The token itself is random, so no salt is needed."""
    return hashlib.sha256(token.encode()).digest()


def digest_secret(name: str, token: str) -> str:
    """What HTTP Digest calls HA1, in hexadecimal (RFC 7616, 3.4.2, with MD5 as field applications have it)."""
    return hashlib.md5(f"{name}:{REALM}:{token}".encode(), usedforsecurity=False).hexdigest()
