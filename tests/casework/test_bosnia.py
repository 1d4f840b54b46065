"""Procedures of Bosnia and Herzegovina are files: who sees what on the way, and whose door closes when."""

import tomllib
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from tests.places import factories as places
from tests.world import World, load_forms
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.note import write_note
from zajedno.casework.actions.plan import write_measure
from zajedno.casework.models import Case
from zajedno.casework.queries.case import find, visible_to
from zajedno.children.actions.assessment import take_in
from zajedno.forms.queries.form import loaded
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.procedures.actions.load import load_definition

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 3, 3)
BA = settings.PACKS_DIR / "ba"
PEOPLE = {
    "emina": ("referral-team-member", "team"), "amar": ("referral-team-coordinator", "team"),
    "senad": ("case-manager", "body"), "selma": ("case-manager", "csr"),
    "mirza": ("police-officer", "police"), "lana": ("institution-worker", "clinic"),
    "nura": ("network-coordinator", "network"), "minka": ("institution-worker", "ministry"),
}  # fmt: skip
KINDS = {"team": "referral_team", "csr": "social_work_centre", "body": "protection_team",
         "police": "police", "clinic": "health_centre",
         "network": "inclusion_network"}  # fmt: skip
RECORD = {
    "noticed_on": str(TUESDAY), "how_learnt": "child",
    "event": {"forms": "physical", "where": "home", "repeated": "unknown", "description": "Реч детета."},
    "people": {"who_was_violent": "relative"},
    "safety": {"in_danger": "no", "done_at_once": "stayed", "parent_safe": "yes"},
}  # fmt: skip
PLAN = {
    "agreed_on": str(TUESDAY), "situation": {"strengths": "Бака.", "needs": "Папири.", "areas": "papers"},
    "aims": {"aim_1": "Дете иде у школу."}, "going_on": {"review_on": str(TUESDAY)},
    "views": {"child_heard": "no", "why_not": "Мало је.", "parent_view": "Слаже се.", "parent_agrees": "wholly"},
}  # fmt: skip


class Walk:
    """A case that Ana's school begins for `keeper`; loaded as if it held where the world of tests lies."""

    def __init__(self, world: World, procedure: str, keeper: str, form: str) -> None:
        self.world = world
        content = tomllib.loads((BA / f"procedures/{procedure}.toml").read_text()) | {"country": "RS"}
        load_definition(content, by=None, key=procedure, country="RS")
        purposes = tomllib.loads((BA / "purposes.toml").read_text())
        load_definition(purposes, by=None, key="purposes", country="RS", kind="purposes")
        self.form = load_forms(form)[form]
        for at, kind in KINDS.items():
            world.organisations[at] = places.organisation(at, kind=places.kind(kind, "health"), code=f"w-{at}")
        for who, (role, at) in PEOPLE.items():
            world.accounts[who] = places.account(f"{who}@demo.invalid")
            places.Post.objects.create(account=world.accounts[who], organisation=world.organisations[at], role_id=role,
                                       since=date(2020, 1, 1))  # fmt: skip
        self.child = world.child()
        with self.as_("ana"):
            self.case = open_case(by=self.actor("ana"), child=self.child, keeper=self.org(keeper), procedure=procedure,
                                  initiated_by=self.org("school"))  # fmt: skip

    def org(self, key: str) -> Any:
        return self.world.organisations[key]

    def actor(self, who: str) -> Any:
        return self.world.actor(who, TUESDAY)

    def as_(self, who: str) -> Any:
        return acting(RUNTIME, self.world.accounts[who].pk)

    def file(self, who: str) -> Any:
        return find(self.actor(who), self.case.uuid)

    def move(self, who: str, move: str, **given: Any) -> Case:
        seen = Case.objects.get(pk=self.case.pk).moves_made
        with self.as_(who):
            move_case(by=self.actor(who), uuid=self.case.uuid, move=move, seen=seen, given=given)
        self.case.refresh_from_db()
        return self.case

    def fill_in(self, who: str, answers: Any) -> None:
        with self.as_(who):
            take_in(by=self.actor(who), child=self.child, form=loaded(self.form.versions.get().pk), answers=answers)

    def sees(self, who: str) -> set[str]:
        """The parts of the file that somebody's ties in this case open; empty when there is no case for them."""
        with self.as_(who):
            rows = visible_to(self.actor(who)).filter(pk=self.case.pk)
            return set(self.file(who).fields) if rows.exists() else set()


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.on(TUESDAY):
        yield


@pytest.fixture
def team(world: World) -> Walk:
    """Handed over to the referral team, which Emina takes up and leads herself."""
    walk = Walk(world, "referral-team", "team", "case-plan")
    write_note(by=walk.actor("ana"), file=walk.file("ana"), kind="informed", text="Речено.", happened_on=TUESDAY)
    world.consent(walk.child, purpose="case-management").recipients.set([walk.org("team")])
    walk.move("ana", "hand_over", note="Дете ретко долази.")
    walk.move("emina", "take_up", **{"part:case_manager": world.accounts["emina"]})
    return walk


