"""What a form asks: its words, and the answers that a round knows before anybody writes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zajedno.forms.logic.form import Form
from zajedno.forms.logic.parts import Option, Repeat
from zajedno.forms.logic.sheet import Sheet

PARTNERS, PARTNER = "partners", "partner"  # as `forms.logic.scores.collaboration` reads them
# The forms of the packs ask for a sector in codes of their own.
SECTORS = {"local_government": "municipality", "social_protection": "social", "civil_society": "civil"}


def question(form: Form, name: str, language: str) -> str:
    """The words of a question; its name when the form has none."""
    found = form.question(name)
    return (form.plain(found.label, language) if found else "") or name


def options(form: Form, name: str) -> Sequence[Option]:
    """All choices of a question."""
    found = form.question(name)
    return found.choices.every if found and found.choices else ()


def begun(form: Form, own: Mapping[str, str], partners: Sequence[str], today: date) -> dict[str, Any]:
    """A new draft: `own` answers by name of a question, where the form asks them, and a turn for each partner."""
    sheet = Sheet(form, today=today)
    for name, answer in own.items():
        asked, allowed = form.question(name), {one.name for one in options(form, name)}
        if asked and (answer in allowed or not asked.choices):
            sheet.put(asked.path, answer)
    for repeat in form.nodes.values():
        if isinstance(repeat, Repeat) and repeat.name == PARTNERS:
            _one_turn_each(sheet, repeat, partners)
    return sheet.draft()


def _one_turn_each(sheet: Sheet, repeat: Repeat, partners: Sequence[str]) -> None:
    for turn, partner in enumerate(partners, 1):
        path = sheet.add(repeat.path) if turn > repeat.begun else f"{repeat.path}[{turn}]"
        sheet.put(f"{path}/{PARTNER}", partner)
