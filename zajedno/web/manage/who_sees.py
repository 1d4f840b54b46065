"""Who can ever see a part of a file: parts of procedures, roles, clauses in force; from the rules that open it."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.territory import country_names
from zajedno.procedures.logic.fields import FIELDS
from zajedno.web.manage.frame import INSTITUTIONS, PACKS, actor, manage_page, show
from zajedno.web.manage.unverified import procedure_path
from zajedno.web.shared.agreements import clause_label
from zajedno.web.shared.pieces import Cell, Column, Link, Table
from zajedno.web.shared.who_sees import Way, breakers, doors, readers, sharers, ways

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

HOME = "/manage/who-sees/"


@manage_page(*INSTITUTIONS, *PACKS)
def listed(request: HttpRequest) -> HttpResponse:
    """Every part of a file, with how many ways lead to it; and the roles that read at all."""
    rows = [[Cell(_(text), f"{HOME}{key}/"), str(len(ways(key))), str(len(doors(key)))] for key, text in FIELDS.items()]
    columns = [
        Column(_("Part of the file")), Column(_("Ways in cases"), numeric=True), Column(_("Other ways"), numeric=True),
    ]  # fmt: skip
    table = Table("fields", _("Parts of a child's file"), columns, rows, caption_hidden=True)
    return show(request, "who-sees", "who_sees.html", {"table": table, "roles": _roles()})


def _roles() -> Table:
    told: tuple[tuple[Any, Any], ...] = (
        (_("Reads what is open to the institution"), readers()),
        (_("May open a file to another institution"), sharers()),
        (_("May open a file in an emergency"), breakers()),
    )
    rows = [[what, ", ".join(map(str, found))] for what, found in told]
    return Table("roles", _("Roles"), [Column(_("What it lets do")), Column(_("Roles"))], rows)


@manage_page(*INSTITUTIONS, *PACKS)
def one(request: HttpRequest, field: str) -> HttpResponse:
    if field not in FIELDS:
        raise NotFound("")
    names, today = country_names(), actor(request).today
    rows = [_way(way, field, names, today) for way in ways(field)]
    columns = [Column(text) for text in (_("Who"), _("Procedure"), _("Opened by"), _("Until"), _("Agreement"))]
    others = [[door.who, door.condition, door.until] for door in doors(field)]
    heads = [Column(_("Who")), Column(_("On what condition")), Column(_("Until"))]
    context = {
        "heading": _(FIELDS[field]), "up": Link(_("Who sees what"), HOME), "roles": _roles(),
        "cases": Table("cases", _("In cases"), columns, rows, empty=_("No procedure opens it.")),
        "others": Table("others", _("Other ways"), heads, others, empty=_("None.")),
    }  # fmt: skip
    return show(request, "who-sees", "who_sees_field.html", context)


def _way(way: Way, field: str, names: dict[str, str], today: "date") -> list[Any]:
    definition = way.definition
    return [
        Cell(way.who, small=_joined([*definition.part[way.part.key].kinds, *way.posts])),
        Cell(way.procedure, procedure_path(way.country, definition.key), small=names.get(way.country, way.country)),
        way.begins, ", ".join(way.ends) or _("it stays after the case"), _agreement(way, field, today),
    ]  # fmt: skip


def _joined(words: "Iterable[str]") -> str:
    return ", ".join(words)


def _agreement(way: Way, field: str, today: "date") -> Cell:
    """Does it rest on a clause, and which clauses in force let the field through."""
    if not way.rests:
        return Cell("–")
    found = _joined(clause_label(one) for one in way.clauses(field, today))
    said = (
        _("only under a clause in force") if way.rests == "needed" else _("narrowed by a clause, where one is in force")
    )
    return Cell(said, small=found or _("now none lets it through"))
