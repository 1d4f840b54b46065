"""Joining and leaving a case. The tie is written first: it is what opens the child's file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zajedno.casework.models import Case, Participant
from zajedno.children.actions.tie import change_fields, end_tie, write_tie
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import Verb

if TYPE_CHECKING:
    from zajedno.access.models import Account
    from zajedno.children.models import Consent
    from zajedno.networks.models import Clause
    from zajedno.places.models import Organisation


@dataclass(frozen=True)
class Rests:
    """On what a tie under an agreement rests: the clause, who gives, the last day (None: the end of the case)."""

    clause: "Clause"
    giver: "Organisation"
    until: date | None = None
    consent: "Consent | None" = None


def join(
    *,
    by: Actor,
    verb: Verb,
    case: Case,
    part: str,
    purpose: str,
    fields: Iterable[str],
    organisation: "Organisation | None" = None,
    account: "Account | None" = None,
    seat: str = "",
    since: date | None = None,
    rests: Rests | None = None,
) -> Participant:
    """Let an organisation or one person take a part. Who already has it gets the further fields.

    `rests`: the clause under which it is given, whose end and consent the tie copies.
    """
    key = organisation.pk if organisation else -account.pk  # type: ignore[union-attr]
    standing = case.participants.filter(key=key, part=part).select_related("tie").first()
    if standing and (standing.tie.until is None or standing.tie.until >= by.today):
        change_fields(by=by, verb=verb, tie=standing.tie, fields={*standing.tie.fields, *fields})
        return standing
    tie = write_tie(
        by=by, verb=verb, child=case.child, organisation=organisation, account=account, purpose=purpose,
        fields=sorted(set(fields)), since=since or by.today, until=rests.until if rests else None,
        consent=rests.consent if rests else None, clause=rests.clause.uuid if rests else None,
    )  # fmt: skip
    clause, giver = (rests.clause, rests.giver) if rests else (None, None)
    if standing:
        standing.tie, standing.seat, standing.clause, standing.giver = tie, seat, clause, giver
        standing.save(update_fields=["tie", "seat", "clause", "giver"])
        return standing
    return Participant.objects.create(case=case, tie=tie, key=key, part=part, seat=seat, clause=clause, giver=giver)


def narrow(*, by: Actor, verb: Verb, case: Case, part: str, fields: Iterable[str]) -> None:
    """Take fields back from a part; a tie that opens nothing more ends at once."""
    closing = set(fields)
    for row in case.participants.filter(part=part).select_related("tie"):
        row.tie.child = case.child  # when one's own last tie ends, it can be asked for no more
        if row.tie.until is not None and row.tie.until < by.today:
            continue
        left = set(row.tie.fields) - closing
        if left:
            change_fields(by=by, verb=verb, tie=row.tie, fields=left)
        else:
            end_tie(by=by, verb=verb, tie=row.tie)


def close_all(case: Case) -> None:
    """The case is closed: it leaves the lists of work. Ties stay as the procedure's end says."""
    case.participants.update(is_open=False)
