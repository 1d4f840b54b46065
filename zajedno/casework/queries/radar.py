"""The transition radar: which of the children one works with come to a passage within a year, and how far its plan is.

A constant number of queries, however many children: what is reckoned is reckoned in memory.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F

from zajedno.casework.logic.passages import Passages, load_passages
from zajedno.casework.logic.radar import Met, Stay, Why, ahead
from zajedno.casework.models import Case, Move, Participant
from zajedno.casework.queries.case import holds, open_to
from zajedno.children.queries.going import keeping, not_over, together, with_enrolment
from zajedno.kernel.actor import Actor
from zajedno.places.queries.organisation import organisations

if TYPE_CHECKING:
    from zajedno.children.models import Child


class State(StrEnum):
    """How far the plan of a passage is. Asked: who is to receive has not answered yet."""

    NONE = "none"
    BEGUN = "begun"
    ASKED = "asked"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Line:
    """A child with a passage. `case`: the open case of its plan, also when the passage is not chosen in it yet;
    `sender`, `receiver`: institutions by primary key, None where none is known; `placed`: does one wait for the child?
    """

    child: "Child"
    met: Met
    state: State = State.NONE
    case: Case | None = None
    sender: int | None = None
    receiver: int | None = None
    placed: bool = False

    @property
    def lacks_plan(self) -> bool:
        return self.state == State.NONE and bool(self.met.passage.plan)

    @property
    def lacks_place(self) -> bool:
        """Does nobody wait for the child yet, where somebody is to?"""
        return not self.placed and bool(self.met.passage.to)


@dataclass(frozen=True)
class Sought:
    """What the list is narrowed by: key of a passage, month as "2027-09", `plan` or `place` for whoever lacks it."""

    passage: str = ""
    month: str = ""
    lacks: str = ""

    def fits(self, line: Line) -> bool:
        on = line.met.on
        return (
            self.passage in ("", line.met.passage.key)
            and self.month in ("", f"{on:%Y-%m}" if on else "")
            and {"plan": line.lacks_plan, "place": line.lacks_place}.get(self.lacks, True)
        )


@lru_cache(maxsize=8)
def passages_of(country: str) -> Passages:
    """Of the country's pack; none where there are none."""
    return load_passages(settings.PACKS_DIR / country.lower())


def radar(by: Actor) -> list[Line]:
    """Every passage ahead of every child whose name and enrolment ties of the actor open, the nearest first."""
    facts = _Facts(by)
    lines = [line for files in facts.children for line in _lines(facts, files)]
    return sorted(lines, key=lambda line: line.met.on or date.max)


def overdue(lines: Iterable[Line], today: date) -> list[Line]:
    """Those without a plan whose time to begin it has come."""
    return [line for line in lines if line.lacks_plan and (line.met.begins or today) <= today]


def foreseen_at(by: Actor) -> bool:
    """Does a passage start at an institution of the actor, so that they are to see it coming?"""
    own = organisations().filter(pk__in=[key for key in by.keys if key > 0])
    rows = own.values_list("kind", "territory__country")
    return any(kind in one.origins for kind, country in rows for one in passages_of(country).every if one.at)


def names_of(lines: Iterable[Line]) -> dict[int, str]:
    """Names of the institutions of some lines, by primary key. One query."""
    keys = {key for line in lines for key in (line.sender, line.receiver) if key}
    return {one.pk: str(one) for one in organisations().filter(pk__in=keys)}


