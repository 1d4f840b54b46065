"""Gatherings: every constraint is broken once; deadlines and codes, decisions, conflicts, releases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.exchange.gathering_world import AHEAD, Gatherings, plan
from tests.refusal import change, only_added, refusal
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


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"state": "x"}, "gathering_state"),
        ({"titles": {}}, "gathering_has_title"),
        ({"ends_on": today()}, "gathering_ends_after_it_begins"),
        ({"capacity": 0}, "gathering_has_room"),
        ({"languages": []}, "gathering_has_language"),
        ({"slug": "drugi"}, "exchange_gathering_slug_key"),
    ],
)
def test_a_gathering_that_makes_no_sense(gatherings: Gatherings, fields: dict[str, Any], broken: str) -> None:
    with gatherings.at_work("edita") as by:
        other = actions.prepare(by=by, organisation=gatherings.gathering.organisation_id, plan=plan())
    change(other, slug="drugi")
    assert refusal(change, gatherings.gathering, **fields) == broken


def test_rows_of_a_gathering_that_make_no_sense(gatherings: Gatherings) -> None:
    g, row = gatherings, gatherings.decide(gatherings.propose())
    one, here = g.place(g.at(9), g.at(10), "Ана"), g.gathering
    paper = {"title": "x", "link": "https://x.invalid", "licence": "CC BY"}
    visit: dict[str, Any] = {"gathering": here, "guest": here.organisation, "host": g.world.organisations["ngo"],
                             "what": "x", "noted_by": 1}  # fmt: skip
    for broken, double in (
        ("track_once", lambda: Track.objects.create(gathering=here, key="t1", titles={"sr": "x"}, deadline=today())),
        ("room_once", lambda: Room.objects.create(gathering=here, name="Сала А")),
        ("speaker_once", lambda: Speaker.objects.create(session=one, name="Ана")),
        ("handout_has_licence", lambda: Handout.objects.create(session=one, **paper | {"licence": ""})),
        ("handout_link_is_of_the_web", lambda: Handout.objects.create(session=one, **paper | {"link": "javascript:a"})),
        ("agreed_between_two", lambda: Agreed.objects.create(**visit | {"host": here.organisation})),
        ("agreed_says_what", lambda: Agreed.objects.create(**visit | {"what": ""})),
    ):
        assert refusal(double) == broken
    for broken, model, fields in (
        ("track_has_title", Track, {"titles": {}}),
        ("speaker_has_name", Speaker, {"name": ""}),
        ("proposal_decided_by_somebody", Proposal, {"state": "x"}),  # before `proposal_state`, which says no as well
        ("proposal_decided_by_somebody", Proposal, {"state": "proposed"}),
        ("proposal_decided_by_somebody", Proposal, {"decided_by": None}),
        ("proposal_not_decided_by_its_author", Proposal, {"decided_by": row.proposer_id}),
        ("proposal_rejected_with_reason", Proposal, {"state": "rejected", "reason": ""}),
        ("session_kind", Session, {"kind": "x"}),
        ("session_ends_after_it_begins", Session, {"ends": g.at(9)}),
        ("session_has_a_room", Session, {"room": None}),
        ("session_break_is_no_proposal", Session, {"kind": "break", "proposal": row}),
    ):
        assert refusal(model.objects.update, **fields) == broken, fields


def test_a_slot_belongs_to_its_gathering(gatherings: Gatherings) -> None:
    g = gatherings
    g.place(g.at(9), g.at(10))
    with g.at_work("edita") as by:
        other = actions.prepare(by=by, organisation=g.gathering.organisation_id, plan=plan())
        foreign = programme.add_room(by=by, gathering=other, name="Сала А")
    for fields in ({"room": foreign}, {"proposal": g.propose()}):  # not accepted yet
        assert refusal(Session.objects.update, **fields) == "session_fits", fields


@pytest.mark.parametrize("role", [EXCHANGE, "none"])
def test_a_release_never_changes(gatherings: Gatherings, role: str) -> None:
    gatherings.place(gatherings.at(9), gatherings.at(10))
    gatherings.release()
    for act in (lambda: Programme.objects.update(name="x"), lambda: Programme.objects.all().delete()):
        with acting(role):
            assert refusal(act) == only_added("exchange_programme")[role]
    for name, number, broken in (
        ("1.0", 2, "programme_name_once"),
        ("2", 1, "programme_number_once"),
        ("", 2, "programme_has_name"),
    ):
        said = {"gathering": gatherings.gathering, "content": [], "released_by": 1, "name": name, "number": number}
        assert refusal(Programme.objects.create, **said) == broken


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
