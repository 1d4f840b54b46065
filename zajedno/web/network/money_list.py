"""The price list as a whole: brought in from a table, taken out as one that can be brought in again."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.money import Money
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import write_csv, write_workbook
from zajedno.places.queries.territory import by_ids
from zajedno.procedures.queries.definition import measures
from zajedno.programmes.actions.price_list import bring_prices
from zajedno.programmes.logic import price_rows
from zajedno.programmes.logic.price_line import DAY, ENDS, NEW, SAME
from zajedno.programmes.queries import price as queries
from zajedno.programmes.queries.price_list import Coming, Entered, entered, placed
from zajedno.web.network import money_words as words
from zajedno.web.network.frame import network_page, show
from zajedno.web.network.lists import needs, reason, same_said, table_of
from zajedno.web.network.money import kept_places, places_of
from zajedno.web.network.money_forms import PriceList
from zajedno.web.shared.bringing import Bringing, Looked, bring
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Column, Link
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

if TYPE_CHECKING:
    from zajedno.places.models import Territory

HOME = f"{words.HOME}prices/"


@network_page
def bring_in(request: HttpRequest, by: Actor) -> HttpResponse:
    """Looked through first; entered as it was shown."""
    places = kept_places(by)
    about = {"title": _("Bring in a price list"), "crumbs": words.way(Link(_("Price list"), HOME))}
    forms: list[PriceList] = []

    def form(data: Any, files: Any) -> PriceList:
        forms.append(PriceList(data, files, places=places))
        return forms[-1]

    kind = Bringing(
        key="prices", form=form, look=lambda data: _look(by, forms[-1].place(), data),
        enter=lambda rows: _enter(by, places, rows), page=lambda context: show(request, "bring", {**about, **context}),
        done=HOME,
    )  # fmt: skip
    return bring(request, kind)


def _look(by: Actor, place: "Territory", data: dict[str, Any]) -> Looked:
    table, rows, notes = table_of(data["file"].read(), price_rows.headings())
    found = price_rows.matched(table.header)
    notes += needs(found, {"thing|code": _("Measure or service"), "amount": _("Price")})
    said = {name: data[name] or "" for name in ("currency", "payer", "source")}
    otherwise = price_rows.Otherwise(**said, valid_from=data["valid_from"])
    ready, refused = placed(by, place, price_rows.said(table, rows, by.today, otherwise))
    kept = [one for one in ready if one.outcome.kind != SAME]
    return Looked(
        [Column(_("Row"), numeric=True), _("Measure or service"), Column(_("Price"), numeric=True), _("Unit"),
         _("Who pays"), _("Holds"), _("Becomes")],
        ready=[[place.pk, *_told(entered(one))] for one in kept], lines=_lines(kept),
        refused=[(one.number, one.thing or one.code, reason(one.faults, price_rows.SENTENCES, labels()))
                 for one in refused],
        notes=[*notes, *same_said([one.said.number for one in ready if one.outcome.kind == SAME])],
    )  # fmt: skip


def _told(row: Entered) -> list[Any]:
    return [row.number, row.kind, row.price, row.service, row.fields]


def _lines(rows: Sequence[Coming]) -> list[list[str]]:
    paying = words.payers()
    return [
        [str(one.said.number), one.name, str(Money(one.said.amount or Decimal(0), one.said.currency)), one.said.unit,
         paying[one.said.payer], _days(one), _becomes(one)]
        for one in rows
    ]  # fmt: skip


def _days(one: Coming) -> str:
    since, until = one.said.valid_from, one.said.valid_until
    return f"{day(since) if since else ''} – {day(until) if until else ''}".strip()


def _becomes(one: Coming) -> str:
    """What comes of a row, with what it does to the price before it."""
    if one.outcome.kind == ENDS:
        return _("gets its last day")
    if (before := one.outcome.ended) is None:
        return _("new")
    told = {"price": Money(before.amount, before.currency), "day": day(one.outcome.span.since - DAY)}
    return _("new; %(price)s holds until %(day)s") % told


def labels() -> dict[str, Any]:
    """What the columns are called: over the list that goes out, and before a reason."""
    return {
        "code": _("Code"), "thing": _("Measure or service"), "provider": _("Institution"), "unit": _("Unit"),
        "amount": _("Price"), "currency": _("Currency"), "payer": _("Who pays"), "source": _("Source"),
        "valid_from": _("First day"), "valid_until": _("Last day"), "valid": _("Holds"),
    }  # fmt: skip


def _enter(by: Actor, places: "Sequence[Territory]", rows: list[Any]) -> str:
    """Where it was shown for; the verb asks once more whether the list of that place is theirs."""
    place = by_ids([rows[0][0]])[rows[0][0]]
    done = bring_prices(by=by, territory=place, rows=[Entered(*row) for _place, *row in rows])
    told = dict(zip((NEW, ENDS), done, strict=True))
    return _("The price list is entered: new prices %(new)s, ended %(ends)s.") % told


@network_page
def take_out(request: HttpRequest, by: Actor, ending: str) -> HttpResponse:
    """All prices of a place, as a table that comes in again unchanged."""
    places = {str(one.pk): one for one in places_of(by)}
    place = places.get(request.GET.get("place", next(iter(places), "")))
    if place is None or ending not in ("xlsx", "csv"):
        raise NotFound("")
    heads = [label for name, label in labels().items() if name != "valid"]
    rows = _rows(by, place)
    if ending == "csv":
        content = "".join(write_csv(heads, rows, ";")).encode()
    else:
        content = write_workbook(heads, [[*row[:4], float(row[4]), *row[5:]] for row in rows], _("Price list"))
    return saved(content, MEDIA_TYPES[ending], f"{_('prices')}-{by.today.isoformat()}.{ending}")


def _rows(by: Actor, place: "Territory") -> list[list[Any]]:
    names, paying = {one.key: label(one.labels) for one in measures(place.country_id)}, words.payers()
    rows = queries.visible_to(by).filter(territory=place).select_related("service__organisation")
    return [
        [str(one.service.uuid) if one.service else one.code, str(one.service or names.get(one.code, one.code)),
         str(one.service.organisation) if one.service else "", one.unit, str(one.amount), one.currency,
         paying[one.payer], one.source, one.valid_from, one.valid_until]
        for one in rows
    ]  # fmt: skip
