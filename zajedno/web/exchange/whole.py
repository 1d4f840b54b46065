"""The whole of a version as its author, reviewers and editors read it, step by step of the template."""

from typing import TYPE_CHECKING, Any

from django.utils.formats import localize
from django.utils.translation import gettext as _

from zajedno.exchange.enums import Cost, Evidence, Target, Theme
from zajedno.exchange.logic import template
from zajedno.exchange.queries.practice import answers, source
from zajedno.places.enums import Sector
from zajedno.web.shared.pieces import Row

if TYPE_CHECKING:
    from zajedno.exchange.models import PracticeVersion

Card = tuple[str, list[Row]]


def whole(version: "PracticeVersion", *, hidden: bool = False) -> list[Card]:
    """(heading, rows) of each step. `hidden`: without what says whose practice it is."""
    text = source(version)
    written, told = answers(text), _facts(version)
    cards = []
    for step, heading in template.STEPS.items():
        rows = []
        for field in template.of_step(step):
            if hidden and field.tells_who:
                continue
            if field.key in told:
                rows.append(told[field.key])
            elif field.kind != "fact":
                rows.append(Row(_(field.label), _value(field, written.get(field.key, "")), lang=text.language))
        rows += told.get(f"+{step}", [])
        cards.append((_(heading), rows))
    return cards


def _value(field: template.Field, text: str) -> Any:
    if field.kind == "steps":
        return [f"{number}. {line}" for number, line in enumerate(template.lines(text), start=1)]
    return template.lines(text) if field.kind == "links" else text


def _facts(version: "PracticeVersion") -> dict[str, Any]:
    """Rows of columns: by key of the template, and what each step has beside it."""
    period = [localize(day) for day in (version.begins_on, version.ends_on) if day]
    amount = f"{localize(version.amount)} {version.currency}" if version.amount is not None else ""
    cost = [Cost(version.cost).label] if version.cost else []
    return {
        "period": Row(_("Period"), " – ".join(period)),
        "contact": Row(_("Contact"), version.contact),
        "+about": [Row(_("Themes"), [Theme(one).label for one in version.themes])],
        "+why": [Row(_("Whom it serves"), [Target(one).label for one in version.targets])],
        "+how": [
            Row(_("Sectors of the partners"), [Sector(one).label for one in version.sectors]),
            Row(_("Cost"), [*cost, amount]),
        ],
        "+results": [Row(_("How well the results are shown"), Evidence(version.evidence).label)],
    }
