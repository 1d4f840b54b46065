"""People register, confirm their address, get a place or wait, cancel, come. Nobody is let in beyond the places."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.access.queries.account import by_ids
from zajedno.exchange.actions.gathering import locked
from zajedno.exchange.enums import GatheringState, Need, RegistrationState
from zajedno.exchange.models import Gathering, Registration
from zajedno.exchange.queries import registration as queries
from zajedno.exchange.rules import HOLD_EVENT, REGISTER
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused

SAYS = {
    RegistrationState.CONFIRMED: (
        _("You have a place"), _("You have a place at: {title}\n\nWhat you need to know, and how to cancel: {link}"),
    ),
    RegistrationState.WAITING: (
        _("You are on the waiting list"),
        _("All places are taken at: {title}\n\nWhen one becomes free, you get a letter. To cancel: {link}"),
    ),
    RegistrationState.ASKED: (
        _("Confirm your registration"),
        _("You registered for: {title}\n\nConfirm your address: {link}\n\nIf it was not you, do nothing."),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coming:
    """Who comes. `kinds` (of Need) and `needs` in words: access, interpreting, food; sealed, for organisers only."""

    name: str
    email: str
    institution: str = ""
    needs: str = ""
    kinds: Sequence[str] = ()


@transaction.atomic
def register(
    *, gathering: Gathering, coming: Coming, language: str, site: str, by: Actor | None = None
) -> Registration | None:
    """With an account (`by`) at once; else after a letter. None where the address is registered already: whoever
    asks is told no difference, and the owner of the address gets the link once more."""
    row = Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    if row.state != GatheringState.OPEN or row.ends_on < clock.today():
        raise Refused(_("Registration is closed."), "closed")
    account = by_ids([by.account])[by.account] if by else None
    name, email = (account.name, account.email) if account else (coming.name.strip(), coming.email.strip())
    if not name or not email:
        raise Refused(_("Write your name and your e-mail."), "empty")
    live = row.registrations.exclude(state=RegistrationState.CANCELLED).filter(email=email.lower()).first()
    if live is not None:
        _again(live, by, site)
        return None
    made = Registration(
        gathering=row, account=account, name=name, email=email.lower(), institution=coming.institution.strip(),
        language=language, made_on=clock.now(),
    )  # fmt: skip
    made.needs = _sealed(made, coming.kinds, coming.needs)
    made.save()
    audit.record(by=by, verb=REGISTER, about=made, organisation=row.organisation_id)
    if account:
        return _queue(row, made, site)
    _tell(made, site)
    return made


def _sealed(row: Registration, kinds: Sequence[str], text: str) -> bytes | None:
    if not kinds and not text.strip():
        return None
    if not set(kinds) <= set(Need.values):
        raise Refused(_("Choose from what is offered."), "kinds")
    return sealed.seal(queries.packed(kinds, text.strip()).encode(), queries.seal_of(row))


@transaction.atomic
def change_needs(*, slug: str, uuid: UUID, token: str, kinds: Sequence[str], needs: str) -> None:
    """By the link, without losing the place."""
    found = queries.by_link(slug, uuid, token)
    row = Registration.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if row.state == RegistrationState.CANCELLED:
        raise Refused(_("This registration is cancelled."), "cancelled")
    row.needs = _sealed(row, kinds, needs)
    row.save(update_fields=["needs"])
    audit.record(by=None, verb=REGISTER, about=row, organisation=found.gathering.organisation_id)


def _again(live: Registration, by: Actor | None, site: str) -> None:
    """The link once more, at most once a day: a stranger cannot fill somebody's box."""
    if by and live.account_id == by.account:
        raise Refused(_("You are registered already."), "twice")
    _tell(live, site, f"again-{clock.today()}")


@transaction.atomic
def confirm(*, slug: str, uuid: UUID, token: str, site: str) -> Registration:
    """The address is right: a place, or the end of the waiting list."""
    found = queries.by_link(slug, uuid, token)
    gathering = Gathering.objects.select_for_update(of=("self",)).get(pk=found.gathering_id)
    row = Registration.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if row.state != RegistrationState.ASKED:
        return row  # a link that is opened twice does nothing more
    if gathering.state != GatheringState.OPEN:
        raise Refused(_("Registration is closed."), "closed")
    audit.record(by=None, verb=REGISTER, about=row, organisation=gathering.organisation_id)
    return _queue(gathering, row, site)


