"""The scale of each criterion of a review, as `data/practice/criteria.csv` suggests it."""

from collections.abc import Mapping

FULL = (0, 1, 2, 3, 4)
FAIL, PASS = 0, 4
ETHICS, RISK = "ethics", "risk"


def scale(criterion: str) -> tuple[int | None, ...]:
    """Marks that may be given; None says that the criterion does not apply."""
    if criterion == ETHICS:
        return (FAIL, PASS)
    return (*FULL, None) if criterion == RISK else FULL


def fits(marks: Mapping[str, int | None], criteria: list[str]) -> bool:
    """Is there a mark for each criterion, on its scale, and none for another?"""
    return set(marks) == set(criteria) and all(marks[key] in scale(key) for key in criteria)
