"""Narrative of a case, opened for an actor whose ties allow it."""

import json
from typing import Any, Final

from zajedno.casework.queries.case import CaseFile
from zajedno.children.enums import Field
from zajedno.procedures.logic.definition import Definition

# The part of the file that words of a case belong to: the first of these that its procedure opens to anybody.
_OF_WORDS: Final = (
    Field.VIOLENCE, Field.REQUEST, Field.EDUCATION, Field.HEALTH, Field.SOCIAL, Field.PLAN, Field.REPORTS,
)  # fmt: skip


def opened_by(definition: Definition) -> set[str]:
    """Every part of a file that the procedure opens to somebody."""
    return {field for tie in definition.all_ties() for field in tie.fields}


def part_of_words(definition: Definition) -> str:
    """Who has this part of the file open reads what was written at moves of the case."""
    opened = opened_by(definition)
    return next((field for field in _OF_WORDS if field in opened), Field.REQUEST)


def request_of(file: CaseFile) -> dict[str, Any]:
    """The request's content for an actor whose ties open it; empty otherwise."""
    row = getattr(file.case, "request", None)
    if row is None or not row.text or "request" not in file.fields:
        return {}
    content: dict[str, Any] = json.loads(row.text)
    return content


def joint_opinion_of(file: CaseFile) -> dict[str, str]:
    """Content of the joint opinion, for those whose ties open opinions; empty otherwise."""
    row = getattr(file.case, "joint_opinion", None)
    if row is None or not file.fields & {"opinions", "plan"}:
        return {}
    content: dict[str, str] = json.loads(row.text)
    return content
