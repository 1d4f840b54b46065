"""What the network of Subotica plans and runs: a plan that was adopted, and a school for parents. All invented."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.money import Money
from zajedno.places.queries.actor import actor_for
from zajedno.programmes.actions import plan, plan_part, programme, session
from zajedno.site.demo.institutions import Towns

AT = "network-subotica"
PLAN = {
    "Измишљен пример: свако дете полази у вртић": {
        "Вртић долази у села": (
            ("Покретна васпитна група у два села", "2 групе, 30 деце", "kindergarten", 1, 6, "850000", "done"),
            ("Превоз за децу из удаљених домаћинстава", "12 деце", "office", 3, 12, "420000.50", "underway"),
        ),
    },
    "Измишљен пример: родитељи нису сами": {
        "Подршка родитељима": (
            ("Школа за родитеље", "12 радионица, 60 родитеља", "csr", 2, 5, "180000", "underway"),
            ("Водич кроз услуге на српском и мађарском", "1 водич, 500 примерака", "ngo", 9, 12, "", ""),
        ),
    },
}  # fmt: skip


def seed_programmes(towns: Towns, progress: Callable[[str], None]) -> None:
    by = actor_for(towns.accounts["csaba"].pk, clock.today())
    _plan(by, towns)
    _programme(by, towns)
    progress("an action plan and a programme")


def _plan(by: Actor, towns: Towns) -> None:
    keeper, year = towns.organisations[AT], by.today.year
    head = plan.Head(f"Измишљен пример: акциони план за {year}.", keeper.territory, year, 1)
    row = plan.draft(by=by, organisation=keeper.pk, head=head)
    told = []
    for goal_text, measures in PLAN.items():
        goal = plan_part.write_goal(by=by, plan=row, text=goal_text)
        for measure_text, activities in measures.items():
            measure = plan_part.write_measure(by=by, goal=goal, text=measure_text)
            for text, indicator, who, first, last, amount, state in activities:
                terms = plan_part.Terms(
                    text, indicator, towns.organisations[f"{who}-subotica"], date(year, first, 1), date(year, last, 28),
                    Money(Decimal(amount)) if amount else None,
                )  # fmt: skip
                told.append((plan_part.write_activity(by=by, measure=measure, terms=terms), state))
    plan.adopt(by=by, plan=row, organ="Измишљен пример: скупштина града", number="1", on=by.today)
    for activity, state in told:
        if state:
            plan_part.report(by=by, plan=row, activity=activity, state=state, reached="Измишљен пример: половина")


def _programme(by: Actor, towns: Towns) -> None:
    """Full, with people who wait; two meetings were held, one is ahead."""
    keeper = towns.organisations[AT]
    begun = by.today - timedelta(days=21)
    head = programme.Head(
        "parents", "Измишљен пример: школа за родитеље", "Родитељи деце до 6 година", keeper.territory, begun, None, 12
    )
    row = programme.begin(by=by, organisation=keeper.pk, head=head)
    programme.take_in(by=by, programme=row, number=15)
    for days, came in ((-14, session.Came(0, 0, 12)), (-7, session.Came(5, 6, 11)), (7, None)):
        met = session.plan_session(by=by, programme=row, on=by.today + timedelta(days=days), place="Библиотека")
        if came:
            session.count(by=by, session=met, came=came)
    values = session.Values("Стрес родитеља", "бодова", Decimal("24.5"), None, "Кратак упитник, 12 родитеља")
    session.measure(by=by, programme=row, values=values)
