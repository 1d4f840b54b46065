"""What is kept of a device's token."""

import hashlib


def token_hash(token: str) -> bytes:
    """SHA-256 of a token: 32 bytes. The token itself is random, so no salt is needed."""
    return hashlib.sha256(token.encode()).digest()
