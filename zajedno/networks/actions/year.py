"""The words around a year's report are kept; an edition is issued, and shown to everybody or not."""

from collections.abc import Callable, Mapping

from django.db import transaction

from zajedno.access.actions.report import Papers, keep_words, next_edition
from zajedno.kernel.actor import Actor
from zajedno.networks.actions.body import locked, record
from zajedno.networks.models import Body, YearReport, YearWords


@transaction.atomic
def write(*, by: Actor, body: Body, year: int, texts: Mapping[str, str]) -> None:
    """`texts` by section, such as `introduction`."""
    row = locked(by, body)
    keep_words(YearWords.objects, by=by, year=year, texts=texts, body=row)
    record(by, row, {"year_words": year})


@transaction.atomic
def issue(
    *, by: Actor, body: Body, year: int, papers: Callable[[int], Papers], language: str = "", reason: str = ""
) -> YearReport:  # fmt: skip
    row = locked(by, body)
    made = next_edition(
        YearReport.objects, by=by, year=year, language=language, reason=reason, papers=papers, body=row
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
