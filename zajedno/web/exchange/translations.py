"""Practices in other languages: which there are, and one beside its source."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.exchange.actions import translation as actions
from zajedno.exchange.enums import Translation
from zajedno.exchange.logic.template import TEXTS
from zajedno.exchange.queries import translation as queries
from zajedno.exchange.queries.practice import answers, source
from zajedno.kernel.actor import Actor
from zajedno.web.exchange.desk import show, translator_page
from zajedno.web.exchange.writing_forms import BeginTranslation, NarrowTranslations, TranslationForm
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.language import NAMES
from zajedno.web.shared.pieces import Cell, Column, Link, Table, Tag

if TYPE_CHECKING:
    from zajedno.exchange.models import Practice

PER_PAGE = 25
TONES = {Translation.DRAFT: "plain", Translation.MACHINE: "wait", Translation.CHECKED: "done"}


def _tag(state: str) -> Tag:
    return Tag(Translation(state).label, TONES[Translation(state)])


def _home() -> Link:
    return Link(_("Translations"), "/exchange/translations/")


def _way(row: "Practice", title: str) -> list[Link]:
    return [_home(), Link(title, f"/exchange/translations/{row.uuid}/")]


@translator_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    """Published practices and the languages they can be read in."""
    narrow = NarrowTranslations(request.GET or None)
    asked = narrow.cleaned_data if narrow.is_valid() else {"q": "", "lacking": ""}
    page = Paginator(queries.translatable(by, asked["q"], asked["lacking"]), PER_PAGE).get_page(request.GET.get("page"))
    there = queries.states(list(page))
    columns = [Column(_("Practice")), Column(_("Written in")), Column(_("Translated into"))]
    rows = [
        [
            Cell(row.title, f"/exchange/translations/{row.uuid}/", lang=row.language), NAMES[row.language],
            ", ".join(f"{NAMES[language]} ({_tag(state).text})" for language, state in there[row.pk]) or "–",
        ]
        for row in page
    ]  # fmt: skip
    table = Table("translations", _("Published practices"), columns, rows, empty=_("Nothing fits."))
    return show(request, "translations", {"table": table, "page": page, "narrow": narrow})


@translator_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The languages of a practice; one more is begun here."""
    row = queries.find_to_translate(by, uuid)
    version = queries.to_translate(by, row)
    free = queries.free_languages(version)
    form = BeginTranslation(request.POST if request.method == "POST" else None)
    form.fill("language", free)

    def act() -> None:
        actions.begin(by=by, practice=row, language=form.cleaned_data["language"])

    if form.is_valid() and attempt(form, act):
        return redirect("writing:translation", uuid=uuid, language=form.cleaned_data["language"])
    rows = [
        [
            Cell(NAMES[found.text.language], f"/exchange/translations/{uuid}/{found.text.language}/"),
            Cell(tag=_tag(found.text.state)),
            Cell(tag=Tag(_("The source has changed since"), "wait") if found.is_stale else None),
        ]
        for found in queries.translations(version)
    ]
    table = Table("languages", _("Translations"), [Column(_("Language")), Column(_("State")), Column(_("Up to date?"))],
                  rows, empty=_("It is not translated yet."))  # fmt: skip
    context = {"table": table, "form": form if free else None, "text": source(version), "crumbs": [_home()]}
    return show(request, "languages", context)


@translator_page
def edit(request: HttpRequest, by: Actor, uuid: UUID, language: str) -> HttpResponse:
    """Each text beside its source. What the source said when the page was opened is sent along."""
    row = queries.find_to_translate(by, uuid)
    found = queries.find_translation(by, row, language)
    written = answers(found.source)
    first = answers(found.text) | {
        "seen": queries.digest_of(found.source), "machine": found.text.state == Translation.MACHINE
    }  # fmt: skip
    form = TranslationForm(request.POST if request.method == "POST" else None, written=written, initial=first)

    def act() -> None:
        given = dict(form.cleaned_data)
        machine, seen = given.pop("machine"), given.pop("seen")
        actions.save(by=by, practice=row, language=language, texts=given, seen=seen, machine=machine)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("Saved. Once a person has read it through, say so below."))
        return redirect("writing:translation", uuid=uuid, language=language)
    context = {
        "form": form, "found": found, "crumbs": _way(row, found.source.title), "state": _tag(found.text.state),
        "pairs": [(form[field.key], written[field.key], field.key in found.missing)
                  for field in TEXTS if field.key in form.fields],
        "language": NAMES[language], "practice": row, "check": Form(),
        "may_check": found.text.state != Translation.CHECKED and not found.missing and not found.is_stale,
    }  # fmt: skip
    return show(request, "translation", context)


@translator_page
def check(request: HttpRequest, by: Actor, uuid: UUID, language: str) -> HttpResponse:
    """A person says that they have read all of it beside its source."""
    row = queries.find_to_translate(by, uuid)
    if request.method == "POST":
        actions.check(by=by, practice=row, language=language)
        messages.success(request, _("The translation is checked. Readers see it without a mark."))
    return redirect("writing:translation", uuid=uuid, language=language)
