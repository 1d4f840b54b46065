"""Roles: which verbs each carries, whom it supervises, whose posts it may end."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.access.queries.account import roles
from zajedno.web.manage.audit_words import word
from zajedno.web.manage.frame import INSTITUTIONS, PACKS, manage_page, show
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag


@manage_page(*INSTITUTIONS, *PACKS)
def listed(request: HttpRequest) -> HttpResponse:
    rows = list(roles())
    names = {role.key: str(role) for role in rows}
    context = {
        "roles": [(role, _facts(role, names), [word(verb) for verb in role.verbs]) for role in rows],
        "table": _table(rows),
    }
    return show(request, "roles", "roles.html", context)


def _facts(role: Any, names: dict[str, str]) -> list[Row]:
    yes, no = _("Yes"), _("No")
    return [
        Row(_("Ties of the institution reach it"), yes if role.opens_files else no),
        Row(
            _("Second step at log-in"), Tag(_("Required"), "info") if role.requires_second_factor else _("Not required")
        ),
        Row(_("May open a file without a tie"), Tag(yes, "late") if role.break_glass else no),
        Row(_("Supervises"), [names.get(key, key) for key in role.supervises] or _("Nobody")),
        Row(_("May end posts of"), [names.get(key, key) for key in role.may_end] or _("Nobody")),
    ]


def _table(rows: list[Any]) -> Table:
    """Verbs down, roles across: where something may be done by whom."""
    verbs = sorted(
        {verb for role in rows for verb in role.verbs}, key=lambda verb: (verb.partition(".")[0], word(verb))
    )
    columns = [Column(_("What may be done")), *(Column(str(role)) for role in rows)]
    lines = [
        [Cell(word(verb), small=verb), *(_("yes") if verb in role.verbs else "" for role in rows)] for verb in verbs
    ]
    return Table("verbs", _("Who may do what"), columns, lines)
