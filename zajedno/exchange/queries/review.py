"""Reviews: what I am asked for, who can be asked, and which reviews of others may be read."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery, TextField

from zajedno.exchange import rules
from zajedno.exchange.enums import State, Translation
from zajedno.exchange.models import Practice, PracticeText, PracticeVersion, Review
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold
from zajedno.places.queries.post import held

if TYPE_CHECKING:
    from zajedno.places.models import Post


def mine(by: Actor) -> QuerySet[Any]:
    """Reviews I am asked for, what waits first, with the `title` of the practice."""
    title = PracticeText.objects.filter(version=OuterRef("version"), state=Translation.SOURCE).values("title")[:1]
    rows = Review.objects.filter(reviewer=by.account, declined_on=None).annotate(title=Subquery(title))
    return rows.select_related("version__practice").order_by(F("written_on").asc(nulls_first=True), "-asked_on", "-pk")


def find(by: Actor, uuid: UUID) -> Any:
    """One of my own; NotFound for those of others as for none."""
    found = mine(by).select_related("version__practice__organisation").filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def is_open(review: Review) -> bool:
    """May it still be written? Not once the editor has decided on the version."""
    practice = review.version.practice
    handed = practice.versions.exclude(frozen_on=None).order_by("-number").values_list("pk", flat=True).first()
    return review.written_on is None and practice.stage == State.REVIEW and handed == review.version_id


def of_version(by: Actor, version: PracticeVersion) -> QuerySet[Review]:
    """Written reviews that this person may read: all once their own is written, and for editors; else none but it.

    No editor reads those of their own practice, nor before writing a review that was asked of them.
    """
    rows = Review.objects.filter(version=version).select_related("reviewer").order_by("asked_on", "pk")
    written = rows.exclude(written_on=None)
    own = rows.filter(reviewer=by.account, declined_on=None).first()
    if own is not None:
        return written if own.written_on else rows.none()
    edits = by.may(rules.EDIT.key) and version.practice.author_id != by.account
    return written if edits else rows.none()


def told_to_author(practice: Practice) -> list[Review]:
    """Written reviews of the last version that was handed in, once the editors have decided; by what they say, so that
    no order tells who wrote which."""
    if practice.stage in (State.SUBMITTED, State.REVIEW):
        return []
    last = practice.versions.exclude(frozen_on=None).order_by("-number").first()
    rows = Review.objects.filter(version=last).exclude(written_on=None).order_by("advice", "remarks")
    return list(rows.defer("reviewer")) if last else []


def asked(version: PracticeVersion) -> QuerySet[Review]:
    """Everybody asked, for an editor; marks and remarks are read by `of_version`."""
    rows = Review.objects.filter(version=version).select_related("reviewer").defer("marks", "remarks", "advice")
    return rows.order_by("asked_on", "pk")


def candidates(by: Actor, practice: Practice, version: PracticeVersion, text: str = "") -> "QuerySet[Post]":
    """Posts whose holders can still be asked: reviewers, but neither the author nor anybody of the same institution.

    Every word of `text` stands in the name of the person or of the institution, in either script.
    """
    near = held(by.today).filter(organisation=practice.organisation_id).values("account")
    rows = held(by.today).filter(role__verbs__contains=[rules.REVIEW.key]).exclude(account__in=near)
    rows = rows.exclude(account=practice.author_id)
    rows = rows.exclude(account__in=Review.objects.filter(version=version).values("reviewer"))
    rows = rows.alias(folded=Func(F("account__name"), function="app.fold", output_field=TextField()))
    for word in fold(text).split():
        rows = rows.filter(Q(folded__contains=word) | Q(organisation__key__contains=word))
    return rows.select_related("account", "organisation__kind", "role").order_by("account__name", "pk")
