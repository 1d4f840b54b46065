"""Sites behind log-in: those I take over, mentor or gave; begun, moved along the procedure."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.exchange.actions import site as actions
from zajedno.exchange.queries import model as models
from zajedno.exchange.queries import site as queries
from zajedno.exchange.queries.site import TAKER, SiteFile
from zajedno.exchange.rules import KEEP_MODEL, REPLICATE
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound, NotPermitted
from zajedno.places.queries.organisation import names
from zajedno.procedures.queries.words import need_said
from zajedno.web.exchange.desk import exchange_page, show
from zajedno.web.exchange.models import address, outcome, percent, site_address, taken_from, told_of
from zajedno.web.exchange.site_forms import BeginSite, MoveSite, Readiness
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.language import tag
from zajedno.web.shared.pieces import Cell, Column, Link, Moment, Row, Step, Table, Tag, Task

if TYPE_CHECKING:
    from zajedno.exchange.models import ModelPackage, Site

PER_PAGE = 25
MODEL = "model"  # taken from the package itself
# Where a missing need is met: the page of the site.
WHERE = {"readiness": "readiness/", "fidelity": "fidelity/", "results": "result/", "lessons": "lesson/"}

site_page = exchange_page(REPLICATE.key, KEEP_MODEL.key)


def home() -> Link:
    return Link(_("Models we take over"), "/exchange/sites/")


def path(site: "Site") -> str:
    return f"/exchange/sites/{site.uuid}/"


def name(site: "Site") -> str:
    return f"{site.model.package}, {site.territory.name}"


def way(site: "Site") -> list[Link]:
    return [home(), Link(name(site), path(site))]


@site_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    page = Paginator(queries.visible_to(by), PER_PAGE).get_page(request.GET.get("page"))
    columns = [Column(_("Model")), Column(_("Institution")), Column(_("Taken from")), Column(_("State"))]
    rows = [
        [Cell(name(row), path(row)), str(row.organisation), taken_from(row), Cell(tag=outcome(row))] for row in page
    ]
    lessons = [
        Task(_("A lesson from %(place)s") % {"place": row.site.organisation}, Tag(_("Waits for an answer"), "wait"),
             f"/exchange/sites/lessons/{row.uuid}/", str(row.site.model.package))
        for row in queries.lessons_for(by)[:PER_PAGE]
    ]  # fmt: skip
    table = Table("sites", _("Models we take over"), columns, rows, caption_hidden=True)
    return show(request, "sites", {"table": table, "page": page, "lessons": lessons})


@site_page
def begin(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    """Who takes it over, from whom, with which mentor."""
    package = models.by_slug(slug)
    mine = names(set(by.organisations_for(REPLICATE.key)))
    if not mine:
        raise NotPermitted(_("A model is taken over by who may report on it. Your post does not allow this."))
    others = [row for row in queries.sites().filter(model__package=package) if row.organisation_id not in mine]
    origins = _origins(package, others)
    asked = request.GET.get("from", "")
    form = BeginSite(
        request.POST if request.method == "POST" else None,
        initial={
            "organisation": next(iter(mine)) if len(mine) == 1 else None,
            "origin": asked if asked in dict(origins) else MODEL,
        },
    )
    form.fill("organisation", [(str(key), text) for key, text in mine.items()])
    form.fill("origin", origins)
    form.fill("mentor", [("", _("Nobody")), *_mentors(package, others)])
    made: list[Site] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(
            actions.begin_site(
                by=by, package=package, organisation=int(given["organisation"]), language=get_language() or "sr",
                mentor=int(given["mentor"]) if given["mentor"] else None, needs=given["needs"],
                **_origin(package, given["origin"]),
            )
        )  # fmt: skip

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("It is begun. First say what is there and what is not."))
        return redirect("site:one", uuid=made[0].uuid)
    words = {"title": _("Take over: %(model)s") % {"model": package}, "go": _("Begin"), "cancel": address(package)}
    return show(request, "act", {"form": form, "crumbs": [home()], **words})


def _origins(package: "ModelPackage", others: list["Site"]) -> list[tuple[str, str]]:
    offered = [(MODEL, _("From the model itself"))]
    if package.practice is not None:
        offered.append((package.practice.slug, str(package.practice.organisation)))
    return [*offered, *((str(row.uuid), f"{row.organisation}, {row.territory.name}") for row in others)]


def _origin(package: "ModelPackage", chosen: str) -> dict[str, Any]:
    if chosen == MODEL:
        return {}
    if package.practice is not None and chosen == package.practice.slug:
        return {"practice": chosen}
    return {"parent": UUID(chosen)}


def _mentors(package: "ModelPackage", others: list["Site"]) -> list[tuple[str, str]]:
    """Institutions that know the model: its keeper, who wrote it down, and where it works already."""
    found = {row.organisation_id: str(row.organisation) for row in others}
    known = (package.organisation, package.practice.organisation if package.practice else None)
    return [(str(one), text) for one, text in ({row.pk: str(row) for row in known if row} | found).items()]


@site_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Where it stands, what can be done now and what is missing for it, and everything that was told."""
    file = queries.find(by, uuid)
    site = file.site
    is_open, is_taker = site.closed_on is None, TAKER in file.parts
    context = {
        "site": site, "name": name(site), "state": outcome(site), "crumbs": [home()], "steps": _steps(file),
        "hint": label(file.definition.step[site.step].hint), "moves": list(_moves(file)) if is_open else [],
        "may_tell": is_open and is_taker, "told": told_of(site), "words": tag(site.language), "rows": _rows(site),
        "history": _history(file), "public": site_address(site), "answers": queries.SOURCE in file.parts,
    }  # fmt: skip
    return show(request, "site", context)


