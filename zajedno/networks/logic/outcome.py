"""What the sheets of a round come to, without what too few people said.

The content of an outcome is JSON: `sheets` (how many answered), `sectors` (asked and answered), `figures`, `evidence`
(texts by question), `values` (figures by place, as later rounds and others compare them), `net` (`logic/net.py`) and
`before` (title, day, values and net of the earlier round).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from zajedno.forms.logic.scores.answers import Answers
from zajedno.forms.logic.scores.group import Figure, GroupScore

FEWEST = 3  # answers behind a mean, else it would tell who said what
FEWEST_NETWORKS = 5  # networks behind a mean of others, else it would tell which (`app.round_of_others`)
# What institutions say of working together is said in their names, so it may rest on one of them.
OF_INSTITUTIONS = frozenset({"density", "reciprocity", "cross_sector", "names", "named_by", "pair_intensity"})
_NUMBERS = ("value", "spread", "low", "high")


def by_name(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Nested answers as ways of scoring read them: groups opened, a repeat a list under its own name."""
    flat: dict[str, Any] = {}
    for name, value in answers.items():
        if isinstance(value, Mapping):
            flat |= by_name(value)
        elif isinstance(value, list):
            flat[name] = [by_name(one) if isinstance(one, Mapping) else one for one in value]
        else:
            flat[name] = value
    return flat


def added_up(score: GroupScore, sheets: Sequence[Answers], options: Mapping[str, Any]) -> dict[str, Any]:
    """Figures and evidence of sheets by question name. A question that fewer than three answered is left out first,
    so that it cannot be reckoned back out of a sum. Raises `Impossible` as the score does.
    """
    thin = {one.about[0] for one in score(sheets, options).figures if len(one.about) == 1 and _is_thin(one)}
    thin |= {item + options.get("evidence", "") for item in thin}
    enough = [{name: value for name, value in sheet.items() if name not in thin} for sheet in sheets]
    figures = [_told(one) for one in score(enough, options).figures]
    return {"figures": [_as_json(one) for one in figures], "evidence": _evidence(enough, items(options), options)}


def items(options: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """Questions by dimension, where the form has such: those that consensus is settled on."""
    found: dict[str, Sequence[str]] = options.get("dimensions", {})
    return found


def figures(content: Mapping[str, Any]) -> list[Figure]:
    """Back from the content of an outcome."""
    return [
        Figure(**{**one, "about": tuple(one["about"])} | {name: _number(one[name]) for name in _NUMBERS})
        for one in content.get("figures", ())
    ]


def _is_thin(figure: Figure) -> bool:
    return figure.count < FEWEST and figure.key not in OF_INSTITUTIONS


def _told(figure: Figure) -> Figure:
    if not _is_thin(figure):
        return figure
    return replace(figure, value=None, spread=None, low=None, high=None, band="", flagged=False, doubtful=False)


def _evidence(
    sheets: Sequence[Answers], dimensions: Mapping[str, Collection[str]], options: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Sorted, so that the order does not tell whose they are."""
    ending = options.get("evidence", "")
    questions = [item for group in dimensions.values() for item in group] if ending else []
    told = {item: {text for sheet in sheets if (text := sheet.get(item + ending, "").strip())} for item in questions}
    return {item: sorted(texts) for item, texts in told.items() if texts}


def _as_json(figure: Figure) -> dict[str, Any]:
    numbers = {name: None if (one := getattr(figure, name)) is None else str(one) for name in _NUMBERS}
    return asdict(figure) | {"about": list(figure.about)} | numbers


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
