"""Packs: what is loaded, what lies on disk, loading it after reading the difference."""

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.figures.queries import definitions as indicators
from zajedno.forms.queries import office
from zajedno.kernel.calendars import holidays_in
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import Overtaken
from zajedno.places.queries.territory import countries
from zajedno.procedures.queries import definition as definitions
from zajedno.procedures.rules import LOAD
from zajedno.web.manage import packs
from zajedno.web.manage.frame import PACKS, actor, manage_page, moment, page_of, show
from zajedno.web.manage.pack_check import check_packs
from zajedno.web.manage.unverified import Open, calendars, form_path, procedure_path, unverified
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag


def mark(verified: bool) -> Tag:
    return Tag(_("Verified"), "done") if verified else Tag(_("Not verified"), "wait")


@manage_page(*PACKS)
def listed(request: HttpRequest) -> HttpResponse:
    """Everything loaded, country by country."""
    open_ones = unverified()
    names = {country.code: str(country) for country in countries()}
    loaded: dict[str, list[Any]] = {}
    for version in definitions.loaded():
        loaded.setdefault(version.definition.country, []).append(version)
    packed = _forms(open_ones)
    packed.setdefault("", []).extend(_indicators())
    tables = [
        _table(code, names.get(code, code) or _("Any country"), loaded.get(code, []), open_ones, packed.get(code, []))
        for code in sorted({*loaded, *(code for code, lines in packed.items() if lines)})
    ]
    context = {
        "tables": tables,
        "count": len(open_ones),
        "calendars": _calendars(names, actor(request).today.year),
        "may_load": actor(request).may(LOAD.key),
    }
    return show(request, "packs", "packs.html", context)


def _forms(open_ones: list[Open]) -> dict[str, list[list[Any]]]:
    """Lines of the forms that came with packs, by country."""
    open_hrefs = {one.href for one in open_ones}
    lines: dict[str, list[list[Any]]] = {}
    for version in office.valid():
        if version.form.owner is None:
            href = form_path(version.form.country, version.form.key)
            line = [Cell(office.title(version), href), _("Form"), str(version.number), moment(version.loaded_on)]
            lines.setdefault(version.form.country, []).append([*line, Cell(tag=mark(href not in open_hrefs))])
    return lines


def _indicators() -> list[list[Any]]:
    """Lines of the indicators; each in its newest method."""
    return [[Cell(str(one)), _("Indicator"), str(one.method), "", Cell(tag=mark(one.verified))] for one in indicators()]


def _table(country: str, name: str, rows: list[Any], open_ones: list[Open], packed: list[list[Any]]) -> Table:
    columns = [
        Column(_("What")),
        Column(_("Kind")),
        Column(_("Version")),
        Column(_("Loaded")),
        Column(_("Sources")),
    ]
    lines = []
    for version in rows:
        key, kind = version.definition.key, version.definition.kind
        href = (
            procedure_path(country, key) if kind == "procedure" else f"/manage/packs/lists/{country or 'any'}/{kind}/"
        )
        title = (
            label(version.content["labels"]) if "labels" in version.content else version.definition.get_kind_display()
        )
        number = sum(one.href == href for one in open_ones)
        tag = Tag(_("%(number)s not verified") % {"number": number}, "wait") if number else Tag(_("Verified"), "done")
        if kind == "purposes":
            tag = Tag(_("No law"), "off")
        when = moment(version.loaded_on)
        lines.append(
            [
                Cell(title, href),
                _("Procedure") if kind == "procedure" else _("List"),
                str(version.number),
                when,
                Cell(tag=tag),
            ]
        )
    return Table(f"loaded-{country or 'any'}".lower(), name, columns, [*lines, *packed])


def _calendars(names: dict[str, str], year: int) -> Table:
    columns = [
        Column(_("Calendar")),
        Column(_("Country")),
        Column(_("Holidays this year")),
        Column(_("Source")),
        Column(_("State")),
    ]
    rows = [
        [
            one.key,
            names.get(one.country, one.country),
            str(len(holidays_in(year, one))),
            one.source,
            Cell(tag=mark(one.verified)),
        ]
        for one in calendars()
    ]
    return Table("calendars", _("Calendars"), columns, rows, empty=_("No calendar lies in the packs."))


