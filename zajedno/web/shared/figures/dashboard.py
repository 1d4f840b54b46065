"""One indicator at one place: its charts, in the order in which they are read."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from zajedno.figures.logic.figure import Figure
from zajedno.figures.logic.sentence import middle
from zajedno.places.logic.similar import How
from zajedno.places.queries.similar import similar_to
from zajedno.places.queries.territory import children, marked, units
from zajedno.web.shared.figures import naming
from zajedno.web.shared.figures.bars import compared, inside, parts
from zajedno.web.shared.figures.board import AREAS, Board, Choice
from zajedno.web.shared.figures.completeness import completeness
from zajedno.web.shared.figures.funnel import funnel
from zajedno.web.shared.figures.map import mapped
from zajedno.web.shared.figures.shown import Shown
from zajedno.web.shared.figures.told import STEP, Told, figures
from zajedno.web.shared.figures.trend import trend

if TYPE_CHECKING:
    from zajedno.places.models import Territory

MOST_PERIODS = 12


def charts(board: Board, told: Told, choice: Choice, periods: Sequence[str]) -> list[Shown]:
    """`periods` in which the indicator was released, the newest first."""
    place, code = choice.place, told.code
    through = figures(code, [place.code], periods[:MOST_PERIODS])
    found = [trend(told, through, place.name, choice.period)]
    if STEP in told.by:
        steps = figures(code, [place.code], [choice.period], [STEP])
        found.append(funnel(told, _divided(steps), naming.STEPS, place.name))
    if choice.by:
        divided = figures(code, [place.code], [choice.period], [choice.by])
        found.append(parts(told, choice.by, _divided(divided), place.name))
    found += [*_inside(told, choice), *_beside(told, choice), *_everywhere(board, told, choice)]
    return [*found, completeness(told, through, place.name, choice.period)]


def _divided(found: Iterable[Figure]) -> list[Figure]:
    """Without the whole, which stands in the trend."""
    return [one for one in found if one.word]


def _inside(told: Told, choice: Choice) -> list[Shown]:
    """What lies directly in a country, region or district."""
    if choice.place.is_unit:
        return []
    rows = [one for one in children(choice.place) if one.kind != "settlement"]
    if not rows:
        return []
    found = figures(told.code, [one.code for one in rows], [choice.period])
    return [inside(told, found, _names(rows), choice.place.name)]


def _beside(told: Told, choice: Choice) -> list[Shown]:
    """A municipality beside those like it."""
    group = similar_to(choice.place)
    if group.how == How.NONE:
        return []
    how = {
        How.PROFILE: _("Beside municipalities with about as many children and a population like this one."),
        How.NEARBY: _("Beside municipalities nearby with about as many people; children there are not counted."),
    }[group.how]  # fmt: skip
    rows = [one for one in units(choice.place.country_id) if one.code in group.codes]
    found = figures(told.code, [choice.place.code, *group.codes], [choice.period])
    own = [one for one in found if one.place == choice.place.code]
    others = [one for one in found if one.place != choice.place.code]
    told_of = any(middle(one) is not None for one in others)
    return [compared(told, own[0], others, _names([choice.place, *rows]), how)] if own and told_of else []


def _everywhere(board: Board, told: Told, choice: Choice) -> list[Shown]:
    """All municipalities of the country, those of a programme, or districts."""
    if not board.wide:
        return []
    rows = list(_among(board, choice))
    found = figures(told.code, [one.code for one in rows], [choice.period])
    here = f"{board.home}{told.code}/"
    return [mapped(told, found, {one.code: one for one in rows}, board.country, here, choice.period)] if rows else []


def _among(board: Board, choice: Choice) -> "Iterable[Territory]":
    if choice.among == AREAS:
        return [place for place, _depth in board.places if place.kind in ("district", "canton")]
    return marked(board.country, choice.among) if choice.among else units(board.country)


def _names(rows: "Iterable[Territory]") -> dict[str, str]:
    return {one.code: one.name for one in rows}
