"""What can be done with a case now: moves as tasks, and what is missing before the others."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.needs import facts
from zajedno.kernel.labels import label
from zajedno.procedures.logic.needs import NEEDS
from zajedno.procedures.logic.walk import Offer, State, moves_from
from zajedno.web.shared.pieces import Tag, Task
from zajedno.web.work.frame import address
from zajedno.web.work.labels import move_label, part_label

# Where a need is met: an address under the case; `child:` under the child's file. Needs that a move fulfils lead to it.
WHERE = {
    "required_fields": "request/change/",
    "documents": "papers/",
    "consent": "consent/",
    "guardian_informed": "note/informed/",
    "family_heard": "note/parent/",
    "observation": "note/observation/",
    "individual_opinions": "opinions/",
    "joint_opinion": "opinions/",
    "support_plan": "plan/",
    "delivery": "note/delivered/",
    "follow_up_report": "note/follow_up/",
    "sitting": "opinions/",
    "quorum": "opinions/",
    "no_conflict_of_interest": "people/",
}


@dataclass
class NextMoves:
    """`now`: may be made; `missing`: what must come first; `others`: who else is waited for; `endings`: ways out."""

    now: list[Task] = field(default_factory=list)
    missing: list[Task] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    endings: list[Task] = field(default_factory=list)


def offers(file: CaseFile) -> list[Offer]:
    """Every move out of the present step, with what is missing."""
    needed = {need for move in file.definition.moves if file.case.step in move.from_steps for need in move.needs}
    known = facts(file, needed) if needed else {}
    return moves_from(file.definition, State(file.case.step, file.parts, known))


def next_moves(file: CaseFile) -> NextMoves:
    found = NextMoves()
    wanted: dict[str, list[str]] = {}
    every = offers(file)
    for offer in every:
        title, hint = move_label(file.definition, offer.move.key), label(offer.move.hint)
        task = Task(title, Tag(_("You can do this"), "info"), address(file, f"move/{offer.move.key}/"), hint)
        if not offer.yours:
            found.others.append((title, makers(file, offer)))
        elif file.definition.is_end(offer.move.to_step):
            if offer.allowed:
                found.endings.append(task)
        elif offer.allowed:
            found.now.append(task)
        for need in offer.missing if offer.yours else ():
            wanted.setdefault(need, []).append(title)
    found.missing = [need_task(file, need, titles, every) for need, titles in wanted.items()]
    return found


def makers(file: CaseFile, offer: Offer) -> str:
    return ", ".join(part_label(file.definition, part) for part in offer.move.by)


def need_task(file: CaseFile, need: str, titles: list[str], every: list[Offer]) -> Task:
    """What is missing, where it is done, and for what."""
    hint = _("Needed for: %(moves)s") % {"moves": ", ".join(titles)}
    return Task(_(NEEDS[need]), Tag(_("Missing"), "wait"), where(file, need, every), hint)


def where(file: CaseFile, need: str, every: list[Offer]) -> str:
    """Address of the page that fulfils a need: a move of one's own that does, else the page of that thing; "" if none."""
    for offer in every:
        if offer.allowed and (need in offer.move.fulfils or need in offer.move.asks):
            return address(file, f"move/{offer.move.key}/")
    return address(file, WHERE[need]) if need in WHERE else ""
