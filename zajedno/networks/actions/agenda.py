"""What a meeting talks about, what came of it, and the tasks that somebody takes on."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused
from zajedno.networks.actions.body import record
from zajedno.networks.actions.meeting import locked
from zajedno.networks.models import AgendaItem, BodyTask, Meeting, Member
from zajedno.networks.queries.body import keeps, seats_of
from zajedno.networks.queries.meeting import invited
from zajedno.networks.rules import KEEP_BODY

TASK_GIVEN = _("A body has given you a task")
LOOK = _("Log in and look at “Network”, “Bodies”.")


@dataclass(frozen=True)
class Said:
    """Of an item. `votes`: for, against, abstained; None: there was no vote."""

    title: str
    discussion: str = ""
    decision: str = ""
    votes: tuple[int, int, int] | None = None


@transaction.atomic
def put(*, by: Actor, meeting: Meeting, title: str) -> AgendaItem:
    """Put something on the agenda, at its end."""
    row = locked(by, meeting)
    if not title.strip():
        raise Refused(_("Say what you will talk about."), "title")
    last = row.items.aggregate(last=Max("position"))["last"] or 0
    made = AgendaItem.objects.create(meeting=row, position=last + 1, title=" ".join(title.split())[:250])
    record(by, row.body, {"item": made.position})
    return made


@transaction.atomic
def write(*, by: Actor, item: AgendaItem, said: Said) -> None:
    """What was said and decided. No more votes than members were there."""
    row = locked(by, item.meeting)
    if not said.title.strip():
        raise Refused(_("Say what you will talk about."), "title")
    if said.votes is not None and not said.decision.strip():
        raise Refused(_("Write what was voted on."), "decision")
    if said.votes is not None and sum(said.votes) > len(invited(row)):
        raise Refused(_("There are more votes than members."), "votes")
    votes = dict(zip(("votes_for", "votes_against", "votes_abstained"), said.votes or (None,) * 3, strict=True))
    AgendaItem.objects.filter(pk=item.pk, meeting=row).update(
        title=" ".join(said.title.split())[:250], discussion=said.discussion.strip(), decision=said.decision.strip(),
        **votes,
    )  # fmt: skip
    record(by, row.body, {"item": item.position})


@transaction.atomic
def take_off(*, by: Actor, item: AgendaItem) -> None:
    row = locked(by, item.meeting)
    AgendaItem.objects.filter(pk=item.pk, meeting=row).delete()
    record(by, row.body, {"item": -item.position})


@transaction.atomic
def give(*, by: Actor, meeting: Meeting, member: Member, text: str, due_on: date) -> BodyTask:
    """A member takes a task on until a day; they are told of it once."""
    row = locked(by, meeting)
    if member.body_id != row.body_id or not member.sits(by.today):
        raise Refused(_("Choose somebody who sits in the body now."), "member")
    if not text.strip():
        raise Refused(_("Say what is to be done."), "text")
    if due_on < by.today:
        raise Refused(_("The day lies behind us."), "due")
    made = BodyTask.objects.create(meeting=row, member=member, text=" ".join(text.split())[:500], due_on=due_on)
    if member.account is not None:
        outbox.write(to=member.account, key=f"body-task-{made.uuid}", subject=TASK_GIVEN, body=LOOK)
    record(by, row.body, {"task": str(made.uuid)})
    return made


@transaction.atomic
def drop_task(*, by: Actor, task: BodyTask) -> None:
    """While the minutes are still written."""
    row = locked(by, task.meeting)
    BodyTask.objects.filter(pk=task.pk, meeting=row).delete()
    record(by, row.body, {"task": -1})


@transaction.atomic
def finish(*, by: Actor, task: BodyTask, outcome: str) -> None:
    """By who has it, or who keeps the body."""
    body = task.meeting.body
    if not (keeps(by, body) or seats_of(by).filter(pk=task.member_id).exists()):
        raise NotPermitted(_("This task is somebody else's."))
    row = BodyTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if row.done_on is not None:
        raise Overtaken(_("This task is done already."))
    row.done_on, row.outcome = by.today, " ".join(outcome.split())[:500]
    row.save(update_fields=["done_on", "outcome"])
    audit.record(by=by, verb=KEEP_BODY.key, about=row, organisation=body.organisation_id, detail={"done": True})
