"""Models to take over, their lineage, what became of them at a place, and what is asked for. For everybody."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.exchange.enums import Theme
from zajedno.exchange.queries import model as models
from zajedno.exchange.queries.lineage import Node, lineage, neglected
from zajedno.exchange.queries.site import GIVEN_UP, HANDED_OVER, score, sites, standing, step_name
from zajedno.exchange.rules import KEEP_MODEL, REPLICATE
from zajedno.kernel.clock import day_of, today
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.web.exchange.catalogue import exchange_link
from zajedno.web.exchange.effect import effect_of
from zajedno.web.exchange.facets import PATH as PRACTICES
from zajedno.web.exchange.lineage_map import mapped
from zajedno.web.exchange.lineage_tree import drawn
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.shared.language import tag
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag

if TYPE_CHECKING:
    from zajedno.exchange.models import ModelPackage, ModelVersion, Site

PATH = "/exchange/models/"
TONES = {HANDED_OVER: "done", GIVEN_UP: "off", "": "info"}


def models_link() -> Link:
    return Link(_("Models to take over"), PATH)


def address(package: "ModelPackage") -> str:
    return f"{PATH}{package.slug}/"


@public_page
def listed(request: HttpRequest) -> HttpResponse:
    packages = list(models.public())
    newest = models.newest_of(packages)
    rows = [
        {"package": one, "summary": label(newest[one.pk].summary), "href": address(one), "used": used(one)}
        for one in packages
    ]
    about = _("What must be there, what may be changed, what it needs, and where it was taken over.")
    may_keep = bool(request.actor and request.actor.may(KEEP_MODEL.key))  # type: ignore[attr-defined]
    context = {"rows": rows, "crumbs": [exchange_link()], "may_keep": may_keep}
    return show(request, "models.html", Share(_("Models to take over"), about), context)


def used(package: Any) -> str:
    """In words how many places took it over and how many hold it alone."""
    taken = ngettext("Taken over by %(number)s place", "Taken over by %(number)s places", package.sites)
    held = ngettext("%(number)s holds it alone", "%(number)s hold it alone", package.held)
    return f"{taken % {'number': package.sites}}, {held % {'number': package.held}}"


@public_page
def shown(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest version, or `?version=` an earlier one."""
    package = models.by_slug(slug)
    version = models.version_of(package, request.GET.get("version", "")[:6])
    others = list(package.versions.exclude(pk=version.pk).values_list("number", "published_on"))
    roots = lineage(package)
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "package": package, "summary": label(version.summary), "cost": label(version.cost),
        "parts": list(_parts(version)), "sources": _sources(version), "rows": _rows(package, version),
        "sites": _table(roots), "number": sum(1 for root in roots for _node in root.walk()),
        "may_take": _may_take(request, package),
        "may_change": bool(package.organisation_id and actor and models.keeps(actor, package)),
        "others": [(number, day_of(moment)) for number, moment in others],
        "is_old": any(number > version.number for number, _moment in others),
        "crumbs": [exchange_link(), models_link()],
    }  # fmt: skip
    facts = {"@type": "HowTo", "name": str(package), "description": label(version.summary)}
    return show(request, "model.html", Share(str(package), label(version.summary), facts=facts), context)


def _may_take(request: HttpRequest, package: "ModelPackage") -> bool:
    actor = request.actor  # type: ignore[attr-defined]
    return bool(actor and actor.may(REPLICATE.key)) and package.retired_on is None


def _parts(version: "ModelVersion") -> Any:
    told = (
        (_("Core components: without these it is another model"), version.core),
        (_("What a place may do its own way"), version.adaptable),
        (_("What must be there before you begin"), version.conditions),
        (_("By what it is seen whether it works"), version.indicators),
    )
    return [{"title": title, "names": [label(part["labels"]) for part in parts]} for title, parts in told if parts]


def _rows(package: "ModelPackage", version: "ModelVersion") -> list[Row]:
    tools = [label(part["labels"]) for part in version.tools]
    rows = [
        Row(_("Version"), [str(version.number), day_of(version.published_on)]),
        Row(_("Kept by"), str(package.organisation) if package.organisation else _("Came with the packs")),
        Row(_("Tools that are here"), tools),
        Row(_("Expected cost"), label(version.cost)),
    ]
    return [row for row in rows if row.values]


def _sources(version: "ModelVersion") -> list[dict[str, Any]]:
    return [
        {"text": one["text"], "url": one.get("url", ""), "is_sure": one["verified"], "note": label(one.get("note", {}))}
        for one in version.sources
    ]


def outcome(site: "Site") -> Tag:
    """Where it stands, in a word of the procedure."""
    return Tag(step_name(site), TONES.get(site.outcome, "plain"))


def taken_from(site: "Site") -> str:
    if site.parent is not None:
        return f"{site.parent.organisation}, {site.parent.territory.name}"
    return str(site.practice.organisation) if site.practice is not None else _("From the model itself")


def percent(value: int | None) -> str:
    return "" if value is None else f"{value} %"


def _table(roots: list[Node], *, numbered: bool = False) -> Table:
    """Every site in the order of the tree; `numbered` as on the map."""
    columns = [
        Column(_("Place")), Column(_("Taken from")), Column(_("Since")), Column(_("State")),
        Column(_("Fidelity"), numeric=True), Column(_("Changes"), numeric=True),
    ]  # fmt: skip
    rows = [
        [
            Cell(f"{number}. {node.site.territory.name}" if numbered else node.site.territory.name,
                 site_address(node.site), small=str(node.site.organisation)),
            taken_from(node.site), localize(node.site.opened_on), Cell(tag=outcome(node.site)),
            percent(node.fidelity), str(node.adaptations),
        ]
        for number, node in enumerate((node for root in roots for node in root.walk()), start=1)
    ]  # fmt: skip
    empty = _("No place has begun yet.")
    return Table("sites", _("Where it was taken over"), columns, rows, caption_hidden=True, empty=empty)


