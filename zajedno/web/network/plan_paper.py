"""The report on an action plan, as PDF and Word: what it says, how far it has come, what ran beside it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from zajedno.kernel.actor import Actor
from zajedno.kernel.documents import Rendering
from zajedno.programmes.queries import plan as queries
from zajedno.programmes.queries import programme as programmes
from zajedno.web.network import plan_words as words
from zajedno.web.network.frame import network_page
from zajedno.web.shared.dates import day
from zajedno.web.shared.papers import given, language_of
from zajedno.web.shared.report.sections import summed

if TYPE_CHECKING:
    from zajedno.programmes.models import Plan, Programme

PAPER = settings.PACKS_DIR / "common" / "letters" / "action-plan.typ"


@network_page
def report(request: HttpRequest, by: Actor, uuid: UUID, ending: str) -> HttpResponse:
    row = queries.find(by, uuid)
    language = language_of(PAPER)
    with override(language):
        about, content = Rendering(language, str(row), str(row.organisation), by.today), _content(by, row)
    return given(PAPER, content, about, f"plan-{row.first_year}-{row.version}.{ending}")


def _content(by: Actor, row: "Plan") -> dict[str, Any]:
    whole = queries.whole(row, by.today)
    beside = programmes.within(row.organisation_id, row.first_year, row.last_year)
    return {
        "title": str(row), "place": str(row.territory), "on": by.today,
        "facts": [[str(one.key), ", ".join(map(str, one.values))] for one in words.facts(row)],
        "glance": [[str(one.key), ", ".join(map(str, one.values))] for one in words.glance_rows(whole)],
        "situation": [part for part in row.situation.splitlines() if part.strip()],
        "goals": [
            {"title": f"{goal.number}. {goal}", "measures": [_branch(one) for one in branches]}
            for goal, branches in whole.goals
        ],
        "totals": [str(one) for one in whole.totals],
        "programmes": [_programme(one) for one in beside],
    }  # fmt: skip


def _branch(branch: queries.Branch) -> dict[str, Any]:
    return {"title": f"{branch.number} {branch.measure}", "rows": [_row(one) for one in branch.lines]}


def _row(line: queries.Line) -> dict[str, str]:
    one, progress = line.activity, line.progress
    state = words.standing_said(line.standing)
    return {
        "what": f"{line.number} {one}", "indicator": one.indicator, "who": str(one.responsible),
        "when": f"{day(one.begins_on)} – {day(one.ends_on)}", "amount": str(line.money or "–"),
        "line": words.paid_from(line),
        "state": f"{state}: {progress.reached}" if progress and progress.reached else state,
    }  # fmt: skip


def _programme(row: "Programme") -> dict[str, str]:
    """Fewer than five people, but some, are not told: the paper may be shown to everybody."""
    told, few = programmes.attendance(row), _("fewer than five, or none")
    reached = "–" if row.reached is None else summed([row.reached], few)
    return {
        "title": str(row), "target": row.target, "held": str(told.held), "came": summed(told.each, few),
        "reached": reached, "cost": str(row.money or "–"),
        "each": few if reached == few else str(row.cost_each or "–"), "result": row.result,
    }  # fmt: skip
