"""Narrative of a case, opened for an actor whose ties allow it."""

import json
from typing import Any

from zajedno.casework.queries.case import CaseFile


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
