"""Rules and forms that rest on a source which nobody has read yet, and languages that no native speaker has: what must
be looked up before it is relied on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from zajedno.casework.logic.passages import load_passages
from zajedno.forms.queries import office
from zajedno.kernel.calendars import Calendar, load_calendars
from zajedno.kernel.labels import label
from zajedno.procedures.logic.definition import Definition, Source
from zajedno.procedures.queries import definition as definitions
from zajedno.programmes.queries import budget as budgets
from zajedno.web.shared.figures.told import all_told
from zajedno.web.shared.language import NAMES, WRITTEN, checked_by

LISTS: dict[str, Callable[[str], Any]] = {
    "measures": definitions.measures, "purposes": definitions.purposes, "retention": definitions.retention,
}  # fmt: skip


@dataclass(frozen=True)
class Open:
    """One rule or form whose source is not verified; `href` is the page where it stands."""

    country: str
    where: str
    rule: str
    source: Source
    href: str


def unverified() -> list[Open]:
    """Of every procedure, list, form, calendar, passage, budget and indicator that is loaded, and every language of
    the pages."""
    return [
        *_procedures(), *_lists(), *_forms(), *_calendars(), *_passages(), *_budgets(), *_indicators(), *_languages()
    ]  # fmt: skip


def rules_of(definition: Definition) -> Iterator[tuple[str, Source]]:
    """Every rule of a procedure that rests on a law, named for people."""
    yield _("The procedure as a whole"), definition.source
    for rule in definition.deadlines:
        yield _("Deadline: %(name)s") % {"name": label(rule.labels)}, rule.source
    if definition.composition:
        yield _("Composition of the commission"), definition.composition.source


def _procedures() -> Iterator[Open]:
    for version in definitions.procedures():
        definition = definitions.of_version(version.pk)
        href = procedure_path(version.definition.country, version.definition.key)
        for rule, source in rules_of(definition):
            if not source.verified:
                yield Open(version.definition.country, label(definition.labels), rule, source, href)


def _lists() -> Iterator[Open]:
    """One line for each source of a list, however many of its rows rest on it."""
    for version in definitions.loaded():
        kind, country = version.definition.kind, version.definition.country
        if kind not in LISTS:
            continue
        rows: Any = [row for row in LISTS[kind](country) if row.source]
        by_source: dict[Source, list[str]] = {}
        for row in rows:
            if not row.source.verified:
                by_source.setdefault(row.source, []).append(label(row.labels))
        where = version.definition.get_kind_display()
        for source, names in by_source.items():
            yield Open(country, where, _named(names), source, f"/manage/packs/lists/{country}/{kind}/")


def _named(names: list[str]) -> str:
    """The first three of many."""
    if len(names) <= 3:
        return ", ".join(names)
    return _("%(some)s and %(number)s more") % {"some": ", ".join(names[:3]), "number": len(names) - 3}


def _forms() -> Iterator[Open]:
    """Forms in the version that may be filled in, whose publisher or licence nobody has confirmed."""
    for version in office.valid():
        said = version.facts.get("source", {})
        if not said.get("verified"):
            source = Source(said.get("text", ""), said.get("licence", ""), "", False, said.get("note", ""))
            href = form_path(version.form.country, version.form.key)
            yield Open(version.form.country, _("Form"), office.title(version), source, href)


def _calendars() -> Iterator[Open]:
    for calendar in calendars():
        if not calendar.verified:
            source = Source(calendar.source, "", "", False, "")
            yield Open(calendar.country, _("Calendar"), calendar.key, source, "/manage/packs/#calendars")


def _passages() -> Iterator[Open]:
    for file in sorted(settings.PACKS_DIR.glob("*/passages.toml")):
        country = file.parent.name.upper()
        for one in load_passages(file.parent).every:
            if not one.source.verified:
                yield Open(country, _("Passage"), label(one.labels), one.source, "/manage/packs/")


def _budgets() -> Iterator[Open]:
    for (country, source), codes in budgets.unverified().items():
        said = Source(source, "", "", False, "")
        yield Open(
            country, _("Codes of the budget system"), _named([str(one) for one in codes]), said, "/manage/packs/"
        )


def _indicators() -> Iterator[Open]:
    for one in all_told().values():
        if not one.verified:
            yield Open("", _("Indicator"), one.name, Source(one.source, "", "", False, ""), "/manage/packs/")


def _languages() -> Iterator[Open]:
    for language in WRITTEN:
        if not checked_by(language):
            said = _("Not yet checked by a native speaker.")
            yield Open("", _("Language"), NAMES[language], Source(said, "", "", False, ""), "/help/")


def calendars() -> list[Calendar]:
    """Of every pack on this installation."""
    files = sorted(settings.PACKS_DIR.glob("*/calendars.toml"))
    return [calendar for file in files for calendar in load_calendars(file).values()]


def form_path(country: str, key: str) -> str:
    return f"/manage/forms/{country or 'any'}/{key}/"


def procedure_path(country: str, key: str) -> str:
    return f"/manage/packs/procedures/{country or 'any'}/{key}/"
