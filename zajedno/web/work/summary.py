"""Check your answers: what a draft says, in cards with a link to change it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zajedno.web.shared.dates import DateField, day
from zajedno.web.shared.pieces import Link, Row
from zajedno.web.work.draft import ORDER, STEPS, Draft


def summaries(draft: Draft) -> list[tuple[Any, list[Row]]]:
    """A card for each step: its title and rows. Only what was answered is shown."""
    return [(STEPS[step], _rows(draft, step)) for step in ORDER[:-1]]


def _rows(draft: Draft, step: str) -> list[Row]:
    change = [Link(_("Change"), f"{draft.address}{step}/", STEPS[step])]
    if step == "child" and draft.known:
        return [Row(_("Child"), [draft.known.full_name, day(draft.known.birth_date)], change)]
    form = draft.saved(step)
    valid = form.is_valid()
    answered = form.cleaned_data if valid else {}
    rows = [
        Row(form.fields[name].label, _shown(form.fields[name], answered[name]))
        for name in form.fields
        if answered.get(name) not in (None, "", [], False) and _asked(name, answered)
    ]
    if not rows:
        return [Row(STEPS[step], _("Nothing entered") if valid else _("Not finished yet"), change)]
    return [Row(rows[0].key, rows[0].value, change), *rows[1:]]


def _asked(name: str, answered: dict[str, Any]) -> bool:
    """What is ticked of a second parent says nothing when there is none."""
    person, _sep, what = name.partition("_")
    return what != "represents" or bool(answered.get(f"{person}_name"))


def _shown(field: forms.Field, value: Any) -> Any:
    """A cleaned value as the person chose it."""
    if isinstance(field, DateField):
        return day(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices = {str(key): text for key, text in getattr(field, "choices", [])}
    if isinstance(value, list):
        return [str(choices.get(one, one)) for one in value]
    return str(choices.get(value, value)) if choices else value