def test_nothing_reaches_the_team_without_consent(world: World) -> None:
    walk = Walk(world, "referral-team", "team", "case-plan")
    with pytest.raises(Refused, match="missing_need"):
        walk.move("ana", "hand_over", note="Дете ретко долази.")
    assert walk.sees("emina") == set()


def test_each_institution_sees_what_it_needs_of_a_plan(team: Walk) -> None:
    team.move("emina", "hear_family", note="Саслушани.")
    team.move("emina", "call_meeting", date=TUESDAY, place="Општина")
    team.move("amar", "hold_meeting", note="Договорено.")
    with pytest.raises(Refused, match="missing_need"):
        team.move("emina", "agree_plan")
    team.fill_in("emina", PLAN)
    with team.as_("emina"):
        values = {"code": "speech_therapy", "responsible": team.org("clinic"), "frequency": "недељно"}
        write_measure(by=team.actor("emina"), file=team.file("emina"), goal="Говори.", row=None, values=values)
    assert team.sees("lana") == set()
    assert team.move("emina", "agree_plan").step == "implementation"
    assert team.sees("lana") == {"identity", "contact", "plan", "reports"}
    assert team.sees("ana") == {"identity", "contact", "family", "enrolment", "request"}
    assert team.move("lana", "report_progress", report="Боље говори.").step == "implementation"
    assert team.move("emina", "conclude", reason="Постигнуто.").outcome == "concluded"
    assert team.sees("lana") == team.sees("ana") == set()


def test_referrals_that_began_here_end_before_the_case(team: Walk, world: World) -> None:
    """Also when the case is managed by somebody of another institution than the one that keeps it."""
    referral = tomllib.loads((BA / "procedures/referral.toml").read_text()) | {"country": "RS"}
    load_definition(referral, by=None, key="referral", country="RS")
    team.move("amar", "pass_on", reason="Договор.", **{"part:case_manager": world.accounts["senad"]})
    Case.objects.filter(pk=team.case.pk).update(step="implementation")
    assert team.move("senad", "refer", reason="Логопед.").step == "services"
    linked = Case.objects.get(repeats=team.case)
    assert (linked.organisation, linked.step, linked.acl) == (team.org("team"), "created", [team.org("team").pk])
    with pytest.raises(Refused, match="missing_need"):
        team.move("emina", "referrals_ended")
    with team.as_("emina"):
        move_case(by=team.actor("emina"), uuid=linked.uuid, move="revoke", seen=1, given={"reason": "Није потребно."})
    assert team.move("emina", "referrals_ended").step == "implementation"


def test_who_hands_their_own_part_on_does_not_shut_out_who_follows(team: Walk, world: World) -> None:
    def managers() -> set[int]:
        return {row.tie.account_id for row in team.file("amar").participants if row.part == "case_manager"}

    assert managers() == {world.accounts["emina"].pk}
    team.move("emina", "pass_on", reason="Годишњи одмор.", **{"part:case_manager": world.accounts["senad"]})
    assert managers() == {world.accounts["senad"].pk}
    assert "social" in team.sees("senad")


@pytest.fixture
def violence(world: World) -> Walk:
    walk = Walk(world, "violence-protocol", "body", "violence-record")
    walk.fill_in("ana", RECORD)  # no consent is needed
    walk.move("ana", "report", note="Хитно.")
    walk.move("senad", "take_up", registry_number="auto")
    return walk


def test_a_report_needs_its_record_and_opens_it_to_nobody_else(violence: Walk) -> None:
    assert violence.case.number == f"НС-001/{TUESDAY.year}"
    assert "violence" in violence.sees("senad")
    assert "violence" not in violence.sees("ana")
    assert not any(violence.sees(who) for who in ("selma", "nura", "mirza", "lana", "emina", "minka", "csaba"))


def test_police_and_health_work_side_by_side_and_leave_when_they_have_answered(violence: Walk, world: World) -> None:
    violence.move("senad", "hear_child", note="Речи детета.")
    violence.move("senad", "inform_parent", note="Мајка.")
    chosen = {"part:health": violence.org("clinic"), "part:police": violence.org("police")}
    violence.move("senad", "assess_risk", note="Висок.", **chosen)
    assert set(violence.case.beside) == {"examining", "investigating"}
    with pytest.raises(NotPermitted):
        violence.move("mirza", "report_examination", note="Није мој део.")
    assert violence.sees("mirza") == {"identity", "contact", "family", "violence"}
    violence.move("mirza", "report_inquiry", note="Проверено.")
    assert violence.sees("mirza") == set()
    assert violence.sees("lana") == {"identity", "contact", "violence"}
    with pytest.raises(NotFound):
        violence.move("mirza", "report_inquiry", note="Још нешто.")
    violence.move("senad", "inform_ministry", note="Случај постоји.", **{"part:ministry": violence.org("ministry")})
    assert violence.sees("minka") == {"reports"}


def test_a_door_can_be_closed_to_who_reported(violence: Walk) -> None:
    assert "identity" in violence.sees("ana")
    violence.move("senad", "close_to_reporter", reason="Умешан је запослени.")
    assert violence.sees("ana") == set()
