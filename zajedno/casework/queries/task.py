"""Tasks in cases: one's own, those one gave, and those of people whose work one supervises; nobody else's."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from zajedno.casework.models import Task
from zajedno.casework.queries.case import CaseFile, visible_to
from zajedno.casework.rules import GIVE_TASK
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.post import held, supervised

if TYPE_CHECKING:
    from zajedno.places.models import Post

WHOSE: Final = ("", "given", "team")  # one's own, those one gave to others, those of whom one supervises


def of(by: Actor, whose: str) -> QuerySet[Task]:
    """One of `WHOSE`, in cases that the actor takes part in today."""
    rows = Task.objects.filter(case__in=visible_to(by))
    if whose == "team":
        return rows.filter(assignee__in=supervised(by))
    if whose == "given":
        return rows.filter(given_by=by.account).exclude(assignee=by.account)
    return rows.filter(assignee=by.account)


def visible(by: Actor) -> QuerySet[Task]:
    """All three together."""
    mine = Q(assignee=by.account) | Q(given_by=by.account) | Q(assignee__in=supervised(by))
    return Task.objects.filter(mine, case__in=visible_to(by))


def waiting(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Those that are not done, of open cases."""
    return rows.filter(done_on=None, case__closed_on=None)


def of_case(file: CaseFile) -> list[Task]:
    """Those of one case that the actor may see: not done first, the nearest day first."""
    rows = list(visible(file.by).filter(case=file.case).select_related("assignee").order_by("due_on", "pk"))
    for row in rows:
        row.case = file.case
    return sorted(rows, key=lambda row: row.done_on is not None)


def find(file: CaseFile, uuid: UUID) -> Task:
    """One of them; NotFound for others as for none."""
    row = visible(file.by).filter(case=file.case, uuid=uuid).select_related("assignee").first()
    if row is None:
        raise NotFound("")
    row.case = file.case
    return row


def helpers(file: CaseFile) -> "dict[int, Post]":
    """Whom a task may be given in this case, by account: people at institutions that take part, and people who take
    part themselves, whose role carries the verb. In the order of institutions and names."""
    here = Q(organisation__in=[row.key for row in file.participants if row.key > 0], role__opens_files=True)
    named = Q(account__in=[-row.key for row in file.participants if row.key < 0])
    posts = held(file.by.today).filter(here | named, role__verbs__contains=[GIVE_TASK.key])
    posts = posts.select_related("account", "organisation").order_by("organisation__key", "account__name", "pk")
    found: dict[int, Post] = {}
    for post in posts:
        found.setdefault(post.account_id, post)
    return found


def may_do(file: CaseFile, task: Task) -> bool:
    """Who has it, who gave it, and who supervises who has it."""
    by = file.by
    return by.account in (task.assignee_id, task.given_by) or task.assignee_id in supervised(by)


def by_ids(by: Actor, ids: Iterable[int]) -> QuerySet[Task]:
    """With case, child and key, so that the text opens."""
    return visible(by).filter(pk__in=list(ids)).select_related("assignee").prefetch_related("case__child__data_key")
