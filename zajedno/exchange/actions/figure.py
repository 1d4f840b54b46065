"""Results in numbers: an indicator before and after, with its source, beside what is told in words."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange.actions.practice import draft, locked
from zajedno.exchange.models import Practice, PracticeVersion
from zajedno.exchange.rules import WRITE_PRACTICE
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused

MOST = 20


@transaction.atomic
def add_figure(
    *, by: Actor, practice: Practice, indicator: str, before: Decimal | None, after: Decimal, source: str,
    unit: str = "",
) -> PracticeVersion:  # fmt: skip
    """To the version that is written now. `before` None: nobody counted before."""
    row = locked(by, practice)
    version = draft(by, row)
    if not indicator.strip() or not source.strip():
        raise Refused(_("Say what is counted, and where the numbers come from."), "empty")
    if len(version.figures) >= MOST:
        raise Refused(_("There are twenty results already. Take one out first."), "many")
    told = {
        "indicator": indicator.strip()[:200], "before": "" if before is None else f"{before:f}",
        "after": f"{after:f}", "unit": unit.strip()[:40], "source": source.strip()[:500],
    }  # fmt: skip
    version.figures = [*version.figures, told]
    return _kept(by, row, version, {"figure": told["indicator"]})


@transaction.atomic
def remove_figure(*, by: Actor, practice: Practice, number: int) -> PracticeVersion:
    """`number`: its place in the list, from 1."""
    row = locked(by, practice)
    version = draft(by, row)
    if not 1 <= number <= len(version.figures):
        raise NotFound("")
    version.figures = [one for place, one in enumerate(version.figures, start=1) if place != number]
    return _kept(by, row, version, {"figure_out": number})


def _kept(by: Actor, row: Practice, version: PracticeVersion, detail: dict[str, str | int]) -> PracticeVersion:
    version.save(update_fields=["figures"])
    audit.record(
        by=by, verb=WRITE_PRACTICE.key, about=row, organisation=row.organisation_id, detail=dict(detail)
    )  # fmt: skip
    return version
