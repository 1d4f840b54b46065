"""Submissions from the field: those that are held, and what stands in one that somebody opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet

from zajedno.children.enums import Held
from zajedno.children.models import DataKey, Submission, SubmissionFile
from zajedno.children.rules import TAKE_HELD
from zajedno.forms.logic.field import Arrived, read
from zajedno.forms.logic.sheet import Sheet
from zajedno.forms.logic.submission import BadSubmission
from zajedno.forms.queries.form import Loaded, by_number, loaded
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound

OLDEST = timedelta(days=366)


@dataclass(frozen=True)
class Opened:
    """A held submission as it came. `form` is None when no form here has that name and version."""

    row: Submission
    arrived: Arrived
    form: Loaded | None
    files: tuple[SubmissionFile, ...]

    @property
    def day(self) -> date:
        return day_of(self.arrived, clock.day_of(self.row.received_on))

    def sheet(self, language: str) -> Sheet | None:
        """The answers in the form, as far as they fit it; None when they cannot be those of the form."""
        try:
            return sheet_of(self.form, self.arrived, self.day, language) if self.form else None
        except BadSubmission:
            return None


def held(by: Actor, *, aside: bool = False) -> QuerySet[Submission]:
    """What waits in the institutions where the actor decides, the newest first; or what was put aside."""
    rows = Submission.objects.filter(organisation__in=by.organisations_for(TAKE_HELD.key)).exclude(held="")
    rows = rows.filter(held=Held.REFUSED) if aside else rows.exclude(held=Held.REFUSED)
    return rows.select_related("device__post__account").defer("content").order_by("-received_on", "-id")


def find_held(by: Actor, uuid: UUID | str) -> Submission:
    """One of them, waiting or put aside; NotFound for another institution's as for none."""
    rows = Submission.objects.filter(organisation__in=by.organisations_for(TAKE_HELD.key), uuid=uuid).exclude(held="")
    row = rows.select_related("device__post__account").first()
    if row is None:
        raise NotFound("There is no such submission.")
    return row


def opened(row: Submission) -> Opened:
    """Unsealed; only for `actions.submission`, which writes the audit."""
    arrived = read(sealed.unseal(row.content or b"", row.bound_to()))
    return Opened(row, arrived, form_of(arrived), tuple(row.files.defer("content").order_by("id")))


def form_of(arrived: Arrived) -> Loaded | None:
    """The version that a sheet names, also a retired one."""
    return _version(arrived.form, arrived.version)


def form_of_row(row: Submission) -> Loaded | None:
    """The same, of a submission that is not opened."""
    return _version(row.form, row.form_version)


def _version(form: str, version: str) -> Loaded | None:
    number = int(version) if version.isdecimal() and len(version) < 10 else 0
    found = by_number(form, number, "child")
    return loaded(found.pk) if found else None


def sheet_of(form: Loaded, arrived: Arrived, day: date, language: str = "sr") -> Sheet:
    return Sheet.from_xml(form.form, arrived.xml, today=day, language=language)


def day_of(arrived: Arrived, received: date) -> date:
    """The day on which the phone says that the form was opened, unless its clock cannot be right."""
    return arrived.day if arrived.day and received - OLDEST <= arrived.day <= received else received


def files_of(assessment: int) -> QuerySet[SubmissionFile]:
    """Pictures that came with an assessment that the actor has found."""
    return SubmissionFile.objects.filter(submission__assessment=assessment).defer("content").order_by("id")


def key_for(row: Submission) -> bytes | None:
    """The key of a submission's files: the child's own once it is given, else the master's (None). BrokenSeal
    where the child's can no longer be had: nothing of a child's is sealed for longer than the child's file."""
    if row.assessment_id is None:
        return None
    key = DataKey.objects.filter(child__assessments=row.assessment_id).first()
    if key is None:
        raise sealed.BrokenSeal("closed")
    return key.open()


def last_heard(devices: Iterable[int]) -> dict[int, datetime]:
    """When each device last sent something."""
    rows = Submission.objects.filter(device__in=list(devices)).values("device").annotate(last=Max("received_on"))
    return {row["device"]: row["last"] for row in rows.order_by()}
