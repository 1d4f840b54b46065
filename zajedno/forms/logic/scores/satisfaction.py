"""Satisfaction of parents or users: share satisfied and mean, in all and of each question. Anonymous, not weighted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from zajedno.forms.logic.scores import attitude
from zajedno.forms.logic.scores.answers import Answers
from zajedno.forms.logic.scores.group import GroupOutcome


def score(sheets: Sequence[Answers], options: Mapping[str, Any]) -> GroupOutcome:
    """`satisfied` (%) with its 95 % confidence interval and `mean` (points, 1-5): of all together, then each question.

    Of several questions a person's own mean counts. options: `items`; `satisfied_from` (lowest answer that is
    satisfied); `flag_below` (percent); `least` (fewer sheets or answers show nothing). Raises `Impossible`.
    """
    found = attitude.score(
        sheets, {"items": options["items"], "agree_from": options["satisfied_from"], "least": options["least"]}
    )
    figures = [
        replace(one, key="satisfied", flagged=one.value is not None and one.value < options["flag_below"])
        if one.key == "agree"
        else one
        for one in found.figures
    ]
    return replace(found, figures=tuple(figures), effective=None)