class _Facts:
    """Everything the radar reads. `children`: the files of each child."""

    def __init__(self, by: Actor) -> None:
        self.today = by.today
        rows = list(with_enrolment(by))
        keys = [row.pk for row in rows]
        self.country: dict[int, str] = {}  # by institution
        self.stays = self._stays(keys, by.today)
        self.served = self._served(by, keys)
        self.children = together(rows)
        self.cases = self._cases(by, keys)
        found = [case.pk for cases in self.cases.values() for case in cases]
        moves = {move for country in set(self.country.values()) for _plan, move in passages_of(country).moves}
        self.moves: dict[int, set[str]] = defaultdict(set)
        for case, move in Move.objects.filter(case__in=found, move__in=moves).values_list("case", "move"):
            self.moves[case].add(move)
        parts = Participant.objects.filter(holds(by.today), case__in=found, key__gt=0)
        self.parts = {(case, part): key for case, part, key in parts.values_list("case", "part", "key")}

    def _stays(self, children: Sequence[int], day: date) -> Mapping[int, list[Stay]]:
        """Enrolments that are not over, also those that are still to begin."""
        found: dict[int, list[Stay]] = defaultdict(list)
        names = ("child", "organisation__territory__country", "organisation__kind", "organisation", "since", "until",
                 "school_year", "class_name")  # fmt: skip
        for child, country, *stay in not_over(children, day).values_list(*names):
            found[child].append(Stay(*stay))
            self.country[stay[1]] = country
        return found

    def _served(self, by: Actor, children: Sequence[int]) -> Mapping[int, dict[int, str]]:
        """The actor's institutions that keep a file of the child: kinds by primary key."""
        found: dict[int, dict[int, str]] = defaultdict(dict)
        names = ("child", "organisation", "organisation__kind", "organisation__territory__country")
        for child, organisation, kind, country in keeping(by, children).values_list(*names):
            found[child][organisation] = kind
            self.country[organisation] = country
        return found

    def _cases(self, by: Actor, children: Sequence[int]) -> Mapping[int, list[Case]]:
        """Open cases of the procedures that plan a passage, the newest first."""
        plans = {plan for country in set(self.country.values()) for plan in passages_of(country).plans}
        rows = open_to(by).filter(child__in=children).annotate(procedure=F("version__definition__key"))
        found: dict[int, list[Case]] = defaultdict(list)
        for case in rows.filter(procedure__in=plans).order_by("-received_on", "-id"):
            found[case.child_id].append(case)
        return found

    def chosen(self, passages: Passages, case: Case) -> set[str]:
        """Keys of the passages that a case is of."""
        made = ((_procedure(case), move) for move in self.moves[case.pk])
        return {passages.moves[one].key for one in made if one in passages.moves}


def _lines(facts: _Facts, files: Sequence["Child"]) -> list[Line]:
    """Of one child, all of whose files count."""
    stays = [stay for row in files for stay in facts.stays[row.pk]]
    served = {key: kind for row in files for key, kind in facts.served[row.pk].items()}
    now = [stay.organisation for stay in stays if stay.holds(facts.today)]
    passages = passages_of(facts.country.get(next(iter([*now, *served]), 0), ""))
    born = next((row.birth_date for row in files if row.birth_date), None)
    cases = [case for row in files for case in facts.cases[row.pk]]
    found = ahead(passages, born, stays, set(served.values()), facts.today)
    begun = {key: case for case in reversed(cases) for key in facts.chosen(passages, case)}
    planned = (one for one in passages.every if one.key in begun.keys() - {met.passage.key for met in found})
    found += [Met(one, None, Why.PLAN) for one in planned if not _is_done(passages, begun[one.key])]
    kept = next((row for row in files if facts.stays[row.pk]), files[0])  # the file of the institution comes first
    return [_line(facts, kept, met, passages, begun, cases, stays, served) for met in found]


def _line(
    facts: _Facts, child: "Child", met: Met, passages: Passages, begun: Mapping[str, Case], cases: Sequence[Case],
    stays: Sequence[Stay], served: Mapping[int, str],
) -> Line:  # fmt: skip
    passage, plan = met.passage, passages.plans.get(met.passage.plan)
    others = (one for one in cases if plan and _procedure(one) == plan.procedure)
    free = (one for one in others if not passage.move or not facts.chosen(passages, one))
    case = begun.get(passage.key) or next(free, None)
    sender = (
        met.stay.organisation if met.stay else next((key for key in served if served[key] in passage.origins), None)
    )
    line = Line(child, met, case=case, sender=sender)
    if case and plan and (passage.key in begun or not passage.move):
        receiver = facts.parts.get((case.pk, plan.receiver))
        accepted = case.step in plan.accepted | plan.done
        state = State.ACCEPTED if accepted else State.ASKED if receiver else State.BEGUN
        line = replace(line, state=state, sender=case.organisation_id, receiver=receiver, placed=accepted)
    entered = (one for one in stays if one.kind in passage.to and facts.today < one.since <= (met.on or date.min))
    if not line.placed and (there := next(entered, None)):  # enrolled there already
        line = replace(line, receiver=there.organisation, placed=True)
    return line


def _is_done(passages: Passages, case: Case) -> bool:
    plan = passages.plans.get(_procedure(case))
    return plan is not None and case.step in plan.done


def _procedure(case: Case) -> str:
    return str(case.procedure)  # type: ignore[attr-defined]  # annotated
