"""Opening a file in an emergency: with a reason, for two days, told to who watches; and no other way."""

from datetime import timedelta

import pytest

from tests.casework.family_world import Family
from tests.casework.handing import add, at, text
from tests.casework.test_family import told
from tests.web.manage_world import administered
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.access.queries.audit import search
from zajedno.children.actions import file as opening
from zajedno.children.actions.child import change
from zajedno.children.models import Child, Tie
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotPermitted

pytestmark = pytest.mark.django_db
AT, NUMBER, REASON = "/work/emergency/", "0405016825018", "Дете је само код куће и не отвара врата."
ASKED = {"number": NUMBER, "reason": REASON, "known": "on"}


@pytest.fixture
def child(world: World) -> Child:
    return world.child(number=NUMBER)


def test_goran_opens_it_with_a_reason_until_the_end_of_tomorrow(world: World, child: Child) -> None:
    goran, file = at(world, "goran"), f"/work/child/{child.uuid}/"
    assert goran.get(file).status_code == 404
    assert AT in text(goran.post("/work/search/", {"text": "Ђорђе"}))
    for wrong in ({"reason": "Хитно."}, {"reason": ""}, {"known": ""}, {"number": ""}):
        assert goran.post(AT, {key: value for key, value in (ASKED | wrong).items() if value}).status_code == 422
    assert not Tie.objects.filter(purpose="emergency").exists()
    assert goran.post(AT, ASKED)["Location"] == file
    page = text(goran.get(file))
    assert "Ђорђе" in page
    assert NUMBER not in page  # no more than the purpose opens
    tie = Tie.objects.get(purpose="emergency")
    assert (tie.reason, tie.reads, tie.until) == (REASON, True, clock.today() + timedelta(days=1))
    with acting(RUNTIME, world.accounts["goran"].pk), pytest.raises(NotPermitted):
        change(by=world.actor("goran"), child=child, address="Друга 1")
    with clock.on(clock.today() + timedelta(days=2)):
        assert goran.get(file).status_code == 404


def test_a_number_that_nobody_has_opens_nothing_and_the_trail_keeps_that_it_was_asked(world: World) -> None:
    page = at(world, "goran").post(AT, ASKED | {"number": "0101990710006"})
    assert (page.status_code, "No file has this number" in text(page)) == (422, True)
    assert AuditEntry.objects.get(verb="access.break_glass").detail == {"found": 0}


@pytest.mark.parametrize("who", ["ana", "csaba", "dino", "eva"])
def test_for_others_the_page_is_not_there(world: World, child: Child, who: str) -> None:
    client = at(world, who)
    for answer in (client.get(AT), client.post(AT, ASKED)):
        assert answer.status_code in (403, 404)
    assert not Tie.objects.filter(purpose="emergency").exists()


def test_who_keeps_the_file_and_who_watches_are_told_and_see_who_it_was() -> None:
    world = administered()
    add(world, "vida", "administrator", "school")
    add(world, "mara", "administrator", "health")
    world.child(number=NUMBER)
    at(world, "goran").post(AT, ASKED)
    letters = list(Message.objects.filter(key__startswith="glass-"))
    known = {account.pk: who for who, account in world.accounts.items()}
    assert {known[one.account_id] for one in letters} >= {"ana", "vida", "csaba", "admin"}
    assert not {known[one.account_id] for one in letters} & {"mara", "goran"}
    assert not any("Ђорђе" in one.subject + one.body for one in letters)
    for who, sees in (("vida", 1), ("csaba", 1), ("mara", 0)):
        assert search(by=world.actor(who), verb="access.break_glass").count() == sees, who


@pytest.mark.parametrize(("purpose", "reads_of_it"), [("emergency", False), ("education", True)])
def test_the_family_reads_of_it_unless_its_purpose_protects(
    world: World, monkeypatch: pytest.MonkeyPatch, purpose: str, reads_of_it: bool
) -> None:
    """As the packs of Serbia say of the purpose, since the family may be who harms."""
    monkeypatch.setattr(opening, "EMERGENCY", purpose)
    family = Family(world)
    family.comes_in()
    with family.as_("goran"):
        opening.break_glass(by=world.actor("goran"), reason=REASON, uuid=family.child.uuid)
    assert (("goran", "child") in told(family)) is reads_of_it
