"""May this form be filled in about this child, in whose name, and what does a whole sheet come to?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zajedno.children import rules
from zajedno.children.enums import Field
from zajedno.children.models import Assessment, Child, Consent
from zajedno.children.queries.child import find
from zajedno.children.queries.consent import in_force
from zajedno.children.queries.tie import keys_open
from zajedno.forms.logic.scores.contract import Facts, Outcome
from zajedno.forms.logic.scores.registry import score
from zajedno.forms.logic.sheet import Sheet
from zajedno.forms.queries.form import Loaded, in_use
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.organisation import organisations
from zajedno.procedures.queries.definition import purposes

OWN_PART = {"education": Field.EDUCATION, "health": Field.HEALTH, "social_protection": Field.SOCIAL}  # by sector


@dataclass(frozen=True, slots=True)
class Filling:
    """A form about a child as this actor may fill it in: in the name of which organisation, into which part of the
    file, on which consent (None where the purpose needs none), sealed under which key. `retired`: another version of
    the form is in use there by now, or none."""

    child: Child
    form: Loaded
    organisation: int
    part: Field
    consent: Consent | None
    key: bytes
    retired: bool


def filling(by: Actor, child: Child, form: Loaded) -> Filling:
    """NotFound when the child is not among the actor's; refused without the verb or a needed consent."""
    ask(by, rules.ASSESS)
    found = find(by, child.uuid)
    seat = rules.ask_about(by, rules.ASSESS, keys_open(by, found))
    place = organisations().get(pk=seat.organisation)
    consent = in_force(child=found.pk, purpose=form.facts.purpose, recipient=place.pk, day=by.today)
    if consent is None and needs_consent(form, place.territory.country_id):
        raise Refused(
            _("The family has not consented to this form yet. Record the consent on the child's page first."), "consent"
        )
    part, key = part_of(form, place.kind.sector), found.data_key.open()
    return Filling(found, form, place.pk, part, consent, key, is_retired(form, place.pk, by.today))


def new_answers(form: Loaded, today: date) -> dict[str, Any]:
    """What stands in a sheet before anybody has answered: the form's defaults."""
    return Sheet(form.form, today=today).draft()


def new_sheet(
    ready: Filling, filled_by: int, holds_on: date, corrects: Assessment | None = None, **more: Any
) -> Assessment:
    """A sheet that only lacks its sealed content. One that puts another right stays in that one's part of the file,
    so that nobody reads there what was not opened to them."""
    return Assessment(
        child=ready.child, version_id=ready.form.pk, organisation_id=ready.organisation,
        part=corrects.part if corrects else ready.part, consent=ready.consent, holds_on=holds_on,
        filled_by=filled_by, sent_on=clock.now(), corrects=corrects, retired=ready.retired, **more,
    )  # fmt: skip


def take_turns(children: Sequence[Child]) -> None:
    """Who saves about the same children at the same time waits here, and then sees what was saved."""
    keys = [child.pk for child in children]
    list(Child.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))


def needs_consent(form: Loaded, country: str) -> bool:
    """By the purpose of the form; one that no pack names is never a reason to do without."""
    return next((one.needs_consent for one in purposes(country) if one.key == form.facts.purpose), True)


def is_retired(form: Loaded, organisation: int, day: date) -> bool:
    return form.pk not in {one.pk for one in in_use([organisation], "child", day)}


def part_of(form: Loaded, sector: str) -> Field:
    """The part of the file that the filler's institution keeps, where the form allows it; else the form's first."""
    own = OWN_PART.get(sector)
    return own if own in form.facts.parts else Field(form.facts.parts[0])


def sealed_content(ready: Filling, answers: Mapping[str, Any], today: date) -> tuple[dict[str, Any], date]:
    """What is kept of a sheet, and the day it holds for. Refused when the answers do not fit the form."""
    sheet = Sheet(ready.form.form, answers, today=today)
    if sheet.problems():
        raise Refused(_("Some answers are missing or do not fit. Look at the marked questions."), "answers")
    if not sheet.answers():
        raise Refused(_("Nothing is answered in this form yet."), "answers")
    values = sheet.values()
    holds_on = date.fromisoformat(values[ready.form.facts.day]) if values.get(ready.form.facts.day) else today
    born = ready.child.birth_date
    if holds_on > today or (born is not None and holds_on < born):
        raise Refused(_("The day of the form lies in the future, or before the child was born."), "day")
    facts = Facts(sex=ready.child.sex, born=born, on=holds_on)
    return as_kept(sheet.answers(), facts, outcome(ready.form, values, facts)), holds_on


def outcome(form: Loaded, values: Mapping[str, str], facts: Facts) -> Outcome:
    """What the form's way of scoring says; nothing where it has none."""
    return score(form.facts.score, values, facts, form.facts.options) if form.facts.score else Outcome(())


def as_kept(answers: Mapping[str, Any], facts: Facts, came_to: Outcome) -> dict[str, Any]:
    """As JSON: answers, facts, findings, missing."""
    return {
        "answers": answers,
        "facts": {"sex": facts.sex, "born": str(facts.born or ""), "on": str(facts.on or "")},
        "findings": [
            {"key": one.key, "value": None if one.value is None else str(one.value), "unit": one.unit,
             "band": one.band, "flagged": one.flagged, "doubtful": one.doubtful}
            for one in came_to.findings
        ],
        "missing": list(came_to.missing),
    }  # fmt: skip
