"""Joining and leaving a case. The tie is written first: it is what opens the child's file."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zajedno.casework.logic.passing import READING
from zajedno.casework.models import Case, Participant
from zajedno.casework.queries.case import CaseFile
from zajedno.children.actions.tie import change_fields, end_tie, set_reads, write_tie
from zajedno.children.enums import PARENTHOOD
from zajedno.children.queries.guardian import entered
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.refusal import NotPermitted
from zajedno.kernel.verbs import Verb, ask
from zajedno.procedures.logic.definition import Definition

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


def ask_in(file: CaseFile, by: Actor, verb: Verb, parts: Collection[str] = ()) -> Seat:
    """The seat from which `by` may do `verb` in a case, in one of `parts` if they play it: a post that carries the verb
    where they take part. Refused to whom the case is only offered, or was taken from."""
    ask(by, verb)
    seat = next(chain(file.acting(verb.key, parts), file.acting(verb.key)), None)
    if seat is None:
        raise NotPermitted(
            _("You may read this case. Only who keeps it and takes part in it may do this."), "only_reads"
        )
    return seat


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
    consent: "Consent | None" = None,
) -> Participant:
    """Let an organisation or one person take a part. Who already has it gets the further fields.

    A new tie ends with the `consent` it rests on, if with any. `rests`: the clause under which it is given, whose end
    and consent the tie copies.
    """
    key = organisation.pk if organisation else -account.pk  # type: ignore[union-attr]
    standing = case.participants.filter(key=key, part=part).select_related("tie").first()
    if standing and (standing.tie.until is None or standing.tie.until >= by.today):
        standing.tie.child = case.child
        change_fields(by=by, verb=verb, tie=standing.tie, fields={*standing.tie.fields, *fields})
        return standing
    tie = write_tie(
        by=by, verb=verb, child=case.child, organisation=organisation, account=account, purpose=purpose,
        fields=sorted(set(fields)), since=since or by.today, until=rests.until if rests else None,
        consent=(rests and rests.consent) or consent, clause=rests.clause.uuid if rests else None,
        reads=part in READING,
    )  # fmt: skip
    clause, giver = (rests.clause, rests.giver) if rests else (None, None)
    if standing:
        standing.tie, standing.seat, standing.clause, standing.giver = tie, seat, clause, giver
        standing.save(update_fields=["tie", "seat", "clause", "giver"])
        return standing
    return Participant.objects.create(case=case, tie=tie, key=key, part=part, seat=seat, clause=clause, giver=giver)


def let_family_in(*, by: Actor, verb: Verb, case: Case, definition: Definition) -> None:
    """Guardians who have entered the family desk play the part that the procedure gives to all of them."""
    part = next((one.key for one in definition.parts if one.guardians == "all"), "")
    for account, fields in entered(case.child_id) if part else ():
        join(by=by, verb=verb, case=case, part=part, purpose=PARENTHOOD, fields=fields, account=account)


def narrow(*, by: Actor, verb: Verb, case: Case, part: str, fields: Iterable[str], own: bool) -> None:
    """Take fields back from who plays a part: from the actor themselves, or from all others. A tie that opens nothing
    more ends at once."""
    closing, playing = set(fields), case.participants.filter(part=part).select_related("tie")
    for row in playing.filter(key__in=by.keys) if own else playing.exclude(key__in=by.keys):
        row.tie.child = case.child  # when one's own last tie ends, it can be asked for no more
        left = set(row.tie.fields) - closing
        if not left:
            _end(by, verb, case, row)
        elif row.tie.until is None or row.tie.until >= by.today:
            change_fields(by=by, verb=verb, tie=row.tie, fields=left)


def hand_over(*, by: Actor, verb: Verb, case: Case, part: str, key: int, to: str) -> None:
    """Who played one part plays another from now on, through the same tie; with no other part the tie ends."""
    row = case.participants.select_related("tie").filter(part=part, key=key).first()
    if row is None:
        return
    if not to:
        let_go(by=by, verb=verb, case=case, parts={part}, key=key)
        return
    for earlier in case.participants.select_related("tie").filter(part=to, key=key):
        _end(by, verb, case, earlier)
        earlier.delete()
    row.part, row.tie.child = to, case.child
    row.save(update_fields=["part"])
    set_reads(by=by, verb=verb, tie=row.tie, reads=to in READING)


def let_go(*, by: Actor, verb: Verb, case: Case, parts: Collection[str], key: int | None = None) -> None:
    """Whoever plays one of these parts sees nothing more through it; another tie may hold the file open."""
    rows = case.participants.select_related("tie").filter(part__in=parts)
    for row in rows.filter(key=key) if key else rows:
        _end(by, verb, case, row)


def _end(by: Actor, verb: Verb, case: Case, row: Participant) -> None:
    row.tie.child = case.child  # when one's own last tie ends, it can be asked for no more
    if row.tie.until is None or row.tie.until >= by.today:
        end_tie(by=by, verb=verb, tie=row.tie)


def close_all(case: Case) -> None:
    """The case is closed: it leaves the lists of work. Ties stay as the procedure's end says."""
    case.participants.update(is_open=False)
