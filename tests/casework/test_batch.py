"""A commission's register comes in: counts add up, twice is once, nothing half, all of it can be taken back."""

from collections import Counter
from typing import Any

import pytest
from django.db import connection

from tests.messy import TODAY, messy_csv, messy_workbook, requests
from tests.world import World, make_world
from zajedno.access.models import AuditEntry
from zajedno.casework.actions import batch as batches
from zajedno.casework.models import Case, CaseBatch, CaseBatchRow, Clock, Move, Participant
from zajedno.casework.queries.batch import counts, find
from zajedno.children.models import Alias, Child, Tie
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused

pytestmark = pytest.mark.django_db
HEADER = "дел. бр.;датум пријема;презиме и име;датум рођења;ЈМБГ;родитељ;адреса;подносилац;установа;статус;датум седнице;мишљење;мере\n"


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
        found = batches.upload(by=by, organisation=world.organisations["commission"].pk, name="register.xlsx", content=content)
        batches.check(by=by, batch=found)
        return batches.commit(by=by, batch=found)


def lines(*rows: str) -> bytes:
    return (HEADER + "".join(f"{row}\n" for row in rows)).encode()


def test_messy(world: World) -> None:
    content = messy_workbook(requests(300))
    first = bring(world, content)
    print(first.counts)
    second = bring(world, content)
    print(second.counts)
    assert second.counts["created"] == 0
