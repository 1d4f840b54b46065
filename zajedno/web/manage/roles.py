"""Roles: which verbs each carries, whom it supervises, whose posts it may end."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.access.queries.account import roles
from zajedno.web.manage.audit_words import word
from zajedno.web.manage.frame import INSTITUTIONS, PACKS, manage_page, show
from zajedno.web.shared.pieces import Cell, Column, Table, Tag


@manage_page(*INSTITUTIONS, *PACKS)
def listed(request: HttpRequest) -> HttpResponse:
    rows = list(roles())
    return show(request, "roles", "roles.html", {"facts": _facts(rows), "table": _table(rows)})


def _facts(rows: list[Any]) -> Table:
    """A role a line: what it opens, whom it supervises."""
    names = {role.key: str(role) for role in rows}
    columns = [
        Column(_("Role")),
        Column(_("Children's files")),
        Column(_("Second step at log-in")),
        Column(_("Supervises")),
    ]
    columns.append(Column(_("May appoint to and end posts of")))
    lines = []
    for role in rows:
        files = _("ties of the institution reach it") if role.opens_files else _("none through the institution")
        second = Tag(_("Required"), "info") if role.requires_second_factor else Tag(_("Not required"), "off")
        over = ", ".join(names.get(key, key) for key in role.supervises)
        ends = ", ".join(names.get(key, key) for key in role.may_end)
        glass = Tag(_("May open without a tie"), "late") if role.break_glass else None
        lines.append([Cell(names[role.key], small=role.key), Cell(files, tag=glass), Cell(tag=second), over, ends])
    return Table("roles", _("Roles in use"), columns, lines, caption_hidden=True)


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
