"""PostgreSQL refuses to run as root. As root (containers, CI) it runs under an account without rights."""

import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zajedno.site.database.binaries import Binaries
from zajedno.site.trouble import Trouble

SHARED = Path("/var/lib/zajedno")  # reachable by every account; only root writes here


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server: user and group numbers, and whether that is somebody else than ourselves."""

    uid: int
    gid: int
    other: bool

    def run(self, *command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a program as this account, its output captured as text."""
        if self.other:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        # Where the caller stands may be a folder the account cannot enter.
        return subprocess.run([str(c) for c in command], capture_output=True, text=True, cwd="/", **options)

    def reaches(self, path: Path) -> bool:
        """Can this account enter the folder (or read and run the file)?"""
        if not self.other:
            return os.access(path, os.X_OK)
        return self.run("test", "-x", path).returncode == 0

    def give(self, path: Path) -> None:
        if self.other:
            os.chown(path, self.uid, self.gid)


def server_account(home: Path) -> Account:
    """Ourselves; as root the owner of an existing database, else the account `zajedno`, else `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), other=False)
    if home.exists() and (stat := home.stat()).st_uid != 0:
        return Account(stat.st_uid, stat.st_gid, other=True)
    for name in ("zajedno", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, other=True)
    raise Trouble("PostgreSQL will not run as root, and there is no account `nobody` here. Add an account `zajedno`.")


def reachable_home(folder: Path, account: Account) -> Path:
    """`folder/postgres`, made and given to the account; a link to a folder elsewhere when it cannot go there."""
    home = folder / "postgres"
    if home.exists():
        return home.resolve()
    if home.is_symlink():
        raise Trouble(f"{home} points to {os.readlink(home)}, which is gone. Restore it, or remove the link.")
    if not account.reaches(folder):
        real = _shared() / f"postgres-{secrets.token_hex(4)}"
        home.symlink_to(real)
        home = real
    home.mkdir(mode=0o700)
    account.give(home)
    return home


def reachable_binaries(binaries: Binaries, account: Account) -> Binaries:
    """The same programs, copied once to where the account can run them when the environment lies in a closed home."""
    if not account.other or account.reaches(binaries.folder / "postgres"):
        return binaries
    source = binaries.folder.parent
    stamp = int((source / "bin" / "postgres").stat().st_mtime)
    copy = _shared() / f"programs-{binaries.major}-{stamp}"
    if not copy.exists():
        half = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(source, half, symlinks=True)
        half.chmod(0o755)
        try:
            half.rename(copy)
        except OSError:  # another start was quicker
            shutil.rmtree(half)
    return replace(binaries, folder=copy / "bin")


def _shared() -> Path:
    try:
        SHARED.mkdir(parents=True, exist_ok=True, mode=0o755)
        SHARED.chmod(0o755)
    except OSError as error:
        raise Trouble(
            f"The account that runs PostgreSQL cannot reach the data folder, and {SHARED} cannot be made "
            f"({error.strerror}). Choose a data folder that every account can enter, with ZAJEDNO_DATA."
        ) from None
    return SHARED
