"""Reads single answers and cells as the codes of a questionnaire."""

from collections.abc import Collection, Mapping
from typing import Any

Answers = Mapping[str, Any]  # text by question name; for a repeat, a list of the same


class Impossible(ValueError):
    """A sentence naming the question and what stands there."""


def code(answers: Answers, question: str, allowed: Collection[str], missing: Collection[str] = ()) -> str:
    """The code answered; "" where nothing is, or one of `missing`. A spreadsheet's "3.0" is 3.

    Raises `Impossible` for anything else.
    """
    text: str = answers.get(question, "")
    if text in allowed or (text := text.strip().removesuffix(".0")) in allowed:
        return text
    if not text or text in missing:
        return ""
    raise Impossible(f"{question}: “{text}” is none of {', '.join(sorted(allowed))}")
