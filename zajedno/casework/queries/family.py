"""What a parent meets of the cases of their own children, and who has looked at the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from zajedno.casework.enums import Heard
from zajedno.casework.models import Case, Letter, Move, Note, Paper
from zajedno.casework.queries.case import NOT_FOUND, CaseFile, find, visible_to
from zajedno.casework.queries.needs import facts
from zajedno.children.queries.guardian import children_of
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.definition import MoveRule
from zajedno.procedures.logic.walk import Offer, moves_from

if TYPE_CHECKING:
    from zajedno.children.models import Child, Consent

LEDGER_PAGE = 50


def own_cases(by: Actor, child: "Child | None" = None) -> QuerySet[Case]:
    """Cases of the actor's own children in which they take part, open ones first, the newest before the others."""
    rows = visible_to(by).filter(child__in=children_of(by))
    rows = rows.filter(child=child) if child else rows
    return rows.select_related("child__data_key", "organisation").order_by("-closed_on", "-received_on", "-id")


def own_file(by: Actor, uuid: UUID, *, lock: bool = False) -> CaseFile:
    """One of them, in a part that the procedure gives to parents; NotFound for all others."""
    file = find(by, uuid, lock=lock)
    if not file.parts & file.definition.family or not children_of(by).filter(pk=file.case.child_id).exists():
        raise NOT_FOUND
    return file


def own_offers(file: CaseFile) -> list[Offer]:
    """Moves that the procedure gives to the parent now, with what is missing before them."""
    rules = [one for one in file.definition.moves if file.parts & set(one.by) & file.definition.family]
    needed = {need for rule in rules for need in rule.needs if not set(file.steps).isdisjoint(rule.from_steps)}
    every = moves_from(file.definition, file.state(facts(file, needed) if needed else {}))
    return [offer for offer in every if offer.yours and not file.case.closed_on]


def stopping(by: Actor, consent: "Consent") -> list[tuple[CaseFile, MoveRule]]:
    """Cases that rest on a consent, each with the move by which a parent withdraws it: one that asks for consent anew
    and needs no answer."""
    resting = own_cases(by).filter(child=consent.child_id, closed_on=None, organisation__in=consent.recipients.all())
    found = []
    for file in (CaseFile(case, by) for case in resting):
        if file.definition.purpose != consent.purpose:
            continue
        rules = [one.move for one in own_offers(file) if one.allowed and "consent" in one.move.renews]
        found += [(file, rule) for rule in rules[:1] if not rule.asks]
    return found


def told_text(file: CaseFile, row: Move) -> str:
    """Words of a move when the family was told of it, or made it."""
    rule = file.definition.move.get(row.move)
    told = row.account == file.by.account or (rule is not None and set(rule.notifies) & file.definition.family)
    return row.text if told and "request" in file.fields else ""


def own_letters(file: CaseFile) -> list[Letter]:
    """Letters that the procedure addresses to the parent, the newest first."""
    meant = {key for key, rule in file.definition.letter.items() if set(rule.to) & file.parts & file.definition.family}
    return list(file.case.letters.filter(kind__in=meant).order_by("-id"))


def own_papers(file: CaseFile) -> QuerySet[Paper]:
    """Papers that the parent handed in here."""
    return file.case.papers.filter(added_by=file.by.account, removed_on=None).order_by("-id")


def own_views(file: CaseFile) -> QuerySet[Note]:
    return file.case.notes.filter(kind=Heard.FAMILY, written_by=file.by.account).order_by("-id")


def reports(file: CaseFile) -> list[Note]:
    """Reports on the support given, where they are open to the family; the newest first."""
    return list(file.case.notes.filter(kind=Heard.FOLLOW_UP).order_by("-id")) if "reports" in file.fields else []


@dataclass(frozen=True, slots=True)
class Meeting:
    """A sitting at which the case is heard. `state`: of `enums.SittingState`."""

    uuid: UUID
    begins: datetime
    place: str
    state: str


def meetings(file: CaseFile) -> list[Meeting]:
    """Sittings with this case on the agenda, the first first; the database asks whether the actor takes part."""
    with connection.cursor() as cursor:
        cursor.execute("select uuid, begins, place, state from app.family_meetings(%s)", [file.case.uuid])
        return [Meeting(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody looked at the file on a day, `times` times. `case`: None for the child's file itself."""

    day: date
    account: int | None
    organisation: int | None
    verb: str
    case: UUID | None
    times: int


def ledger(child: "Child", page: int = 1) -> tuple[list[Looked], bool]:
    """Who looked at the child's file, the newest first, and whether there is more; what protects is left out by the
    database (`app.family_ledger`), which answers the child's own guardians alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select day, account, organisation, verb, matter, times from app.family_ledger(%s, %s, %s)",
            [child.uuid, LEDGER_PAGE + 1, LEDGER_PAGE * (page - 1)],
        )
        rows = [Looked(*row) for row in cursor.fetchall()]
    return rows[:LEDGER_PAGE], len(rows) > LEDGER_PAGE


def told_ties(child: "Child", account: int) -> Sequence[int]:
    """Primary keys of the ties that a guardian is told of."""
    with connection.cursor() as cursor:
        cursor.execute("select id from app.family_ties(%s, %s) as told (id)", [child.uuid, account])
        return [row[0] for row in cursor.fetchall()]
