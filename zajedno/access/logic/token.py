"""How a token looks, and what is kept of it."""

import hashlib
import re
import secrets

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_FORM = re.compile(r"zaj_([a-z2-9]{8})_[a-z2-9]{40}", re.ASCII)


def new_token() -> str:
    """`zaj_` (so that a leaked one can be searched for), eight signs to find its row by, forty that are secret: 198
    bits."""
    return f"zaj_{_signs(8)}_{_signs(40)}"


def prefix_of(token: str) -> str:
    """Empty for what is no token."""
    found = _FORM.fullmatch(token)
    return found[1] if found else ""


def token_hash(token: str) -> bytes:
    """SHA-256: 32 bytes. The token itself is random, so no salt is needed."""
    return hashlib.sha256(token.encode()).digest()


def _signs(count: int) -> str:
    return "".join(secrets.choice(SIGNS) for _sign in range(count))
