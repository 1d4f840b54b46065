"""What an indicator is, in the language in use; and where its figures come from. The only door to the room `figures`:
whatever is shown here is made of `Figure`s and of this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zajedno.figures import queries
from zajedno.figures.logic.figure import Figure
from zajedno.figures.logic.target import OF_ANY_SIZE, Aim
from zajedno.kernel.labels import label
from zajedno.places.queries.territory import by_code

if TYPE_CHECKING:
    from zajedno.places.models import Territory

STEP = "step"
PLAIN = ("code", "kind", "unit", "per", "better", "method", "source", "owner", "room", "verified",
         "small_below", "period")  # fmt: skip


@dataclass(frozen=True)
class Told:
    """An indicator as it is defined. `kind`: share, rate, count, median, mean, money; `better`: higher, lower,
    neither. `target`: of its file, or of the place that is shown (`of_place`); `whose`: the other place whose it is."""

    code: str
    name: str
    kind: str = "share"
    unit: str = ""
    per: int = 100
    better: str = "neither"
    definition: str = ""
    numerator: str = ""
    denominator: str = ""
    method: int = 1
    source: str = ""
    owner: str = ""
    room: str = ""
    verified: bool = True
    by: tuple[str, ...] = ()
    target: Aim | None = None
    whose: str = ""
    small_below: int = 0
    period: str = "year"

    @property
    def is_share(self) -> bool:
        """Of a hundred: a share told per 1,000 is neither a fraction in words nor per cent."""
        return self.kind == "share" and self.per == 100

    @property
    def line(self) -> Decimal | None:
        """Where a target can be drawn over parts of a place: none of what adds up."""
        return self.target.value if self.target is not None and self.kind in OF_ANY_SIZE else None

    @property
    def axes(self) -> list[str]:
        """By which it may be divided; steps of a procedure are a drawing of their own."""
        return [axis for axis in self.by if axis != STEP]

    @property
    def in_bands(self) -> bool:
        """The middle of days or months is told as the band in which it lies, so that nobody's own is told."""
        return self.kind in ("median", "mean")


def told(code: str) -> Told | None:
    """None where nobody defined it."""
    row = queries.definition(code)
    return _told(row) if row is not None else None


def all_told() -> dict[str, Told]:
    return {row.code: _told(row) for row in queries.definitions()}


def of_place(known: Sequence[Told], place: "Territory") -> list[Told]:
    """With the target of the place, or the nearest above it, in place of that of the file."""
    found = queries.aims(_asked(known), [place.code])
    aims = [found.get((place.code, one.code)) for one in known]
    names = {aim.place: _name(aim.place) for aim in aims if aim is not None and aim.place not in ("", place.code)}
    return [
        replace(one, target=aim, whose=names.get(aim.place, "") if aim is not None else "")
        for one, aim in zip(known, aims, strict=True)
    ]


def aims(known: Sequence[Told], places: Sequence[str]) -> Mapping[tuple[str, str], Aim]:
    """By place and indicator, for what is taken out."""
    return queries.aims(_asked(known), places)


def _asked(known: Sequence[Told]) -> dict[str, tuple[str, Decimal | None]]:
    return {one.code: (one.kind, one.target.value if one.target is not None else None) for one in known}


def _name(code: str) -> str:
    found = by_code(code)
    return found.name if found is not None else code


def figures(indicator: str, places: Sequence[str], periods: Sequence[str], by: Sequence[str] = ("",)) -> list[Figure]:
    return queries.figures(indicator, places, periods, by)


def released(country: str) -> Mapping[str, list[str]]:
    """Codes of indicators, each with its periods, the newest first."""
    return queries.indicators_released(country)


def figures_of_many(indicators: Sequence[str], places: Sequence[str], periods: Sequence[str]) -> list[Figure]:
    """Wholes of several indicators at once."""
    return queries.figures_of_many(indicators, places, periods)


def is_late(indicator: str, country: str, period: str) -> bool:
    """Did more of the period come after its newest edition than may be left untold?"""
    return queries.is_late(indicator, country, period)


def last_change() -> tuple[int, ...]:
    """Another when an edition has come, what came after one is known, or a target was set or ended."""
    return queries.last_change()


def _told(row: Any) -> Told:
    words = {key: label(row.words.get(key, {})) for key in ("name", "definition", "numerator", "denominator")}
    plain = {key: getattr(row, key) for key in PLAIN}
    aim = Aim(row.target) if row.target is not None else None
    return Told(**{"target": aim, **plain, **words, "name": words["name"] or row.code, "by": tuple(row.by)})