def _queue(gathering: Gathering, row: Registration, site: str) -> Registration:
    """Whoever calls this holds the gathering's row, so that the places are counted by one at a time."""
    taken = gathering.registrations.filter(state=RegistrationState.CONFIRMED).count()
    waiting = gathering.registrations.filter(state=RegistrationState.WAITING).exists()
    full = waiting or taken >= gathering.capacity
    row.state = RegistrationState.WAITING if full else RegistrationState.CONFIRMED
    row.queued_on = clock.now()
    row.save(update_fields=["state", "queued_on"])
    _tell(row, site)
    return row


@transaction.atomic
def cancel(*, slug: str, uuid: UUID, token: str, site: str) -> None:
    """By the link; the first who waits gets the place."""
    found = queries.by_link(slug, uuid, token)
    gathering = Gathering.objects.select_for_update(of=("self",)).get(pk=found.gathering_id)
    _cancelled(found, None, gathering, site)


@transaction.atomic
def strike(*, by: Actor, gathering: Gathering, uuid: UUID, site: str) -> None:
    """By the organiser, for who cannot come and says so."""
    row = locked(by, gathering)
    _cancelled(_of(row, uuid), by, row, site)


def _cancelled(row: Registration, by: Actor | None, gathering: Gathering, site: str) -> None:
    row = Registration.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state == RegistrationState.CANCELLED:
        return
    row.state, row.needs, row.attended = RegistrationState.CANCELLED, None, False
    row.save(update_fields=["state", "needs", "attended"])
    audit.record(by=by, verb=REGISTER, about=row, organisation=gathering.organisation_id, detail={"state": "cancelled"})
    _let_in(gathering, site)


@transaction.atomic
def let_in(*, by: Actor, gathering: Gathering, site: str) -> int:
    """After places were added: the first who wait get them. Returns how many."""
    return _let_in(locked(by, gathering), site)


def _let_in(gathering: Gathering, site: str) -> int:
    """Move up from the waiting list, in its order, as far as there are places; tell them. Returns how many."""
    taken = gathering.registrations.filter(state=RegistrationState.CONFIRMED).count()
    free = max(gathering.capacity - taken, 0)
    if gathering.state not in (GatheringState.OPEN, GatheringState.CLOSED):
        return 0
    rows = list(queries.registered(gathering).filter(state=RegistrationState.WAITING)[:free])
    for row in rows:
        row.state = RegistrationState.CONFIRMED
        row.save(update_fields=["state"])
        _tell(row, site)
    return len(rows)


@transaction.atomic
def mark(*, by: Actor, gathering: Gathering, came: set[UUID]) -> int:
    """Who of those with a place came: all of them at once, as the list at the door says. Returns how many."""
    row = locked(by, gathering)
    if clock.today() < row.begins_on:
        raise Refused(_("It has not begun yet."), "early")
    coming = row.registrations.filter(state=RegistrationState.CONFIRMED)
    coming.exclude(uuid__in=came).update(attended=False)
    many = coming.filter(uuid__in=came).update(attended=True)
    audit.record(by=by, verb=HOLD_EVENT.key, about=row, organisation=row.organisation_id, detail={"attended": many})
    return many


def _of(gathering: Gathering, uuid: UUID) -> Registration:
    found = gathering.registrations.filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def _tell(row: Registration, site: str, mark: str = "") -> None:
    subject, body = SAYS[RegistrationState(row.state)]
    link = f"{site}/exchange/gatherings/{row.gathering.slug}/registration/{row.uuid}/{queries.token(row)}/"
    outbox.write_to(
        address=row.email, language=row.language, key=f"registration-{row.uuid}-{row.state}{mark}", subject=subject,
        body=format_lazy(body, title=Titled(row.gathering), link=link),
    )  # fmt: skip


class Titled:
    """A title that is put in the receiver's language only when the letter is written."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering

    def __format__(self, spec: str) -> str:
        return str(self.gathering)
