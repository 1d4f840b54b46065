"""What many cases may be given at once, and the form of each act."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions.given import AUTOMATIC
from zajedno.casework.queries.begin import beginning, beginnings
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.rules import FLAG_CASE, GIVE_TASK, MOVE_CASE, OPEN_CASE
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.procedures.logic.definition import Definition, MoveRule
from zajedno.procedures.logic.needs import named
from zajedno.procedures.logic.walk import moves_from
from zajedno.web.shared.fields import Checks
from zajedno.web.shared.forms import Form
from zajedno.web.shared.pieces import Tag, Task
from zajedno.web.work.asks import ask_of, field_of
from zajedno.web.work.begin import Begin
from zajedno.web.work.flags import FlagForm
from zajedno.web.work.labels import move_label
from zajedno.web.work.tasks import TaskForm, Whom, people_of

# Answers that may be the same for many cases; a registry number is the next one for each.
SAME = {"reason", "note", "happened_on", "date", "place", "recipients", "report", "registry_number"}


class Cases(Form):
    """Cases of the person, by their random ids."""

    case = Checks(label=gettext_lazy("Cases"), small=True, error_messages={
        "required": gettext_lazy("Choose at least one case."),
        "invalid_choice": gettext_lazy("One of the cases is no longer among yours. Choose again."),
    })  # fmt: skip

    def __init__(self, *args: Any, cases: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("case", cases)


class Flags(FlagForm):
    def given(self) -> dict[str, Any]:
        return self.cleaned_data


class Tasks(TaskForm):
    def given(self) -> dict[str, Any]:
        return self.cleaned_data


class HandOver(Whom):
    def given(self) -> dict[str, Any]:
        return self.cleaned_data


class Begun(Begin):
    def given(self) -> dict[str, Any]:
        return {**self.chosen(), "received_on": self.cleaned_data["received_on"]}


class Moved(Form):
    """The answers a move asks for or takes, drawn as for the first of the cases."""

    def __init__(self, *args: Any, file: CaseFile, rule: MoveRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file, self.rule = file, rule
        self.names = [name for name in (*rule.asks, *rule.may_give) if _is_same(file.definition, name)]
        for name in self.names:
            if name != "registry_number":
                self.fields.update(ask_of(file, name).fields(file, name in rule.asks))
        for field in self.fields.values():
            if field.label and not field.error_messages["required"]:
                field.error_messages["required"] = _("Fill in “%(label)s”.") % {"label": field.label}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.answers: dict[str, Any] = {}
        for name in self.names:
            if name == "registry_number":
                self.answers[name] = AUTOMATIC
            elif field_of(name) not in self.errors:
                try:
                    self.answers[name] = ask_of(self.file, name).read(self.file, data)
                except ValidationError as error:
                    self.add_error(field_of(name), error)
        return data

    def given(self) -> dict[str, Any]:
        return self.answers


def _is_same(definition: Definition, name: str) -> bool:
    kind, key = named(name)
    return name in SAME if not kind else kind == "part" and definition.part[key].kind == "organisation"


def form_of(by: Actor, act: str, files: Sequence[CaseFile], data: Any) -> Any:
    """The form of an act, with `given()`; NotFound for what cannot be done with any of these cases."""
    word, _sep, rest = act.partition(":")
    if word == "flag" and by.may(FLAG_CASE.key):
        return Flags(data)
    if word in ("task", "hand_over") and by.may(GIVE_TASK.key):
        return (Tasks if word == "task" else HandOver)(data, people=people_of(files))
    if word == "begin" and by.may(OPEN_CASE.key):
        return Begun(data, found=beginning(by, rest))
    for file in files if word == "move" and by.may(MOVE_CASE.key) else ():
        for rule in movable(file):
            if f"{file.definition.key}:{rule.key}" == rest:
                return Moved(data, file=file, rule=rule)
    raise NotFound("")


def movable(file: CaseFile) -> list[MoveRule]:
    """Moves out of the present steps that are the person's and ask for nothing that differs from case to case."""
    offers = moves_from(file.definition, file.state({}))
    return [one.move for one in offers if one.yours and all(_is_same(file.definition, name) for name in one.move.asks)]


def act_label(act: str, by: Actor, files: Sequence[CaseFile]) -> str:
    """What is done, in words; general ones where the procedure is not known any more."""
    word, _sep, rest = act.partition(":")
    plain = {"flag": _("Raise a flag"), "task": _("Give a task"), "hand_over": _("Hand over tasks to a colleague")}
    procedure, _sep, move = rest.rpartition(":")
    known: list[str] = []
    if word == "begin":
        known = [_begin(one.definition) for one in beginnings(by) if one.definition.key == rest]
    elif word == "move":
        known = [move_label(file.definition, move) for file in files if file.definition.key == procedure]
    return plain.get(word) or next(iter(known), _("The same for many cases"))


def _begin(definition: Definition) -> str:
    return _("Begin: %(name)s") % {"name": label(definition.labels)}


def acts(by: Actor, files: Sequence[CaseFile], at: str) -> list[Task]:
    """What can be done with the cases, moves with how many of them stand where it can be made."""
    found = [("flag", _("Raise a flag"), FLAG_CASE), ("task", _("Give a task"), GIVE_TASK),
             ("hand_over", _("Hand over tasks to a colleague"), GIVE_TASK)]  # fmt: skip
    every = Tag(_("All"), "info")
    tasks = [Task(text, every, f"{at}{word}/") for word, text, verb in found if by.may(verb.key)]
    counted: Counter[tuple[str, str]] = Counter()
    for file in files if by.may(MOVE_CASE.key) else ():
        counted.update(
            (f"{file.definition.key}:{rule.key}", move_label(file.definition, rule.key)) for rule in movable(file)
        )
    for (key, text), number in counted.items():
        share = Tag(_("%(some)d of %(all)d") % {"some": number, "all": len(files)}, "info")
        tasks.append(Task(text, share, f"{at}move:{key}/"))
    for one in beginnings(by) if by.may(OPEN_CASE.key) else ():
        tasks.append(Task(_begin(one.definition), every, f"{at}begin:{one.definition.key}/"))
    return tasks
