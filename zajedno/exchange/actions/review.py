"""A reviewer's verbs: write one's own review, once, or decline."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange import rules
from zajedno.exchange.enums import Criterion
from zajedno.exchange.logic.judging import fits
from zajedno.exchange.models import Practice, Review
from zajedno.exchange.queries.practice import is_own
from zajedno.exchange.queries.review import is_open
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import ask

LONGEST = 6_000  # characters of the remarks


@transaction.atomic
def write(*, by: Actor, review: Review, marks: Mapping[str, int | None], advice: str, remarks: str) -> Review:
    """A mark on the scale of each criterion, an advice and remarks; written once and never changed."""
    row = _own(by, review)
    if not fits(marks, Criterion.values):
        raise Refused(_("Give each criterion a mark on its scale."), "marks")
    if advice not in Review.Advice.values:
        raise Refused(_("Choose what you advise."), "advice")
    if advice != Review.Advice.PUBLISH and not remarks.strip():
        raise Refused(_("Say what should be changed, or why it should not be published."), "remarks")
    if len(remarks.strip()) > LONGEST:
        raise Refused(_("The remarks are too long. Keep them under three pages."), "remarks")
    row.marks, row.advice, row.remarks = dict(marks), advice, remarks.strip()
    row.written_on = clock.now()
    row.save()
    audit.record(by=by, verb=rules.REVIEW.key, about=row, detail={"advice": advice})
    return row


@transaction.atomic
def decline(*, by: Actor, review: Review) -> None:
    """Say that one will not review it, for whatever reason."""
    row = _own(by, review)
    row.declined_on = clock.now()
    row.save(update_fields=["declined_on"])
    audit.record(by=by, verb=rules.REVIEW.key, about=row, detail={"declined": True})


def _own(by: Actor, review: Review) -> Review:
    """One's own that is still open; not of a practice that has become one's own or one's institution's."""
    ask(by, rules.REVIEW)
    row = Review.objects.select_for_update(of=("self",)).select_related("version__practice").get(pk=review.pk)
    if row.reviewer_id != by.account:
        raise NotFound("")
    # No decision meanwhile.
    row.version.practice = Practice.objects.select_for_update().get(pk=row.version.practice_id)
    if is_own(by, row.version.practice):
        raise NotPermitted(_("Nobody reviews a practice of their own institution. Decline it, please."))
    if row.declined_on is not None or not is_open(row):
        raise Overtaken(_("This review is not asked for any more."), "closed")
    return row
