"""Words of a procedure and states of a case, as pages show them."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zajedno.casework.actions.case import OPENED
from zajedno.casework.logic import passing
from zajedno.kernel.labels import label
from zajedno.procedures.logic.definition import DeadlineRule, Definition
from zajedno.web.shared.agreements import length_said
from zajedno.web.shared.pieces import Tag

REASON_LABELS = {
    "deprivation": gettext_lazy("Hard social or economic conditions of the family"),
    "developmental": gettext_lazy("Delay in development"),
    "disability": gettext_lazy("Disability"),
    "learning": gettext_lazy("Difficulties in learning"),
    "early_leaving": gettext_lazy("Danger of leaving school early"),
    "other": gettext_lazy("Another reason"),
}
LINES = {  # of the history, beside the moves of a procedure
    OPENED: gettext_lazy("Case opened"),
    passing.OFFERED: gettext_lazy("Offered to another institution"),
    passing.ACCEPTED: gettext_lazy("Taken over by another institution"),
    passing.REJECTED: gettext_lazy("Not taken over"),
    passing.WITHDRAWN: gettext_lazy("Offer taken back"),
    passing.SET_ASIDE: gettext_lazy("A need was set aside"),
}
READERS = {
    passing.TO: gettext_lazy("The case is offered to it"),
    passing.FORMER: gettext_lazy("Kept the case before"),
}
SOON = 7  # days before the due day from which a deadline is shown as near


def step_label(definition: Definition, step: str) -> str:
    return label(definition.step[step].labels) if step in definition.step else step


def move_label(definition: Definition, move: str) -> str:
    if move in LINES:
        return str(LINES[move])
    return label(definition.move[move].labels) if move in definition.move else move


def part_label(definition: Definition, part: str) -> str:
    return label(definition.part[part].labels) if part in definition.part else str(READERS.get(part, part))


def deadline_label(definition: Definition, key: str) -> str:
    return label(definition.deadline[key].labels) if key in definition.deadline else key


def due_tag(due: date | None, today: date, *, paused: bool = False) -> Tag | None:
    """How near a deadline is, in words: the colour only helps."""
    if paused:
        return Tag(_("Stands still"), "off")
    if due is None:
        return None
    days = (due - today).days
    if days < 0:
        text = ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
        return Tag(text, "late")
    if days == 0:
        return Tag(_("Due today"), "wait")
    text = ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return Tag(text, "wait" if days <= SOON else "info")


def length_label(rule: DeadlineRule) -> str:
    """How long a deadline is, in words."""
    return length_said(rule.length, rule.unit)
