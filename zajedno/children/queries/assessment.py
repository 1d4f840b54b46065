"""Assessments as they may be read: by who filled them in, and by those whose tie opens their part of the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zajedno.children.enums import LedTo
from zajedno.children.models import Assessment, AssessmentDraft, Child
from zajedno.children.queries.child import visible_to
from zajedno.children.queries.tie import fields_open
from zajedno.forms.logic.scores.contract import Finding
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

    @cached_property
    def findings(self) -> list[Finding]:
        return [
            Finding(**{**one, "value": None if one["value"] is None else Decimal(one["value"])})
            for one in self.content["findings"]
        ]

    @cached_property
    def judgements(self) -> list[dict[str, Any]]:
        return [
            {"led_to": LedTo(row.led_to), "by": row.judged_by, "on": row.judged_on, **_opened(row, self)}
            for row in self.row.judgements.all()
        ]

    def band(self, finding: Finding) -> str:
        """The band people gave a finding, or else the one the score proposes."""
        given = [one["band"] for one in self.judgements if one["band"] and one["finding"] == finding.key]
        return given[-1] if given else finding.band


def _opened(judgement: Any, read: Read) -> dict[str, Any]:
    judgement.assessment = read.row
    return dict(judgement.open(read.key))


def drafts(by: Actor) -> QuerySet[AssessmentDraft]:
    """One's own forms half filled in, of children still among one's own, the newest first."""
    rows = AssessmentDraft.objects.filter(account=by.account, child__in=visible_to(by))
    return rows.select_related("child").order_by("-saved_on", "-pk")


def draft(by: Actor, uuid: UUID) -> AssessmentDraft:
    found = drafts(by).filter(uuid=uuid).select_related("child__data_key").first()
    if found is None:
        raise NotFound("")
    return found


def readable(by: Actor, child: Child) -> QuerySet[Assessment]:
    """Sheets of a child that the actor has found, the oldest first; those put right by another too."""
    organisations = [key for key in by.keys if key > 0]
    mine = Q(organisation__in=organisations) | Q(filled_by=by.account)
    rows = Assessment.objects.filter(mine | Q(part__in=fields_open(by, child)), child=child)
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


def content_of(row: Assessment) -> dict[str, Any]:
    return row.open(row.child.data_key.open())


def newest_of(children: Sequence[int], form_key: str) -> dict[int, Assessment]:
    """The newest sheet of one form for each of many children, by child; one query."""
    rows = Assessment.objects.filter(child__in=children, version__form__key=form_key, corrected_by=None)
    newest = rows.order_by("child", "-holds_on", "-pk").distinct("child")
    return {row.child_id: row for row in newest.select_related("child__data_key")}
