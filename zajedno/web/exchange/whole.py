"""The whole of a version as its author, reviewers and editors read it, step by step of the template."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.formats import localize
from django.utils.translation import gettext as _

from zajedno.exchange.enums import Cost, Evidence, Target, Theme, Validation
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
        rows += [] if hidden else told.get(f"-{step}", [])
        rows += told.get(f"+{step}", [])
        cards.append((_(heading), rows))
    return cards


def _value(field: template.Field, text: str) -> Any:
    if field.kind == "steps":
        return [f"{number}. {line}" for number, line in enumerate(template.lines(text), start=1)]
    return template.lines(text) if field.kind == "links" else text


def _facts(version: "PracticeVersion") -> dict[str, Any]:
    """Rows of columns: by key of the template, and what each step has beside it ("+"; "-" what tells who)."""
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
        "-how": [
            Row(_("Institutions that took part"), partner_lines(version)),
            Row(_("Source of the money or the amount"), version.cost_source),
        ],
        "+results": [
            Row(_("In numbers"), [figure_line(one) for one in version.figures]),
            Row(_("Who has confirmed it"), [Validation(one).label for one in version.validated_by]),
            Row(_("How well the results are shown"), Evidence(version.evidence).label),
        ],
    }


def partner_lines(version: "PracticeVersion") -> list[str]:
    """Each institution, with its sector where the register knows it."""
    return [
        f"{one['name']} ({Sector(one['sector']).label})" if one["sector"] else one["name"] for one in version.partners
    ]


def figure_line(figure: Mapping[str, str]) -> str:
    """Children examined: 31 → 118 (report of the health centre)"""
    before, after = (number(figure[name]) for name in ("before", "after"))
    change = f"{before} → {after}" if before else after
    return f"{figure['indicator']}: {change} {figure['unit']}".rstrip() + f" ({figure['source']})"


def number(text: str) -> str:
    """As the language writes it, without noughts at the end."""
    return str(localize(Decimal(text).normalize() + 0)) if text else ""
