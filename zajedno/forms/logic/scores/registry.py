"""Ways of scoring by the name that a form's facts give. Those of one sheet are imported when first asked."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from zajedno.forms.logic.scores import attitude, collaboration, rubric, satisfaction
from zajedno.forms.logic.scores.answers import Answers
from zajedno.forms.logic.scores.contract import Facts, Outcome, Score
from zajedno.forms.logic.scores.group import GroupOutcome, GroupScore
from zajedno.forms.logic.scores.later import later

SCORES: dict[str, Callable[[], Score]] = {
    "cfm": partial(later, "cfm.score"),
    "who-growth": partial(later, "growth.score"),
    "who-growth-5-19": partial(later, "growth_school.score"),
    "dropout-risk": partial(later, "dropout.score"),
}
GROUP_SCORES: dict[str, GroupScore] = {
    "self-evaluation": rubric.score,
    "collaboration": collaboration.score,
    "attitude": attitude.score,
    "satisfaction": satisfaction.score,
}


def score(name: str, answers: Mapping[str, str], facts: Facts, options: Mapping[str, Any]) -> Outcome:
    """Of one sheet. Raises KeyError for a name that is none."""
    return SCORES[name]()(answers, facts, options)


def group_score(name: str, sheets: Sequence[Answers], options: Mapping[str, Any]) -> GroupOutcome:
    """Of many sheets of one form. Raises KeyError for a name that is none."""
    return GROUP_SCORES[name](sheets, options)
