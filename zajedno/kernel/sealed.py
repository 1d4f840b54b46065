"""Sealed text and files: AES-256-GCM, bound to where they stand, under keys kept outside the database.

`seal` writes `version | key id | nonce | ciphertext`. A child has a data key of its own, wrapped by the master:
destroying it erases everything sealed under it, in the database and in every backup.
"""

import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = 1
NONCE = 12
HEADER = 3  # version, two bytes of key id


class BrokenSeal(Exception):
    """The bytes were changed, moved to another row, or their key is gone."""


@dataclass(frozen=True)
class KeyRing:
    """Master keys by id (the newest seals), the key of the blind index, and ids of destroyed data keys."""

    masters: dict[int, bytes]
    index: bytes

    @property
    def newest(self) -> int:
        return max(self.masters)


def create_ring(path: Path) -> None:
    """Write a new ring, readable by its owner only. Keeps the one that is there."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"masters": {"1": secrets.token_hex(32)}, "index": secrets.token_hex(32)}
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(content, file)


@cache
def ring() -> KeyRing:
    """The key ring of this installation (`ZAJEDNO_SEALING_KEYS`)."""
    content = json.loads(settings.SEALING_KEYS.read_text())
    masters = {int(key): bytes.fromhex(value) for key, value in content["masters"].items()}
    return KeyRing(masters, bytes.fromhex(content["index"]))


def seal(plain: bytes, bound_to: str, data_key: bytes | None = None) -> bytes:
    """Sealed bytes. `bound_to` is `table.column|row`; key id 0 means a data key given by the caller."""
    key_id = 0 if data_key else ring().newest
    nonce = os.urandom(NONCE)
    cipher = AESGCM(data_key or ring().masters[key_id])
    return bytes([VERSION, *key_id.to_bytes(2, "big")]) + nonce + cipher.encrypt(nonce, plain, bound_to.encode())


def unseal(sealed: bytes | memoryview, bound_to: str, data_key: bytes | None = None) -> bytes:
    """The plain bytes, or BrokenSeal; never the raw value."""
    content = bytes(sealed)
    key_id = int.from_bytes(content[1:HEADER], "big")
    key = data_key if key_id == 0 else ring().masters.get(key_id)
    if content[:1] != bytes([VERSION]) or key is None:
        raise BrokenSeal("unknown version or key")
    try:
        return AESGCM(key).decrypt(content[HEADER : HEADER + NONCE], content[HEADER + NONCE :], bound_to.encode())
    except InvalidTag:
        raise BrokenSeal("content does not fit its seal") from None


def new_data_key(bound_to: str) -> bytes:
    """A fresh data key, wrapped by the newest master."""
    return seal(secrets.token_bytes(32), bound_to)


def blind(value: str, purpose: str) -> bytes:
    """Keyed hash for exact search: 32 bytes, the same for the same value and purpose."""
    return hmac.digest(ring().index, f"{purpose}\0{value}".encode(), "sha256")
