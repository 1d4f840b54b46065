"""A deputy in a case: acts from the post of a colleague who is away, is shown so, and has no vote by it."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.casework.everyday import Everyday
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.casework.actions.move import move_case
from zajedno.casework.models import Move
from zajedno.casework.queries.members import members, voters
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted
from zajedno.places.actions.deputy import name_deputy
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyday(world: World) -> Everyday:
    """Csaba is away for a week; Hana, who is a member there, stands in for him."""
    made = Everyday(world)
    csaba = world.actor("csaba")
    name_deputy(
        by=csaba, post=Post.objects.get(pk=csaba.seats[0].post), account=made.id("hana"), since=clock.today(),
        last=clock.today() + timedelta(days=6),
    )  # fmt: skip
    return made


def test_the_deputy_moves_the_case_and_both_stand_in_the_trail_and_the_history(everyday: Everyday) -> None:
    with pytest.raises(NotPermitted):
        everyday.move("jelena", "register", registry_number="auto")
    everyday.move("hana", "register", registry_number="auto")
    row = Move.objects.get(case=everyday.case, move="register")
    assert Post.objects.get(pk=row.post).deputy_for.account_id == everyday.id("csaba")
    entry = AuditEntry.objects.filter(verb="casework.move_case", account=everyday.id("hana")).get()
    assert entry.detail == {"move": "register", "for": everyday.id("csaba")}
    client = Client(headers={"accept-language": "en"})
    client.force_login(everyday.world.accounts["ana"])
    page = client.get(f"/work/case/{everyday.case.uuid}/history/").content.decode()
    assert "Hana Jakšić, for: Csaba Nagy" in page


def test_the_desk_says_for_whom_one_stands_in(everyday: Everyday) -> None:
    client = Client(headers={"accept-language": "en"})
    for who, says in (("hana", True), ("jelena", False)):
        client.force_login(everyday.world.accounts[who])
        assert ("You stand in for:" in client.get("/work/").content.decode()) is says


def test_what_is_ones_own_right_is_not_done_for_anybody(everyday: Everyday) -> None:
    everyday.flag("hana")
    (entry,) = AuditEntry.objects.filter(verb="casework.flag_case")
    assert entry.detail == {"raised": 1}


def test_after_the_last_day_nothing_is_open_by_it(everyday: Everyday) -> None:
    later = clock.today() + timedelta(days=7)
    with clock.on(later), acting(RUNTIME, everyday.id("hana")), pytest.raises(NotPermitted):
        move_case(by=everyday.world.actor("hana", later), uuid=everyday.case.uuid, move="register",
                  seen=everyday.case.moves_made, given={"registry_number": "auto"})  # fmt: skip
    assert everyday.case.step == "submitted"


def test_in_another_institution_the_door_opens_and_closes_with_the_days(everyday: Everyday) -> None:
    """A teacher, to whom the school's ties do not reach, stands in for Ana: the database lets her in as long."""
    world = everyday.world
    everyday.hire("vera", "Вера Илић", "class-teacher", "school")
    first, ana = clock.today() + timedelta(days=2), world.actor("ana")
    name_deputy(by=ana, post=Post.objects.get(pk=ana.seats[0].post), account=everyday.id("vera"), since=first,
                last=first)  # fmt: skip
    for day, opens in ((first - timedelta(days=1), False), (first, True), (first + timedelta(days=1), False)):
        with clock.on(day), acting(RUNTIME, everyday.id("vera")):
            if opens:
                assert everyday.file_of("vera").parts == {"initiator"}
            else:
                with pytest.raises(NotFound):
                    everyday.file_of("vera")


def test_a_deputy_is_told_and_named_but_has_no_second_vote(everyday: Everyday) -> None:
    file = everyday.file_of("goran")
    standing = [one for one in members(file) if one.instead_of]
    assert [(one.account, one.instead_of, one.votes) for one in standing] == [
        (everyday.id("hana"), everyday.id("csaba"), False)
    ]
    assert sorted(one.account for one in voters(file)) == sorted(
        everyday.id(who) for who in ("goran", "hana", "jelena")
    )
