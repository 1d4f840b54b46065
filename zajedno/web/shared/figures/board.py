"""Where pages of figures are mounted: each desk brings its own board, with the places that may be chosen on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.figures.logic.figure import Figure
from zajedno.figures.logic.period import next_ends
from zajedno.places.queries.territory import tree
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Select
from zajedno.web.shared.figures import naming
from zajedno.web.shared.figures.told import Told, last_change
from zajedno.web.shared.forms import Form
from zajedno.web.shared.pieces import Link

if TYPE_CHECKING:
    from zajedno.places.models import Territory

AREAS = "areas"
AMONG = {
    AREAS: gettext_lazy("Districts and cantons"), "seed20": gettext_lazy("The first 20 municipalities"),
    "spis": gettext_lazy("Municipalities of SPIS"),
}  # fmt: skip


@dataclass(frozen=True)
class Board:
    """`places`: (place, depth in the list), the first is the usual one. `wide`: all municipalities beside each other,
    as who answers for a country sees them. `rooms`: only indicators that are counted there. `behind`: where the rows
    of a figure open, for who may see them. `targets`: where those of its places are listed; `may_target`: may who asks
    set one there?"""

    home: str
    country: str
    places: Sequence[tuple["Territory", int]]
    wide: bool = False
    rooms: frozenset[str] = frozenset()
    behind: Callable[[Figure], Link | None] = lambda figure: None
    targets: str = ""
    may_target: Callable[["Territory"], bool] = lambda place: False
    base: str = "base.html"  # the frame of the desk
    nav: Sequence[Mapping[str, Any]] = ()
    nav_label: str = ""
    crumbs: Sequence[Link] = ()

    @cached_property
    def by_code(self) -> dict[str, "Territory"]:
        return {place.code: place for place, _depth in self.places}

    @cached_property
    def last_change(self) -> tuple[int, ...]:
        return last_change()

    @property
    def usual(self) -> "Territory":
        return self.places[0][0]

    @property
    def frame(self) -> dict[str, Any]:
        """What the templates take of the desk."""
        return {"base": self.base, "nav": self.nav, "nav_label": self.nav_label, "crumbs": self.crumbs}

    def shows(self, told: Told) -> bool:
        return not self.rooms or told.room in self.rooms


@dataclass(frozen=True)
class Choice:
    """What was chosen on a page. `among`: of which municipalities, where not of all."""

    place: "Territory"
    period: str
    by: str = ""
    among: str = ""

    def query(self, **other: str) -> str:
        values = {"place": self.place.code, "period": self.period, "by": self.by, "among": self.among} | other
        return urlencode({key: value for key, value in values.items() if value})


def chosen(board: Board, asked: QueryDict, periods: Sequence[str], axes: Sequence[str] = ()) -> Choice:
    """What is asked for, where it may be chosen; else the usual. A page without a choice is a page all the same."""
    period, by, among = asked.get("period", ""), asked.get("by", ""), asked.get("among", "")
    return Choice(
        board.by_code.get(asked.get("place", ""), board.usual),
        period if period in periods else next(iter(periods), ""),
        by if by in axes else next(iter(axes), ""),
        among if among in AMONG and board.wide else "",
    )


class Choosing(Form):
    """The choosers of a page; it is sent by GET."""

    place = Select(label=gettext_lazy("Place"), required=False, optional=False, empty=None)
    period = Select(label=gettext_lazy("Period"), required=False, optional=False, empty=None)
    by = Select(label=gettext_lazy("Divided by"), required=False, optional=False, empty=None)
    among = Select(
        label=gettext_lazy("Among"), required=False, optional=False, empty=gettext_lazy("All municipalities")
    )


def choosing(board: Board, choice: Choice, periods: Sequence[str], axes: Sequence[str] = ()) -> Choosing:
    """Only what can be chosen is asked."""
    form = Choosing(initial={"place": choice.place.code, "period": choice.period, "by": choice.by,
                             "among": choice.among})  # fmt: skip
    form.fill("place", [(place.code, f"{naming.NBSP * 3 * depth}{place.name}") for place, depth in board.places])
    form.fill("period", [(period, period) for period in periods])
    form.fill("by", [(axis, naming.axis(axis)) for axis in axes])
    form.fill("among", list(AMONG.items()))
    for name, count in (("place", len(board.places)), ("period", len(periods)), ("by", len(axes))):
        if count < 2:
            del form.fields[name]
    if not board.wide:
        del form.fields["among"]
    return form


def whole_country(country: str) -> list[tuple["Territory", int]]:
    """The country and all that lies in it, without settlements, in reading order."""
    return [(place, depth) for place, depth in tree(country) if place.kind != "settlement"]


def around(own: Sequence["Territory"]) -> list[tuple["Territory", int]]:
    """Own places first, then what each lies in, up to the country."""
    found = {place.pk: place for place in own}
    for place in own:
        above = place.parent
        while above is not None:
            found.setdefault(above.pk, above)
            above = above.parent
    return [(place, 0) for place in found.values()]


def nothing_yet(today: date) -> list[str]:
    """What a page says before anything is released: when the next edition comes."""
    year, school = next_ends(today)
    about = {"year": day(year), "school": day(school)}
    return [_("A period is reckoned once, when it is over: the calendar year from %(year)s on, the school year from "
              "%(school)s on.") % about]  # fmt: skip
