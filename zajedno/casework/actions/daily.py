"""The daily round: what became visible or hidden overnight, reminders, missed deadlines, forgotten drafts.

It may run any number of times a day, and after days without it: each reminder and each miss is told once.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.access.queries.audit import newest_detail
from zajedno.casework.actions import arrival_round, bulk, notices, task_round
from zajedno.casework.actions.escalation import escalate
from zajedno.casework.models import Clock, DraftRequest
from zajedno.casework.queries.case import CaseFile
from zajedno.children.actions.assessment import DRAFT_DAYS, drop_old_drafts
from zajedno.children.actions.school_class import end_ties_of_the_past
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.definition import DeadlineRule
from zajedno.procedures.logic.due import reminders_due
from zajedno.procedures.queries.definition import of_version

if TYPE_CHECKING:
    from zajedno.access.models import Account

ROUND: Final = "casework.daily_round"
FIRST_ROUND: Final = 366  # days looked back when no round was ever made


@dataclass(frozen=True)
class Round:
    """How many: children and cases whose readers were reckoned anew, clocks and tasks reminded of and missed, drafts
    dropped, teachers' ties ended, referrals from other systems of which the time was over."""

    children: int
    cases: int
    reminded: int
    missed: int
    drafts: int
    ties: int
    arrivals: int


@transaction.atomic
def run() -> Round:
    """Make the round of today. For a job under the worker's role: it is nobody's act and sees every case."""
    today = clock.today()
    ties = end_ties_of_the_past()
    children, cases = _refresh(_last_round(today))
    reminded, missed = _clocks(today)
    drafts, _each = DraftRequest.objects.filter(saved_on__lt=clock.now() - timedelta(days=DRAFT_DAYS)).delete()
    near, overdue = task_round.run(today)
    drafts += drop_old_drafts() + bulk.drop_old()
    made = Round(children, cases, reminded + near, missed + overdue, drafts, ties, arrival_round.run(today))
    audit.record(by=None, verb=ROUND, detail={**asdict(made), "day": str(today)})
    return made


def _last_round(today: date) -> date:
    """The day of the round before this one."""
    detail = newest_detail(ROUND)
    return min(date.fromisoformat(detail["day"]), today) if detail else today - timedelta(days=FIRST_ROUND)


def _refresh(since: date) -> tuple[int, int]:
    """Ties that began or ended since then change who the database lets read; measures that ended give their places
    back."""
    with connection.cursor() as cursor:
        cursor.execute("select app.refresh_acl(%s)", [since])
        (children,) = cursor.fetchone()
        cursor.execute("select app.refresh_case_acl(%s)", [since])
        (cases,) = cursor.fetchone()
        cursor.execute("select app.free_places()")
    return children, cases


def _clocks(today: date) -> tuple[int, int]:
    """Remind and tell. A clock that somebody is just moving is left to tomorrow's round."""
    running = Clock.objects.filter(stopped_on=None, paused_on=None, missed_on=None, case__closed_on=None)
    rows = (
        running.filter(due_on__lte=today + timedelta(days=_farthest(running)))
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("case__organisation", "case__version", "clause__agreement")
        .order_by("id")
    )
    by = Actor(account=0, seats=(), today=today)
    reminded = missed = 0
    for row in rows.iterator(chunk_size=500):
        file = CaseFile(row.case, by)
        rule = file.definition.deadline.get(row.key)
        if rule is None:
            continue
        if row.due_on < today or (row.due_at and row.due_at < clock.now()):
            missed += _tell_missed(file, row, rule)
        elif days := reminders_due(rule, row.due_on, today, row.reminded):
            reminded += _remind(file, row, rule, days)
    return reminded, missed


def _farthest(running: QuerySet[Clock]) -> int:
    """The most days before the last day on which any rule in use reminds."""
    versions = running.order_by().values_list("case__version_id", flat=True).distinct()
    return max((day for one in versions for rule in of_version(one).deadlines for day in rule.remind_before), default=0)


def _remind(file: CaseFile, row: Clock, rule: DeadlineRule, days: Iterable[int]) -> int:
    """One letter, also when several reminders have come at once; a clock begun late starts with the nearest."""
    row.reminded = sorted({*row.reminded, *days}, reverse=True)
    row.save(update_fields=["reminded"])
    _tell(
        file, rule, f"remind-{row.pk}-{row.due_on:%y%m%d}-{min(days)}",
        _("A deadline is near in Zajedno"),
        _("The last day of a deadline in one of your cases is near. Log in and look at “Deadlines”."),
    )  # fmt: skip
    return 1


def _tell_missed(file: CaseFile, row: Clock, rule: DeadlineRule) -> int:
    row.missed_on = file.by.today
    row.save(update_fields=["missed_on"])
    _tell(
        file, rule, f"missed-{row.pk}-{row.due_on:%y%m%d}",
        _("A deadline was missed in Zajedno"),
        _("The last day of a deadline in one of your cases is past. Log in and look at “Deadlines”."),
    )  # fmt: skip
    if row.clause:
        escalate(file, row, row.clause)
    return 1


def _tell(file: CaseFile, rule: DeadlineRule, key: str, subject: Promise, body: Promise) -> None:
    """The parts that the rule names. The letter says where to look, never of whom."""
    accounts: dict[int, Account] = {}
    for part in rule.missed:
        accounts |= notices.people(file, part)
    notices.write(file.case, accounts, key, subject, body)
