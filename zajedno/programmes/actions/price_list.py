"""A price list that was looked through is entered: all of it or nothing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.places.queries.organisation import services_in
from zajedno.programmes.actions.price import Terms, end_price, set_price
from zajedno.programmes.logic.price_line import ENDS, NEW
from zajedno.programmes.models import Price
from zajedno.programmes.queries.price_list import Entered

if TYPE_CHECKING:
    from zajedno.places.models import Service, Territory


@transaction.atomic
def bring_prices(*, by: Actor, territory: "Territory", rows: Iterable[Entered]) -> tuple[int, int]:
    """(new prices, prices that got their last day). Raises Refused with the row's number when one cannot be kept."""
    services = {one.pk: one for one in services_in(territory, by.today)}
    done = {NEW: 0, ENDS: 0}
    for row in sorted(rows, key=lambda one: one.fields["valid_from"]):
        if row.kind not in done:
            continue
        try:
            _enter(by, territory, row, services)
        except Refused as refused:
            raise Refused(_("Row %(row)s: %(why)s") % {"row": row.number, "why": refused.sentence}, "row") from refused
        done[row.kind] += 1
    return done[NEW], done[ENDS]


def _enter(by: Actor, territory: "Territory", row: Entered, services: "dict[int, Service]") -> None:
    if row.kind == ENDS:
        price = Price.objects.filter(territory=territory, pk=row.price).first()
        if price is None:
            raise Refused(_("This price is not here any more."), "gone")
        end_price(by=by, price=price, last_day=row.fields["valid_until"])
        return
    service = services.get(row.service)
    if row.service and service is None:
        raise Refused(_("This service is not given here."), "elsewhere")
    set_price(by=by, territory=territory, terms=Terms(**row.fields, service=service))
