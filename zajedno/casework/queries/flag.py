"""Flags that somebody may read: their own, their institutions', and of every case whose request is open to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from zajedno.casework.models import Flag
from zajedno.casework.queries.case import CaseFile, reading, visible_to
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound

WHOSE: Final = ("", "own", "team")  # of all whom one may read, of oneself, of one's institutions


@dataclass(frozen=True)
class Filter:
    """`whose`: own | team; `due`: overdue | today | next; `removed`: those that were removed, else those raised."""

    whose: str = ""
    due: str = ""
    removed: bool = False


def readable(by: Actor) -> QuerySet[Flag]:
    """Every flag, also removed ones."""
    own = Q(raised_by=by.account) | Q(organisation__in=[key for key in by.keys if key > 0])
    return Flag.objects.filter(own | Q(case__in=reading(by, "request")), case__in=visible_to(by))


def listed(by: Actor, chosen: Filter) -> QuerySet[Flag]:
    """Those with a day first, the nearest before others; removed ones the newest first."""
    rows = readable(by).filter(_whose(by, chosen.whose), due(by, chosen.due), removed_on__isnull=not chosen.removed)
    rows = rows.prefetch_related("case__child__data_key", "organisation")
    return rows.order_by("-removed_on") if chosen.removed else rows.order_by(F("due_on").asc(nulls_last=True), "-pk")


def counts(by: Actor) -> dict[str, int]:
    """How many raised flags there are, by `whose`."""
    rows = readable(by).filter(removed_on=None)
    return rows.aggregate(**{key or "all": Count("pk", filter=_whose(by, key)) for key in WHOSE})


def _whose(by: Actor, whose: str) -> Q:
    keys = [key for key in by.keys if key > 0]
    return {"own": Q(raised_by=by.account), "team": Q(organisation__in=keys)}.get(whose, Q(pk__isnull=False))


def due(by: Actor, word: str) -> Q:
    """Condition on `due_on`: overdue, today, next; else every row."""
    words = {"overdue": Q(due_on__lt=by.today), "today": Q(due_on=by.today), "next": Q(due_on__gt=by.today)}
    return words.get(word, Q(pk__isnull=False))


def of_case(file: CaseFile) -> list[Flag]:
    """Those of one case, raised ones first; the text opens without another query."""
    rows = list(readable(file.by).filter(case=file.case).select_related("organisation").order_by("pk"))
    for row in rows:
        row.case = file.case
    return sorted(rows, key=lambda row: row.removed_on is not None)


def flagged(by: Actor, cases: Iterable[int]) -> set[int]:
    """Which of these cases (by id) carry a flag that the actor may read."""
    rows = readable(by).filter(case__in=list(cases), removed_on=None)
    return set(rows.values_list("case_id", flat=True))


def find(file: CaseFile, uuid: UUID) -> Flag:
    """A flag of the case that is still raised, held against others; NotFound for others."""
    row = readable(file.by).filter(case=file.case, uuid=uuid).first()
    if row is None:
        raise NotFound("")
    row.case = file.case
    return row


def may_remove(file: CaseFile, flag: Flag) -> bool:
    """Who raised it, their institution, and who keeps the case."""
    return flag.raised_by == file.by.account or bool(
        {flag.organisation_id, file.case.organisation_id} & set(file.by.keys)
    )
