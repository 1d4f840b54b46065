"""Ways of scoring by the name that a form's facts give. Growth, which carries tables, is imported when first asked."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from zajedno.forms.logic.scores import attitude, cfm, collaboration, dropout, rubric, satisfaction
from zajedno.forms.logic.scores.answers import Answers
from zajedno.forms.logic.scores.contract import Facts, Outcome, Score
from zajedno.forms.logic.scores.group import GroupOutcome, GroupScore


def _later(module: str) -> Score:
    def score(answers: Mapping[str, str], facts: Facts, options: Mapping[str, Any]) -> Outcome:
        outcome: Outcome = import_module(f"zajedno.forms.logic.scores.{module}").score(answers, facts, options)
        return outcome

    return score


SCORES: dict[str, Score] = {
    "cfm": cfm.score,
    "who-growth": _later("growth"),
    "who-growth-5-19": _later("growth_school"),
    "dropout-risk": dropout.score,
}
GROUP_SCORES: dict[str, GroupScore] = {
    "self-evaluation": rubric.score,
    "collaboration": collaboration.score,
    "attitude": attitude.score,
    "satisfaction": satisfaction.score,
}


def score(name: str, answers: Mapping[str, str], facts: Facts, options: Mapping[str, Any]) -> Outcome:
    """Of one sheet. Raises KeyError for a name that is none."""
    return SCORES[name](answers, facts, options)


def group_score(name: str, sheets: Sequence[Answers], options: Mapping[str, Any]) -> GroupOutcome:
    """Of many sheets of one form. Raises KeyError for a name that is none."""
    return GROUP_SCORES[name](sheets, options)
