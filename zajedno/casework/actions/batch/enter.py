"""Requests of a register are entered: judged some hundred at a time, or one by one as a person decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zajedno.access.actions import audit
from zajedno.access.queries.batch import portions
from zajedno.casework.actions.batch.judge import NEW, SIZE, Judge, Judged, key_of
from zajedno.casework.actions.given import next_number
from zajedno.casework.actions.register_case import Entry, Register, enter
from zajedno.casework.logic.register import read_register
from zajedno.casework.models import Case, CaseBatch, CaseBatchRow
from zajedno.casework.queries.batch import table_of
from zajedno.casework.queries.register import commission, words_of
from zajedno.casework.rules import IMPORT_CASES
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask

Verdict = CaseBatchRow.Verdict


def register_of(by: Actor, batch: CaseBatch) -> Register:
    post = ask(by, IMPORT_CASES, batch.organisation).post
    return Register(by, commission(batch.organisation), batch, post)


@dataclass
class Walk:
    """One way through a batch's file."""

    by: Actor
    batch: CaseBatch
    register: Register = field(init=False)
    judge: Judge = field(init=False)
    unnumbered: list[Case] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.register = register_of(self.by, self.batch)
        self.judge = Judge(self.by, self.batch.organisation)

    def portions(self) -> Iterator[Sequence[Judged]]:
        words = words_of(self.register.organisation, self.register.definition)
        rows = read_register(table_of(self.batch), words, self.by.today, self.batch.columns)
        return map(self.judge.chunk, portions(rows, SIZE))

    def enter(self, judged: Sequence[Judged]) -> None:
        self.unnumbered += [case for case in enter_judged(self.register, judged) if not case.number]
        self.judge.forget()  # from here on the database knows it all

    def end(self) -> None:
        """Numbers of cases come last, so that they avoid the file's own."""
        give_numbers(self.unnumbered)
        note_numbers(self.register)


def enter_judged(register: Register, judged: Sequence[Judged]) -> list[Case]:
    """Enter the rows that are ready; a second request for a child whom the same rows bring comes after the first."""
    ready = [(one, Entry(one.row)) for one in judged if one.verdict == Verdict.READY and one.row]
    brought: dict[str, Entry] = {}
    for one, entry in ready:
        entry.numbers = all(other.likely.why != "number" for other in one.others)
        if one.child is None:
            brought[key_of(entry.row.child)] = entry
        elif one.child != NEW:
            entry.child = one.child
    enter(register, _with_earlier(register, [entry for one, entry in ready if one.child != NEW]))
    again = [(one, entry) for one, entry in ready if one.child == NEW]
    for _one, entry in again:
        first = brought[key_of(entry.row.child)]
        entry.child = first.case.child_id if first.case else None
    enter(register, _with_earlier(register, [entry for _one, entry in again]))
    for one, entry in ready:
        one.verdict, one.made = Verdict.CREATED, entry.case.pk if entry.case else None
    return [entry.case for _one, entry in ready if entry.case]


def _with_earlier(register: Register, entries: list[Entry]) -> list[Entry]:
    """Say of each further request of a child which case of the commission it repeats: the last one before it."""
    known = {entry.child for entry in entries if entry.child is not None}
    rows = Case.objects.filter(organisation=register.organisation, child__in=known).order_by("received_on", "pk")
    cases = list(rows.values_list("child", "pk", "received_on")) if known else []
    for entry in entries:
        before = [pk for child, pk, day in cases if child == entry.child and day <= entry.row.received]
        entry.repeats = before[-1] if before else None
    return entries


def note_numbers(register: Register) -> None:
    """Write in the audit which children, known before, got a national number; at the end, where it stops nobody."""
    detail = {"kind": "national", "set": True, "batch": str(register.batch.uuid)}
    for child in register.numbered:
        audit.record(
            by=register.by, verb="children.set_number", about=child, organisation=register.organisation.pk,
            detail=detail,
        )  # fmt: skip


def give_numbers(cases: Sequence[Case]) -> None:
    """Numbers of the commission's own series for cases without one."""
    for case in cases:
        if not case.number:
            case.number = next_number(case, case.received_on, take=True)
            case.save(update_fields=["number"])
