"""The needs of a procedure, answered for a case. One function a name of `procedures.logic.needs.OF_CASES`."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Q

from zajedno.casework.enums import Attendance, Heard, SittingState
from zajedno.casework.logic.request import missing_fields
from zajedno.casework.models import AgendaItem, Case
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.members import voters
from zajedno.casework.queries.plan import lines
from zajedno.children.queries import consent as consents
from zajedno.children.queries.assessment import is_filled_in
from zajedno.kernel.clock import ZONE, now
from zajedno.procedures.logic.needs import named

if TYPE_CHECKING:
    from zajedno.children.models import Consent

Need = Callable[[CaseFile, datetime], bool]
SHARING = "consent_to_share"
BEGINNING = datetime.min.replace(tzinfo=UTC)
_needs: dict[str, Need] = {}


def _need(function: Need) -> Need:
    _needs[function.__name__.lstrip("_")] = function
    return function


def facts(file: CaseFile, names: set[str] | None = None) -> Mapping[str, bool]:
    """Which needs hold now; only those named, when names are given."""
    made = _moves_made(file)
    wanted = set(_needs) | {need for move in file.definition.moves for need in move.needs} if names is None else names
    return {
        name: _fulfilled(file, made, name) or _holds(file, made, name)
        for name in wanted
        if named(name)[0] or name in _needs
    }


def _holds(file: CaseFile, made: list[tuple[str, datetime]], need: str) -> bool:
    since, (kind, key) = _renewed(file, made, need), named(need)
    return (_of_key[kind](file, since, key) if kind else _needs[key](file, since)) or is_set_aside(file, need, since)


def is_set_aside(file: CaseFile, need: str, since: datetime = BEGINNING) -> bool:
    """Did somebody authorised set the need aside? Of a consent as a whole, sharing is a part."""
    named_so = {need, "consent"} if need == SHARING else {need}
    allowed = named_so.intersection(file.definition.overridable)
    return bool(allowed) and file.case.overrides.filter(need__in=allowed, made_on__gt=since).exists()


def _moves_made(file: CaseFile) -> list[tuple[str, datetime]]:
    return [(row.move, row.moment) for row in reversed(file.made)]


def _renewed(file: CaseFile, made: list[tuple[str, datetime]], need: str) -> datetime:
    """From when on things count: the newest move that asks for the need anew."""
    rules = file.definition.move
    return next((moment for move, moment in made if move in rules and need in rules[move].renews), BEGINNING)


def _fulfilled(file: CaseFile, made: list[tuple[str, datetime]], need: str) -> bool:
    """Did a move say that it fulfils the need, and none since ask for it anew?"""
    for move, _moment in made:
        rule = file.definition.move.get(move)
        if rule and need in rule.renews:
            return False
        if rule and need in rule.fulfils:
            return True
    return False


def implemented() -> set[str]:
    return set(_needs)


def _noted(file: CaseFile, since: datetime, *kinds: str) -> bool:
    return file.case.notes.filter(kind__in=kinds, written_on__gt=since).exists()


def _request(file: CaseFile) -> dict[str, object]:
    request = getattr(file.case, "request", None)
    content: dict[str, object] = json.loads(request.text) if request and request.text else {}
    return content


@_need
def required_fields(file: CaseFile, since: datetime) -> bool:
    return not missing_fields(_request(file)) and file.case.child.guardians.filter(ended_on=None).exists()


@_need
def documents(file: CaseFile, since: datetime) -> bool:
    return bool(_request(file).get("papers")) or file.case.papers.filter(removed_on=None).exists()


@_need
def registry_number(file: CaseFile, since: datetime) -> bool:
    return bool(file.case.number)


@_need
def consent(file: CaseFile, since: datetime) -> bool:
    found = consents.in_force(
        child=file.case.child_id,
        purpose=file.definition.purpose,
        recipient=file.case.organisation_id,
        day=file.by.today,
    )
    return found is not None and found.recorded_on > since


@_need
def consent_to_share(file: CaseFile, since: datetime) -> bool:
    """To anybody besides who keeps the case; whether it names the very institution is asked when that is chosen."""
    keeper = file.case.organisation_id
    rows = consents.of_child(file.case.child_id).filter(purpose=file.definition.purpose, recorded_on__gt=since)
    others = {one for one in rows.values_list("recipients", flat=True) if one and one != keeper}
    return any(consent_for(file, one) for one in others)


def consent_for(file: CaseFile, organisation: int) -> "Consent | None":
    """The consent in force by which an institution may see what the procedure is for."""
    purpose, day = file.definition.purpose, file.by.today
    return consents.in_force(child=file.case.child_id, purpose=purpose, recipient=organisation, day=day)


@_need
def guardian_informed(file: CaseFile, since: datetime) -> bool:
    return _noted(file, since, Heard.INFORMED)


@_need
def family_heard(file: CaseFile, since: datetime) -> bool:
    return _noted(file, since, Heard.PARENT, Heard.CHILD)


@_need
def observation(file: CaseFile, since: datetime) -> bool:
    return _noted(file, since, Heard.OBSERVATION)


@_need
def individual_opinions(file: CaseFile, since: datetime) -> bool:
    written = set(
        file.case.opinions.filter(submitted_on__gt=since, replaced_by=None).values_list("author_id", flat=True)
    )
    members = voters(file)
    return bool(members) and all(member.account in written for member in members)


def _last_item(file: CaseFile, since: datetime) -> AgendaItem | None:
    return (
        file.case.agenda.filter(added_on__gt=since)
        .exclude(sitting__state=SittingState.CANCELLED)
        .select_related("sitting")
        .order_by("-sitting__begins")
        .first()
    )


@_need
def sitting(file: CaseFile, since: datetime) -> bool:
    return _last_item(file, since) is not None


@_need
def quorum(file: CaseFile, since: datetime) -> bool:
    item = _last_item(file, since)
    if item is None or file.definition.composition is None:
        return item is not None
    present = item.sitting.attendees.filter(state=Attendance.PRESENT, votes=True)
    recused = file.case.recusals.values("account")
    return present.exclude(account__in=recused).count() >= file.definition.composition.quorum


@_need
def no_conflict_of_interest(file: CaseFile, since: datetime) -> bool:
    return not file.case.recusals.filter(deputy=None).exists()


@_need
def joint_opinion(file: CaseFile, since: datetime) -> bool:
    opinion = getattr(file.case, "joint_opinion", None)
    return (
        opinion is not None
        and opinion.saved_on > since
        and bool(opinion.text)
        and bool(json.loads(opinion.text).get("findings", "").strip())
    )


@_need
def support_plan(file: CaseFile, since: datetime) -> bool:
    measures = lines(file)
    unfinished = (Q(responsible=None) & Q(responsible_person="")) | (Q(until=None) & Q(frequency=""))
    return measures.exists() and not measures.filter(unfinished).exists()


@_need
def delivery(file: CaseFile, since: datetime) -> bool:
    return _noted(file, since, Heard.DELIVERED)


@_need
def follow_up_report(file: CaseFile, since: datetime) -> bool:
    return _noted(file, since, Heard.FOLLOW_UP)


def _made(file: CaseFile, since: datetime, move: str) -> bool:
    return any(row.move == move and row.moment > since for row in file.made)


def _played(file: CaseFile, since: datetime, part: str) -> bool:
    if file.definition.part[part].planned:
        return lines(file).exclude(responsible=None).exists()
    return any(row.part == part and row.tie.written_on > since for row in file.participants)


def _filled_in(file: CaseFile, since: datetime, form: str) -> bool:
    begun = max(since, datetime.combine(file.case.opened_on, time.min, ZONE))
    return is_filled_in(file.case.child_id, form, begun)


def _linked_ended(file: CaseFile, since: datetime, procedure: str) -> bool:
    linked = Case.objects.filter(repeats=file.case, version__definition__key=procedure)
    return linked.exists() and not linked.filter(closed_on=None).exists()


def _run_out(file: CaseFile, since: datetime, deadline: str) -> bool:
    """Is the clock past its last day (or hour), still running? One that stands still or was stopped is not over."""
    running = (row for row in file.running if row.key == deadline and row.paused_on is None)
    return any(row.due_on < file.by.today or (row.due_at is not None and row.due_at < now()) for row in running)


_of_key: Mapping[str, Callable[[CaseFile, datetime, str], bool]] = {
    "move": _made, "part": _played, "form": _filled_in, "linked": _linked_ended, "over": _run_out,
}  # fmt: skip
