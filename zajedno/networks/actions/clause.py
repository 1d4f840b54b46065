"""Clauses of an agreement that is being written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.networks.actions.agreement import writable
from zajedno.networks.enums import Direction, Unit
from zajedno.networks.logic.sides import ANYBODY, Sides
from zajedno.networks.models import Agreement, Clause, ClauseSide, Signatory
from zajedno.networks.queries.agreement import signatories
from zajedno.networks.rules import WRITE_AGREEMENT
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import current

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


@dataclass(frozen=True)
class Terms:
    """What a clause says. `days` None: until the case ends. `deadline`: length and unit, or None. `escalation`: a part
    of the procedure, or a role (its key) at an institution, or nothing. `texts` by language."""

    procedure: str
    fields: Sequence[str]
    texts: Mapping[str, str]
    gives: Sides = ANYBODY
    receives: Sides = ANYBODY
    days: int | None = None
    deadline: tuple[int, str] | None = None
    escalation_part: str = ""
    escalation_role: str = ""
    escalation_at: "Organisation | None" = None
    needs_consent: bool = True


@transaction.atomic
def write(*, by: Actor, agreement: Agreement, terms: Terms, clause: Clause | None = None) -> Clause:
    """Add a clause, or write one anew."""
    row = writable(by, agreement)
    definition = current(terms.procedure, row.territory.country_id).definition
    _check(row, terms, definition)
    kept = clause or Clause(agreement=row, number=_next(row))
    kept.procedure, kept.purpose, kept.fields = definition.key, definition.purpose, sorted(set(terms.fields))
    kept.days, kept.needs_consent = terms.days, terms.needs_consent
    kept.deadline_length, kept.deadline_unit = terms.deadline or (None, "")
    kept.escalation_part = terms.escalation_part
    kept.escalation_role_id, kept.escalation_at = terms.escalation_role or None, terms.escalation_at
    kept.texts = {code: text.strip() for code, text in terms.texts.items() if text.strip()}
    kept.save()
    _set_sides(row, kept, terms)
    _record(by, row, kept)
    return kept


@transaction.atomic
def remove(*, by: Actor, agreement: Agreement, clause: Clause) -> None:
    """The others keep their numbers."""
    row = writable(by, agreement)
    _record(by, row, clause)
    Clause.objects.filter(pk=clause.pk, agreement=row).delete()


def _next(row: Agreement) -> int:
    last = row.clauses.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def allowed(definition: Definition) -> list[str]:
    """Fields that a procedure opens under a clause at all: a clause may narrow, never widen."""
    return list(dict.fromkeys(field for tie in definition.all_ties() if tie.clause for field in tie.fields))


def _check(row: Agreement, terms: Terms, definition: Definition) -> None:
    may = allowed(definition)
    if not may:
        raise Refused(_("This procedure shows nothing under an agreement."), "procedure")
    if not terms.fields or not set(terms.fields) <= set(may):
        raise Refused(_("Choose what the receiver sees, of what the procedure allows."), "fields")
    if not any(text.strip() for text in terms.texts.values()):
        raise Refused(_("Write the clause in words."), "words")
    if terms.days is not None and terms.days < 1:
        raise Refused(_("It lasts a day at least."), "days")
    if terms.deadline is not None and (terms.deadline[0] < 0 or terms.deadline[1] not in Unit.values):
        raise Refused(_("Say how long the deadline is, and in what."), "deadline")
    if terms.deadline == (0, Unit.HOURS):
        raise Refused(_("Give some hours; the same day is 0 days."), "deadline")
    if terms.escalation_part and terms.escalation_part not in definition.part:
        raise Refused(_("This part is not in the procedure."), "escalation")
    if bool(terms.escalation_role) != bool(terms.escalation_at) or (terms.escalation_part and terms.escalation_role):
        raise Refused(_("Say who is told: a part of the case, or a post in an institution."), "escalation")
    signing = set(signatories(row).values_list("organisation_id", flat=True))
    if not {*terms.gives.organisations, *terms.receives.organisations} <= signing:
        raise Refused(_("A clause names only those who sign the agreement."), "sides")


def _set_sides(row: Agreement, clause: Clause, terms: Terms) -> None:
    named = {one.organisation_id: one for one in signatories(row)}
    clause.sides.all().delete()
    for direction, side in ((Direction.GIVES, terms.gives), (Direction.RECEIVES, terms.receives)):
        ClauseSide.objects.bulk_create(
            ClauseSide(clause=clause, direction=direction, **fields) for fields in _columns(side, named)
        )


def _columns(side: Sides, named: Mapping[int, Signatory]) -> Iterator[dict[str, Any]]:
    yield from ({"sector": one} for one in side.sectors)
    yield from ({"kind_id": one} for one in side.kinds)
    yield from ({"signatory": named[one]} for one in side.organisations)


def _record(by: Actor, row: Agreement, clause: Clause) -> None:
    detail = {"clause": clause.number, "fields": list(clause.fields)}
    audit.record(by=by, verb=WRITE_AGREEMENT.key, about=row, organisation=row.organisation_id, detail=detail)
