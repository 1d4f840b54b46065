"""What must hold before a move, made to hold by those who do it at work."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from django.conf import settings

from zajedno.access.models import Account
from zajedno.casework.actions.case import change_request
from zajedno.casework.actions.family import enter
from zajedno.casework.actions.note import attach_paper, write_note
from zajedno.casework.actions.opinion import save_joint_opinion, submit_opinion
from zajedno.casework.actions.plan import write_measure
from zajedno.casework.actions.sitting import call_sitting, put_on_agenda, record_attendance
from zajedno.casework.models import Case
from zajedno.casework.queries import needs
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.members import voters
from zajedno.casework.rules import (
    ATTACH_PAPER,
    CHANGE_REQUEST,
    DECIDE,
    HOLD_SITTING,
    PLAN_SUPPORT,
    REPORT_FOLLOW_UP,
    WRITE_NOTE,
)
from zajedno.children.actions import consent
from zajedno.children.actions.assessment import take_in
from zajedno.children.actions.invitation import invite_by_letter
from zajedno.children.models import Consent
from zajedno.children.queries.consent import in_force
from zajedno.children.rules import ASSESS, INVITE_FAMILY, RECORD_CONSENT, WITHDRAW_CONSENT
from zajedno.forms.models import Enabling
from zajedno.forms.queries.form import find as find_form
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted
from zajedno.kernel.verbs import Verb
from zajedno.places.queries.actor import actor_for
from zajedno.places.queries.organisation import organisations
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.logic.needs import named
from zajedno.procedures.logic.parse import parse
from zajedno.procedures.queries.definition import measures, of_version
from zajedno.site.demo.tale.agreement import rests_on_one
from zajedno.site.demo.tale.cast import Kept, able
from zajedno.site.demo.tale.sheet import answers_to

if TYPE_CHECKING:
    from zajedno.places.models import Organisation
    from zajedno.site.demo.tale.telling import Telling

REQUEST = {
    "reasons": ["learning"], "difficulties": "Измишљено: тешко чита и пише.", "asked": "Измишљено: подршка у учењу.",
    "strengths": "Воли музику.", "papers": ["medical"],
}  # fmt: skip
OPINION = {"findings": "Измишљен налаз.", "needs": "Подршка."}
GOAL = "Измишљен циљ: учествује у раду."
LONG_AGO = date(2020, 1, 1)  # before any story: each is told on days of its own
SAID = "Измишљен запис: породици је објашњено шта следи."
NOTED = {
    "guardian_informed": "informed", "family_heard": "parent", "observation": "observation", "delivery": "delivered",
    "follow_up_report": "follow_up",
}  # fmt: skip
PASSWORD = "tri reči i četvrta"
PAPER = b"%PDF-1.4\n% invented\n"


class Facts:
    """Makes needs true, and some untrue again, in the case that is being told."""

    def __init__(self, telling: "Telling") -> None:
        self.telling = telling

    def holds(self, need: str) -> bool:
        case = Case.objects.select_related("child__data_key", "organisation").get(pk=self.telling.case.pk)
        by = actor_for(0, clock.today())
        return bool(needs.facts(CaseFile(case, by), {need}).get(need))

    def missing(self, move: str) -> bool:
        return not all(map(self.holds, self.telling.definition.move[move].needs))

    def make(self, need: str) -> None:
        """By the first of the cast who may; what a move brings with it (a number, a part) is left to the move."""
        if self.holds(need):
            return
        kind, key = named(need)
        if kind == "form":
            self._form(key)
        elif kind == "linked":
            self._linked(key)
        elif kind == "part":
            self._part(need)
        elif need in NOTED:
            self._note(NOTED[need])
        elif not kind and need in _MAKE:
            _MAKE[need](self)

    def lose(self, need: str) -> None:
        if need in ("consent", "consent_to_share"):
            for row in Consent.objects.filter(child=self.telling.case.child, withdrawn_on=None):
                with self._somebody(WITHDRAW_CONSENT) as file:
                    consent.withdraw(by=file.by, consent=row)

    @contextmanager
    def _somebody(self, verb: Verb) -> Iterator[CaseFile]:
        """The case as the first of the cast meets it who may do the verb and takes part."""
        for by in able(self.telling.cast, self.telling.definition, verb):
            with acting(RUNTIME, by.account):
                try:
                    file = self.telling.file(by)
                except NotFound:
                    continue
                yield file
            return
        raise NotPermitted(f"Nobody in the cast may: {verb.key}.")

    def voter(self, position: int) -> Account:
        case = Case.objects.select_related("organisation").get(pk=self.telling.case.pk)
        found = voters(CaseFile(case, actor_for(0, clock.today())))
        return Account.objects.get(pk=found[position].account) if found else Account.objects.none().first()  # type: ignore[return-value]

    def parent(self) -> Account:
        """Who represents the child, come in at the family desk with a letter."""
        guardian = self.telling.case.child.guardians.filter(represents=True, ended_on=None).first()
        if guardian is None:
            raise NotFound("Nobody represents the child.")
        if guardian.account is None:
            with self._somebody(INVITE_FAMILY) as file:
                code = invite_by_letter(by=file.by, guardian=guardian)[1]
            with acting(RUNTIME):
                enter(secret=code, account=None, email=f"parent{guardian.pk}@demo.invalid", password=PASSWORD)
            guardian.refresh_from_db()
        return cast(Account, guardian.account)

    def _consent(self, purpose: str = "", recipients: "Iterable[Organisation]" = ()) -> None:
        telling = self.telling
        with self._somebody(RECORD_CONSENT) as file:
            consent.record(
                by=file.by, child=telling.case.child, purpose=purpose or telling.definition.purpose,
                recipients=recipients or self._all(),
                giver=telling.case.child.guardians.filter(represents=True).first(), proof="образац у предмету",
                given_on=clock.today(),
            )  # fmt: skip

    def _all(self) -> "list[Organisation]":
        """Who keeps the case, and every institution that a part is meant for."""
        telling = self.telling
        parts = [part for part in telling.definition.parts if part.kind == "organisation" and not part.keeps]
        return [telling.case.organisation, *(telling.plays(part) for part in parts)]

    def _note(self, kind: str) -> None:
        with self._somebody(REPORT_FOLLOW_UP if kind == "follow_up" else WRITE_NOTE) as file:
            write_note(by=file.by, file=file, kind=kind, text=self.telling.say(SAID), happened_on=clock.today())

    def _paper(self) -> None:
        with self._somebody(ATTACH_PAPER) as file:
            attach_paper(by=file.by, file=file, kind="medical", name="nalaz.pdf", media_type="application/pdf",
                         content=PAPER + str(clock.now()).encode())  # fmt: skip

    def _request(self) -> None:
        with self._somebody(CHANGE_REQUEST) as file:
            change_request(by=file.by, file=file, request={key: self.telling.say(one) for key, one in REQUEST.items()})

    def _plan(self) -> None:
        with self._somebody(PLAN_SUPPORT) as file:
            first = measures(file.definition.country or file.case.organisation.territory.country_id)[0]
            planned = next((part for part in file.definition.parts if part.planned), None)
            values = {
                "code": first.key, "legal_group": first.legal_group, "payer": first.payer, "since": clock.today(),
                "needs_funds": first.needs_funds, "until": clock.today() + timedelta(days=180),
                "responsible": self.telling.plays(planned) if planned else file.case.organisation,
            }  # fmt: skip
            write_measure(by=file.by, file=file, values=values, goal=self.telling.say(GOAL), row=None)

    def _opinions(self) -> None:
        for member in voters(CaseFile(self.telling.case, actor_for(0, clock.today()))):
            by = actor_for(member.account, clock.today())
            with acting(RUNTIME, by.account):
                submit_opinion(by=by, file=self.telling.file(by), text=self.telling.say("Измишљено мишљење."))

    def _sitting(self) -> None:
        with self._somebody(HOLD_SITTING) as file:
            begins = self.telling.at(clock.today())
            row = call_sitting(by=file.by, organisation=file.case.organisation_id, begins=begins, place="Сала 2")
            put_on_agenda(by=file.by, file=file, sitting=row)

    def _quorum(self) -> None:
        with self._somebody(HOLD_SITTING) as file:
            item = file.case.agenda.select_related("sitting").order_by("-sitting__begins").first()
            if item is not None:
                here = {row.account_id: "present" for row in item.sitting.attendees.all()}
                record_attendance(by=file.by, sitting=item.sitting, states=here)

    def _joint_opinion(self) -> None:
        with self._somebody(DECIDE) as file:
            save_joint_opinion(
                by=file.by, file=file, content={key: self.telling.say(one) for key, one in OPINION.items()}
            )

    def _form(self, key: str) -> None:
        """The institution takes the form into use if it has not, and fills it in."""
        with self._somebody(ASSESS) as file:
            by, at = file.by, file.by.organisations_for(ASSESS.key)
        for organisation in at:
            self._enable(key, organisation)
        form, child = find_form(key, at, "child", clock.today()), self.telling.case.child_id
        if in_force(child=child, purpose=form.facts.purpose, recipient=at[0], day=by.today) is None:
            self._consent(form.facts.purpose, organisations().filter(pk__in=at))
        with acting(RUNTIME, by.account):
            take_in(by=by, child=self.telling.case.child, form=form, answers=answers_to(form.form, clock.today()))

    def _part(self, asked: str) -> None:
        """By a move of the present step that does not lead on; else the move that is told next asks for it."""
        telling = self.telling
        for rule in telling.definition.moves:
            if asked in rule.asks and not rule.to_step and telling.case.step in rule.from_steps:
                telling.move(rule.by[0], rule.key)
                return

    def _enable(self, key: str, organisation: int) -> None:
        from zajedno.forms.models import Form

        if not Enabling.objects.filter(form__key=key, organisation=organisation, until=None).exists():
            form = Form.objects.filter(key=key).order_by("-country").first()
            if form is not None:
                Enabling.objects.create(form=form, organisation=organisation, since=LONG_AGO)

    def _linked(self, procedure: str) -> None:
        """Each linked case is carried to an end by a story of its own."""
        rows = Case.objects.filter(repeats=self.telling.case, closed_on=None, version__definition__key=procedure)
        for case in rows.select_related("organisation", "child"):
            definition = told(of_version(case.version_id))
            story = next(one for one in definition.stories if one.ends)
            cast = Kept(self.telling.cast, case.organisation)
            if rests_on_one(definition):
                cast.agree(definition)
            for _line in type(self.telling).of(cast, definition, case, story, self.telling.day).tell(story):
                pass


def told(definition: Definition) -> Definition:
    """With the stories of its file, which the database does not keep."""
    pack = settings.PACKS_DIR / (definition.country.lower() or "common")
    path = next(pack.rglob(f"procedures/{definition.key}.toml"))
    return parse(tomllib.loads(path.read_text(encoding="utf-8")))[0]


_MAKE: Mapping[str, Callable[[Facts], None]] = {
    "consent": Facts._consent, "consent_to_share": Facts._consent, "documents": Facts._paper,
    "required_fields": Facts._request,
    "support_plan": Facts._plan, "individual_opinions": Facts._opinions, "sitting": Facts._sitting,
    "quorum": Facts._quorum, "joint_opinion": Facts._joint_opinion,
}  # fmt: skip
