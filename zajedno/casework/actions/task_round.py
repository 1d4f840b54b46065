"""Tasks in the daily round: a reminder before the last day and one word when it is past, each once."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.access.queries.account import by_ids
from zajedno.casework.actions import notices
from zajedno.casework.models import Task
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.task import helpers
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor

if TYPE_CHECKING:
    from zajedno.access.models import Account

BEFORE = timedelta(days=1)  # our own choice: on the day before, or on the day itself when the round missed that


def run(today: date) -> tuple[int, int]:
    """(tasks reminded of, tasks told to be overdue). A task that somebody just changes is left to tomorrow's round."""
    new = Q(missed_on=None) & (Q(reminded_on=None) | Q(due_on__lt=today))
    rows = Task.objects.filter(new, done_on=None, case__closed_on=None, due_on__lte=today + BEFORE)
    rows = rows.select_for_update(of=("self",), skip_locked=True).select_related("case__organisation", "case__version")
    reminded = missed = 0
    for row in rows.order_by("pk").iterator(chunk_size=500):
        if row.due_on < today:
            row.missed_on = today
            _tell(
                row, today, "overdue", {row.assignee_id, row.given_by}, _("A task is overdue in Zajedno"),
                _("The last day of a task in one of your cases is past. Log in and look at “Calendar”."),
            )  # fmt: skip
            missed += 1
        elif clock.day_of(row.given_on) < today:  # on the day it was given they were told
            row.reminded_on = today
            _tell(
                row, today, "near", {row.assignee_id}, _("The last day of a task is near in Zajedno"),
                _("The last day of a task in one of your cases is near. Log in and look at “Calendar”."),
            )  # fmt: skip
            reminded += 1
        row.save(update_fields=["reminded_on", "missed_on"])
    return reminded, missed


def _tell(row: Task, today: date, word: str, whom: Iterable[int], subject: Promise, body: Promise) -> None:
    """Only those who still take part in the case; the letter says where to look, never of whom."""
    known = helpers(CaseFile(row.case, Actor(account=0, seats=(), today=today)))
    accounts: dict[int, Account] = by_ids(one for one in whom if one in known)
    notices.write(row.case, accounts, f"task-{word}-{row.pk}-{row.due_on:%y%m%d}", subject, body)
