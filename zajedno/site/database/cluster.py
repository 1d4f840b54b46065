"""A PostgreSQL server of our own in a folder: made, started, shared between processes and stopped after the last."""

import hashlib
import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from zajedno.site.database import account, binaries, passwords, stale, usage
from zajedno.site.trouble import Trouble

ADMIN = "zajedno_admin"  # owns the tables and runs the migrations
LOGIN = "zajedno_login"  # logs in and has no rights; becomes a desk's role inside each transaction
PORT = 5432
LONGEST_SOCKET_FOLDER = 80  # the system allows 107 bytes with the socket's name

# Error texts may hold values of rows; the server's log must not.
SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
"""


class Cluster:
    """The server in `folder`. `settings` are given at each start (tests: `{"fsync": "off"}`).

    `temporary`: the folder is removed when the last user is gone.
    """

    def __init__(self, folder: Path, *, settings: Mapping[str, str] | None = None, temporary: bool = False) -> None:
        self.folder = folder.absolute()
        self.settings = dict(settings or {})
        self.temporary = temporary
        self._users = usage.Lock(self.folder / "postgres.users")
        self._account: account.Account | None = None
        self._binaries: binaries.Binaries | None = None

    @property
    def account(self) -> account.Account:
        if self._account is None:
            self._account = account.server_account(self.folder / "postgres")
        return self._account

    @property
    def home(self) -> Path:
        return account.reachable_home(self.folder, self.account)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def exists(self) -> bool:
        return (self.folder / "postgres" / "data" / "PG_VERSION").exists()

    @property
    def binaries(self) -> binaries.Binaries:
        """The programs of the version that made the data."""
        if self._binaries is None:
            version = self.data / "PG_VERSION"
            wanted = int(version.read_text()) if version.exists() else None
            self._binaries = account.reachable_binaries(binaries.found(wanted), self.account)
        return self._binaries

    @property
    def socket_folder(self) -> Path:
        """Inside the folder when its name is short enough for a socket, else under the system's temporary folder."""
        inside = self.home / "run"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"zj-{self.account.uid}-{digest}"

    @property
    def _password_file(self) -> Path:
        return self.folder / "postgres.json"

    def url(self, role: str = LOGIN, database: str = "zajedno") -> str:
        """Address for psycopg and Django, with the password in it: never print it."""
        password = passwords.read(self._password_file)[role]
        return f"postgresql://{role}:{password}@/{database}?host={quote(str(self.socket_folder))}&port={PORT}"

    def start(self) -> None:
        """Make the cluster when it is missing, start the server when it is not running, and count as a user of it."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o711)
        self._share()
        with usage.alone(self.folder / "postgres.lock"):
            if not self.exists:
                self._make()
            if not self.running():
                self._launch()
        usage.start_keeper(self.folder, temporary=self.temporary)

    def keep(self) -> None:
        """Start it again when it died. Asked every few seconds, so it does nothing else."""
        if not self.running():
            self.start()

    def stop(self) -> None:
        """Stop counting as a user; the last user stops the server."""
        self._users.release()
        if self._users.alone_at_once():
            self._halt()
        elif not self._users.share_at_once():
            self._users.share()  # the keeper is stopping it: wait for that
        self._users.release()

    def stop_after_last_user(self) -> None:
        """The keeper's work: one keeper at a time waits for the last user, then stops the server."""
        turn = usage.Lock(self.folder / "postgres.keeper")
        if not turn.alone_at_once():
            return
        self._users.alone()
        self._halt()
        if self.temporary:
            self.remove()

    def remove(self) -> None:
        """Stop the server at once and remove the folder with all its data."""
        if self.exists:
            self._halt("immediate")
            shutil.rmtree(self.socket_folder, ignore_errors=True)
            shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def running(self) -> bool:
        command = (self.binaries.path("pg_isready"), "-q", "-h", str(self.socket_folder), "-p", str(PORT))
        return subprocess.run(command, check=False).returncode == 0

    def _share(self) -> None:
        try:
            self._users.share()
        except PermissionError:
            raise Trouble(
                f"The data folder {self.folder} belongs to another account. "
                "Run the command as that account, or choose another folder with ZAJEDNO_DATA."
            ) from None

    def _make(self) -> None:
        """Into a folder of another name first, so that an interrupted start leaves nothing half made."""
        half = self.home / "data.new"
        shutil.rmtree(half, ignore_errors=True)
        known = self._password_file.exists()
        made = passwords.read(self._password_file) if known else passwords.make(self._password_file, ADMIN, LOGIN)
        password_file = self.home / "password"
        password_file.touch(mode=0o600)
        try:
            password_file.write_text(made[ADMIN])
            self.account.give(password_file)
            self._initdb(half, password_file)
        finally:
            password_file.unlink()
        with (half / "postgresql.conf").open("a") as file:
            file.write(SETTINGS)
        half.rename(self.data)

    def _initdb(self, target: Path, password_file: Path) -> None:
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        locale = builtin if self.binaries.major >= 17 else ["--locale=C.UTF-8"]
        options = [
            "-D",
            str(target),
            "-U",
            ADMIN,
            "--auth=scram-sha-256",
            f"--pwfile={password_file}",
            "-E",
            "UTF8",
            "-k",
        ]
        quick = ["--no-sync"] if self.settings.get("fsync") == "off" else []
        done = self.account.run(self.binaries.path("initdb"), *options, *locale, *quick)
        if done.returncode:
            raise Trouble(f"PostgreSQL could not make its database in {self.home}: {_last_line(done.stderr)}")

    def _launch(self) -> None:
        self._make_socket_folder()
        log = self.home / "log"
        if log.exists() and log.stat().st_size > 10_000_000:
            log.replace(log.with_name("log.old"))
        for _attempt in range(40):  # recovery after a crash may take a while
            if self.running():
                return
            stale.forget_dead_server(self.data)
            started = self._control("-t", "120", "-l", str(log), "-o", self._options(), "start")
            if started.returncode == 0 and self.running():
                return
            time.sleep(0.25)
        said = _last_line(log.read_text(errors="replace")) if log.exists() else started.stderr
        raise Trouble(f"PostgreSQL did not start. Its log, {log}, ends with: {said}")

    def _options(self) -> str:
        """What is given anew at each start, so that the folder may move; for the shell inside `pg_ctl`."""
        given = {"unix_socket_directories": str(self.socket_folder), "port": str(PORT), **self.settings}
        return " ".join(f"-c {shlex.quote(f'{key}={value}')}" for key, value in given.items())

    def _control(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        # A session of its own: Ctrl-C in the terminal must reach the web server, not the database under it.
        command = (self.binaries.path("pg_ctl"), "-w", "-D", str(self.data), *arguments)
        return self.account.run(*command, start_new_session=True)

    def _make_socket_folder(self) -> None:
        folder = self.socket_folder
        if not folder.exists():
            folder.mkdir(mode=0o700)
            self.account.give(folder)
        if folder.is_symlink() or folder.stat().st_uid != self.account.uid or folder.stat().st_mode & 0o077:
            raise Trouble(
                f"The database cannot use {folder}: it is not ours. Remove it, or set TMPDIR to another folder."
            )

    def _halt(self, how: str = "fast") -> None:
        if self.exists and (self.data / "postmaster.pid").exists():
            self._control("-m", how, "stop")


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "(it said nothing)"
