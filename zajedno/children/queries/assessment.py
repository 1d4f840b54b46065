"""Assessments as they may be read: by who filled them in, and by those whose tie opens their part of the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from zajedno.children.enums import Field, LedTo
from zajedno.children.models import Assessment, AssessmentDraft, Child
from zajedno.children.queries.child import visible_to
from zajedno.children.queries.tie import fields_open, opening
from zajedno.forms.logic.scores.contract import Facts, Finding
from zajedno.forms.queries.form import Loaded, loaded
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound


@dataclass(frozen=True)
class Read:
    """A sheet, opened. `judgements`: (what it led to, by whom, when, finding, band, reason), the newest last."""

    row: Assessment
    content: Mapping[str, Any]
    key: bytes

    @property
    def form(self) -> Loaded:
        return loaded(self.row.version_id)

    @property
    def later(self) -> Assessment | None:
        """The sheet that put this one right."""
        return getattr(self.row, "corrected_by", None)

    @property
    def facts(self) -> Facts:
        """What was known of the child when it was scored."""
        kept = self.content["facts"]
        born, on = (date.fromisoformat(kept[name]) if kept[name] else None for name in ("born", "on"))
        return Facts(kept["sex"], born, on)

    @cached_property
    def findings(self) -> list[Finding]:
        return [
            Finding(**{**one, "value": None if one["value"] is None else Decimal(one["value"])})
            for one in self.content["findings"]
        ]

    @cached_property
    def judgements(self) -> list[dict[str, Any]]:
        return [
            {"led_to": LedTo(row.led_to), "by": row.judged_by, "on": row.judged_on, **row.open(self.key)}
            for row in self.row.judgements.all()
        ]

    def band(self, finding: Finding) -> str:
        """The band people gave a finding, or else the one the score proposes."""
        given = [one["band"] for one in self.judgements if one["band"] and one["finding"] == finding.key]
        return given[-1] if given else finding.band


def is_filled_in(child: int, form: str, since: datetime) -> bool:
    """Was this form (by key) sent for the child after a moment? Says nothing of who did or of the answers."""
    return Assessment.objects.filter(child=child, version__form__key=form, sent_on__gt=since).exists()


def drafts(by: Actor) -> QuerySet[AssessmentDraft]:
    """One's own forms half filled in, of children still among one's own, the newest first. `named`: may the child be
    named?"""
    rows = AssessmentDraft.objects.filter(account=by.account, child__in=visible_to(by))
    identity = opening(by, Field.IDENTITY).filter(child=OuterRef("child"))
    return rows.annotate(named=Exists(identity)).select_related("child").order_by("-saved_on", "-pk")


def draft(by: Actor, uuid: UUID) -> AssessmentDraft:
    found = drafts(by).filter(uuid=uuid).select_related("child__data_key").first()
    if found is None:
        raise NotFound("")
    return found


def readable(by: Actor, child: Child) -> QuerySet[Assessment]:
    """Sheets of a child that the actor has found, the oldest first; those put right by another too."""
    rows = Assessment.objects.filter(_own(by) | Q(part__in=fields_open(by, child)), child=child)
    return rows.select_related("organisation", "corrected_by").prefetch_related("judgements")


def of_child(by: Actor, child: Child) -> list[Read]:
    """Opened for the timeline, the newest first. Empty when the child's sealed file was erased."""
    key = child.data_key
    if key.wrapped is None:
        return []
    opened = key.open()
    return [Read(row, row.open(opened), opened) for row in readable(by, child).order_by("-holds_on", "-pk")]


def find(by: Actor, child: Child, uuid: UUID) -> Read:
    row = readable(by, child).filter(uuid=uuid).first()
    if row is None or child.data_key.wrapped is None:
        raise NotFound("")
    opened = child.data_key.open()
    return Read(row, row.open(opened), opened)


def newest_of(by: Actor, children: Sequence[Child], form_key: str) -> dict[int, Read]:
    """The newest sheet of one form that the actor may read, opened, for each of many children (with their keys), by
    child; a number of queries that does not grow with them."""
    opens = opening(by, OuterRef("part")).filter(child=OuterRef("child"))
    rows = Assessment.objects.filter(_own(by) | Exists(opens), child__in=children, corrected_by=None)
    newest = rows.filter(version__form__key=form_key).order_by("child", "-holds_on", "-pk").distinct("child")
    sealed_under = {child.pk: child.data_key for child in children}
    read = {}
    for row in newest.prefetch_related("judgements"):
        key = sealed_under[row.child_id].open()
        read[row.child_id] = Read(row, row.open(key), key)
    return read


def assessed(by: Actor, children: QuerySet[Child]) -> QuerySet[Child]:
    """With `assessed_on`: the day of the newest sheet of each that the actor's institutions have filled in."""
    newest = Assessment.objects.filter(_own(by), child=OuterRef("pk"), corrected_by=None).order_by("-holds_on")
    return children.annotate(assessed_on=Subquery(newest.values("holds_on")[:1]))


def _own(by: Actor) -> Q:
    """Sheets of one's own institutions, and those one has filled in."""
    return Q(organisation__in=[key for key in by.keys if key > 0]) | Q(filled_by=by.account)
