"""The price list is kept: a new price begins where the one before ends; nothing is written over."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.money import CURRENCIES
from zajedno.kernel.refusal import NotPermitted, Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.territory import of_organisation
from zajedno.procedures.logic.codes import PAYERS
from zajedno.programmes.models import Price, Rate
from zajedno.programmes.rules import KEEP_PRICES

if TYPE_CHECKING:
    from zajedno.places.models import Service, Territory

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a price says: of a coded measure (`code`) or of one service."""

    unit: str
    amount: Decimal
    currency: str
    payer: str
    source: str
    valid_from: date
    valid_until: date | None = None
    code: str = ""
    service: "Service | None" = None

    def checked(self) -> dict[str, object]:
        """As columns; raises Refused with what is wrong."""
        if bool(self.code) == (self.service is not None):
            raise Refused(_("Choose a measure or a service, one of the two."), "thing")
        if not self.unit.strip() or not self.source.strip():
            raise Refused(_("Write the unit, and where the price comes from."), "empty")
        if self.amount < 0 or self.currency not in CURRENCIES or self.payer not in PAYERS:
            raise Refused(_("The price, its currency or who pays it cannot be read."), "unknown")
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise Refused(_("The last day lies before the first."), "days")
        names = ("currency", "payer", "valid_from", "valid_until", "code", "service")
        texts = {"unit": " ".join(self.unit.split())[:40], "source": " ".join(self.source.split())[:250]}
        return {**texts, "amount": self.amount, **{name: getattr(self, name) for name in names}}


@transaction.atomic
def set_price(*, by: Actor, territory: "Territory", terms: Terms) -> Price:
    """A price without a last day that began earlier ends the day before this one begins."""
    seat = _keeper(by, territory)
    fields = terms.checked()
    thing = {"territory": territory, "code": terms.code, "service": terms.service}
    Price.objects.filter(**thing, valid_until=None, valid_from__lt=terms.valid_from).update(
        valid_until=terms.valid_from - DAY
    )
    try:
        with transaction.atomic():
            row = Price.objects.create(territory=territory, written_by=by.account, **fields)
    except IntegrityError:
        raise Refused(_("There is a price for some of these days already. End that one first."), "overlap") from None
    audit.record(by=by, verb=KEEP_PRICES.key, about=row, organisation=seat.organisation, detail={"set": str(row.uuid)})
    return row


@transaction.atomic
def end_price(*, by: Actor, price: Price, last_day: date) -> None:
    seat = _keeper(by, price.territory)
    price = Price.objects.select_for_update(of=("self",)).get(pk=price.pk)
    if last_day < price.valid_from:
        raise Refused(_("The last day lies before the first."), "days")
    if price.valid_until is not None and last_day > price.valid_until:
        raise Refused(_("This price has ended already. Enter a new one for later days."), "over")
    price.valid_until = last_day
    price.save(update_fields=["valid_until"])
    audit.record(by=by, verb=KEEP_PRICES.key, about=price, organisation=seat.organisation, detail={"ended": True})


@transaction.atomic
def enter_rate(
    *, by: Actor, territory: "Territory", currency: str, into: str, rate: Decimal, valid_on: date, source: str
) -> Rate:
    """What one unit of a currency was worth on a day. Entered once; a mistake is a reason to ask, not to overwrite."""
    seat = _keeper(by, territory)
    if currency == into or not {currency, into} <= set(CURRENCIES):
        raise Refused(_("Choose two different currencies."), "same")
    if rate <= 0:
        raise Refused(_("A rate is greater than zero."), "rate")
    if not source.strip():
        raise Refused(_("Write where the rate comes from."), "empty")
    try:
        with transaction.atomic():
            row = Rate.objects.create(
                territory=territory, currency=currency, into=into, rate=rate, valid_on=valid_on,
                source=" ".join(source.split())[:250], written_by=by.account,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("There is a rate for this day already."), "twice") from None
    audit.record(by=by, verb=KEEP_PRICES.key, about=row, organisation=seat.organisation, detail={"rate": str(rate)})
    return row


def _keeper(by: Actor, territory: "Territory") -> Seat:
    """The seat whose institution sits in the place or serves it."""
    for organisation in by.organisations_for(KEEP_PRICES.key):
        if territory.pk in {one.pk for one in of_organisation([organisation])}:
            return ask(by, KEEP_PRICES, organisation)
    raise NotPermitted(_("The price list of this place is kept by its network."))
