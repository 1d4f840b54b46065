"""Programmes are begun, changed, filled, told of and put away. Who takes part is a number, never a name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.money import Money
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.programmes.enums import ProgrammeKind
from zajedno.programmes.logic.places import Counts
from zajedno.programmes.models import Programme
from zajedno.programmes.rules import RUN_PROGRAMME

if TYPE_CHECKING:
    from zajedno.places.models import Territory

MOST = 100_000  # people in one act: more is a slip of the hand


@dataclass(frozen=True)
class Head:
    """What a programme says of itself. `ends_on` is the last day; `places` None: open to everybody."""

    kind: str
    title: str
    target: str
    territory: "Territory"
    begins_on: date
    ends_on: date | None = None
    places: int | None = None
    curriculum: str = ""
    facilitator: str = ""

    def checked(self) -> dict[str, object]:
        """As columns without the places; raises Refused with what is wrong."""
        title, target, facilitator = (line(text) for text in (self.title, self.target, self.facilitator))
        if not title:
            raise Refused(_("Give the programme a title."), "title")
        if not target:
            raise Refused(_("Say for whom the programme is."), "target")
        if self.kind not in ProgrammeKind.values:
            raise Refused(_("Choose the kind of programme."), "kind")
        if self.ends_on is not None and self.ends_on < self.begins_on:
            raise Refused(_("The last day lies before the first."), "days")
        if self.places is not None and not 1 <= self.places <= MOST:
            raise Refused(
                _("A programme has at least one place. Leave it empty when it is open to everybody."), "places"
            )
        return {
            "kind": self.kind, "title": title[:200], "target": target[:250], "territory": self.territory,
            "begins_on": self.begins_on, "ends_on": self.ends_on, "curriculum": self.curriculum.strip(),
            "facilitator": facilitator[:200],
        }  # fmt: skip


def line(text: str) -> str:
    return " ".join(text.split())


@transaction.atomic
def begin(*, by: Actor, organisation: int, head: Head) -> Programme:
    """Begin a programme of the organisation (its id)."""
    ask(by, RUN_PROGRAMME, organisation)
    row = Programme.objects.create(
        organisation_id=organisation, written_by=by.account, places=head.places, **head.checked()
    )
    record(by, row, {"begun": True})
    return row


@transaction.atomic
def change(*, by: Actor, programme: Programme, head: Head) -> None:
    """More places take in who waits; fewer than are taken are refused."""
    row = open_for(by, programme)
    for name, value in head.checked().items():
        setattr(row, name, value)
    _count(
        row, lambda counts: counts.within(head.places), _("More people have a place already. Give at least so many.")
    )
    row.save()
    record(by, row, {"changed": True})


@transaction.atomic
def take_in(*, by: Actor, programme: Programme, number: int) -> Programme:
    """So many more want a place: who finds none waits."""
    row = open_for(by, programme)
    return _counted(by, row, lambda counts: counts.coming(_number(number)), {"coming": number})


@transaction.atomic
def let_go(*, by: Actor, programme: Programme, number: int) -> Programme:
    """So many give their place back: who waits moves up."""
    row = open_for(by, programme)
    return _counted(by, row, lambda counts: counts.leaving(_number(number)), {"leaving": number})


@transaction.atomic
def give_up(*, by: Actor, programme: Programme, number: int) -> Programme:
    """So many of those who wait do not want a place any more."""
    row = open_for(by, programme)
    return _counted(by, row, lambda counts: counts.giving_up(_number(number)), {"giving_up": number})


def _number(number: int) -> int:
    if not 1 <= number <= MOST:
        raise Refused(_("Write how many people, at least one."), "number")
    return number


def _counted(by: Actor, row: Programme, turn: Callable[[Counts], Counts], detail: dict[str, object]) -> Programme:
    _count(row, turn, _("So many are not there. Look at the numbers again."))
    row.save(update_fields=["taken", "waiting"])
    record(by, row, detail | {"taken": row.taken, "waiting": row.waiting})
    return row


def _count(row: Programme, turn: Callable[[Counts], Counts], otherwise: object) -> None:
    try:
        counts = turn(Counts(row.places, row.taken, row.waiting))
    except ValueError:
        raise Refused(str(otherwise), "number") from None
    row.places, row.taken, row.waiting = counts.places, counts.taken, counts.waiting


@dataclass(frozen=True)
class Outcome:
    """What came of it. `reached`: how many took part, each counted once; `cost`: of the whole programme."""

    result: str = ""
    reached: int | None = None
    cost: Money | None = None
    continues: str = ""


@transaction.atomic
def tell(*, by: Actor, programme: Programme, outcome: Outcome) -> None:
    """Write down what came of it, as far as it is known."""
    row = open_for(by, programme)
    if outcome.cost is not None and outcome.cost.amount < 0:
        raise Refused(_("A cost is not less than nought."), "cost")
    row.result, row.continues, row.reached = outcome.result.strip(), outcome.continues.strip(), outcome.reached
    row.cost = outcome.cost.amount if outcome.cost else None
    row.currency = outcome.cost.currency if outcome.cost else ""
    row.save(update_fields=["result", "continues", "reached", "cost", "currency"])
    record(by, row, {"told": True})


@transaction.atomic
def archive(*, by: Actor, programme: Programme) -> None:
    """Put it away: it is read, and changed no more."""
    row = open_for(by, programme)
    row.archived_on = by.today
    row.save(update_fields=["archived_on"])
    record(by, row, {"archived": True})


def open_for(by: Actor, programme: Programme) -> Programme:
    """The programme of an institution for which the actor runs it, while it is not put away; held to the end."""
    ask(by, RUN_PROGRAMME, programme.organisation_id)
    row = Programme.objects.select_for_update().get(pk=programme.pk)
    if row.archived_on is not None:
        raise Overtaken(_("This programme was put away already."))
    return row


def record(by: Actor, row: Programme, detail: dict[str, object]) -> None:
    audit.record(by=by, verb=RUN_PROGRAMME.key, about=row, organisation=row.organisation_id, detail=detail)
