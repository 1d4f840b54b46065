"""The members of a body come in as a list."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.networks.actions.member_list import bring_members
from zajedno.networks.enums import MemberRole
from zajedno.networks.logic import member_rows
from zajedno.networks.queries.member_list import NEW, SAME, Coming, Entered, entered, placed
from zajedno.places.enums import Sector
from zajedno.places.queries.organisation import names
from zajedno.web.network import body_words as words
from zajedno.web.network.bodies import kept, way
from zajedno.web.network.body_forms import MemberList
from zajedno.web.network.frame import network_page, show
from zajedno.web.network.lists import needs, reason, same_said, table_of
from zajedno.web.shared.bringing import SHOWN, Bringing, Looked, bring
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Cell, Column

if TYPE_CHECKING:
    from zajedno.networks.models import Body


@network_page
def bring_in(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Looked through first; entered as it was shown."""
    row, elsewhere = kept(request, by, uuid)
    if elsewhere:
        return elsewhere
    about = {"title": _("Bring in a list of members"), "crumbs": way(row)}
    kind = Bringing(
        key=f"members {row.uuid}", form=lambda data, files: MemberList(data, files, body=row, today=by.today),
        look=lambda data: _look(by, row, data), enter=lambda rows: _enter(by, row, rows),
        page=lambda context: show(request, "bring", {**about, **context}), done=words.address(row),
    )  # fmt: skip
    return bring(request, kind)


def _look(by: Actor, body: "Body", data: dict[str, Any]) -> Looked:
    table, rows, notes = table_of(data["file"].read(), member_rows.headings())
    found = member_rows.matched(table.header)
    notes += needs(found, {"institution": _("Institution"), "person|family": _("Who sits for it")})
    ready, refused = placed(by, body, member_rows.said(table, rows, by.today, data["since"]))
    coming = [one for one in ready if one.kind != SAME]
    return Looked(
        [Column(_("Row"), numeric=True), _("Who sits for it"), _("Institution"), _("What they are in the body"),
         _("Deputy"), _("When"), _("Becomes")],
        ready=[_told(entered(one)) for one in coming], lines=_lines(coming[:SHOWN]),
        refused=[(one.number, one.person or one.institution, reason(one.faults, member_rows.SENTENCES, labels()))
                 for one in refused],
        notes=[*notes, *same_said([one.said.number for one in ready if one.kind == SAME])],
    )  # fmt: skip


def _told(row: Entered) -> list[Any]:
    return [row.number, row.kind, row.member, row.fields, row.since, row.until]


def _lines(rows: Sequence[Coming]) -> list[list[Any]]:
    at = names({one.organisation for one in rows if one.organisation})
    return [
        [str(one.said.number), Cell(one.said.person, small=one.said.email), _where(one, at),
         str(MemberRole(one.said.role).label), one.said.deputy or "–", _days(one),
         _("new") if one.kind == NEW else _("changed")]
        for one in rows
    ]  # fmt: skip


def _where(one: Coming, at: dict[int, str]) -> Cell:
    """The institution here, or the name only with the sector it is taken for."""
    if one.organisation:
        return Cell(at[one.organisation])
    told = _("with its name only, sector: %(sector)s") % {"sector": Sector(one.sector).label}
    return Cell(one.institution, small=told)


def _days(one: Coming) -> str:
    since, until = one.said.since, one.said.until
    return f"{day(since) if since else ''} – {day(until) if until else ''}".strip()


def labels() -> dict[str, Any]:
    return {
        "institution": _("Institution"), "sector": _("Sector"), "person": _("Who sits for it"), "deputy": _("Deputy"),
        "role": _("What they are in the body"), "email": _("E-mail"), "since": _("First day"), "until": _("Last day"),
    }  # fmt: skip


def _enter(by: Actor, body: "Body", rows: list[Any]) -> str:
    new, changed = bring_members(by=by, body=body, rows=[Entered(*row) for row in rows])
    return _("The list is entered: new members %(new)s, changed %(changed)s.") % {"new": new, "changed": changed}