def _rows(site: "Site") -> list[Row]:
    rows = [
        Row(_("Institution"), str(site.organisation)), Row(_("Taken from"), taken_from(site)),
        Row(_("Mentor"), str(site.mentor) if site.mentor else ""), Row(_("Begun"), site.opened_on),
        Row(_("Fidelity"), percent(queries.score(site))), Row(_("Goes on because"), site.in_spite),
    ]  # fmt: skip
    return [row for row in rows if row.values]


def _steps(file: SiteFile) -> list[Step]:
    """The steps of the procedure that are no ends, with the one it stands at."""
    keys = [step.key for step in file.definition.steps if step.kind != "end"]
    here = keys.index(file.site.step) if file.site.step in keys else len(keys)
    states = ["done" if at < here else "here" if at == here else "ahead" for at in range(len(keys))]
    return [Step(label(file.definition.step[key].labels), state) for key, state in zip(keys, states, strict=True)]


def _moves(file: SiteFile) -> Any:
    """What can be done now; a move that something is missing for leads to where that is met."""
    for offer in file.offers():
        if not offer.yours:
            continue
        title = label(offer.move.labels)
        if offer.missing:
            hint = " ".join(need_said(file.definition, need) for need in offer.missing)
            yield Task(title, Tag(_("Missing"), "wait"), path(file.site) + WHERE.get(offer.missing[0], ""), hint)
        else:
            hint = label(offer.move.hint)
            yield Task(title, Tag(_("Can be done"), "info"), f"{path(file.site)}move/{offer.move.key}/", hint)


def _history(file: SiteFile) -> list[Moment]:
    return [
        Moment(label(file.definition.move[row.move].labels), row.happened_on, row.reason)
        for row in reversed(file.moves())
    ]


@site_page
def readiness(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """What is not met is told; with a reason one may go on."""
    site = actions_for(by, uuid)
    form = Readiness(request.POST if request.method == "POST" else None, site=site)

    def act() -> None:
        told = form.cleaned_data["in_spite"]
        actions.answer_conditions(by=by, uuid=uuid, answers=form.answers(), in_spite=told)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("Saved."))
        return redirect("site:one", uuid=uuid)
    words = {"title": _("Is everything there to begin?"), "go": _("Save"), "cancel": path(site)}
    return show(request, "act", {"form": form, "crumbs": way(site), **words})


def actions_for(by: Actor, uuid: UUID) -> "Site":
    """A site on which the actor reports; to others there is no such page."""
    file = queries.find(by, uuid)
    if TAKER not in file.parts or file.site.closed_on is not None:
        raise NotFound("")
    return file.site


@site_page
def move(request: HttpRequest, by: Actor, uuid: UUID, key: str) -> HttpResponse:
    """One step of the procedure; a page that is old is told so."""
    file = queries.find(by, uuid)
    site, rule = file.site, file.definition.move.get(key)
    if rule is None:
        raise NotFound("")
    first = {"seen": site.moves_made, "happened_on": by.today}
    form = MoveSite(request.POST if request.method == "POST" else None, rule=rule, initial=first)

    def act() -> None:
        actions.move_site(by=by, uuid=uuid, move=key, seen=form.cleaned_data["seen"], given=form.given)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("Done."))
        return redirect("site:one", uuid=uuid)
    words: dict[str, Any] = {
        "title": label(rule.labels), "note": label(rule.hint), "go": _("Save"), "cancel": path(site),
        "kind": "warning" if file.definition.is_end(rule.to_step) and "reason" in rule.asks else "",
    }  # fmt: skip
    return show(request, "act", {"form": form, "crumbs": way(site), **words})
