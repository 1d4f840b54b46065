"""Forms as they are read: which are in use where, and what a version says, kept in memory since it never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zajedno.forms.logic import form as plain
from zajedno.forms.models import Enabling, Version
from zajedno.kernel.labels import Labels, label
from zajedno.kernel.refusal import NotFound

APPROVED = Q(approval__approved=True) | Q(form__owner=None)  # a pack's forms were approved by loading them


@dataclass(frozen=True, slots=True)
class Facts:
    """What lies beside a form: for whom it is, what its findings are called, who published it.

    `day` names the question that tells the day the sheet holds for; without one it is the day of sending.
    """

    about: str
    parts: tuple[str, ...]
    purpose: str
    score: str
    grid: bool
    day: str
    options: Mapping[str, Any]
    source: Mapping[str, Any]
    notices: tuple[Labels, ...]
    findings: Mapping[str, Labels]
    bands: Mapping[str, Labels]

    @property
    def sentences(self) -> list[str]:
        """The notices in the language in use."""
        return [label(one) for one in self.notices]

    @property
    def verified(self) -> bool:
        """Has somebody confirmed the source?"""
        return bool(self.source.get("verified"))

    def finding(self, key: str) -> str:
        return label(self.findings[key]) if key in self.findings else key

    def band(self, key: str) -> str:
        return label(self.bands[key]) if key in self.bands else key


def facts_of(content: Mapping[str, Any]) -> Facts:
    """From the tables of the file beside a form."""
    return Facts(
        about=content.get("about", ""),
        parts=tuple(content.get("parts", ())),
        purpose=content.get("purpose", ""),
        score=content.get("score", ""),
        grid=bool(content.get("grid", False)),
        day=content.get("day", ""),
        options=content.get("score_options", {}),
        source=content.get("source", {}),
        notices=tuple(row["labels"] for row in content.get("notices", ())),
        findings=content.get("findings", {}),
        bands=content.get("bands", {}),
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """A version as pages use it: primary key, number, the form's key, the parsed form, its facts."""

    pk: int
    number: int
    key: str
    form: plain.Form
    facts: Facts

    def title(self, language: str | None = None) -> str:
        return self.form.title(language or get_language())


@lru_cache(maxsize=256)
def loaded(version: int) -> Loaded:
    """A version by its primary key; one query the first time, none afterwards."""
    row = Version.objects.select_related("form").only("number", "xml", "facts", "form__key").get(pk=version)
    return Loaded(row.pk, row.number, row.form.key, plain.read(row.xml), facts_of(row.facts))


def xml_of(version: int) -> str:
    """The XForm of a version, as it stands."""
    return Version.objects.values_list("xml", flat=True).get(pk=version)


def newest() -> QuerySet[Version]:
    """The newest approved version of each form that is not retired."""
    last = Version.objects.filter(APPROVED, form=OuterRef("form")).order_by("-number").values("pk")[:1]
    return Version.objects.filter(pk=Subquery(last), form__retired_on=None).select_related("form")


def in_use(organisations: list[int], about: str, day: date) -> list[Loaded]:
    """Forms that any of these organisations has taken into use, by key."""
    enabled = Enabling.objects.filter(
        Q(until=None) | Q(until__gt=day), organisation__in=organisations, since__lte=day
    ).values("form")
    rows = newest().filter(form__in=enabled, form__about=about).order_by("form__key", "form__country")
    return [loaded(pk) for pk in rows.values_list("pk", flat=True)]


def find(key: str, organisations: list[int], about: str, day: date) -> Loaded:
    """A form in use in one of these organisations; NotFound for others as for none."""
    found = next((one for one in in_use(organisations, about, day) if one.key == key), None)
    if found is None:
        raise NotFound(_("This form is not in use in your institution."), "no_form")
    return found


def by_number(key: str, number: int, about: str) -> Version | None:
    """A version by its form's key and its number, also of a retired form."""
    return (
        Version.objects.filter(APPROVED, form__key=key, form__about=about, number=number).select_related("form").first()
    )


def title_of(key: str, country: str) -> str:
    """What a form is called in the language in use; its key where it is not loaded."""
    pk = newest().filter(form__key=key, form__country__in=(country, "")).values_list("pk", flat=True).first()
    return loaded(pk).title() if pk else key


def version(form: Loaded, number: int) -> Loaded:
    """Another version of the same form, for a page that was begun with it; NotFound when there is none."""
    if number == form.number:
        return form
    row = Version.objects.filter(APPROVED, form__versions=form.pk, number=number).only("pk").first()
    if row is None:
        raise NotFound("")
    return loaded(row.pk)
