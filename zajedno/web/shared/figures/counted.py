"""How a figure was counted: everything that somebody needs who does not believe it."""

from django.utils.translation import gettext as _

from zajedno.figures.logic.figure import Figure
from zajedno.web.shared.dates import day
from zajedno.web.shared.figures import naming
from zajedno.web.shared.figures.told import Told
from zajedno.web.shared.pieces import Row, Tag


def counted(told: Told, figure: Figure | None, is_late: bool) -> list[Row]:
    """The definition, then the edition from which the figure is. `is_late`: more came after it."""
    better = {"higher": _("The higher the better"), "lower": _("The lower the better")}
    rows = [
        Row(_("What it says"), told.definition), Row(_("Numerator"), told.numerator),
        Row(_("Denominator"), told.denominator), Row(_("How to read it"), better.get(told.better, "")),
        Row(_("Source"), [told.source, *([] if told.verified else [Tag(_("Not verified"), "wait")])]),
        Row(_("Answers for it"), told.owner), *(_edition(figure) if figure is not None else []),
        Row(_("Late data"), _late(figure, is_late)),
    ]  # fmt: skip
    return [row for row in rows if row.values]


def _edition(one: Figure) -> list[Row]:
    released = _("Edition %(number)s, released on %(day)s")
    edition = released % {"number": one.edition, "day": day(one.released_on)} if one.released_on else ""
    return [
        Row(_("Period"), one.period), Row(_("Divided from"), naming.parts(one)), Row(_("Edition"), edition),
        Row(_("Method"), _("version %(number)s") % {"number": one.method}),
        Row(_("Completeness"), naming.complete(one)), Row(_("Left out"), naming.without(one)),
        Row(_("Why it was made again"), one.reason),
    ]  # fmt: skip


def _late(figure: Figure | None, is_late: bool) -> str:
    if figure is None or not figure.released_on:
        return ""
    if is_late:
        return _(
            "Five children or more of this period came after the edition. A new edition will count them and say why."
        )
    return _("After the edition only a few children of this period came, or none.")
