"""What the copy of a file holds of a child's cases: what its parent is told of them, as far as who gives it sees it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.utils import translation

from zajedno.casework.enums import Heard
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.content import joint_opinion_of, request_of
from zajedno.casework.queries.family import own_cases, own_letters, told_text
from zajedno.casework.queries.note import notes_of
from zajedno.casework.queries.plan import adopted_on, adopts, goals, lines, reader_of, visible_to
from zajedno.children.queries.guardian import as_guardian
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.labels import label
from zajedno.places.queries.actor import actor_for

if TYPE_CHECKING:
    from zajedno.casework.models import Case
    from zajedno.children.models import FamilyRequest

Told = dict[str, Any]
# That somebody was heard is told. What a child says, or who it trusts, is not handed on to those at home.
IN_CONFIDENCE: Final = frozenset((Heard.CHILD, Heard.TRUSTED))


def cases_told(by: Actor, asked: "FamilyRequest") -> list[Told]:
    """Cases in which both the parent and who answers take part, with the parts of the file that are open to both."""
    parent, found = _parent(by, asked), []
    with translation.override(asked.account.language):
        for case in own_cases(parent, asked.child):
            file = CaseFile(case, parent)
            both = file.fields & CaseFile(case, by).fields
            if both and file.parts & file.definition.family:
                vars(file)["fields"] = both
                found.append(dict(_told(file)))
    return found


def cases_elsewhere(by: Actor, asked: "FamilyRequest", but: list[Told]) -> list[Told]:
    """The parent's further cases, by who keeps them: asked for there. Looked up in the name of the parent, who knows of
    them; who answers may not."""
    known = {one["uuid"] for one in but}
    with acting(RUNTIME, asked.account_id), translation.override(asked.account.language):
        files = [CaseFile(case, by) for case in own_cases(_parent(by, asked), asked.child)]
        return [_named(one) for one in files if str(one.case.uuid) not in known]


def _parent(by: Actor, asked: "FamilyRequest") -> Actor:
    return as_guardian(actor_for(asked.account_id, by.today))


def _named(file: CaseFile) -> Told:
    return {"procedure": label(file.definition.labels), "institution": file.case.organisation.name}


def _told(file: CaseFile) -> Iterator[tuple[str, Any]]:
    case, definition = file.case, file.definition
    yield from {"uuid": str(case.uuid), "number": case.number, **_named(file)}.items()
    yield "step", label(definition.step[case.step].labels)
    yield "received_on", _plain(case.received_on)
    yield "closed_on", _plain(case.closed_on)
    yield "request", request_of(file)
    yield "moves", [_row(row, "happened_on", what=_moved(file, row.move), text=told_text(file, row)) for row in
                    _of(case, file.moves)]  # fmt: skip
    yield "deadlines", [_row(row, "started_on", "due_on", "stopped_on", what=_counted(file, row.key)) for row in
                        case.clocks.order_by("id")]  # fmt: skip
    yield "notes", _notes(file)
    yield "opinions", _opinions(file)
    yield from _plan(file).items()
    yield "letters", [_row(row, "number", "language", "issued_on", what=label(definition.letter[row.kind].labels))
                      for row in own_letters(file)]  # fmt: skip
    papers = case.papers.filter(removed_on=None) if "papers" in file.fields else case.papers.none()
    yield "papers", [_row(row, "name", "kind", "added_on") for row in papers.order_by("id")]


def _of(case: "Case", rows: Any) -> Iterator[Any]:
    """With the case, whose key opens the text without another query."""
    for row in rows:
        row.case = case
        yield row


def _moved(file: CaseFile, key: str) -> str:
    return label(file.definition.move[key].labels) if key in file.definition.move else key.strip(":")


def _counted(file: CaseFile, key: str) -> str:
    return label(file.definition.deadline[key].labels) if key in file.definition.deadline else key


def _notes(file: CaseFile) -> list[Told]:
    """Of those under no seal: what the tie opens, and of what families write one's own."""
    open_ = {kind for kind in Heard if ("reports" if kind == Heard.FOLLOW_UP else "request") in file.fields}
    rows = notes_of(file).filter(seal="", kind__in=open_).order_by("happened_on", "id")
    own = (row for row in rows if row.kind != Heard.FAMILY or row.written_by == file.by.account)
    return [
        _row(row, "happened_on", what=str(Heard(row.kind).label), text="" if row.kind in IN_CONFIDENCE else row.text)
        for row in _of(file.case, own)
    ]


def _opinions(file: CaseFile) -> list[Told]:
    """Once they have become the joint one."""
    joint = getattr(file.case, "joint_opinion", None)
    if joint is None or not joint.adopted_on:
        return []
    joint.case = file.case
    own = file.case.opinions.filter(submitted_on__isnull=False, replaced_by=None).order_by("submitted_on")
    rows = _of(file.case, own if "opinions" in file.fields else ())
    return [
        *(_row(row, "seat", "submitted_on", text=row.text) for row in rows),
        {"adopted_on": _plain(joint.adopted_on), **joint_opinion_of(file)},
    ]


def _plan(file: CaseFile) -> Told:
    """As the parent reads it: every word, once it is adopted."""
    if "plan" not in file.fields or (adopts(file.definition) and not adopted_on(file)):
        return {"measures": [], "goals": []}
    reader = reader_of(file, team=True)
    return {
        "measures": [
            _row(row, "responsible", "responsible_person", "since", "until", "frequency", "payer", "cost", "currency",
                 "state", "state_on", "gain", "review_on", "service", "unmet", what=reader.name(row), text=row.text)
            for row in _of(file.case, visible_to(file.by, lines(file)))
        ],
        "goals": [_row(row, "whose", "area", "icf", text=row.text) for row in goals(file)],
    }  # fmt: skip


def _row(row: Any, *names: str, **more: str) -> Told:
    return {**{name: _plain(getattr(row, name)) for name in names}, **more}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int) else str(value)
