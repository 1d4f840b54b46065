"""The needs of a procedure, answered for a case. One function a name of `procedures.logic.needs.NEEDS`."""

import json
from collections.abc import Callable, Mapping

from django.db.models import Q

from zajedno.casework.enums import Attendance, Heard, SittingState
from zajedno.casework.logic.request import missing_fields
from zajedno.casework.models import AgendaItem
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.members import voters
from zajedno.children.queries import consent as consents

Need = Callable[[CaseFile], bool]
_needs: dict[str, Need] = {}


def _need(function: Need) -> Need:
    _needs[function.__name__.lstrip("_")] = function
    return function


def facts(file: CaseFile, names: set[str] | None = None) -> Mapping[str, bool]:
    """Which needs hold now; only those named, when names are given."""
    return {name: holds(file) for name, holds in _needs.items() if names is None or name in names}


def implemented() -> set[str]:
    return set(_needs)


def _noted(file: CaseFile, *kinds: str) -> bool:
    return file.case.notes.filter(kind__in=kinds).exists()


def _request(file: CaseFile) -> dict[str, object]:
    request = getattr(file.case, "request", None)
    content: dict[str, object] = json.loads(request.text) if request and request.text else {}
    return content


@_need
def required_fields(file: CaseFile) -> bool:
    return not missing_fields(_request(file)) and file.case.child.guardians.filter(ended_on=None).exists()


@_need
def documents(file: CaseFile) -> bool:
    return bool(_request(file).get("papers")) or file.case.papers.filter(removed_on=None).exists()


@_need
def registry_number(file: CaseFile) -> bool:
    return bool(file.case.number)


@_need
def consent(file: CaseFile) -> bool:
    return consents.in_force(
        child=file.case.child_id,
        purpose=file.definition.purpose,
        recipient=file.case.organisation_id,
        day=file.by.today,
    )


@_need
def guardian_informed(file: CaseFile) -> bool:
    return _noted(file, Heard.INFORMED)


@_need
def family_heard(file: CaseFile) -> bool:
    return _noted(file, Heard.PARENT, Heard.CHILD)


@_need
def observation(file: CaseFile) -> bool:
    return _noted(file, Heard.OBSERVATION)


@_need
def interim_member(file: CaseFile) -> bool:
    return any(row.part == "interim_member" for row in file.participants)


@_need
def individual_opinions(file: CaseFile) -> bool:
    written = set(
        file.case.opinions.filter(submitted_on__isnull=False, replaced_by=None).values_list("author_id", flat=True)
    )
    members = voters(file)
    return bool(members) and all(member.account in written for member in members)


def _last_item(file: CaseFile) -> AgendaItem | None:
    return (
        file.case.agenda.exclude(sitting__state=SittingState.CANCELLED)
        .select_related("sitting")
        .order_by("-sitting__begins")
        .first()
    )


@_need
def sitting(file: CaseFile) -> bool:
    return _last_item(file) is not None


@_need
def quorum(file: CaseFile) -> bool:
    item = _last_item(file)
    if item is None or file.definition.composition is None:
        return item is not None
    present = item.sitting.attendees.filter(state=Attendance.PRESENT, votes=True)
    recused = file.case.recusals.values("account")
    return present.exclude(account__in=recused).count() >= file.definition.composition.quorum


@_need
def no_conflict_of_interest(file: CaseFile) -> bool:
    return not file.case.recusals.filter(deputy=None).exists()


@_need
def joint_opinion(file: CaseFile) -> bool:
    opinion = getattr(file.case, "joint_opinion", None)
    return opinion is not None and bool(opinion.text) and bool(json.loads(opinion.text).get("findings", "").strip())


@_need
def support_plan(file: CaseFile) -> bool:
    measures = file.case.measures
    unfinished = (Q(responsible=None) & Q(responsible_person="")) | (Q(until=None) & Q(frequency=""))
    return measures.exists() and not measures.filter(unfinished).exists()


@_need
def delivery(file: CaseFile) -> bool:
    return _noted(file, Heard.DELIVERED)


@_need
def follow_up_report(file: CaseFile) -> bool:
    last = file.case.moves.filter(move="report_follow_up").order_by("-position").first()
    reports = file.case.notes.filter(kind=Heard.FOLLOW_UP)
    return reports.filter(written_on__gt=last.moment).exists() if last else reports.exists()


@_need
def receiving_commission(file: CaseFile) -> bool:
    return any(row.part == "receiving_commission" for row in file.participants)
