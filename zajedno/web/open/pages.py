"""Released figures for everybody: what there is, how each is counted, and the numbers themselves."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from zajedno.figures import queries
from zajedno.figures.logic.figure import Figure
from zajedno.figures.logic.formats.table import LICENCE, Meaning, only_told
from zajedno.figures.logic.formats.table import Table as Told
from zajedno.kernel.labels import label, missing
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.territory import country_names
from zajedno.programmes.queries import frame as frames
from zajedno.web.exchange.public import Share, kept, public_page, show
from zajedno.web.open import files
from zajedno.web.open.asked import PATH, TABLE, Asked, Narrow, as_asked
from zajedno.web.open.released import found, meanings, table
from zajedno.web.shared.figures import naming, tables
from zajedno.web.shared.limits import throttled
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table
from zajedno.web.shared.shell import product


@public_page
def front(request: HttpRequest) -> HttpResponseBase:
    """By country: each indicator of which something is released."""
    known = {one.code: one for one in meanings()}
    lists = [(name, list(_listed(code, known))) for code, name in country_names().items()]
    context = {"countries": [one for one in lists if one[1]], "frames": frames.public().exists(), "licence": LICENCE}
    about = _("Numbers on children's inclusion, counted from the work itself, free for everybody to use.")
    return show(request, "front.html", Share(_("Figures"), about), context, "open")


def _listed(country: str, known: Mapping[str, Meaning]) -> Iterator[dict[str, Any]]:
    for code, periods in sorted(queries.indicators_released(country).items()):
        one = known.get(code) or Meaning(code, {"en": code})
        href = f"{TABLE}?country={country}&indicator={code}"
        yield {"href": href, "periods": periods, **_told(one)}


def _told(one: Meaning) -> dict[str, Any]:
    """The indicator's words in the language in use; `lang` where they are there in English only."""
    code = get_language() or "sr"
    return {
        "code": one.code, "name": label(one.name), "definition": label(one.definition),
        "name_lang": "en" if missing(one.name, code) else "",
        "definition_lang": "en" if missing(one.definition, code) else "", "is_unverified": not one.verified,
    }  # fmt: skip


@public_page
def shown(request: HttpRequest) -> HttpResponseBase:
    """The figures of one indicator, narrowed; beyond the last page is the last one."""
    asked = Asked.read(request)
    known = {one.code: one for one in meanings()}
    one = known.get(asked.choice.indicator) or Meaning(asked.choice.indicator, {"en": asked.choice.indicator})
    rows = found(asked.choice, absent=True)
    steps = asked.steps(len(rows))
    page = steps["page"]
    here = rows[page.start_index() - 1 : page.end_index()] if rows else []
    context = {
        "form": Narrow(asked, {code: label(each.name) for code, each in known.items()}),
        "table": _table(here, label(one.name)), "steps": steps,
        "told": _told(one), "rows": [row for row in _how(one, rows) if row.values],
        "downloads": list(_downloads(asked, rows)), "crumbs": [Link(_("Figures"), PATH)], "licence": LICENCE,
    }  # fmt: skip
    about = label(one.definition) or label(one.name)
    share = Share(label(one.name), about[:200], query=asked.address().partition("?")[2])
    return show(request, "table.html", share, context, "open")


def _table(rows: list[Figure], caption: str) -> Table:
    names = table(rows, "", get_language() or "sr")
    columns = [
        Column(_("Place")), Column(_("Whom")), Column(pgettext("statistics", "Figure"), numeric=True),
        Column(_("Of what"), numeric=True), Column(_("Reported"), numeric=True), Column(_("Released on")),
    ]  # fmt: skip
    lines = [_line(one, names) for one in rows]
    return Table("figures", caption, columns, lines, caption_hidden=True, empty=_("Nothing is released of this yet."))


def _line(one: Figure, names: Told) -> list[Any]:
    one = only_told(one)
    when = date_format(one.released_on, "SHORT_DATE_FORMAT") if one.released_on else "–"
    return [
        names.place(one.place), naming.word(one.by, one.word), tables.value_cell(one),
        tables.parts_cell(one), naming.complete(one) or "–", Cell(when, small=one.reason),
    ]  # fmt: skip


def _how(one: Meaning, rows: list[Figure]) -> list[Row]:
    """How it was counted."""
    unit = next((each.unit for each in rows if each.unit), one.unit)
    editions = sorted({each.edition for each in rows if each.edition})
    return [
        Row(_("What it says"), label(one.definition)), Row(_("Counted"), label(one.numerator)),
        Row(_("Of how many"), label(one.denominator)), Row(_("Unit"), unit), Row(_("Source"), one.source),
        Row(_("Edition"), ", ".join(editions)),
    ]  # fmt: skip


def _downloads(asked: Asked, rows: list[Figure]) -> Iterator[Link]:
    query = asked.address().partition("?")[2]
    told = [only_told(one) for one in rows]
    for ending, kind in files.KINDS.items():
        if kind.has(told):
            yield Link(kind.name, f"{PATH}files/figures.{ending}?{query}")


@csrf_exempt
@throttled
@require_safe
def file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The figures of the page as a file, all of them. Without `indicator`: of every indicator."""
    kind = files.KINDS.get(ending)
    if kind is None:
        raise NotFound("")
    site = f"figures.csv?{request.META.get('QUERY_STRING', '')}".rstrip("?")
    language = get_language() or "sr"
    rows = table(found(as_asked(request)), _("Figures"), language, site, product(language))
    return kept(request, files.answer(rows, kind))
