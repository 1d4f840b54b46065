"""Notes: what was done and said. They are never changed; a mistake is corrected by another note."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions.note import write_note
from zajedno.casework.enums import Heard, Seal
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.content import opened_by, part_of_words
from zajedno.casework.queries.note import notes_of, seals_open
from zajedno.casework.rules import REPORT_FOLLOW_UP, WRITE_NOTE
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.fields import DateField, LongText, Radios
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Moment, Tag
from zajedno.web.work.frame import address, case_page, show

# Which parts of the file let somebody read a note of a kind; what one's own institution wrote stays readable to it.
READABLE = {
    Heard.CHILD: {"opinions"},
    Heard.PARENT: {"opinions"},
    Heard.TRUSTED: {"opinions"},
    Heard.OBSERVATION: {"opinions"},
    Heard.INFORMED: {"request"},
    Heard.DELIVERED: {"plan"},
    Heard.FOLLOW_UP: {"reports"},
    Heard.FAMILY: {"request"},
    Heard.NOTE: {"request"},
}


SEALS = {Seal.HEALTH: gettext_lazy("Note on health"), Seal.VIOLENCE: gettext_lazy("Note on violence")}


class NoteForm(Form):
    kind = Radios(label=gettext_lazy("What happened"), choices=Heard.choices, small=True)
    happened_on = DateField(label=gettext_lazy("Day"), latest=today)
    text = LongText(
        label=gettext_lazy("What was done and said"), rows=7,
        help_text=gettext_lazy("Only what the case needs. A note is not changed later: another one corrects it."),
    )  # fmt: skip

    seal = Radios(
        label=gettext_lazy("Who may read it"), required=False, optional=False, small=True,
        help_text=gettext_lazy("A note on health or violence: others do not even see that it is there."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Actor, seals: list[Seal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("kind", kinds(by))
        if seals:
            everybody = _("Everybody whose part in the case opens it")
            self.fill("seal", [("", everybody), *((one.value, one.label) for one in seals)])
        else:
            del self.fields["seal"]


def kinds(by: Actor) -> list[tuple[str, Any]]:
    """Kinds that the person's posts may write down."""
    return [
        (value, text) for value, text in Heard.choices
        if value != Heard.FAMILY and by.may((REPORT_FOLLOW_UP if value == Heard.FOLLOW_UP else WRITE_NOTE).key)
    ]  # fmt: skip


@case_page("history")
def note(request: HttpRequest, file: CaseFile, kind: str = "") -> HttpResponse:
    """Write a note; `kind` preselects what happened."""
    if kind and kind not in Heard.values:
        raise NotFound("")
    form = NoteForm(
        request.POST or None, by=file.by, seals=seals_open(file), initial={"kind": kind, "happened_on": file.by.today}
    )
    if form.is_valid() and attempt(form, lambda: write_note(by=file.by, file=file, **form.cleaned_data)):
        messages.success(request, _("The note is kept."))
        return redirect(address(file))
    return show(
        request, file, "history", "form", form=form, title=_("Write a note"), back=address(file), go=_("Keep the note")
    )


def readable(file: CaseFile, row: Any) -> bool:
    """A sealed note that was found is open; of others, what one's own institution wrote and what the ties open. Where
    the procedure opens to nobody what a note of the kind belongs to, it is read as what is written at moves."""
    own = bool(row.seal) or row.written_by == file.by.account or row.organisation_id in file.by.keys
    parts = READABLE.get(row.kind, set()) & opened_by(file.definition) or {part_of_words(file.definition)}
    return own or bool(file.fields & parts)


@dataclass(frozen=True)
class Entry:
    """Something that happened, not yet unsealed: `show` makes it a moment of the timeline, given its author's name."""

    day: date
    written: datetime
    author: int
    show: Callable[[str], Moment]


def note_entries(file: CaseFile) -> list[Entry]:
    """Notes the person may read."""
    rows = [row for row in notes_of(file).select_related("organisation") if readable(file, row)]
    return [Entry(row.happened_on, row.written_on, row.written_by, partial(_note, file, row)) for row in rows]


def _note(file: CaseFile, row: Any, who: str) -> Moment:
    row.case = file.case
    by = ", ".join(part for part in (who, str(row.organisation or "")) if part)
    tag = Tag(SEALS[row.seal], "wait") if row.seal else Tag(_("Note"), "plain")
    return Moment(Heard(row.kind).label, row.happened_on, text=row.text, byline=by, tag=tag)
