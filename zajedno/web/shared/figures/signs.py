"""Signs that all charts share, and the legend that names those that are there."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from zajedno.figures.logic.figure import Figure, Said
from zajedno.web.shared.figures import drawing as d
from zajedno.web.shared.figures.drawing import Drawing, Mark
from zajedno.web.shared.figures.shown import Key


def sign(key: str, mark: Mark) -> Drawing:
    """A small drawing for a legend; its word stands beside it."""
    return Drawing(key, "", "", 14, [mark], 26)


def legend(chart: str, rows: Iterable[Figure], more: Sequence[tuple[Mark, str]] = ()) -> list[Key]:
    """What is not a plain number, each sign once."""
    found, known = list(more), list(rows)
    if any(one.said == Said.EXACT and one.is_small for one in known):
        found.append((d.dot(13, 7, 6, fill=d.LIGHT), _("On few: one person moves it")))
    if any(one.said == Said.BETWEEN for one in known):
        found.append((d.bar(8, 1, 10, 12, d.LIGHT, stroke=d.BRAND, stroke_width=2), _("Between two numbers")))
    if any(one.said == Said.WITHHELD for one in known):
        found.append((d.bar(6, 0, 14, 14, d.BEHIND["hatch"], stroke=d.LINE), _("Fewer than five, or none")))
    if any(one.said == Said.ABSENT for one in known):
        found.append((d.bar(6, 0, 14, 14, d.BEHIND["none"], stroke=d.LINE), _("Not reckoned")))
    return [Key(sign(f"{chart}-key-{at}", mark), text) for at, (mark, text) in enumerate(found)]


def target_key() -> tuple[Mark, str]:
    return d.line(0, 7, 26, 7, stroke=d.TARGET, wide=2, stroke_dasharray="8 4"), _("Target")


def hidden(one: Figure) -> str:
    """What fills the place of a number that is not told."""
    return d.BEHIND["hatch"] if one.said == Said.WITHHELD else d.BEHIND["none"]
