"""What of a child may be handed out to another institution's system, and what it says: never more than the consent, its
purpose and the ties of who hands it out open together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation

from zajedno.casework.enums import MeasureState
from zajedno.casework.logic.fhir.told import (
    CaseTold,
    ChildTold,
    ConsentTold,
    FindingTold,
    GoalTold,
    GuardianTold,
    Institution,
    MeasureTold,
    PlanTold,
    Told,
)
from zajedno.casework.models import Handout, Measure
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.content import part_of_words, request_of
from zajedno.casework.queries.needs import consent_for
from zajedno.casework.queries.plan import (
    CLOSED,
    Reader,
    adopted_on,
    country_of,
    goals,
    is_apart,
    lines,
    reader_of,
    visible_to,
)
from zajedno.casework.rules import HAND_OUT
from zajedno.children.enums import Basis, Field
from zajedno.children.queries.assessment import of_child
from zajedno.children.queries.consent import of_child as consents_of
from zajedno.children.queries.file import numbers_of
from zajedno.kernel.labels import label
from zajedno.places.queries.organisation import organisations
from zajedno.procedures.logic.needs import named
from zajedno.procedures.queries.definition import purposes

if TYPE_CHECKING:
    from zajedno.children.models import Consent
    from zajedno.places.models import Organisation
    from zajedno.procedures.logic.codes import Purpose

# What a file holds where everything is open. Papers, opinions, reports and notes on violence never leave this way.
HANDED_OUT = (
    Field.IDENTITY, Field.CONTACT, Field.IDENTIFIERS, Field.FAMILY, Field.REQUEST, Field.EDUCATION, Field.HEALTH,
    Field.SOCIAL, Field.PLAN,
)  # fmt: skip


@dataclass(frozen=True)
class May:
    """A file that may leave: for whom, on which consent, with which parts."""

    receiver: "Organisation"
    consent: "Consent"
    purpose: "Purpose"
    parts: frozenset[str]


def purpose_of(file: CaseFile) -> "Purpose | None":
    """For what this case lets its data be handed out; None where families are not told, or violence is in it."""
    found = next((one for one in purposes(country_of(file)) if one.key == file.definition.purpose), None)
    return None if found is None or found.protects or is_apart(file.definition) else found


def hands_out(file: CaseFile) -> bool:
    """Could who asks hand anything out, once a consent names for whom?"""
    return file.may(HAND_OUT.key) and purpose_of(file) is not None


def may_go(file: CaseFile) -> list[May]:
    """For each institution that a consent in force names: what may go there. None, where there is none."""
    purpose = purpose_of(file)
    if purpose is None or not hands_out(file):
        return []
    own = {seat.organisation for seat in file.by.seats}
    rows = consents_of(file.case.child_id).filter(purpose=purpose.key)
    named_there = {one for one in rows.values_list("recipients", flat=True) if one and one not in own}
    at_work = organisations(working_on=file.by.today).filter(pk__in=named_there).select_related("kind")
    found = (_to(file, purpose, one) for one in at_work)
    return [one for one in found if one is not None]


def _to(file: CaseFile, purpose: "Purpose", receiver: "Organisation") -> May | None:
    consent = consent_for(file, receiver.pk)
    if consent is None or consent.basis != Basis.CONSENT:
        return None
    allowed = set(purpose.fields) & set(consent.scope or purpose.fields) & set(map(str, HANDED_OUT))
    parts = file.fields & allowed
    return May(receiver, consent, purpose, frozenset(map(str, parts))) if parts else None


def of_case(file: CaseFile) -> QuerySet[Handout]:
    """What was handed out from a case, the newest first."""
    return file.case.handouts.select_related("receiver", "sender")


def told(file: CaseFile, may: May, sender: "Organisation", *, code: UUID, moment: datetime, language: str) -> Told:
    """Words of the packs in the language; what people wrote stays as they wrote it."""
    with translation.override(language):
        return Told(
            code=code, made_on=moment, language=language, sender=_institution(sender),
            receiver=_institution(may.receiver), child=_child(file, may.parts), consent=_consent(file, may),
            case=_case(file, may.parts), plan=_plan(file, may.parts), findings=tuple(_findings(file, may.parts)),
        )  # fmt: skip


def _institution(one: "Organisation") -> Institution:
    return Institution(one.code, str(one), one.kind.sector)


def _child(file: CaseFile, parts: frozenset[str]) -> ChildTold:
    child, identity, contact = file.case.child, Field.IDENTITY in parts, Field.CONTACT in parts
    rows = numbers_of(child) if Field.IDENTIFIERS in parts else ()
    return ChildTold(
        given_name=child.given_name if identity else "", family_name=child.family_name if identity else "",
        birth_date=child.birth_date if identity else None, sex=child.sex if identity else "", named=identity,
        address=child.address if contact else "", place=str(child.residence or "") if contact else "",
        language=child.language if contact else "", numbers=tuple((str(row.kind), row.value) for row in rows),
    )  # fmt: skip


def _consent(file: CaseFile, may: May) -> ConsentTold:
    row = may.consent
    giver = None
    if Field.FAMILY in may.parts and row.giver:
        phone = row.giver.phone if Field.CONTACT in may.parts else ""
        giver = GuardianTold(row.giver.kind, row.giver.name, phone)
    return ConsentTold(
        answer="given", purpose=may.purpose.key, purpose_label=label(may.purpose.labels), given_on=row.given_on,
        until=row.until, parts=tuple((part, str(Field(part).label)) for part in sorted(may.parts)), giver=giver,
    )  # fmt: skip


def _case(file: CaseFile, parts: frozenset[str]) -> CaseTold:
    case, definition = file.case, file.definition
    return CaseTold(
        procedure=definition.key, label=label(definition.labels), state=case.outcome if case.closed_on else "open",
        step=label(definition.step[case.step].labels), received_on=case.received_on, words=_words(file, parts),
    )  # fmt: skip


def _words(file: CaseFile, parts: frozenset[str]) -> str:
    """What the family asks for; and what was written to those who were brought in, by a move that chose them."""
    asked = request_of(file) if Field.REQUEST in parts else {}
    said = [str(asked[key]) for key in ("difficulties", "asked") if isinstance(asked.get(key), str) and asked[key]]
    if part_of_words(file.definition) in parts:
        chose = {rule.key for rule in file.definition.moves if any(named(one)[0] == "part" for one in rule.asks)}
        last = next((row for row in reversed(file.moves) if row.move in chose), None)
        if last is not None:
            last.case = file.case
            said.append(last.text)
    return "\n".join(filter(None, said))


def _plan(file: CaseFile, parts: frozenset[str]) -> PlanTold | None:
    if Field.PLAN not in parts:
        return None
    rows, reader = list(visible_to(file.by, lines(file).filter(apart=False))), reader_of(file)
    aims = list(goals(file).filter(apart=False))
    if not rows and not aims:
        return None
    for row in (*rows, *aims):
        row.child = file.case.child  # its key is already here
    state = "ended" if file.case.closed_on else "adopted" if adopted_on(file) else "draft"
    return PlanTold(
        state=state, title=label(file.definition.labels),
        goals=tuple(GoalTold(row.text, row.icf) for row in aims),
        measures=tuple(_measure(reader, row, parts) for row in rows),
    )  # fmt: skip


def _measure(reader: Reader, row: Measure, parts: frozenset[str]) -> MeasureTold:
    """The words of a sector whose part of the file does not go along stay here, also where oneself may read them."""
    needed = CLOSED.get(reader.sector(row))
    words = row.text if needed is None or needed in parts else ""
    return MeasureTold(
        code=row.code, label=reader.name(row), state=row.state, state_label=str(MeasureState(row.state).label),
        words=words, who=str(row.responsible or ""), since=row.since, until=row.until,
    )  # fmt: skip


def _findings(file: CaseFile, parts: frozenset[str]) -> Iterator[FindingTold]:
    """Of forms that belong to a part that goes along; what was put right since is left out."""
    for read in of_child(file.by, file.case.child):
        if read.row.part not in parts or read.later is not None:
            continue
        facts = read.form.facts
        for one in read.findings:
            band = read.band(one)
            yield FindingTold(
                form=read.form.key, form_label=read.form.title(), key=one.key, label=facts.finding(one.key),
                on=read.row.holds_on, state="corrects" if read.row.corrects_id else "sent", value=one.value,
                unit=one.unit, band=band, band_label=facts.band(band) if band else "",
            )  # fmt: skip
