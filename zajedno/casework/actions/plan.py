"""The individual support plan, line by line. One for a child.

Who plans is asked first whether the measure is in force already; a line of an adopted plan is changed by a new version.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.participant import join
from zajedno.casework.actions.seen import rewrite, supersede
from zajedno.casework.enums import Said
from zajedno.casework.models import Case, Goal, Measure, PlanEntry
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.plan import adopted_on, adopts, elsewhere, is_apart, twins
from zajedno.casework.rules import PLAN_SUPPORT
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.money import CURRENCIES, Money
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.verbs import ask

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

COLUMNS: Final = (
    "code", "legal_group", "goal", "responsible", "responsible_person", "since", "until", "frequency", "payer",
    "needs_funds", "cost", "unit", "unit_price", "units", "times", "review_on",
)  # fmt: skip
_CARRIED: Final = (*COLUMNS, "position", "currency", "state", "state_on", "gain", "service", "unmet", "unmet_on")
MOST_MONEY: Final = Decimal("9999999999.99")


class Twice(Refused):
    """The measure is in force for the child already: `row` leads to it."""

    def __init__(self, row: Measure) -> None:
        sentence = _("This measure is already in the child's plan: let it count here too, or say what is different.")
        super().__init__(sentence, "planned_already")
        self.row = row


def planner(by: Actor, file: CaseFile, row: Goal | Measure | None = None) -> int:
    """The organisation in whose name the actor plans in this case; refused, or NotFound for a line of another case."""
    seat = ask(by, PLAN_SUPPORT, file.case.organisation_id)
    if "plan" not in file.fields:
        raise Refused(_("Without the parent's consent no plan is written."), "no_consent")
    if row is not None and not _of_plan(file, row):
        raise NotFound("")
    return seat.organisation


def _of_plan(file: CaseFile, row: Goal | Measure) -> bool:
    """Was the line written in this case, or does it count in it?"""
    counts = isinstance(row, Measure) and row.also.filter(pk=file.case.pk).exists()
    return row.case_id == file.case.pk or counts


def being_written(file: CaseFile, row: Goal | Measure | None = None) -> bool:
    """Is the plan (or a line of it) still changed freely? Where no move adopts it, a line stands once it is written."""
    if row is not None:
        return row.adopted_on is None
    return adopted_on(file) is None or not adopts(file.definition)


def freely(by: Actor, file: CaseFile, row: Goal | Measure | None) -> int:
    """While the plan is being written its lines are changed freely, by those who write it."""
    organisation = planner(by, file, row)
    if not being_written(file, row):
        raise Refused(_("The plan is adopted. Change it with a reason, so that the earlier line stays."), "adopted")
    if row is not None and row.case_id != file.case.pk:
        raise NotFound("")
    return organisation


def line(by: Actor, case: Case, apart: bool) -> dict[str, Any]:
    """What every line of a plan that is written in a case carries."""
    return {"case": case, "child": case.child, "at": case.organisation, "apart": apart, "written_by": by.account,
            "written_on": clock.now()}  # fmt: skip


def note(by: Actor, row: Measure, kind: str, value: str, text: str, organisation: int | None, **more: Any) -> PlanEntry:
    """A line of the history of a measure."""
    entry = PlanEntry(
        measure=row, case_id=row.case_id, child=row.child, at_id=row.at_id, apart=row.apart, kind=kind, value=value,
        written_by=by.account, written_on=clock.now(), organisation_id=organisation,
        **{"happened_on": by.today, **more},
    )  # fmt: skip
    entry.text = text.strip()
    entry.save()
    return entry


def record(by: Actor, file: CaseFile, organisation: int, **detail: Any) -> None:
    audit.record(by=by, verb=PLAN_SUPPORT.key, about=file.case, organisation=organisation, detail=detail)


def one_at_a_time(child: int) -> None:
    """Who plans for a child waits until who plans for the same child has finished: else both plan the same."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('casework.plan'), %s)", [child])


