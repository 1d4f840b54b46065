"""Somebody acted first: who is told who and what, keeps what was typed, and can go on from where the case is now."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.queries.account import names
from zajedno.casework.actions.seen import stamp
from zajedno.casework.queries.case import CaseFile, find
from zajedno.casework.queries.plan import as_it_is
from zajedno.kernel.refusal import Overtaken
from zajedno.web.shared.forms import Form
from zajedno.web.work.labels import move_label, part_label, step_label

_STILL = gettext_lazy("What you wrote is kept below. See whether it still holds, and send it again.")


def look_again(
    form: Form, file: CaseFile, possible: Callable[[CaseFile], bool] = lambda now: True, *, named: bool = True
) -> CaseFile:
    """The case as it is now, when a form with `seen` was refused because somebody acted first; else as it was.

    The form may then be sent again; `form.gone` when what it does is no longer `possible`. `named`: by name, else by
    the part that acts, as parents are told.
    """
    if not is_late(form):
        return file
    now = find(file.by, file.case.uuid)
    if done := _done(now, form.cleaned_data.get("seen"), named):
        form.errors.pop(NON_FIELD_ERRORS)
        form.add_error(None, _("In the meantime: %(done)s.") % {"done": "; ".join(done)})
        form.add_error(None, _what_now(form, now, possible))
    _anew(form, str(now.case.moves_made))
    return now


def _anew(form: Form, seen: str) -> None:
    """The form as it was typed, ready to be sent again from what is seen now."""
    sent: QueryDict = form.data.copy()  # type: ignore[attr-defined]  # sent by a browser: a QueryDict, for what `Form` knows a mapping
    sent["seen"] = seen
    form.data = sent


def line_again(form: Form, row: Any) -> Any:
    """The same for a line of a plan: the line as it is now, to be shown beside what was typed; else None."""
    now = as_it_is(row) if is_late(form) else None
    if now is not None:
        told(form, names({now.written_by or 0}).get(now.written_by or 0) or str(now.at), stamp(now))
    return now


def is_late(form: Form) -> bool:
    return form.refused_with == Overtaken.status


def told(form: Form, who: str, seen: str) -> None:
    """Say who wrote first; what was typed can be sent again, now that the other words are `seen`."""
    form.errors.pop(NON_FIELD_ERRORS)
    form.add_error(None, _("%(who)s has changed this in the meantime. It stands below as it is now.") % {"who": who})
    form.add_error(None, _STILL)
    _anew(form, seen)


def _what_now(form: Form, now: CaseFile, possible: Callable[[CaseFile], bool]) -> str:
    if possible(now):
        return str(_STILL)
    form.gone = True
    step = step_label(now.definition, now.case.step)
    return _(
        "The case is now at “%(step)s”, where this can no longer be done. What you wrote is kept below: copy it if you "
        "need it."
    ) % {"step": step}


def _done(now: CaseFile, seen: Any, named: bool) -> list[str]:
    """What was done since the page was drawn."""
    rows = [row for row in now.moves if seen is not None and row.position > int(seen)]
    who = names({row.account for row in rows}) if named else {}
    said = _("“%(move)s” (%(who)s)")
    return [
        said % {"move": move_label(now.definition, row.move), "who": who.get(row.account) or _makers(now, row.move)}
        for row in rows
    ]


def _makers(now: CaseFile, move: str) -> str:
    rule = now.definition.move.get(move)
    return ", ".join(part_label(now.definition, part) for part in rule.by) if rule else str(now.case.organisation)
