"""A practice for everybody to read; whoever is logged in may keep it, ask about it and say that they use it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zajedno.exchange.queries import catalogue, taking
from zajedno.exchange.queries import gathering as gatherings
from zajedno.exchange.queries import model as models
from zajedno.exchange.queries import practice as practices
from zajedno.exchange.queries import question as questions
from zajedno.exchange.queries.file import files_with, find_file
from zajedno.exchange.rules import EDIT, KEEP_MODEL
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.places.enums import Sector
from zajedno.places.queries.organisation import organisations
from zajedno.web.exchange.catalogue import PATH, exchange_link, fact_rows
from zajedno.web.exchange.models import outcome, site_address
from zajedno.web.exchange.pack import rows_of
from zajedno.web.exchange.public import Share, kept, public_page, show
from zajedno.web.exchange.reading import Reading
from zajedno.web.exchange.whole import number
from zajedno.web.shared.language import NAMES, tag
from zajedno.web.shared.pieces import Cell, Column, Link, Table

MOST = 20  # replications told of on the page
PICTURES = ("image/jpeg", "image/png")


def address(slug: str) -> str:
    return f"{PATH}{slug}/"


@public_page
def shown(request: HttpRequest, slug: str) -> HttpResponse:
    """`?in=bs` reads it in another of its languages."""
    wanted = request.GET.get("in", "")
    practice = catalogue.by_slug(slug)
    one = Reading(practice, wanted if wanted in NAMES else "")
    actor: Actor | None = request.actor  # type: ignore[attr-defined]  # made by the middleware
    files = list(files_with(one.version))
    pictures = [file for file in files if file.media_type in PICTURES]
    context = {
        "one": one, "rows": fact_rows(one), "parts": one.parts(), "lang": one.lang,
        "takings": list(taking.takings(practice)), "questions": list(questions.public(practice)),
        "pictures": pictures,
        "papers": [file for file in files if file.media_type not in PICTURES],
        "pack": rows_of(practice), "replications": [_replicated(row) for row in taking.replications(practice)[:MOST]],
        "models": list(models.of_practice(practice)), "gatherings": list(gatherings.showing(practice.pk)),
        "figures": _figures(one), "partners": _partners(one),
        "crumbs": [exchange_link(), Link(_("Good practices"), PATH)],
        "own": _own(actor, practice) if actor else {},
        "full_address": request.build_absolute_uri(address(slug)),
    }  # fmt: skip
    return show(request, "practice.html", _share(one, pictures), context)


@require_safe
def file(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponseBase:
    """A picture in the page, a paper to keep. Asked for anew each time: who withdraws consent waits for nobody."""
    practice = catalogue.by_slug(slug)
    assert practice.published is not None  # a check of the table
    row = find_file(files_with(practice.published), uuid)
    is_picture = row.media_type in PICTURES
    name = content_disposition_header(as_attachment=not is_picture, filename=row.name)
    response = HttpResponse(bytes(row.content), content_type=row.media_type)
    response.headers["Content-Disposition"] = name or "attachment"
    return kept(request, response, seconds=0)


def _share(one: Reading, pictures: list[Any]) -> Share:
    practice, place = one.practice, one.practice.territory
    facts = {
        "@type": "Article", "headline": one.title, "description": one.short,
        "datePublished": practice.published_on.date() if practice.published_on else "",
        "author": {"@type": "Organization", "name": str(practice.organisation)},
        "contentLocation": {"@type": "AdministrativeArea", "name": place.name},
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }  # fmt: skip
    picture = next(iter(pictures), None)
    path, text = (f"{address(practice.slug)}files/{picture.uuid}/", picture.alternative) if picture else ("", "")
    return Share(one.title, one.short, "article", path, text, facts)


def _replicated(site: Any) -> dict[str, Any]:
    """A place that took it over: how far it is, how much it does otherwise, what changed."""
    names = {one["key"]: label(one["labels"]) for one in site.model.indicators}
    results = [
        {"name": names.get(one.indicator, one.indicator), "one": one, "lang": tag(site.language)}
        for one in site.results.all()
    ]
    return {"site": site, "href": site_address(site), "state": outcome(site), "results": results,
            "adapted": len(site.adaptations.all())}  # fmt: skip


def _figures(one: Reading) -> Table | None:
    """Results in numbers, with their sources."""
    heads = (_("What is counted"), _("Before"), _("After"), _("Source"))
    rows = [
        [Cell(row["indicator"], lang=one.source.language), number(row["before"]),
         f"{number(row['after'])} {row['unit']}".strip(), Cell(row["source"], lang=one.source.language)]
        for row in one.version.figures
    ]  # fmt: skip
    columns = [Column(head, numeric=place in (1, 2)) for place, head in enumerate(heads)]
    return Table("figures", _("Results in numbers"), columns, rows) if rows else None


def _partners(one: Reading) -> list[dict[str, Any]]:
    """Each institution, with the page of its place where the register knows it."""
    known = {
        row.code: row for row in organisations().filter(code__in=[row["organisation"] for row in one.version.partners])
    }
    return [
        {"name": row["name"], "known": known.get(row["organisation"]),
         "sector": Sector(row["sector"]).label if row["sector"] else ""}
        for row in one.version.partners
    ]  # fmt: skip


def _own(actor: Actor, practice: Any) -> dict[str, Any]:
    """What who is logged in may do here."""
    return {
        "uses": list(taking.uses(actor, practice)), "edits": actor.may(EDIT.key), "keeps": actor.may(KEEP_MODEL.key),
        "may_show": practices.is_own(actor, practice), "calls": list(gatherings.calling(actor.today)),
        "follow": taking.follow_of(actor, practice), "takers": list(taking.takers(actor, practice)),
        "open": list(questions.to_answer(actor, practice)),
    }  # fmt: skip
