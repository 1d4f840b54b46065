"""The report of an institution is written around, and issued."""

from collections.abc import Callable, Mapping

from django.db import connection, transaction

from zajedno.access.actions import audit
from zajedno.access.actions.report import Papers, keep_words, next_edition
from zajedno.casework.models import OfficeReport, OfficeWords
from zajedno.casework.rules import ISSUE_REPORT
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask


@transaction.atomic
def write(*, by: Actor, organisation: int, year: int, texts: Mapping[str, str]) -> None:
    """`texts` by section, such as `introduction`."""
    ask(by, ISSUE_REPORT, organisation)
    keep_words(OfficeWords.objects, by=by, year=year, texts=texts, organisation_id=organisation)
    _record(by, organisation, {"report_words": year})


@transaction.atomic
def issue(
    *, by: Actor, organisation: int, year: int, papers: Callable[[int], Papers], language: str, reason: str = ""
) -> OfficeReport:  # fmt: skip
    ask(by, ISSUE_REPORT, organisation)
    _one_at_a_time(organisation)
    made = next_edition(
        OfficeReport.objects, by=by, year=year, language=language, reason=reason, papers=papers,
        organisation_id=organisation,
    )  # fmt: skip
    _record(by, organisation, {"report_issued": year, "edition": made.number})
    return made


def _record(by: Actor, organisation: int, detail: dict[str, object]) -> None:
    audit.record(by=by, verb=ISSUE_REPORT.key, organisation=organisation, detail=detail)


def _one_at_a_time(organisation: int) -> None:
    """Two who issue at once get one number after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('casework.report'), %s)", [organisation])
