"""Two registers come in at once, and a child beside them: nobody waits in a circle, and every name is learnt."""

from collections.abc import Callable, Iterator
from functools import partial
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from tests.children.beside import beside
from tests.messy import TODAY
from tests.world import World, make_world
from zajedno.children.actions import batch as batches
from zajedno.children.actions.child import register
from zajedno.children.models import Child, ChildBatch
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting

HEADER = "шифра;име;презиме;датум рођења\n"
NAMES = [f"{name}ић" for name in ("Аба", "Беба", "Веба", "Геба", "Деба", "Жеба")]
ENTER = "zajedno.children.actions.batch.enter"


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    with connection.cursor() as cursor:  # no model's table, so nothing else empties it
        cursor.execute("truncate children_lexicon, children_lexicon_whole")
    with clock.on(TODAY):
        yield make_world()


def send(world: World, who: str, at: str, names: list[str]) -> ChildBatch:
    """A register in which each child has a name and a birth date of its own, and shares a family name elsewhere."""
    day = 1 if at == "school" else 11
    rows = [f"{at}{n};Име{name};{name};{day + n}.1.2015." for n, name in enumerate(names)]
    by = world.actor(who)
    with acting(RUNTIME, by.account):
        content = (HEADER + "\n".join(rows)).encode()
        found = batches.upload(by=by, organisation=world.organisations[at].pk, name=at, content=content)
        return batches.check(by=by, batch=found)


def wrong(*acts: Callable[[], object]) -> list[BaseException]:
    """What went wrong of acts beside each other."""

    def on_the_day(act: Callable[[], object]) -> object:
        with clock.on(TODAY):
            return act()

    return [one for one in beside(*(partial(on_the_day, act) for act in acts)) if isinstance(one, BaseException)]


def enter(world: World, who: str, batch: ChildBatch, progress: Callable[[int], None]) -> None:
    by = world.actor(who)
    with acting(RUNTIME, by.account):
        batches.commit(by=by, batch=ChildBatch.objects.get(pk=batch.pk), progress=progress)


def learnt() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("select token from children_lexicon join children_lexicon_whole using (token)")
        return {token for (token,) in cursor.fetchall()}


def words(*names: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("select app.fold(name) from unnest(%s::text[]) name", [list(names)])
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.parametrize("queue", [True, False])
def test_two_registers_with_the_same_names_in_opposite_order(
    world: World, monkeypatch: pytest.MonkeyPatch, queue: bool
) -> None:
    """They stand in a queue; and even if they did not, the names themselves would not make them wait."""
    monkeypatch.setattr(f"{ENTER}.SIZE", 1)
    if not queue:
        monkeypatch.setattr("zajedno.access.actions.batch.take_turn", lambda: None)
    both = Barrier(2)

    def together(done: int) -> None:
        try:
            both.wait(0.3)
        except BrokenBarrierError:
            assert queue

    mine, theirs = send(world, "ana", "school", NAMES), send(world, "csaba", "commission", NAMES[::-1])
    assert wrong(lambda: enter(world, "ana", mine, together), lambda: enter(world, "csaba", theirs, together)) == []
    assert Child.objects.count() == 2 * len(NAMES)
    assert words(*NAMES) <= learnt()


def test_one_child_does_not_wait_for_a_register(world: World) -> None:
    batch = send(world, "ana", "school", NAMES)
    told: list[BaseException] = []

    def meanwhile(done: int) -> None:
        told.extend(wrong(one))

    def one() -> None:
        by = world.actor("csaba")
        with acting(RUNTIME, by.account):
            with connection.cursor() as cursor:
                cursor.execute("set local lock_timeout = '2s'")
            register(
                by=by, organisation=world.organisations["commission"], given_name="Неко", family_name=NAMES[0],
                birth_date=TODAY,
            )  # fmt: skip

    enter(world, "ana", batch, meanwhile)
    assert told == []
    assert Child.objects.count() == len(NAMES) + 1
    assert words(*NAMES) <= learnt()
