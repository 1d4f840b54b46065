"""Registrations: found by a letter's link, and by who prepares the gathering; what somebody needs, unsealed."""

import hmac
from uuid import UUID

from django.db.models import QuerySet

from zajedno.exchange.enums import Audience, RegistrationState
from zajedno.exchange.models import Gathering, Letter, Registration
from zajedno.exchange.queries import gathering as gatherings
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound


def token(row: Registration) -> str:
    """Of the link in every letter to this person: made from the row's key by a secret, so nothing of it is kept."""
    return sealed.blind(str(row.uuid), "registration").hex()


def by_link(slug: str, uuid: UUID, given: str) -> Registration:
    """NotFound for a wrong link as for none."""
    rows = Registration.objects.filter(gathering__slug=slug, uuid=uuid)
    found = rows.exclude(gathering__state="draft").select_related("gathering").first()
    if found is None or not hmac.compare_digest(token(found).encode(), given.encode()):
        raise NotFound("")
    return found


def registered(gathering: Gathering) -> QuerySet[Registration]:
    """All whose address is confirmed, in the order in which they came; cancelled ones too."""
    return Registration.objects.filter(gathering=gathering, queued_on__isnull=False).order_by("queued_on", "pk")


def coming(gathering: Gathering) -> QuerySet[Registration]:
    return registered(gathering).filter(state=RegistrationState.CONFIRMED).order_by("name", "pk")


def own(by: Actor, gathering: Gathering) -> Registration | None:
    """The one that is in force."""
    rows = Registration.objects.filter(gathering=gathering, account=by.account)
    return rows.exclude(state=RegistrationState.CANCELLED).first()


def needs(row: Registration) -> str:
    """What the person needs; whoever calls this asked whether the reader prepares the gathering."""
    return sealed.unseal(row.needs, seal_of(row)).decode() if row.needs else ""


def seal_of(row: Registration) -> str:
    return f"exchange_registration.needs|{row.uuid}"


def letter(by: Actor, slug: str, uuid: UUID) -> Letter:
    found = Letter.objects.filter(gathering__in=gatherings.run_by(by), gathering__slug=slug, uuid=uuid)
    row = found.select_related("gathering").first()
    if row is None:
        raise NotFound("")
    return row


def receivers(letter: Letter) -> "list[Registration]":
    """To whom a letter to the registered goes."""
    if letter.audience == Audience.PROPOSERS:
        return []
    return list(registered(letter.gathering).filter(state=letter.audience))
