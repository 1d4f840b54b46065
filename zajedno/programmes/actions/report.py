"""The report of a programme is written around, and issued to who pays for it."""

from collections.abc import Callable, Mapping

from django.db import transaction

from zajedno.access.actions.report import Papers, keep_words, next_edition
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask
from zajedno.programmes.actions.programme import record
from zajedno.programmes.models import Programme, ProgrammeReport, ProgrammeWords
from zajedno.programmes.rules import RUN_PROGRAMME


def _locked(by: Actor, programme: Programme) -> Programme:
    """Also of a programme that was put away: its last report comes after it."""
    ask(by, RUN_PROGRAMME, programme.organisation_id)
    return Programme.objects.select_for_update().get(pk=programme.pk)


@transaction.atomic
def write(*, by: Actor, programme: Programme, year: int, texts: Mapping[str, str]) -> None:
    """`texts` by section, such as `introduction`."""
    row = _locked(by, programme)
    keep_words(ProgrammeWords.objects, by=by, year=year, texts=texts, programme=row)
    record(by, row, {"report_words": year})


@transaction.atomic
def issue(
    *, by: Actor, programme: Programme, year: int, papers: Callable[[int], Papers], language: str, reason: str = ""
) -> ProgrammeReport:  # fmt: skip
    row = _locked(by, programme)
    made = next_edition(
        ProgrammeReport.objects, by=by, year=year, language=language, reason=reason, papers=papers, programme=row
    )
    record(by, row, {"report_issued": year, "edition": made.number})
    return made
