"""What waits now for who coordinates: one line a kind, each leading to the most urgent of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.networks.enums import State
from zajedno.networks.queries import agreement as agreements
from zajedno.networks.queries import body as bodies
from zajedno.networks.queries import meeting as meetings
from zajedno.networks.queries import round as rounds
from zajedno.programmes.queries import year as programmes
from zajedno.programmes.rules import KEEP_BUDGET
from zajedno.web.network import agreement_words, body_words, plan_words
from zajedno.web.network.frame import state_tag
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Tag, Task

if TYPE_CHECKING:
    from zajedno.networks.models import Meeting

MOST = 50  # counted of one kind
AUTUMN = 7  # month from which next year's money is asked for: our own choice, for the budget calendar is not here


def waits(by: Actor) -> list[Task]:
    """The most pressing kinds first."""
    return [*_meetings(by), *_tasks(by), *_ends(by), *_plan(by), *_rounds(by), *_budget(by)]


def _line(title: str, rows: Sequence[Any], tag: Tag, href: str, name: str) -> list[Task]:
    """`name`: of the first of the rows, to which it leads."""
    more = len(rows) - 1
    rest = ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more} if more else ""
    return [Task(title, tag, href, " ".join(filter(None, (name, rest))))]


def _meetings(by: Actor) -> list[Task]:
    found: list[Task] = []
    if rows := list(meetings.to_prepare(by)[:MOST]):
        begins = day(clock.day_of(rows[0].begins))
        found += _line(_("Meetings to prepare"), rows, Tag(begins, "info"), body_words.at(rows[0]), _held(rows[0]))
    if rows := list(meetings.to_close(by)[:MOST]):
        held = day(clock.day_of(rows[0].begins))
        found += _line(_("Minutes to close"), rows, Tag(held, "wait"), body_words.at(rows[0]), _held(rows[0]))
    return found


def _held(row: "Meeting") -> str:
    return f"{row.body}, {body_words.named(row)}"


def _tasks(by: Actor) -> list[Task]:
    rows = list(meetings.late_tasks(by)[:MOST])
    if not rows:
        return []
    name = f"{rows[0].text} ({rows[0].member.person})"
    href = f"{body_words.DUTIES}{rows[0].uuid}/"
    return _line(_("Tasks overdue"), rows, body_words.task_tag(rows[0], by.today), href, name)


def _ends(by: Actor) -> list[Task]:
    found: list[Task] = []
    if rows := list(agreements.warned(by)[:MOST]):
        near = min(one for one in (rows[0].review_on, rows[0].valid_until) if one)
        href = agreement_words.address(rows[0])
        found += _line(_("Agreements that end or are to be reviewed"), rows, _near(by, near), href, str(rows[0]))
    if ending := list(bodies.ending(by)[:MOST]):
        href = body_words.address(ending[0])
        last = ending[0].mandate_until
        found += _line(_("Mandates that end"), ending, _near(by, last), href, str(ending[0]))
    return found


def _near(by: Actor, on: Any) -> Tag:
    return Tag(day(on), "late" if on < by.today else "wait")


def _plan(by: Actor) -> list[Task]:
    rows = list(programmes.late(by)[:MOST])
    if not rows:
        return []
    href = plan_words.address(rows[0].measure.goal.plan)
    return _line(_("Activities of plans that are late"), rows, Tag(day(rows[0].ends_on), "late"), href, str(rows[0]))


def _rounds(by: Actor) -> Iterator[Task]:
    """Each open round with how many have not answered; one that is over waits to be closed."""
    rows: Iterable[Any] = rounds.run_list(by).filter(outcome=None, opens_on__lte=by.today)[:3]
    for row in rows:
        silent = row.asked - row.answered
        said = ngettext("%(count)s person has not answered", "%(count)s people have not answered", silent)
        yield Task(row.title, state_tag(State(row.state(by.today))), f"/network/rounds/{row.uuid}/",
                   said % {"count": silent} if silent else _("Everybody has answered"))  # fmt: skip


def _budget(by: Actor) -> list[Task]:
    """In the second half of a year: nothing is planned in a budget for the next one, so nothing can be asked for."""
    year = by.today.year + 1
    if by.today.month < AUTUMN or not by.may(KEEP_BUDGET.key) or not programmes.unplanned(by, year):
        return []
    tag, title = Tag(_("To do"), "wait"), _("Money for %(year)s is not asked for yet") % {"year": year}
    return [Task(title, tag, "/network/money/budgets/", _("Enter what is planned, then print the request."))]
