"""The command explains itself and answers trouble in one sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.conftest import environment, zajedno
from zajedno.site.command import main
from zajedno.site.command.table import COMMANDS, Command, Group
from zajedno.site.trouble import Trouble


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    text = capsys.readouterr().out
    assert end.value.code == 0
    for name, entry in COMMANDS.items():
        names = [f"{name} {inner}" for inner in entry.commands] if isinstance(entry, Group) else [name]
        assert all(f"  {one} " in text for one in names)


def test_help_loads_neither_django_nor_a_command() -> None:
    program = "import sys\ntry: from zajedno.site.command import main; main(['--help'])\nexcept SystemExit: pass\n"
    program += "sys.exit(any(m == 'django' or m.startswith('zajedno.site.command.') and not m.endswith('table')"
    program += " for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment(Path("/nowhere")))
    assert done.returncode == 0


def _commands() -> list[list[str]]:
    found = []
    for name, entry in COMMANDS.items():
        found += [[name, inner] for inner in entry.commands] if isinstance(entry, Group) else [[name]]
    return found


@pytest.mark.parametrize("words", _commands(), ids=" ".join)
def test_each_command_explains_itself(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*words, "--help"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: zajedno {' '.join(words)}")


@pytest.mark.parametrize("words", [["dance"], ["tool", "dance"], ["--today", "soon", "check"], ["up", "--port", "x"]])
def test_wrong_use_is_answered_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert capsys.readouterr().err


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "commands:" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--today", "2026-09-01", "odd"], ["odd", "--today", "2026-09-01"]])
def test_today_is_set_for_the_whole_command(words: list[str], odd: dict[str, str]) -> None:
    assert main(words) == 0
    assert odd["day"] == "2026-09-01"


def test_trouble_is_one_sentence(odd: dict[str, BaseException], capsys: pytest.CaptureFixture[str]) -> None:
    odd["raise"] = Trouble("The moon is in the way.")
    assert main(["odd"]) == 1
    assert capsys.readouterr().err == "zajedno: The moon is in the way.\n"


def test_a_missing_file_is_one_sentence(odd: dict[str, BaseException], capsys: pytest.CaptureFixture[str]) -> None:
    odd["raise"] = FileNotFoundError(2, "No such file or directory", "children.csv")
    assert main(["odd"]) == 1
    assert capsys.readouterr().err == "zajedno: children.csv: No such file or directory.\n"


def test_ctrl_c_is_clean(odd: dict[str, BaseException], capsys: pytest.CaptureFixture[str]) -> None:
    odd["raise"] = KeyboardInterrupt()
    assert main(["odd"]) == 130
    assert capsys.readouterr().err == "zajedno: Interrupted.\n"


def test_what_nobody_expected_is_not_hidden(odd: dict[str, BaseException]) -> None:
    odd["raise"] = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        main(["odd"])


def test_a_reader_that_leaves_early_is_no_trouble(tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("Школа\n" * 200_000)
    shell = f"{sys.executable} -m zajedno.site.command tool text latin < {lines} | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", shell], capture_output=True, text=True, env=environment(tmp_path)
    )
    assert (done.stdout, done.stderr) == ("Škola\n", "")


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    nowhere = f"postgresql://somebody:secret@/zajedno?host={tmp_path}"
    done = zajedno("audit", "verify", folder=tmp_path, DATABASE_URL=nowhere, ADMIN_DATABASE_URL=nowhere)
    assert done.returncode == 1
    assert done.stderr.startswith("zajedno: The database does not answer: ")
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A command that does what the test tells it."""
    import os
    import types

    told: dict[str, object] = {}

    def run(options: object) -> int:
        told["day"] = os.environ.get("ZAJEDNO_TODAY")
        if isinstance(told.get("raise"), BaseException):
            raise told["raise"]  # type: ignore[misc]
        return 0

    module = types.ModuleType("zajedno.site.command.odd")
    module.HELP, module.arguments, module.run = "odd", lambda parser: None, run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "zajedno.site.command.odd", module)
    monkeypatch.setitem(COMMANDS, "odd", Command("odd", "odd"))
    monkeypatch.setenv("ZAJEDNO_TODAY", "")
    return told