class Load(Form):
    """`seen` is the mark of the difference that was read."""

    seen = forms.CharField(widget=forms.HiddenInput)


def digest(changes: list[packs.Change]) -> str:
    """A mark of a difference, equal only for the same."""
    return hashlib.sha256(repr(changes).encode()).hexdigest()


@manage_page(LOAD)
def load(request: HttpRequest) -> HttpResponse:
    """What loading would change, then loading exactly that."""
    found = packs.find([settings.PACKS_DIR])
    complaints = check_packs(found)
    changes = [] if complaints else packs.changes(found)
    form = Load(request.POST or None, initial={"seen": digest(changes)})

    def act() -> None:
        if complaints or form.cleaned_data["seen"] != digest(changes):
            raise Overtaken(_("The packs changed meanwhile. Read the difference again, then load."))
        packs.load(found, by=actor(request))

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The packs are loaded. Cases that run keep the version they began with."))
        return redirect("/manage/packs/")
    if form.is_bound:
        form.data = {"seen": digest(changes)}  # what is shown now is what the next click means
    return show(request, "packs", "load.html", {"form": form, "complaints": complaints, "changes": changes})


@manage_page(*PACKS)
def open_sources(request: HttpRequest) -> HttpResponse:
    """Everything whose legal source nobody has confirmed, to be taken to a lawyer."""
    page = page_of(request, unverified())
    columns = [
        Column(_("Rule")),
        Column(_("Where")),
        Column(_("Country")),
        Column(_("Source")),
        Column(_("What is unsure")),
    ]
    rows = [
        [
            one.rule,
            Cell(one.where, one.href),
            one.country,
            Cell(one.source.law, small=one.source.article),
            one.source.note,
        ]
        for one in page
    ]
    table = Table("unverified", _("Not verified"), columns, rows, caption_hidden=True)
    return show(request, "packs", "unverified.html", {"page": page, "table": table})


@manage_page(*PACKS)
def coded_list(request: HttpRequest, country: str, kind: str) -> HttpResponse:
    """A coded list with its sources."""
    country = "" if country == "any" else country
    definitions.newest(kind, country, kind)  # NotFound when it is not loaded
    page = page_of(request, _rows(kind, country))
    columns = [Column(_("Text")), Column(_("Key")), Column(_("Facts")), Column(_("Source")), Column(_("State"))]
    title = dict(_kinds())[kind]
    table = Table("rows", title, columns, list(page), caption_hidden=True)
    return show(request, "packs", "list.html", {"heading": title, "page": page, "table": table})


def _kinds() -> list[tuple[str, str]]:
    return [("measures", _("Measures of support")), ("purposes", _("Purposes of ties and consents")),
            ("retention", _("How long data are kept"))]  # fmt: skip


def _rows(kind: str, country: str) -> list[list[Any]]:
    if kind == "purposes":
        return [
            [
                label(one.labels),
                one.key,
                ", ".join(one.fields),
                "",
                Cell(_("needs consent") if one.needs_consent else ""),
            ]
            for one in definitions.purposes(country)
        ]
    if kind == "measures":
        return [
            [label(one.labels), one.key, f"{one.sector}, {one.payer}", *_source(one)]
            for one in definitions.measures(country)
        ]
    return [
        [label(one.labels), one.key, _("for ever") if not one.years else f"{one.years} / {one.after}", *_source(one)]
        for one in definitions.retention(country)
    ]


def _source(row: Any) -> list[Any]:
    return [
        Cell(row.source.law, small=" ".join(filter(None, (row.source.article, row.source.note)))),
        Cell(tag=mark(row.source.verified)),
    ]


def source_rows(source: Any) -> list[Row]:
    """A legal source as lines of a summary."""
    return [
        Row(_("Law"), source.law),
        Row(_("Article"), source.article),
        Row(_("Verified"), [mark(source.verified), source.note]),
    ]