@contextmanager
def with_its_place() -> Iterator[None]:
    """A line that takes a place, or takes it again, may find that there is none."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "service_not_overbooked" not in str(error):
            raise
        raise Refused(_("The service has no free place now. Choose another, or record the unmet need."),
                      "no_place") from None  # fmt: skip


@transaction.atomic
def write_measure(
    *, by: Actor, file: CaseFile, values: Mapping[str, Any], goal: str, row: Measure | None, different: str = "",
    seen: str | None = None,
) -> Measure:  # fmt: skip
    """Add a measure to the plan, or rewrite one as it was `seen`. `values` holds COLUMNS; `goal` is sealed.

    Raises Twice when it is in force for the child already, unless `different` says in what this one differs.
    """
    organisation = freely(by, file, row)
    one_at_a_time(file.case.child_id)
    before = row.code if row else ""
    if row is None:
        row = Measure(position=_next(file), **line(by, file.case, is_apart(file.definition)))
        row.adopted_on = None if adopts(file.definition) else by.today
    else:
        rewrite(by, row, seen)
    row.child = file.case.child
    _fill(file, row, values, goal)
    if row.code != before:
        _not_twice(file, row, different)
    with with_its_place():
        row.save()
    if different.strip():
        note(by, row, Said.DIFFERENT, "", different, organisation)
    record(by, file, organisation, code=row.code)
    return row


@transaction.atomic
def drop_measure(*, by: Actor, file: CaseFile, row: Measure) -> None:
    organisation = freely(by, file, row)
    row.delete()
    record(by, file, organisation, dropped=row.code)


@transaction.atomic
def revise_measure(
    *,
    by: Actor,
    file: CaseFile,
    values: Mapping[str, Any],
    goal: str,
    row: Measure | None,
    reason: str,
    different: str = "",
    seen: str | None = None,
) -> Measure:
    """Change an adopted plan: a new version of a measure, or one more. `reason` is kept with who and when.

    The earlier version stays as it was; how far it had come, its place and its review go on in the new one.
    """
    organisation = planner(by, file, row)
    if being_written(file, row):
        raise Refused(_("The plan is not adopted yet: change the line itself."), "not_adopted")
    if not reason.strip():
        raise Refused(_("Say why the plan is changed."), "no_reason")
    one_at_a_time(file.case.child_id)
    before = supersede(by, row, seen) if row else None
    after = _next_version(by, file, before)
    _fill(file, after, values, goal)
    if before is None or before.code != after.code:
        _not_twice(file, after, different)
    with with_its_place():
        after.save()
    if before:
        after.also.set(before.also.all())
    note(by, after, Said.VERSION, str(after.version), reason, organisation)
    if different.strip():
        note(by, after, Said.DIFFERENT, "", different, organisation)
    let_in(by, file, after.responsible)
    record(by, file, organisation, code=after.code, version=after.version)
    return after


def _next_version(by: Actor, file: CaseFile, before: Measure | None) -> Measure:
    if before is None:
        return Measure(position=_next(file), adopted_on=by.today, **line(by, file.case, is_apart(file.definition)))
    carried = {name: getattr(before, name) for name in _CARRIED}
    kept = {"case_id": before.case_id, "child": file.case.child, "at_id": before.at_id, "apart": before.apart}
    return Measure(
        **carried, **kept, replaces=before, version=before.version + 1, adopted_on=by.today, written_by=by.account,
        written_on=clock.now(),
    )  # fmt: skip


def _next(file: CaseFile) -> int:
    last: int = file.case.measures.aggregate(last=Max("position"))["last"] or 0
    return last + 1


def _fill(file: CaseFile, row: Measure, values: Mapping[str, Any], text: str) -> None:
    for name in COLUMNS:
        if name in values:
            setattr(row, name, values[name])
    row.currency = currency_of(file)
    if row.unit_price is not None:
        row.units, row.times = row.units or Decimal(1), row.times or 1
        row.cost = (Money(row.unit_price, row.currency) * (row.units * row.times)).amount
        if row.cost > MOST_MONEY:
            raise Refused(_("The cost is too large: look at the price, the units and the times."), "cost")
    else:
        row.units = row.times = None
    if row.goal is not None and (row.goal.child_id != row.child_id or row.goal.apart > row.apart):
        raise NotFound("")
    row.text = text.strip()


def currency_of(file: CaseFile) -> str:
    """In which costs of this case are reckoned: the currency of the country where it is kept."""
    code: str = file.case.organisation.territory.country.currency
    return code if code in CURRENCIES else "EUR"


def _not_twice(file: CaseFile, row: Measure, different: str) -> None:
    if not different.strip() and (twin := twins(file, row.code, row if row.pk else None).first()):
        raise Twice(twin)


@transaction.atomic
def count_here(*, by: Actor, file: CaseFile, row: Measure) -> None:
    """Let a measure that another case planned count in the plan of this one too, instead of planning it again."""
    organisation = planner(by, file)
    if row.apart or not elsewhere(file).filter(pk=row.pk).exists():
        raise NotFound("")
    row.also.add(file.case)
    note(by, row, Said.TAKEN, "", "", organisation)
    record(by, file, organisation, counts=row.code)


def let_in(by: Actor, file: CaseFile, organisation: "Organisation | None") -> None:
    """Who comes to give support after the plan was handed out is let in as those were who do so from the first."""
    made = {one.move for one in file.made}
    for part in (part.key for part in file.definition.parts if part.planned):
        rules = [tie for key, rule in file.definition.move.items() if key in made for tie in rule.ties]
        fields = {field for tie in rules if tie.part == part for field in tie.fields}
        if fields and organisation is not None and organisation.pk != file.case.organisation_id:
            join(by=by, verb=PLAN_SUPPORT, case=file.case, part=part, purpose=file.definition.purpose, fields=fields,
                 organisation=organisation)  # fmt: skip
