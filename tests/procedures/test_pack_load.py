"""`zajedno pack load`: everything checked first, the difference shown, twice is once."""

import argparse
import shutil
from pathlib import Path

import pytest

from tests.procedures.test_pack import OURS, plant
from zajedno.access.queries.account import roles
from zajedno.exchange.queries.model import public
from zajedno.procedures.models import Version
from zajedno.procedures.queries.definition import current, measures, purposes, retention
from zajedno.site.command import pack_load
from zajedno.web.manage.packs import LISTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OURS, tmp_path / "packs", ignore=shutil.ignore_patterns("places", "*.docx")))


def load(folder: Path, *, show: bool = False, yes: bool = True) -> int:
    return pack_load.run(argparse.Namespace(folders=[folder], show=show, yes=yes))


def test_everything_is_loaded_once(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(packs) == 0
    assert "rs: procedure additional-support is new." in capsys.readouterr().out
    before = Version.objects.count()
    lists = [path for name in LISTS.values() for path in packs.glob(f"*/{name}")]
    assert before == len(lists) + len(list(packs.rglob("procedures/*.toml")))
    assert current("additional-support", "RS").definition.first == "draft"
    assert {measure.key for measure in measures("RS")} >= {"personal_companion", "barrier_removal"}
    assert {purpose.key for purpose in purposes("RS")} >= {"registration", "additional-support"}
    assert {rule.key for rule in retention("RS")} >= {"child", "case", "audit"}
    assert set(public().values_list("slug", flat=True)) == {"spi", "local-network"}  # every room loads its part
    assert load(packs) == 0
    assert "nothing changed" in capsys.readouterr().out
    assert Version.objects.count() == before


def test_a_change_is_shown_and_only_loaded_when_agreed(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(packs)
    plant(packs / "rs/procedures/additional-support.toml", "length = 60", "length = 45")
    capsys.readouterr()
    assert load(packs, yes=False) == 1
    said = capsys.readouterr()
    assert "rs: procedure additional-support becomes version 2:\n    deadline opinion › length: 60 → 45\n" in said.out
    assert "Nothing was loaded." in said.err
    assert load(packs, show=True) == 0
    assert current("additional-support", "RS").definition.deadline["opinion"].length == 60
    assert load(packs) == 0
    assert current("additional-support", "RS").definition.deadline["opinion"].length == 45


def test_with_a_mistake_nothing_is_loaded(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(packs / "rs/measures.toml", "needs_funds = true", "needs_funds = 7")
    assert load(packs) == 1
    said = capsys.readouterr()
    assert "`needs_funds` must be true or false." in said.out
    assert "Nothing was loaded" in said.err
    assert not Version.objects.exists()


def test_loading_one_pack_retires_no_role_of_another(packs: Path) -> None:
    load(packs)
    everything = {role.key for role in roles()}
    assert "referral-team-member" in everything
    load(packs / "rs")
    assert {role.key for role in roles()} == everything
