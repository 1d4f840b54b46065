"""Who is missing: who is known here beside who lives here, by age and place; page, CSV and Excel say the same."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import write_csv, write_workbook
from zajedno.places.queries.population import band_name
from zajedno.programmes.queries.missing import Line, Missing, missing, places
from zajedno.web.network.frame import decimal, network_page, sections, show
from zajedno.web.shared.charts import Chart
from zajedno.web.shared.pieces import Column, Link, Table
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

HOME = "/network/missing/"


@network_page
def overview(request: HttpRequest, by: Actor) -> HttpResponse:
    found = [missing(place, by.today) for place in places(by)]
    context = {
        "title": _("Who is missing"), "nav": sections("missing"), "parts": [_part(one) for one in found],
        "more": [Link("CSV", f"{HOME}missing.csv"), Link(_("Excel"), f"{HOME}missing.xlsx")] if found else [],
        "crumbs": [],
    }  # fmt: skip
    return show(request, "missing", context)


@network_page
def export(request: HttpRequest, by: Actor, ending: str) -> HttpResponse:
    """Row by row, with year and source of each denominator."""
    heads = [_("Place"), *_heads(_("Age or year of birth")), _("Year"), _("Source")]
    rows = [
        [str(one.place), *_row(line), *origin]
        for one in (missing(place, by.today) for place in places(by))
        for lines, origin in ((one.ages, [str(one.year or "–"), one.source or "–"]), (one.births, ["–", one.source]))
        for line in lines
    ]
    if ending == "csv":
        return saved("".join(write_csv(heads, rows, ";")).encode(), MEDIA_TYPES["csv"], "missing.csv")
    if ending != "xlsx":
        raise NotFound("")
    return saved(write_workbook(heads, rows, _("Who is missing")), MEDIA_TYPES["xlsx"], "missing.xlsx")


def _part(one: Missing) -> dict[str, object]:
    about = {"place": one.place, "year": one.year, "source": one.source}
    key = one.place.pk
    return {
        "place": one.place, "is_known": one.edition is not None, "edition": one.edition.number if one.edition else "",
        "origin": _("Who lives there: %(source)s, %(year)s.") % about if one.year else
                  _("No denominator: how many children of an age live there is not given here."),
        "ages": _table(f"ages-{key}", _("By age"), one.ages, _("Age")),
        "births": _table(f"births-{key}", _("By year of birth"), one.births, _("Born in")) if one.births else None,
        "chart": _chart(one), "unheard": _unheard(one),
    }  # fmt: skip


def _heads(first: str) -> list[str]:
    return [first, _("Live there, or were born"), _("Known here"), _("Of a hundred"), _("Known and at a school")]


def _row(line: Line) -> list[str]:
    """A dash: not given; or none, or fewer than five."""
    share = "–" if line.share is None else decimal(line.share, 1)
    told = ["–" if one is None else str(one) for one in (line.living, line.known, line.at_school)]
    return [_name(line), told[0], told[1], share, told[2]]


def _name(line: Line) -> str:
    return line.name if line.name.isdigit() else band_name(line.name)


def _table(key: str, caption: str, lines: list[Line], first: str) -> Table:
    columns = [Column(text, numeric=at > 0) for at, text in enumerate(_heads(first))]
    return Table(key, caption, columns, [_row(line) for line in lines])


def _chart(one: Missing) -> Chart | None:
    rows = [(_name(line), [round(line.share, 1)]) for line in one.ages if line.share is not None]
    if not rows:
        return None
    about = _("Known here, of a hundred who live there.")
    return Chart(f"shares-{one.place.pk}", _("Known here, by age"), about, [_("Of a hundred")], rows, _("Age"))


def _unheard(one: Missing) -> Table:
    kinds = {"settlement": _("Settlement"), "school": _("School or kindergarten")}
    rows = [[name, kinds[kind]] for kind, name in one.unheard]
    empty = _("At least five children are known from every settlement and school that is entered here.")
    caption = _("From here nobody is known, or fewer than five")
    return Table(f"unheard-{one.place.pk}", caption, [Column(_("Place")), Column(_("What it is"))], rows, empty=empty)
