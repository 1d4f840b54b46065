"""A list of members that was looked through is entered: all of it or nothing. No account and no institution is made."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.networks.actions.body import locked, record
from zajedno.networks.actions.member import Seat, appoint, leave, name_deputy
from zajedno.networks.models import Body, Member
from zajedno.networks.queries.body import account_at
from zajedno.networks.queries.member_list import CHANGED, NEW, Entered


@transaction.atomic
def bring_members(*, by: Actor, body: Body, rows: Iterable[Entered]) -> tuple[int, int]:
    """(who took a seat, whose deputy or last day was changed). Who leaves goes first: their chair is free then. Raises
    Refused with the row's number when one cannot be kept."""
    row = locked(by, body)
    done = {NEW: 0, CHANGED: 0}
    for one in sorted(rows, key=lambda one: (one.kind == NEW, one.since)):
        if one.kind not in done:
            continue
        try:
            _appoint(by, row, one) if one.kind == NEW else _change(by, row, one)
        except Refused as refused:
            raise Refused(_("Row %(row)s: %(why)s") % {"row": one.number, "why": refused.sentence}, "row") from refused
        done[one.kind] += 1
    record(by, row, {"list": done})
    return done[NEW], done[CHANGED]


def _appoint(by: Actor, body: Body, one: Entered) -> None:
    """Who logs in with the address that is written, and works there, is that person."""
    at = one.fields["organisation"]
    account = account_at(at, one.fields["email"], by.today) if at else None
    appoint(by=by, body=body, seat=Seat(**one.fields, account=account), since=one.since, until=one.until)


def _change(by: Actor, body: Body, one: Entered) -> None:
    member = Member.objects.filter(body=body, pk=one.member).first()
    if member is None:
        raise Refused(_("They sit in the body no more."), "gone")
    deputy = one.fields["deputy"]
    if deputy and deputy != member.deputy:
        name_deputy(by=by, member=member, deputy=deputy)
    if one.until is not None and member.until is None:
        leave(by=by, member=member, last=one.until)
