"""`zajedno setup`: everything an installation needs before it starts; repeating it does only what changed."""

import argparse
import importlib
import io
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec

from zajedno.site import keys, stamps
from zajedno.site.command.progress import Say, step
from zajedno.site.connection import connected, own_server
from zajedno.site.database import Cluster
from zajedno.site.folders import PACKAGE, data_folder, made
from zajedno.site.trouble import Trouble

HELP = "Prepare the data folder, keys, database, tables, static files and reference data. Safe to repeat."

PEOPLE = ("people", "seeded")  # key and digest of the last step of the demo


@dataclass(frozen=True, slots=True)
class Step:
    """`digest` of what the step depends on. On a named server we cannot know what is `in_database`: done each time."""

    key: str
    title: str
    do: Callable[[Say], None]
    digest: Callable[[], str]
    in_database: bool = True

    def digest_now(self) -> str | None:
        return None if self.in_database and not own_server() else self.digest()


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--again", action="store_true", help="do every step again, also those that are up to date")


def run(options: argparse.Namespace) -> int:
    """Trouble with one sentence when a step cannot be done; what was done before stays done."""
    began = time.monotonic()
    print(f"Preparing Zajedno in {data_folder()}", flush=True)
    prepare(again=options.again)
    print(f"Ready ({time.monotonic() - began:.1f} s).", flush=True)
    return 0


def prepare(*, again: bool = False, people: bool = True) -> None:
    """`people`: in the demo also those who are invented for it."""
    folder = made(data_folder())
    _require_assets()
    _make_keys()
    known = stamps.Stamps(folder)
    if again or (own_server() and not Cluster(folder).exists):
        known.forget()
    steps = [s for s in _steps() if people or s.key != PEOPLE[0]]
    waiting = [(s, digest) for s in steps if (digest := s.digest_now()) is None or not known.fresh(s.key, digest)]
    if not waiting:
        print("  Everything is up to date.", flush=True)
        return
    with ExitStack() as stack:
        with step("Database"):
            stack.enter_context(connected(owner=True))
        for one, digest in waiting:
            with step(one.title) as say:
                one.do(say)
            if digest is not None:
                known.set(one.key, digest)


def ready() -> bool:
    """Was this installation prepared by this version? A named server is asked when it starts."""
    known = stamps.Stamps(data_folder())
    return all(known.fresh(s.key, digest) for s in _steps() if (digest := s.digest_now()) is not None)


def _steps() -> list[Step]:
    steps = [
        Step("tables", "Tables", _migrate, stamps.of_tables),
        Step("static", "Style sheets, scripts and fonts", _collect_static, stamps.of_static, in_database=False),
        Step("packs", "Procedures, forms and reference data", _load_packs, stamps.of_packs),
    ]
    if os.environ.get("ZAJEDNO_MODE", "demo") == "demo" and find_spec("zajedno.site.demo"):
        steps.append(Step(PEOPLE[0], "Invented people and cases", _seed, lambda: PEOPLE[1]))
    return steps


def _require_assets() -> None:
    if not (PACKAGE / "web" / "static" / "built" / "app.css").exists():
        raise Trouble(
            "The style sheets are not built. Run `make assets` in the checked-out copy (it brings its own Node)."
        )


def _make_keys() -> None:
    path = keys.path()
    if path.exists():
        return
    from zajedno.kernel.sealed import create_ring

    with step("Keys that seal personal data") as say:
        try:
            create_ring(path)
        except OSError as error:
            raise Trouble(f"The keys cannot be written to {path} ({error.strerror}): ZAJEDNO_SEALING_KEYS.") from None
        say(f"{path}; keep a copy apart from the backups")


def _migrate(say: Say) -> None:
    from django.core.management import call_command

    answer = io.StringIO()
    call_command("migrate", interactive=False, verbosity=1, stdout=answer)
    applied = answer.getvalue().count("... OK") + answer.getvalue().count(" OK\n") // 2
    say("up to date" if not applied else "made")


def _collect_static(say: Say) -> None:
    from django.conf import settings
    from django.core.management import call_command

    try:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    except PermissionError as error:
        raise Trouble(f"Static files cannot be written to {error.filename}: ZAJEDNO_STATIC.") from None
    say(str(sum(1 for path in settings.STATIC_ROOT.rglob("*") if path.is_file())) + " files")


def _load_packs(say: Say) -> None:
    """All of ours. On a server a changed procedure waits until an administrator has read the difference."""
    from zajedno.site.command.pack_check import chosen
    from zajedno.web.manage.pack_check import check_packs
    from zajedno.web.manage.packs import changes, load

    packs = chosen([])
    if complaints := check_packs(packs):
        raise Trouble("The packs hold mistakes:\n" + "\n".join(map(str, complaints)))
    if os.environ.get("ZAJEDNO_MODE") == "server" and any(change.number > 1 for change in changes(packs)):
        say("changes wait: read and load them with `zajedno pack load`")
        return
    load(packs, by=None, progress=say)


def _seed(say: Say) -> None:
    importlib.import_module("zajedno.site.demo").seed(say)
