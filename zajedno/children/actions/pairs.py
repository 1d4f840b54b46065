"""The job that seeks one child in several files: it proposes, ranks and explains; it merges nothing.

It sees every file and shows none. What is new is looked at within a minute, all files among each other by night.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from zajedno.access.actions import audit
from zajedno.children.actions.likeness import written
from zajedno.children.actions.notice import tell_of_alias, tell_of_pairs
from zajedno.children.enums import AliasSaid
from zajedno.children.logic.matching import Entry, Pair, find_pairs
from zajedno.children.models import Alias, AliasWeight, AliasWord, Child
from zajedno.children.queries.entry import entries, near, unsought
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor

WORTH = 0.5
"""Pairs that `find_pairs` does not propose are worth a person's look from here on."""
MOST_NEW = 500
SEEK = "children.seek_pairs"
Pk = frozenset[int]


@dataclass
class Sought:
    """How many pairs were proposed, weighed anew, opened again after a change, dropped since they no longer hold."""

    proposed: int = 0
    weighed: int = 0
    again: int = 0
    dropped: int = 0
    new: list[Alias] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("proposed", "weighed", "again", "dropped")}


@transaction.atomic
def seek_new() -> Sought:
    """Children who came in or changed since, at most `MOST_NEW`, among those who are near them."""
    new = unsought(MOST_NEW)
    if not new:
        return Sought()
    known = _known(Q(child__in=new) | Q(same_as__in=new))
    among = {*new, *near(new), *(pk for pair in known for pk in pair)}
    return _seek(entries(among), known, new)


@transaction.atomic
def seek_all() -> Sought:
    """Every child among all."""
    return _seek(entries(), _known(Q()), None)


def _known(which: Q) -> dict[Pk, Alias]:
    rows = Alias.objects.filter(which).select_related("weight")
    return {frozenset((row.child_id, row.same_as_id)): row for row in rows.order_by("pk")}


def _seek(among: list[Entry], known: Mapping[Pk, Alias], only: Collection[int] | None) -> Sought:
    here = {entry.key: entry for entry in among}
    also = [ids for row in known.values() if {*(ids := (str(row.child_id), str(row.same_as_id)))} <= here.keys()]
    sought, touched = Sought(), None if only is None else {str(pk) for pk in only}
    for pair in find_pairs(among, also=also):
        if touched is not None and not touched & {pair.left, pair.right}:
            continue
        row = known.get(frozenset((int(pair.left), int(pair.right))))
        if row is None:
            _propose(sought, pair, here)
        elif only is None and not is_worth(pair) and _is_forgettable(row):
            row.delete()
            sought.dropped += 1
        elif row.levels != pair.levels or row.probability != pair.probability:
            _weigh(sought, row, pair)
    sought.proposed = len(sought.new)
    _tell(sought.new)
    if sought.proposed or sought.again or sought.dropped or only is None:
        audit.record(by=None, verb=SEEK, detail={**sought.counts(), "among": len(among)})
    return sought


def is_worth(pair: Pair) -> bool:
    return pair.link or pair.probability >= WORTH


def _is_forgettable(row: Alias) -> bool:
    """Did likeness alone propose it, and nobody say a word?"""
    return row.why == "likeness" and row.state == Alias.State.PROPOSED and not (row.asked or row.agreed)


def _propose(sought: Sought, pair: Pair, here: Mapping[str, Entry]) -> None:
    shared = here[pair.left].number and here[pair.left].number == here[pair.right].number
    if not (is_worth(pair) or shared):
        return
    row = Alias(
        child_id=int(pair.left), same_as_id=int(pair.right), why="number" if shared else "likeness",
        proposed_on=clock.now(),
    )  # fmt: skip
    for made in written([row]):
        AliasWeight.objects.create(alias=made, probability=pair.probability, levels=dict(pair.levels))
        sought.new.append(made)


def _weigh(sought: Sought, row: Alias, pair: Pair) -> None:
    """What was declined is open again when it is worth a look and another level holds than the one declined."""
    changed = bool(row.levels) and row.levels != pair.levels
    weight = {"probability": pair.probability, "levels": dict(pair.levels)}
    AliasWeight.objects.update_or_create(alias=row, defaults=weight)
    if changed and row.state == Alias.State.REJECTED and is_worth(pair):
        row.state, row.decided_by, row.decided_on, row.reason = Alias.State.PROPOSED, None, None, ""
        row.asked = row.agreed = 0
        row.asked_by = row.asked_at = None
        AliasWord.objects.create(alias=row, said=AliasSaid.AGAIN, sides=0, said_on=clock.now())
        sought.again += 1
        row.save()
    sought.weighed += 1


def _tell(new: Collection[Alias]) -> None:
    """D1: of a number held twice who keeps either file is told at once; of the rest once a day."""
    by = Actor(account=0, seats=(), today=clock.today())
    keepers = dict(
        Child.objects.filter(pk__in={pk for row in new for pk in (row.child_id, row.same_as_id)}).values_list(
            "pk", "registered_by"
        )
    )
    told: dict[bool, set[tuple[int, Alias]]] = defaultdict(set)
    for row in new:
        told[row.why == "number"] |= {(keepers[pk], row) for pk in (row.child_id, row.same_as_id)}
    for keeper, row in sorted(told[True], key=lambda one: (one[0], one[1].pk)):
        tell_of_alias(by, keeper, row.uuid)
    for keeper in sorted({keeper for keeper, _row in told[False]}):
        tell_of_pairs(by, keeper)
