"""The usual way of a case, move by move, on believable days."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from zajedno.casework.actions.goal import write_goal
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.note import write_note
from zajedno.casework.actions.opinion import save_joint_opinion
from zajedno.casework.actions.plan import write_measure
from zajedno.casework.actions.sitting import close, record_attendance, write_minutes
from zajedno.casework.actions.support import record_unmet, write_view
from zajedno.casework.models import Case
from zajedno.casework.queries.case import CaseFile, find
from zajedno.children.actions import consent
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import ZONE
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.institutions import Towns

OPINION = "Измишљено мишљење: детету је потребна додатна подршка у учењу и више времена за рад."
STOPS = (
    "draft", "submitted", "completeness", "awaiting_consent", "consented", "scheduled", "assessment",
    "individual_opinions", "sitting", "deciding", "adopted", "delivered", "implementation", "closed",
)  # fmt: skip


class Way:
    """Carries one case from step to step; a few days pass with each, never beyond today."""

    def __init__(self, towns: Towns, slug: str, who: str, case: Case, start: date, today: date) -> None:
        self.towns, self.slug, self.opener, self.case, self.today = towns, slug, who, case, today
        self.day, self.last = start, ""
        self.pace = max((today - start).days // 16, 0)

    def who(self, part: str) -> str:
        if self.slug == "subotica":
            return {"coordinator": "csaba", "president": "goran", "initiator": self.opener}[part]
        return {"coordinator": f"irk1.{self.slug}", "president": f"irk2.{self.slug}", "initiator": self.opener}[part]

    def members(self) -> list[str]:
        if self.slug == "subotica":
            return ["goran", "hana", "jelena", "marko"]
        return [f"irk{number}.{self.slug}" for number in range(2, 6)]

    def actor(self, who: str) -> Actor:
        return actor_for(self.towns.accounts[who].pk, self.day)

    def file(self, who: str) -> CaseFile:
        return find(self.actor(who), self.case.uuid)

    def wait(self, days: int | None = None) -> None:
        self.day = min(self.day + timedelta(days=self.pace if days is None else days), self.today)

    def move(self, who: str, move: str, **given: Any) -> None:
        with clock.on(self.day):
            seen = Case.objects.values_list("moves_made", flat=True).get(pk=self.case.pk)
            move_case(by=self.actor(who), uuid=self.case.uuid, move=move, seen=seen, given=given)

    def note(self, who: str, kind: str, text: str) -> None:
        with clock.on(self.day):
            write_note(by=self.actor(who), file=self.file(who), kind=kind, text=text, happened_on=self.day)

    def to(self, stop: str) -> None:
        """Side ways first; otherwise step after step along STOPS."""
        self.last = stop
        if side := _SIDE.get(stop):
            side(self)
            return
        for step in STOPS[1 : STOPS.index(stop) + 1]:
            self.wait()
            getattr(self, f"_{step}")()

    def _submitted(self) -> None:
        self.move(self.who("initiator"), "submit")

    def _completeness(self) -> None:
        self.move(self.who("coordinator"), "register", registry_number="auto")

    def _awaiting_consent(self) -> None:
        self.move(self.who("coordinator"), "accept_as_complete")

    def _consented(self) -> None:
        who = self.who("coordinator")
        self.note(who, "informed", "Измишљен запис: родитељу је објашњен поступак.")
        with clock.on(self.day):
            consent.record(
                by=self.actor(who), child=self.case.child, purpose="additional-support", given_on=self.day,
                recipients=[self.case.organisation], proof="образац у предмету",
                giver=self.case.child.guardians.filter(represents=True).first(),
            )  # fmt: skip
        self.move(who, "record_consent")

    def _scheduled(self) -> None:
        person = self.towns.accounts[self.opener]
        self.move(self.who("president"), "appoint_interim_member", **{"part:interim_member": person})
        self.move(self.who("coordinator"), "schedule", date=self.day + timedelta(days=7), place="Школа детета")

    def _assessment(self) -> None:
        self.move(self.who("coordinator"), "begin_assessment")
        self.move(self.members()[1], "hear_family", note="Измишљен запис: саслушани су дете и родитељ.")

    def _individual_opinions(self) -> None:
        for who in self.members()[:2]:
            self.move(who, "write_individual_opinion", opinion=OPINION)
        self.move(self.who("coordinator"), "finish_assessment")

    def _sitting(self) -> None:
        for who in [*self.members()[2:], self.opener]:
            self.move(who, "write_individual_opinion", opinion=OPINION)
        begins = datetime.combine(
            (self.today if self.last == "sitting" else self.day) + timedelta(days=4), time(10), ZONE
        )
        self.move(self.who("coordinator"), "call_sitting", sitting=(begins, "Градска кућа, сала 2"))

    def _deciding(self) -> None:
        item = self.case.agenda.select_related("sitting").get()
        by = self.who("coordinator")
        self.day = min(max(self.day, item.sitting.begins.date()), self.today)
        with clock.on(self.day):
            states = {row.account_id: "present" for row in item.sitting.attendees.all()}
            record_attendance(by=self.actor(by), sitting=item.sitting, states=states)
            write_minutes(
                by=self.actor(by), file=self.file(by), item=item, text="Измишљен записник: расправа и закључак."
            )
        self.move(by, "hold_sitting")
        with clock.on(self.day):
            close(by=self.actor(by), sitting=item.sitting)

    def _adopted(self) -> None:
        president, coordinator = self.who("president"), self.who("coordinator")
        content = {
            "findings": OPINION, "strengths": "Воли музику.", "needs": "Подршка у читању и писању.",
            "outcomes": "Чита са разумевањем.\nУчествује у раду одељења.", "family_view": "Родитељ је сагласан.",
        }  # fmt: skip
        with clock.on(self.day):
            save_joint_opinion(by=self.actor(president), file=self.file(president), content=content,
                               review_on=self.day + timedelta(days=180))  # fmt: skip
            self._plan(coordinator)
        self.move(president, "adopt_opinion")

    def _plan(self, coordinator: str) -> None:
        """A goal of the parent, measures that serve it, and one for which there is no place."""
        by, file = self.actor(coordinator), self.file(coordinator)
        goal = write_goal(by=by, file=file, values={"whose": "parent", "icf": "d166"}, row=None,
                          text="Измишљен циљ: чита кратку причу и преприча је.")  # fmt: skip
        row = None
        for code, group, payer, funds, (unit, unit_price, times) in _MEASURES:
            values = {
                "code": code, "legal_group": group, "payer": payer, "needs_funds": funds, "since": self.day,
                "until": self.day + timedelta(days=300), "frequency": "двапут недељно", "goal": goal,
                "unit": unit, "unit_price": Decimal(unit_price), "times": times,
                "review_on": self.day + timedelta(days=90),
                "responsible": self.towns.organisations[f"school-{self.slug}"],
            }  # fmt: skip
            row = write_measure(by=by, file=file, values=values, goal="Дете учествује у настави.", row=None)
        if row:
            record_unmet(by=by, file=file, row=row, why="waiting", text="Измишљено: на листи чекања.")
        write_view(by=by, file=file, whose="child", text="Измишљено: волим музику.", told_on=self.day)

    def _delivered(self) -> None:
        self.note(self.who("coordinator"), "delivered", "Уручено родитељу лично.")
        self.move(self.who("coordinator"), "deliver")

    def _implementation(self) -> None:
        self.move(self.who("coordinator"), "begin_implementation")

    def _closed(self) -> None:
        self.move(self.who("initiator"), "report_follow_up", report="Измишљен извештај: дете напредује.")
        self.wait()
        self.move(self.who("coordinator"), "close", reason="Подршка је остварена.")

    def _returned(self) -> None:
        self.to("completeness")
        self.wait()
        self.move(self.who("coordinator"), "return_for_completion", reason="Недостаје налаз лекара.")

    def _consent_refused(self) -> None:
        self.to("awaiting_consent")
        self.wait()
        self.move(self.who("coordinator"), "refuse_consent", reason="Родитељ жели да размисли.")

    def _refused_consent(self) -> None:
        self._consent_refused()
        self.wait(20)
        self.move(self.who("coordinator"), "close_without_consent", reason="Сагласност није дата.")

    def _withdrawn(self) -> None:
        self.to("awaiting_consent")
        self.wait(10)
        self.move(self.who("coordinator"), "withdraw", reason="Породица се предомислила.")


_MEASURES = (  # the last three: unit, its price as the plan reckoned it, how many times; all invented
    ("individualised_teaching", "realised", "", False, ("час", "850", 80)),
    ("speech_therapy", "realised", "", False, ("час", "1400", 60)),
    ("personal_companion", "recommended", "", True, ("месец", "50000", 10)),
)
_SIDE: dict[str, Callable[[Way], None]] = {
    "returned": Way._returned,
    "consent_refused": Way._consent_refused,
    "refused_consent": Way._refused_consent,
    "withdrawn": Way._withdrawn,
}
