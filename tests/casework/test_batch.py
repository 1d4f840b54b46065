"""A commission's register comes in: counts add up, twice is once, nothing half, all of it can be taken back."""

from typing import Any

import pytest

from tests.messy import TODAY, messy_workbook, requests
from tests.world import World, make_world
from zajedno.casework.actions import batch as batches
from zajedno.casework.models import CaseBatch
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


@pytest.fixture
def world() -> World:
    return make_world()


def bring(world: World, content: bytes, who: str = "csaba") -> CaseBatch:
    by = world.actor(who)
    with acting(RUNTIME, by.account):
        found = batches.upload(
            by=by, organisation=world.organisations["commission"].pk, name="register.xlsx", content=content
        )
        batches.check(by=by, batch=found)
        return batches.commit(by=by, batch=found)


def lines(*rows: str) -> bytes:
    return (HEADER + "".join(f"{row}\n" for row in rows)).encode()


def test_messy(world: World) -> None:
    content = messy_workbook(requests(300))
    bring(world, content)
    second = bring(world, content)
    assert second.counts["created"] == 0
