"""A commission's register comes in: counts add up, twice is once, nothing half, all of it can be taken back."""

from datetime import date
from typing import Any

import pytest

from tests.messy import TODAY, messy_workbook, requests
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.casework.actions import batch as batches
from zajedno.casework.models import CaseBatch
from zajedno.children.models import Child, Identifier
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting

pytestmark = pytest.mark.django_db
HEADER = (
    "дел. бр.;датум пријема;презиме и име;датум рођења;ЈМБГ;родитељ;адреса;подносилац;установа;статус;"
    "датум седнице;мишљење;мере\n"
)


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.on(TODAY):
        yield


def send(world: World, content: bytes, who: str = "csaba") -> CaseBatch:
    by = world.actor(who)
    with acting(RUNTIME, by.account):
        found = batches.upload(
            by=by, organisation=world.organisations["commission"].pk, name="register.xlsx", content=content
        )
        return batches.check(by=by, batch=found)


def enter(world: World, batch: CaseBatch, who: str = "csaba") -> CaseBatch:
    by = world.actor(who)
    with acting(RUNTIME, by.account):
        return batches.commit(by=by, batch=batch)


def bring(world: World, content: bytes, who: str = "csaba") -> CaseBatch:
    """Entered as its check promised."""
    found = send(world, content, who)
    promised = dict(found.counts)
    assert enter(world, found, who).counts == promised
    return found


def lines(*rows: str) -> bytes:
    return (HEADER + "".join(f"{row}\n" for row in rows)).encode()


def line(number: int, name: str, born: str, national: str = "") -> str:
    return f"{number};{number}.3.2024.;{name};{born};{national};;;;;примљено;;;"


def verdicts(batch: CaseBatch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("verdict", flat=True))


def numbers() -> dict[str, str]:
    return {row.child.given_name: row.value for row in Identifier.objects.select_related("child")}


NUMBER = "2805019730781"
PLAIN = line(1, "Кнежић Константин", "28.5.2019.")
NUMBERED = line(2, "Константин Кнежић", "28.5.2019.", NUMBER)
OTHER = line(3, "Кнежић Вања", "16.5.2015.", NUMBER)


def test_messy_twice_is_once(world: World) -> None:
    content = messy_workbook(requests(1_500))
    first = bring(world, content)
    second = bring(world, content)
    assert first.counts["created"] == second.counts["unchanged"] > 1_300
    assert second.counts == {**first.counts, "created": 0, "unchanged": first.counts["created"]}


@pytest.mark.parametrize("size", [1, 2, 500])
def test_a_number_that_a_further_row_tells_is_kept(world: World, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr("zajedno.casework.actions.batch.enter.SIZE", size)
    content = lines(PLAIN, NUMBERED, OTHER)
    first = bring(world, content)
    assert verdicts(first) == ["created", "created", "possible_duplicate"]
    assert numbers() == {"Константин": NUMBER}
    entry = AuditEntry.objects.get(verb="children.set_number")
    assert entry.subject == str(Child.objects.get().uuid)
    assert entry.detail == {"kind": "national", "set": True, "batch": str(first.uuid)}
    assert verdicts(bring(world, content)) == ["unchanged", "unchanged", "possible_duplicate"]


@pytest.mark.parametrize("size", [1, 500])
def test_a_child_known_before_gets_the_number_once(world: World, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr("zajedno.casework.actions.batch.enter.SIZE", size)
    bring(world, lines(PLAIN))
    third = line(4, "Кнежић Константин", "28.5.2019.", "2805019730013")
    batch = bring(world, lines(NUMBERED, OTHER, third, NUMBERED.replace("2;2.3", "5;5.3")))
    assert verdicts(batch) == ["created", "possible_duplicate", "possible_duplicate", "created"]
    assert numbers() == {"Константин": NUMBER}


@pytest.mark.parametrize(("elsewhere", "kept"), [("", NUMBER), (NUMBER, "")])
def test_a_decided_row_tells_its_number_unless_another_file_has_it(world: World, elsewhere: str, kept: str) -> None:
    bring(world, lines(PLAIN))
    world.child("Константин", "Кнежић", date(2019, 5, 28), number=elsewhere)
    batch = bring(world, lines(NUMBERED))
    assert verdicts(batch) == ["possible_duplicate"]
    by = world.actor("csaba")
    with acting(RUNTIME, by.account):
        row = batches.decide(by=by, row=batch.rows.get(), same=True)
    mine = Child.objects.get(registered_by=world.organisations["commission"])
    assert row.case.child == mine
    assert [one.value for one in mine.identifiers.all()] == ([kept] if kept else [])
