"""What a move asks for, as fields of a form: one entry a name of `procedures.logic.needs.ASKS`; a test demands all."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.queries.account import by_ids
from zajedno.casework.actions.given import AUTOMATIC, next_number
from zajedno.casework.actions.note import Sent
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.clause import offered
from zajedno.casework.queries.note import papers_of
from zajedno.casework.queries.sitting import local, planned
from zajedno.kernel.clock import ZONE, today
from zajedno.kernel.labels import label
from zajedno.procedures.logic.needs import ASKS, named
from zajedno.web.shared.agreements import clause_label
from zajedno.web.shared.fields import Checks, DateField, LongText, Select, Suggest, Text
from zajedno.web.shared.uploads import UploadField
from zajedno.web.work import people
from zajedno.web.work.opinions import own_draft
from zajedno.web.work.seeking import Said, seek_fields

NEW = "new"
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
Fields = dict[str, forms.Field]


@dataclass(frozen=True)
class Ask:
    """`fields(file, required)` are the inputs; `read(file, cleaned)` the answer as `move_case` takes it."""

    fields: Callable[[CaseFile, bool], Fields]
    read: Callable[[CaseFile, Mapping[str, Any]], Any]


def _one(name: str, make: Callable[..., forms.Field], **options: Any) -> Ask:
    """A single input whose cleaned value is the answer."""
    return Ask(
        lambda file, required: {name: make(label=_(ASKS[name]), required=required, **options)},
        lambda file, data: data.get(name),
    )


def _chosen(name: str, choices: Callable[[CaseFile], people.Choices], help_text: Any = "") -> Ask:
    """One account out of people that suit."""
    return Ask(
        lambda file, required: {
            name: Suggest(label=_(ASKS[name]), required=required, choices=choices(file), help_text=help_text)
        },
        lambda file, data: by_ids([int(data[name])]).get(int(data[name])) if data.get(name) else None,
    )


def _number(file: CaseFile, required: bool) -> Fields:
    hint = _("The next number of the commission is proposed. Write another one if the case has it already.")
    suggested = file.case.number or next_number(file.case, file.by.today, take=False)
    return {
        "registry_number": Text(
            label=_(ASKS["registry_number"]),
            required=required,
            initial=suggested,
            help_text=hint,
            max_length=60,
            width="one-half",
        ),
        "proposed": forms.CharField(widget=forms.HiddenInput, required=False, initial=suggested),
    }


def _read_number(file: CaseFile, data: Mapping[str, Any]) -> Any:
    """The proposed number, unchanged, is taken from the series only now: two coordinators never get the same."""
    written = data.get("registry_number")
    proposed = {data.get("proposed"), next_number(file.case, file.by.today, take=False)} - {file.case.number, None, ""}
    return AUTOMATIC if written in proposed else written


class Hour(Text):
    """A time of day: 9:30 or 9.30."""

    looks_like = {"width": 5}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        match = _CLOCK.fullmatch(text)
        if not match or int(match[1]) > 23 or int(match[2]) > 59:
            raise ValidationError(_("Write the time as 9:30."), code="time")
        return int(match[1]), int(match[2])


def _sitting(file: CaseFile, required: bool) -> Fields:
    rows = planned(file.by, file.case.organisation_id)
    choices = [(str(row.uuid), f"{row.begins.astimezone(ZONE):%d.%m.%Y. %H:%M}, {row.place}") for row in rows]
    return {
        "sitting": Select(
            label=_("Sitting"),
            required=required,
            choices=[*choices, (NEW, _("A new sitting"))],
            initial=None if choices else NEW,
        ),
        "sitting_day": DateField(label=_("Day of the new sitting"), required=False, earliest=today),
        "sitting_hour": Hour(label=_("Time"), required=False, help_text=_("For example 9:30.")),
        "sitting_place": Text(label=_("Place"), required=False, max_length=200, width="two-thirds"),
    }


def _read_sitting(file: CaseFile, data: Mapping[str, Any]) -> Any:
    """A planned sitting, or (moment, place) of a new one; None when the new one is not whole."""
    if data.get("sitting") != NEW:
        return (
            planned(file.by, file.case.organisation_id).filter(uuid=data["sitting"]).first()
            if data.get("sitting")
            else None
        )
    day, hour, place = data.get("sitting_day"), data.get("sitting_hour"), data.get("sitting_place")
    if not (day and hour and place):
        raise ValidationError(_("Write day, time and place of the new sitting."), code="sitting")
    begins: datetime = local(day, *hour)
    return begins, place


def _moment(file: CaseFile, required: bool) -> Fields:
    return {
        "happened_at": DateField(label=_(ASKS["happened_at"]), required=required, latest=today),
        "happened_hour": Hour(
            label=_("Time"), required=required, help_text=_("For example 9:30. Deadlines in hours run from here.")
        ),
    }


def _read_moment(file: CaseFile, data: Mapping[str, Any]) -> Any:
    day, hour = data.get("happened_at"), data.get("happened_hour")
    return local(day, *hour) if day and hour else None


def _papers(file: CaseFile, required: bool) -> Fields:
    """One of the case, or a file that becomes one."""
    choices = [(str(row.uuid), row.name) for row in papers_of(file).defer("sealed").order_by("-added_on")]
    return {
        "paper": Select(label=_(ASKS["paper"]), required=False, choices=choices, help_text=_("Of those in the case.")),
        "paper_file": UploadField(label=_("Or a new file"), required=False, strict=True),
    }


def _read_paper(file: CaseFile, data: Mapping[str, Any]) -> Any:
    if sent := data.get("paper_file"):
        return Sent(sent.name, sent.content_type, sent.read())
    return data.get("paper")


def clause_choices(rows: Iterable[Any]) -> list[tuple[str, str]]:
    return [(str(one.uuid), f"{clause_label(one)}: {Truncator(label(one.texts)).chars(60)}") for one in rows]


def _clauses(file: CaseFile, required: bool) -> Fields:
    """Where several clauses hold, one is chosen; of one alone nothing is asked, so the field is hidden and empty."""
    rows = offered(file)
    if len(rows) < 2:
        return {"clause": forms.CharField(widget=forms.HiddenInput, required=False, label=_(ASKS["clause"]))}
    choices = clause_choices(rows)
    hint = _("Only needed where several hold between you and the other institution.")
    return {"clause": Select(label=_(ASKS["clause"]), required=required, choices=choices, help_text=hint)}


def _read_members(file: CaseFile, data: Mapping[str, Any]) -> list[int]:
    return [int(number) for number in data.get("present", [])]


ASK: Mapping[str, Ask] = {
    "reason": _one("reason", LongText, rows=4),
    "note": _one("note", LongText, rows=6),
    "happened_on": _one(
        "happened_on",
        DateField,
        latest=today,
        help_text=gettext_lazy("Deadlines count from this day. Today, unless you write another."),
    ),
    "happened_at": Ask(_moment, _read_moment),
    "date": _one("date", DateField, earliest=today),
    "place": _one("place", Text, max_length=200, width="two-thirds"),
    "registry_number": Ask(_number, _read_number),
    "member": _chosen("member", people.voting, gettext_lazy("The member who steps back from this case.")),
    "deputy": _chosen("deputy", people.deputies, gettext_lazy("Who sits instead, from the same field.")),
    "opinion": Ask(
        lambda file, required: {
            "opinion": LongText(label=_(ASKS["opinion"]), required=required, rows=14, initial=own_draft(file))
        },
        lambda file, data: data.get("opinion"),
    ),
    "sitting": Ask(_sitting, _read_sitting),
    "present": Ask(
        lambda file, required: {
            "present": Checks(label=_(ASKS["present"]), required=required, choices=people.voting(file))
        },
        _read_members,
    ),
    "recipients": _one("recipients", LongText, rows=3),
    "report": _one("report", LongText, rows=10),
    "clause": Ask(_clauses, lambda file, data: data.get("clause")),
    "paper": Ask(_papers, _read_paper),
}


def field_of(name: str) -> str:
    """The name of its input in the page."""
    return name.replace(":", "-")


def _person(name: str, choices: Callable[[], people.Choices], **looks: Any) -> Fields:
    return {name: Suggest(choices=choices(), **looks)}


def ask_of(file: CaseFile, name: str, said: Said = MappingProxyType({})) -> Ask:
    """The input of a name of a move: of the vocabulary, or who plays a part. `said`: what was typed so far."""
    kind, key = named(name)
    if not kind:
        return ASK[key]
    part = file.definition.part[key]
    looks = {"label": label(part.labels), "help_text": label(part.hint) if part.hint else ""}
    if part.kind == "organisation":
        make = partial(seek_fields, field_of(name), partial(people.organisations_for, file, part), said, **looks)
    else:
        make = partial(_person, field_of(name), partial(people.staff_for, file, part), **looks)
    return Ask(
        lambda file, required: make(required=required),
        lambda file, data: people.chosen(part, data.get(field_of(name)) or ""),
    )
