"""Risk index of dropping out: items in six groups at level 0, 1 or 2, weighted; and levels that registers propose.

index = Σ weight · level / Σ weight · 2 · 100 over the items answered, rounded half up to a tenth; the band is read from
what was rounded. An item not answered counts neither above nor below the line and is named; where the answered ones
carry less than `least_answered` percent of all weights, no index is said. Items, weights, bands and thresholds are
facts of the form.

Our own construction (criteria: Centre for Education Policy, 2016; its weights are not published), until the official
instrument is loaded. It proposes; people decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zajedno.forms.logic.scores.answers import Answers, code
from zajedno.forms.logic.scores.contract import Facts, Finding, Outcome
from zajedno.forms.logic.scores.group import band

LEVELS = ("0", "1", "2")
HIGHEST = 2
TENTH = Decimal("0.1")
Number = int | float | Decimal


def score(answers: Mapping[str, str], facts: Facts, options: Mapping[str, Any]) -> Outcome:
    """First `index` with its band, then each group's own index. Raises `Impossible` for a level that is none.

    options: `groups` (item: weight, by group), `bands` (lowest index, by band), `flag_from` (a band: from there on a
    finding asks for attention), `least_answered` (percent).
    """
    groups: Mapping[str, Mapping[str, int]] = options["groups"]
    levels = {item: code(answers, item, LEVELS) for group in groups.values() for item in group}
    weights = {item: weight for group in groups.values() for item, weight in group.items()}
    index = _finding("index", weights, levels, options, options["least_answered"])
    parts = [_finding(key, group, levels, options, 0) for key, group in groups.items()]
    return Outcome((index, *parts), tuple(item for item, level in levels.items() if not level))


def _finding(
    key: str, weights: Mapping[str, int], levels: Answers, options: Mapping[str, Any], least: Number
) -> Finding:
    answered = {item: weight for item, weight in weights.items() if levels[item]}
    below = HIGHEST * sum(answered.values())
    if not below or sum(answered.values()) * 100 < least * sum(weights.values()):
        return Finding(key, None, "points")
    above = sum(weight * int(levels[item]) for item, weight in answered.items())
    value = (Decimal(100 * above) / below).quantize(TENTH, ROUND_HALF_UP)
    bands: Mapping[str, int] = options["bands"]
    return Finding(key, value, "points", band(value, bands), flagged=value >= bands[options["flag_from"]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Absences:
    """Lessons of one school year so far; None: not known. `after_notice`: unexcused since the parents were warned."""

    unexcused: int | None = None
    after_notice: int | None = None
    share: Number | None = None  # percent of the lessons held, excused and unexcused


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """`negative`: subjects failed at the last closing; `fall`: of the mean since the closing before."""

    negative: int | None = None
    fall: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    repeated: int | None = None  # grades
    years_over_age: int | None = None


def automatic_levels(
    absences: Absences, marks: Marks, history: History, rules: Sequence[Mapping[str, Any]]
) -> dict[str, int]:
    """Level by item that the school's own registers propose, the highest of the rules that hold.

    rules (`automatic` of the form's options): `item`, `level`, and measures all of which must be reached (`from`) or
    exceeded (`over`). An item is 0 only where one of its mildest rules could be tried and did not hold, else it is left
    out: what is not known is no risk of zero.
    """
    known = asdict(absences) | asdict(marks) | asdict(history)
    mildest: dict[str, int] = {}
    for rule in rules:
        mildest[rule["item"]] = min(rule["level"], mildest.get(rule["item"], HIGHEST))
    found: dict[str, int] = {}
    for rule in rules:
        item, level, holds = rule["item"], rule["level"], _holds(rule, known)
        if holds or (holds is False and level == mildest[item]):
            found[item] = max(found.get(item, 0), level if holds else 0)
    return found


def _holds(rule: Mapping[str, Any], known: Mapping[str, Number | None]) -> bool | None:
    """None: cannot be told."""
    tried = [_reached(known[name], limit, over=False) for name, limit in rule.get("from", {}).items()]
    tried += [_reached(known[name], limit, over=True) for name, limit in rule.get("over", {}).items()]
    return False if False in tried else None if None in tried else True


def _reached(value: Number | None, limit: Number, *, over: bool) -> bool | None:
    return None if value is None else value > limit if over else value >= limit
