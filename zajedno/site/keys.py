"""The file of sealing keys: where it is, and a fingerprint that tells two of them apart without giving them away."""

import hashlib
import os
from pathlib import Path

from zajedno.site.folders import data_folder


def path() -> Path:
    return Path(os.environ.get("ZAJEDNO_SEALING_KEYS") or data_folder() / "keys.json")


def fingerprint() -> str:
    """16 hexadecimal digits; empty when there are no keys."""
    try:
        return hashlib.sha256(b"fingerprint of keys" + path().read_bytes()).hexdigest()[:16]
    except FileNotFoundError:
        return ""
