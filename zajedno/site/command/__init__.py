"""The `zajedno` command: finds the command in the table, loads only that one, and answers trouble in one sentence."""

import argparse
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from types import ModuleType

from zajedno.site.command.table import COMMANDS, Command, Group
from zajedno.site.trouble import Trouble

INTRODUCTION = "Zajedno keeps the work of a community that keeps its children included."
MORE = "`zajedno COMMAND --help` explains each command."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit code: 0 done, 1 could not be done, 2 wrong use, 130 interrupted."""
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except Trouble as trouble:
        return _say(trouble.sentence, trouble.status)
    except KeyboardInterrupt:
        return _say("Interrupted.", 130)
    except BrokenPipeError:  # `zajedno … | head` read what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
        return _say(f"{error.filename}: {error.strerror}.", 1)
    except Exception as error:
        if (sentence := _expected(error)) is None:
            raise
        return _say(sentence, 1)


def _run(arguments: list[str]) -> int:
    top = _chooser("zajedno", INTRODUCTION, COMMANDS)
    _add_today(top)
    if not arguments:
        top.print_help()
        return 2
    chosen = top.parse_args(arguments)
    name, entry, rest = chosen.command, COMMANDS[chosen.command], chosen.rest
    if isinstance(entry, Group):
        inner = _chooser(f"zajedno {name}", entry.line, entry.commands).parse_args(rest)
        name, entry, rest = f"{name} {inner.command}", entry.commands[inner.command], inner.rest
    return _run_one(name, entry, rest, getattr(chosen, "today", None))


def _chooser(program: str, description: str, entries: Mapping[str, Command | Group]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        program, description=description, formatter_class=_Plain, epilog=_listing(entries), allow_abbrev=False
    )
    parser.add_argument("command", choices=entries, metavar="COMMAND", help="one of the commands below")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def _run_one(name: str, command: Command, arguments: list[str], today: date | None) -> int:
    module = _module(command)
    parser = argparse.ArgumentParser(f"zajedno {name}", description=module.HELP, formatter_class=_Plain)
    _add_today(parser)
    module.arguments(parser)
    options = parser.parse_args(arguments)
    if day := getattr(options, "today", None) or today:
        os.environ["ZAJEDNO_TODAY"] = day.isoformat()
    with _opened(command.needs):
        return int(module.run(options) or 0)


def _module(command: Command) -> ModuleType:
    return importlib.import_module(f"zajedno.site.command.{command.module}")


def _opened(needs: str) -> AbstractContextManager[None]:
    if not needs:
        return nullcontext()
    from zajedno.site.connection import connected

    return connected(owner=needs == "owner")


def _add_today(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--today",
        type=_day,
        metavar="YYYY-MM-DD",
        default=argparse.SUPPRESS,
        help="do the work as if it were this day (for trying out deadlines)",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-09-01") from None


def _listing(entries: Mapping[str, Command | Group]) -> str:
    lines = ["commands:"]
    for name, entry in entries.items():
        if isinstance(entry, Group):
            lines += [f"  {f'{name} {inner}':<15} {command.line}" for inner, command in entry.commands.items()]
        else:
            lines.append(f"  {name:<15} {entry.line}")
    return "\n".join([*lines, "", MORE])


EXPECTED = (
    ("zajedno.kernel.refusal", "Refused"),
    ("psycopg", "OperationalError"),
    ("django.db", "OperationalError"),
    ("django.core.exceptions", "ImproperlyConfigured"),
    ("django.core.management.base", "SystemCheckError"),
    ("django.core.management.base", "CommandError"),
)


def _expected(error: Exception) -> str | None:
    """The sentence for trouble that comes from below: a refusal, or a database that does not answer."""
    for module, name in EXPECTED:
        if module in sys.modules and isinstance(error, getattr(sys.modules[module], name)):
            if name == "OperationalError":
                return _of_the_database(error)
            return str(getattr(error, "sentence", error))
    return None


def _of_the_database(error: Exception) -> str:
    """A deadlock is not a dead server: somebody else had to go first."""
    if getattr(error.__cause__ or error, "sqlstate", None) == "40P01":
        return "Somebody else was writing the same things and had to go first. Nothing was entered: try again."
    return f"The database does not answer: {str(error).strip().splitlines()[0]}"


def _say(sentence: str, status: int) -> int:
    print(f"zajedno: {sentence}", file=sys.stderr)
    return status


class _Plain(argparse.RawDescriptionHelpFormatter):
    """Keeps the line breaks of the list of commands."""
