"""Reads single answers and cells as the codes of a questionnaire."""

from collections.abc import Collection, Mapping
from typing import Any

Answers = Mapping[str, Any]  # text by question name; for a repeat, a list of the same
EMPTY = frozenset({"", ".", "NA", "N/A", "NULL", "null"})  # as statistical programs write what is not there


class Impossible(ValueError):
    """A sentence naming the question, never what stands there: it may be about a child."""


def code(answers: Answers, question: str, allowed: Collection[str], missing: Collection[str] = ()) -> str:
    """The code answered; "" where nothing is, or one of `missing`. A spreadsheet's "3.0" is 3.

    Raises `Impossible` for anything else.
    """
    text: str = answers.get(question, "")
    if text in allowed or (text := text.strip().removesuffix(".0")) in allowed:
        return text
    if text in EMPTY or text in missing:
        return ""
    raise Impossible(f"{question} is none of {', '.join(sorted(allowed))}")
