"""The words around a year's report are kept; an edition is issued, and shown to everybody or not."""

import hashlib
from collections.abc import Callable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.networks.actions.body import locked, record
from zajedno.networks.models import Body, YearReport, YearWords
from zajedno.networks.queries.year import FIRST, LAST


@transaction.atomic
def write(*, by: Actor, body: Body, year: int, introduction: str, conclusion: str) -> YearWords:
    """One row a year: the last words count."""
    row = locked(by, body)
    _known(by, year)
    said = {"introduction": introduction.strip(), "conclusion": conclusion.strip(), "written_by": by.account,
            "written_on": clock.now()}  # fmt: skip
    made, _new = YearWords.objects.update_or_create(body=row, year=year, defaults=said)
    record(by, row, {"year_words": year})
    return made


@transaction.atomic
def issue(*, by: Actor, body: Body, year: int, paper: Callable[[int], bytes]) -> YearReport:
    """The next edition of the year, printed with its number: from now on it stays as it is."""
    row = locked(by, body)
    _known(by, year)
    last = YearReport.objects.filter(body=row, year=year).aggregate(last=Max("number"))["last"] or 0
    content = paper(last + 1)
    made = YearReport.objects.create(
        body=row, year=year, number=last + 1, name=f"report-{year}-{last + 1}.pdf", media_type="application/pdf",
        size=len(content), content=content, sha256=hashlib.sha256(content).digest(), added_by=by.account,
        added_on=clock.now(),
    )  # fmt: skip
    record(by, row, {"year_issued": year, "edition": made.number})
    return made


@transaction.atomic
def show(*, by: Actor, report: YearReport, public: bool) -> None:
    """Let everybody read an edition on the body's public page, or no more."""
    row = locked(by, report.body)
    report.is_public = public
    report.save(update_fields=["is_public"])
    record(by, row, {"year_public": public, "year": report.year, "edition": report.number})


def _known(by: Actor, year: int) -> None:
    if not FIRST <= year <= min(by.today.year, LAST):
        raise Refused(_("There is no report of a year that has not begun."), "year")