def site_address(site: "Site") -> str:
    return f"{address(site.model.package)}sites/{site.uuid}/"


@public_page
def tree(request: HttpRequest, slug: str) -> HttpResponse:
    """The same three times: as a tree, as a map, and as a table and lists that say all of it."""
    package = models.by_slug(slug)
    roots = lineage(package)
    number = sum(1 for root in roots for _node in root.walk())
    told = ngettext("%(number)s place took it over.", "%(number)s places took it over.", number) % {"number": number}
    chart = drawn(_("Who took it from whom"), told, str(package), roots)
    context = {
        "package": package, "roots": [_words(root) for root in roots], "chart": chart if roots else None,
        "map": mapped(_("On the map"), told, roots), "table": _table(roots, numbered=True),
        "crumbs": [exchange_link(), models_link(), Link(str(package), address(package))],
    }  # fmt: skip
    title = _("Lineage: %(model)s") % {"model": package}
    return show(request, "lineage.html", Share(title, told), context)


def _words(node: Node) -> dict[str, Any]:
    site = node.site
    about = [
        str(site.organisation),
        _("fidelity %(share)s") % {"share": percent(node.fidelity)} if node.fidelity is not None else "",
        ngettext("%(number)s change", "%(number)s changes", node.adaptations) % {"number": node.adaptations},
        ngettext("%(number)s lesson", "%(number)s lessons", node.lessons) % {"number": node.lessons},
    ]
    return {
        "place": site.territory.name, "href": site_address(site), "tag": outcome(site), "since": site.opened_on,
        "about": ", ".join(filter(None, about)), "taken": [_words(one) for one in node.taken],
    }  # fmt: skip


@public_page
def place(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """What became of a model at one place: changes with reasons, results, lessons and what the source answered."""
    site = sites().filter(uuid=uuid, model__package__slug=slug).first()
    if site is None:
        raise NotFound("")
    package = site.model.package
    title = _("%(model)s: %(place)s") % {"model": package, "place": site.territory.name}
    context = {
        "site": site, "state": outcome(site), "rows": _site_rows(site), "names": site.model.names,
        "told": told_of(site), "lang": "", "words": tag(site.language), "may_take": _may_take(request, package),
        "effect": effect_of(site),
        "crumbs": [exchange_link(), models_link(), Link(str(package), address(package))],
    }  # fmt: skip
    return show(request, "model_site.html", Share(title, str(site.organisation)), context)


def _site_rows(site: "Site") -> list[Row]:
    rows = [
        Row(_("Institution"), str(site.organisation)),
        Row(_("Taken from"), taken_from(site)),
        Row(_("Mentor"), str(site.mentor) if site.mentor else ""),
        Row(_("Version"), str(site.model.number), [version_link(site)]),
        Row(_("Since"), site.opened_on),
        Row(_("Until"), site.closed_on or ""),
        Row(_("Fidelity"), percent(score(site))),
        Row(_("Still seeks something for"), [str(Theme(one).label) for one in site.needs]),
    ]
    return [row for row in rows if row.values]


def told_of(site: "Site") -> dict[str, Any]:
    """Everything a place told, in words: for its public page and its own."""
    names, indicators = site.model.names, {one["key"]: label(one["labels"]) for one in site.model.indicators}
    last = site.moves.filter(to_step=GIVEN_UP).first()
    return {
        "adaptations": [(names.get(one.component, one.component), one) for one in standing(site.adaptations)],
        "fidelity": [(names.get(one.component, one.component), one) for one in site.fidelity.order_by("pk")],
        "results": [(indicators.get(one.indicator, one.indicator), one) for one in standing(site.results)],
        "lessons": list(standing(site.lessons)),
        "unmet": [label(part["labels"]) for part in site.model.conditions if site.readiness.get(part["key"]) is False],
        "given_up": last.reason if last else "",
    }


def version_link(site: "Site") -> Link:
    """To what the model said when the place took it over."""
    package = site.model.package
    about = _("version %(number)s of %(model)s") % {"number": site.model.number, "model": package}
    return Link(_("Read it"), f"{address(package)}?version={site.model.number}", about)


@public_page
def asked(request: HttpRequest) -> HttpResponse:
    """Themes that are asked for, against practices found."""
    columns = [
        Column(_("Theme")), Column(_("State")), Column(_("Practices found"), numeric=True),
        Column(_("Questions"), numeric=True), Column(_("Places that use one"), numeric=True),
        Column(_("Places that seek"), numeric=True), Column(_("Searches"), numeric=True),
        Column(_("Searches in vain"), numeric=True),
    ]  # fmt: skip
    rows = [
        [
            # A theme without practices is no link: who followed it would count as a search that found nothing.
            Cell(row.theme.label, f"{PRACTICES}?theme={row.theme.value}" if row.found else ""),
            Cell(tag=Tag(_("Neglected"), "wait") if row.is_neglected else None),
            *map(str, (row.found, row.questions, row.takings, row.sought, row.searches, row.unfound)),
        ]
        for row in neglected(today())
    ]  # fmt: skip
    title = _("Neglected problems")
    table = Table("asked", _("Themes asked for and practices found"), columns, rows)
    about = _("Themes for which more is asked than there are practices.")
    return show(request, "neglected.html", Share(title, about), {"table": table, "crumbs": [exchange_link()]})
