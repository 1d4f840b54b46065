"""Somebody takes a seat in a body, names a deputy, leaves it. Who sat there before stays to be read."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.networks.actions.body import locked, record
from zajedno.networks.enums import MemberRole
from zajedno.networks.models import Body, Member
from zajedno.places.enums import Sector
from zajedno.places.queries.organisation import by_ids

TAKEN = {
    "member_seat_taken_once": _("Somebody sits on this seat then. Let their time end first."),
    "member_sits_once": _("This person sits in the body already."),
    "member_one_chair": _("The body has somebody who chairs it then. Let their time end first."),
    "member_not_their_own_deputy": _("Nobody is their own deputy."),
}


@dataclass(frozen=True)
class Seat:
    """An institution (id, or else its name and sector) and its person; `account`, `deputy_account`: ids, when they log
    in here. `number`: the seat that somebody leaves for them, else a new one."""

    person: str
    organisation: int | None = None
    institution: str = ""
    sector: str = ""
    role: str = MemberRole.MEMBER
    account: int | None = None
    email: str = ""
    deputy: str = ""
    deputy_account: int | None = None
    deputy_email: str = ""
    number: int | None = None

    def checked(self) -> dict[str, object]:
        sector = self.sector
        if self.organisation is not None:
            known = by_ids([self.organisation]).get(self.organisation)
            sector = known.kind.sector if known else ""
        elif not self.institution.strip():
            raise Refused(_("Choose the institution, or write its name."), "institution")
        if sector not in Sector.values:
            raise Refused(_("Say of which sector the institution is."), "sector")
        if not self.person.strip():
            raise Refused(_("Write who sits for the institution."), "person")
        if self.role not in MemberRole.values:
            raise Refused(_("Choose what they are in the body."), "role")
        return {
            "organisation_id": self.organisation, "sector": sector, "role": self.role, "account_id": self.account,
            "institution": "" if self.organisation else " ".join(self.institution.split())[:250],
            "person": " ".join(self.person.split())[:200], "email": "" if self.account else self.email,
            "deputy": " ".join(self.deputy.split())[:200], "deputy_account_id": self.deputy_account,
            "deputy_email": "" if self.deputy_account else self.deputy_email,
        }  # fmt: skip


@transaction.atomic
def appoint(*, by: Actor, body: Body, seat: Seat, since: date, until: date | None = None) -> Member:
    """`since` is their first day, `until` the last. Who sat on the seat until then leaves it the day before."""
    row, columns = locked(by, body), seat.checked()
    if until is not None and until < since:
        raise Refused(_("The last day lies before the first."), "days")
    number = seat.number or (row.members.aggregate(last=Max("seat"))["last"] or 0) + 1
    row.members.filter(Q(until=None) | Q(until__gt=since), seat=number, since__lt=since).update(until=since)
    try:
        with transaction.atomic():
            made = Member.objects.create(body=row, seat=number, since=since, until=after(until), **columns)
    except IntegrityError as error:
        raise _refusal(error) from None
    record(by, row, {"seat": number})
    return made


@transaction.atomic
def name_deputy(*, by: Actor, member: Member, deputy: str, account: int | None = None, email: str = "") -> None:
    """Who comes when the person cannot; an empty name: nobody."""
    locked(by, member.body)
    row = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    row.deputy, row.deputy_account_id = " ".join(deputy.split())[:200], account
    row.deputy_email = "" if account else email
    try:
        with transaction.atomic():
            row.save(update_fields=["deputy", "deputy_account", "deputy_email"])
    except IntegrityError as error:
        raise _refusal(error) from None
    record(by, member.body, {"deputy": row.seat})


@transaction.atomic
def leave(*, by: Actor, member: Member, last: date) -> None:
    """`last`: their last day; the day before the first takes off who was named by mistake."""
    locked(by, member.body)
    row = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    until = after(last)
    if until is None or until < row.since:
        raise Refused(_("The last day lies before the first."), "days")
    if row.until is not None and row.until <= by.today:
        raise Overtaken(_("They have left already."))
    row.until = until
    try:
        with transaction.atomic():
            row.save(update_fields=["until"])
    except IntegrityError as error:
        raise _refusal(error) from None
    record(by, member.body, {"left": row.seat})


def after(last: date | None) -> date | None:
    """The day on which it is over, from the last one that counts; the last day of all, as people write it, is none."""
    return None if last in (None, date.max) else date.fromordinal(last.toordinal() + 1)


def _refusal(error: IntegrityError) -> Refused:
    """What the database says of the seat, in a sentence."""
    name = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))
    if name not in TAKEN:
        raise error
    return Refused(TAKEN[name], name)
