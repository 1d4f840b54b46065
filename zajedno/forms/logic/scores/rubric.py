"""Self-evaluation of a network or institution: levels 0-3 with evidence, by several people, and what they agreed on.

A sheet whose `voice` is `consensus` holds what the meeting agreed: it wins over the mean of the others, item by item,
and the last one wins. Own construction over public dimensions; how it was answered matters more than its number.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from zajedno.forms.logic.scores.answers import Answers, code
from zajedno.forms.logic.scores.group import Figure, GroupOutcome, band, mean, rounded, spread

LEVELS = ("0", "1", "2", "3")
CANNOT_SAY = ("9",)
NEEDS_EVIDENCE = 2  # from this level on


def score(sheets: Sequence[Answers], options: Mapping[str, Any]) -> GroupOutcome:
    """`level` of all, then of each dimension, then of each item; `spread` is between people, consensus apart.

    options: `dimensions` (items by dimension), `evidence` (what stands after an item's name in its question for
    evidence), `bands` (lowest level by band), `flag_below` (a band). Raises `Impossible` for a level that is none.
    """
    voices = [sheet for sheet in sheets if sheet.get("voice") != "consensus"]
    agreed = [sheet for sheet in sheets if sheet.get("voice") == "consensus"]
    items = {item: _item(item, voices, agreed, options) for group in options["dimensions"].values() for item in group}
    dimensions = [_summed((key,), group, items, voices, options) for key, group in options["dimensions"].items()]
    values = [float(one.value) for one in dimensions if one.value is not None]
    everything = [item for group in options["dimensions"].values() for item in group]
    overall = _summed((), everything, items, voices, options, mean(values))
    return GroupOutcome((overall, *dimensions, *items.values()), len(voices))


def _item(item: str, voices: Sequence[Answers], agreed: Sequence[Answers], options: Mapping[str, Any]) -> Figure:
    levels = _levels(item, voices)
    consensus = _levels(item, agreed)
    value = consensus[-1] if consensus else mean(levels)
    has_evidence = any(sheet.get(item + options["evidence"], "").strip() for sheet in [*voices, *agreed])
    doubtful = value is not None and value >= NEEDS_EVIDENCE and not has_evidence
    return _figure(value, (item,), levels, options, doubtful)


def _summed(
    about: tuple[str, ...],
    group: Sequence[str],
    items: Mapping[str, Figure],
    voices: Sequence[Answers],
    options: Mapping[str, Any],
    value: float | None = None,
) -> Figure:
    """Mean of the items' values, unless given; people differ by the means of their own levels."""
    found = [float(figure.value) for item in group if (figure := items[item]).value is not None]
    people = [
        own for sheet in voices if (own := mean([x for item in group for x in _levels(item, [sheet])])) is not None
    ]
    doubtful = any(items[item].doubtful for item in group)
    return _figure(mean(found) if value is None else value, about, people, options, doubtful)


def _levels(item: str, sheets: Sequence[Answers]) -> list[float]:
    return [float(level) for sheet in sheets if (level := code(sheet, item, LEVELS, CANNOT_SAY))]


def _figure(
    value: float | None, about: tuple[str, ...], people: Sequence[float], options: Mapping[str, Any], doubtful: bool
) -> Figure:
    shown = rounded(value)
    bands = options["bands"]
    return Figure(
        "level",
        shown,
        about,
        len(people),
        spread(people),
        rounded(min(people, default=None)),
        rounded(max(people, default=None)),
        "points",
        band(shown, bands),
        flagged=shown is not None and shown < bands[options["flag_below"]],
        doubtful=doubtful,
    )
