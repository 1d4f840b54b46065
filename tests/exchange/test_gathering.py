"""Gatherings: every constraint is broken once; deadlines and codes, decisions, conflicts, releases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.exchange.gathering_world import AHEAD, Gatherings, plan
from tests.world import World
from zajedno.access.models import Message
from zajedno.exchange.actions import gathering as actions
from zajedno.exchange.actions import programme, proposal
from zajedno.exchange.logic.programme import Clash, Kind, Slot, changes, conflicts, fill, unknown
from zajedno.exchange.models import Agreed, Gathering, Handout, Programme, Proposal, Room, Session, Speaker, Track
from zajedno.exchange.queries import gathering as queries
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

DAY = timedelta(days=1)


# Logic, without a database


def slot(key: str, begins: int, ends: int, room: str = "", *speakers: str) -> Slot:
    at = datetime(2026, 12, 1, tzinfo=UTC)
    who = {name: name.title() for name in speakers}
    return Slot(key, key, at + timedelta(hours=begins), at + timedelta(hours=ends), room, who)


def test_what_lies_on_top_of_what() -> None:
    a, b, c = slot("a", 9, 11, "A", "x"), slot("b", 10, 12, "A", "y"), slot("c", 11, 12, "A", "x", "y")
    found = [(one.clash, one.one.key, one.other.key, one.what) for one in conflicts([c, b, a])]
    assert found == [(Clash.ROOM, "a", "b", "A"), (Clash.ROOM, "b", "c", "A"), (Clash.SPEAKER, "b", "c", "Y")]


def test_everywhere_is_no_room() -> None:
    assert conflicts([slot("a", 9, 10), slot("b", 9, 10), slot("c", 9, 10, "A")]) == []


def test_what_changed() -> None:
    def one(key: str, **fields: str) -> dict[str, str]:
        return {"key": key, "title": key, "room": "A", "begins": "9", "ends": "10"} | fields

    was = [one("a"), one("b"), one("c"), one("d")]
    now = [one("e"), one("a", title="x"), one("b", room="B", ends="11"), one("c")]
    told = [(change.kind, (change.after or change.before or {})["key"]) for change in changes(was, now)]
    assert told == [(Kind.NEW, "e"), (Kind.TITLE, "a"), (Kind.MOVED, "b"), (Kind.ROOM, "b"), (Kind.GONE, "d")]


def test_placeholders() -> None:
    assert unknown("{name}, {title} }", ["name"]) == ["{title}", "}"]
    assert fill("{name} {name}", {"name": "{link}"}) == "{link} {link}"


# Constraints

pytestmark = pytest.mark.django_db


@pytest.fixture
def gatherings(world: World) -> Gatherings:
    return Gatherings(world)


def refused(rows: Any, **fields: Any) -> None:
    """The database itself does not take these values."""
    assert rows.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**fields)


@pytest.mark.parametrize(
    "fields",
    [{"state": "x"}, {"titles": {}}, {"ends_on": today()}, {"capacity": 0}, {"languages": []}, {"slug": "drugi"}],
)
def test_a_gathering_that_makes_no_sense(gatherings: Gatherings, fields: dict[str, Any]) -> None:
    with gatherings.at_work("edita") as by:
        other = actions.prepare(by=by, organisation=gatherings.gathering.organisation_id, plan=plan())
    Gathering.objects.filter(pk=other.pk).update(slug="drugi")
    refused(Gathering.objects.filter(pk=gatherings.gathering.pk), **fields)


def test_rows_of_a_gathering_that_make_no_sense(gatherings: Gatherings) -> None:
    g, row = gatherings, gatherings.decide(gatherings.propose())
    one = g.place(g.at(9), g.at(10), "Ана")
    for double in (
        lambda: Track.objects.create(gathering=g.gathering, key="t1", titles={"sr": "x"}, deadline=today()),
        lambda: Room.objects.create(gathering=g.gathering, name="Сала А"),
        lambda: Speaker.objects.create(session=one, name="Ана"),
        lambda: Handout.objects.create(session=one, title="x", link="https://x.invalid", licence=""),
        lambda: Handout.objects.create(session=one, title="x", link="javascript:alert(1)", licence="CC BY"),
        lambda: Agreed.objects.create(
            gathering=g.gathering, guest_id=g.gathering.organisation_id, host_id=g.gathering.organisation_id,
            what="x", noted_by=1,
        ),
        lambda: Agreed.objects.create(
            gathering=g.gathering, guest_id=g.gathering.organisation_id, host=g.world.organisations["ngo"], what="",
            noted_by=1,
        ),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            double()
    refused(Track.objects.all(), titles={})
    refused(Speaker.objects.all(), name="")
    refused(Proposal.objects.all(), state="x")
    refused(Proposal.objects.all(), state="proposed")
    refused(Proposal.objects.all(), decided_by=None)
    refused(Proposal.objects.all(), decided_by=row.proposer_id)
    refused(Proposal.objects.all(), state="rejected", reason="")
    refused(Session.objects.all(), kind="x")
    refused(Session.objects.all(), ends=g.at(9))
    refused(Session.objects.all(), room=None)
    Session.objects.update(proposal=row)
    refused(Session.objects.all(), kind="break")


def test_a_slot_belongs_to_its_gathering(gatherings: Gatherings) -> None:
    g = gatherings
    g.place(g.at(9), g.at(10))
    with g.at_work("edita") as by:
        other = actions.prepare(by=by, organisation=g.gathering.organisation_id, plan=plan())
        foreign = programme.add_room(by=by, gathering=other, name="Сала А")
    refused(Session.objects.all(), room=foreign)
    refused(Session.objects.all(), proposal=g.propose())  # not accepted yet


@pytest.mark.parametrize("role", [EXCHANGE, "none"])
def test_a_release_never_changes(gatherings: Gatherings, role: str) -> None:
    gatherings.place(gatherings.at(9), gatherings.at(10))
    gatherings.release()
    for act in (lambda: Programme.objects.update(name="x"), lambda: Programme.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic(), acting(role):
            act()
    for fields in ({"name": "1.0", "number": 2}, {"name": "2", "number": 1}, {"name": "", "number": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Programme.objects.create(gathering=gatherings.gathering, content=[], released_by=1, **fields)


# The call


def test_a_track_closes_with_its_day_and_a_code_opens_it(gatherings: Gatherings) -> None:
    g, last = gatherings, gatherings.track.deadline
    assert g.propose(on=last).state == "proposed"
    with pytest.raises(Refused, match="late"):
        g.propose(on=last + DAY)
    with g.at_work("edita") as by:
        old = actions.late_code(by=by, track=g.track)
        code = actions.late_code(by=by, track=g.track)
    for wrong in (old, "x", " "):
        with pytest.raises(Refused, match="late"):
            g.propose(on=last + DAY, code=wrong)
    assert g.propose(on=last + DAY, code=f" {code.upper()} ").state == "proposed"
    assert code not in str(Track.objects.values_list("late_hash", flat=True)[0])


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"track": "t9"}, "closed"), ({"title": " "}, "empty"), ({"abstract": "JMB 0405016825018"}, "number")],
)
def test_what_cannot_be_proposed(gatherings: Gatherings, fields: dict[str, str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        gatherings.propose(**fields)


def test_nobody_decides_on_their_own(gatherings: Gatherings) -> None:
    own = gatherings.propose("edita")
    with pytest.raises(NotPermitted):
        gatherings.decide(own)
    assert gatherings.decide(own, "esma").state == "accepted"
    with pytest.raises(NotPermitted):
        gatherings.decide(gatherings.propose(), "strana")


def test_a_rejection_has_a_reason_and_is_told(gatherings: Gatherings) -> None:
    row = gatherings.propose()
    with pytest.raises(Refused, match="reason"):
        gatherings.decide(row, accept=False, reason=" ")
    gatherings.decide(row, accept=False, reason="Већ има таквих.")
    assert Message.objects.get(key=f"proposal-{row.uuid}").account == gatherings.world.accounts["dino"]
    with pytest.raises(Overtaken):
        gatherings.decide(row)


def test_who_proposed_withdraws(gatherings: Gatherings) -> None:
    row = gatherings.propose()
    for who in ("besa", "edita"):
        with gatherings.at_work(who) as by, pytest.raises(Overtaken):
            proposal.withdraw(by=by, uuid=row.uuid)
    with gatherings.at_work("dino") as by:
        proposal.withdraw(by=by, uuid=row.uuid)
    with pytest.raises(Overtaken):
        gatherings.decide(row)


# The programme


def test_conflicts_of_the_draft(gatherings: Gatherings) -> None:
    g = gatherings
    g.place(g.at(9), g.at(10, 30), "Ана Лис", title="а")
    g.place(g.at(10), g.at(11), "Бора", title="б")
    g.place(g.at(10), g.at(11), "Ana Lis", title="в", room=1)  # the same person in the other script
    g.place(g.at(9), g.at(12), title="пауза", room=None, kind="break")
    found = [(one.clash, one.one.title, one.other.title) for one in conflicts(queries.slots(g.gathering))]
    assert sorted(found) == [("room", "а", "б"), ("speaker", "а", "в")]


@pytest.mark.parametrize(
    ("begins", "ends", "fields", "code"),
    [
        ((10, 0, 0), (10, 0, 0), {}, "times"),
        ((10, 0, 0), (9, 0, 0), {}, "times"),
        ((9, 0, 0), (9, 0, 1), {}, "times"),
        ((9, 0, 2), (10, 0, 2), {}, "outside"),
        ((9, 0, -1), (10, 0, -1), {}, "outside"),
        ((9, 0, 0), (10, 0, 0), {"room": None}, "room"),
        ((9, 0, 0), (10, 0, 0), {"title": " "}, "title"),
    ],
)
def test_a_slot_that_cannot_be(
    gatherings: Gatherings, begins: Any, ends: Any, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        gatherings.place(gatherings.at(*begins), gatherings.at(*ends), **fields)


def test_the_public_reads_the_last_release_and_the_draft_goes_on(gatherings: Gatherings) -> None:
    g = gatherings
    with pytest.raises(Refused, match="empty"):
        g.release()
    one = g.place(g.at(9), g.at(10), title="први")
    assert queries.released(g.gathering) is None
    g.release()
    g.place(g.at(11), g.at(12), title="померен", session=one.uuid)
    last = queries.released(g.gathering)
    assert last
    assert [row["title"] for row in last.content] == ["први"]
    told = [change.kind for change in changes(last.content, queries.content(g.gathering))]
    assert told == [Kind.TITLE, Kind.MOVED]
    with pytest.raises(Refused, match="twice"):
        g.release(" 1.0 ")
    g.release("1.1")
    with g.at_work("edita") as by:
        programme.remove(by=by, gathering=g.gathering, session=one.uuid)
    last = queries.released(g.gathering)
    assert last
    assert [row["title"] for row in last.content] == ["померен"]


def test_who_does_not_agree_is_not_shown_and_who_withdraws_is_gone(gatherings: Gatherings) -> None:
    g = gatherings
    g.place(g.at(9), g.at(10), "Гласна", "Тиха")
    g.release()
    shown = queries.shown_speakers(g.gathering)
    assert [one.name for one in shown.values()] == ["Гласна"]
    with g.at_work("edita") as by:
        programme.set_consent(by=by, gathering=g.gathering, speaker=next(iter(shown)), consents=False)
    assert queries.shown_speakers(g.gathering) == {}
    assert "Гласна" not in str(Programme.objects.values_list("content", flat=True)[0])


def test_one_proposal_is_shown_once(gatherings: Gatherings) -> None:
    g, row = gatherings, gatherings.decide(gatherings.propose())
    g.place(g.at(9), g.at(10), proposal=row.uuid)
    with pytest.raises(Refused, match="proposal"):
        g.place(g.at(10), g.at(11), proposal=row.uuid)
    with g.at_work("dino") as by, pytest.raises(Refused, match="placed"):
        proposal.withdraw(by=by, uuid=row.uuid)


# Who prepares


def test_others_prepare_nothing_here(gatherings: Gatherings) -> None:
    g = gatherings
    for who in ("strana", "dino", "ana"):
        with g.at_work(who) as by:
            with pytest.raises(NotFound):
                queries.find(by, g.gathering.slug)
            with pytest.raises(NotPermitted):
                actions.set_state(by=by, gathering=g.gathering, state="closed")
            with pytest.raises(NotPermitted):
                programme.release(by=by, gathering=g.gathering, name="2")


def test_states_follow_each_other(gatherings: Gatherings) -> None:
    g = gatherings
    with g.at_work("edita") as by:
        for wrong in ("held", "draft", "x"):
            with pytest.raises(Refused, match="state"):
                actions.set_state(by=by, gathering=g.gathering, state=wrong)
        actions.set_state(by=by, gathering=g.gathering, state="closed")
        with pytest.raises(Refused, match="early"):
            actions.set_state(by=by, gathering=g.gathering, state="held")
    with clock.on(today() + AHEAD), g.at_work("edita", today() + AHEAD) as by:
        actions.set_state(by=by, gathering=g.gathering, state="held")
        with pytest.raises(Refused, match="state"):
            actions.set_state(by=by, gathering=g.gathering, state="cancelled")


def test_a_draft_is_seen_by_nobody_else(gatherings: Gatherings) -> None:
    Gathering.objects.update(state="draft")
    with pytest.raises(NotFound):
        queries.by_slug(gatherings.gathering.slug)
    with pytest.raises(Refused, match="closed"):
        gatherings.propose()


def test_two_of_one_name_have_two_addresses(gatherings: Gatherings) -> None:
    with gatherings.at_work("edita") as by:
        slugs = [
            actions.prepare(by=by, organisation=gatherings.gathering.organisation_id, plan=plan()).slug
            for _turn in range(2)
        ]
    stem = gatherings.gathering.slug
    assert slugs == [f"{stem}-2", f"{stem}-3"]


def test_who_visits_whom(gatherings: Gatherings) -> None:
    g, there = gatherings, gatherings.world.organisations["ngo"].pk
    with g.at_work("edita") as by:
        actions.agree(by=by, gathering=g.gathering, guest=g.gathering.organisation_id, host=there, what="Саветовалиште")
        for fields, code in (
            ({"host": g.gathering.organisation_id, "what": "x"}, "same"),
            ({"host": there, "what": ""}, "what"),
        ):
            with pytest.raises(Refused, match=code):
                actions.agree(by=by, gathering=g.gathering, guest=g.gathering.organisation_id, **fields)
    assert [str(one.host) for one in queries.agreed(g.gathering)] == [str(g.world.organisations["ngo"])]
