"""What can be done with many cases at once: each a verb that there is for one."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zajedno.access.queries.account import by_ids
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.flag import raise_flag
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.task import change_task, give_task
from zajedno.casework.models import Case
from zajedno.casework.queries.case import CaseFile, find
from zajedno.casework.queries.task import of_case
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.places.queries.organisation import organisations
from zajedno.places.queries.post import supervised

Given = Mapping[str, Any]
_acts: dict[str, Callable[[CaseFile, int, str, Given], Case | None]] = {}


def _act(function: Callable[[CaseFile, int, str, Given], Case | None]) -> Callable[..., Case | None]:
    _acts[function.__name__.lstrip("_")] = function
    return function


def act_on(by: Actor, uuid: UUID, *, seen: int, act: str, given: Given) -> Case | None:
    """Do `act` with one case; the case that it began, if it begins one.

    `act`: flag | task | hand_over | begin:PROCEDURE | move:PROCEDURE:MOVE. `seen`: as of `move_case`.
    """
    word, _sep, rest = act.partition(":")
    return _acts[word](find(by, uuid), seen, rest, given)


def is_act(act: str) -> bool:
    return act.partition(":")[0] in _acts


@_act
def _flag(file: CaseFile, seen: int, rest: str, given: Given) -> None:
    raise_flag(by=file.by, file=file, message=given["message"], due_on=given.get("due_on"))


@_act
def _task(file: CaseFile, seen: int, rest: str, given: Given) -> None:
    give_task(by=file.by, file=file, what=given["what"], to=given["to"], due_on=given["due_on"])


@_act
def _hand_over(file: CaseFile, seen: int, rest: str, given: Given) -> None:
    """Tasks in the case that wait for the actor, or for people whom they supervise, go to somebody else."""
    mine = {file.by.account, *supervised(file.by)} - {given["to"]}
    tasks = [task for task in of_case(file) if task.done_on is None and task.assignee_id in mine]
    if not tasks:
        raise Refused(_("No task that you could hand over waits in this case."), "no_task")
    for task in tasks:
        change_task(by=file.by, file=file, task=task, to=given["to"], due_on=task.due_on)


@_act
def _begin(file: CaseFile, seen: int, rest: str, given: Given) -> Case:
    """Another procedure for the same child."""
    return open_case(
        by=file.by, child=file.case.child, procedure=rest, keeper=given["keeper"], initiated_by=given["initiated_by"],
        received_on=given.get("received_on"),
    )  # fmt: skip


@_act
def _move(file: CaseFile, seen: int, rest: str, given: Given) -> None:
    procedure, _sep, move = rest.rpartition(":")
    if file.definition.key != procedure:
        raise Refused(_("This case is of another procedure."), "procedure")
    move_case(by=file.by, uuid=file.case.uuid, move=move, seen=seen, given=given)


def packed(given: Given) -> dict[str, Any]:
    """As JSON keeps it: days and rows by their kind."""
    return {name: _packed(value) for name, value in given.items() if value not in (None, "")}


def _packed(value: Any) -> Any:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if hasattr(value, "_meta"):
        return {value._meta.label_lower: value.pk}
    return value


def unpacked(kept: Given) -> dict[str, Any]:
    """The same again. NotFound when a row is gone."""
    return {name: _unpacked(value) for name, value in kept.items()}


def _unpacked(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, key),) = value.items()
    if kind == "day":
        return date.fromisoformat(key)
    row = by_ids([key]).get(key) if kind == "access.account" else organisations().filter(pk=key).first()
    if row is None:
        raise NotFound("")
    return row
