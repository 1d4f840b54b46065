"""Passwords of the two accounts in our own database server, in one file that only its owner reads."""

import json
import os
import secrets
from pathlib import Path

from zajedno.site.trouble import Trouble


def read(path: Path) -> dict[str, str]:
    """{role: password}. Trouble when others may read the file, or when it is unreadable."""
    try:
        if path.stat().st_mode & 0o077:
            raise Trouble(f"Others may read {path}, which holds passwords. Run: chmod 600 {path}")
        return dict(json.loads(path.read_text()))
    except FileNotFoundError:
        raise Trouble(f"{path} with the database's passwords is missing. Restore it from your copy.") from None
    except (PermissionError, ValueError):
        raise Trouble(f"{path} cannot be read. It belongs to the account that ran `zajedno setup`.") from None


def make(path: Path, *roles: str) -> dict[str, str]:
    """New passwords for the roles, written with mode 0600."""
    made = {role: secrets.token_urlsafe(24) for role in roles}
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(made, file)
    return made
