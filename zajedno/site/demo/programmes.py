"""What the network of Subotica plans and runs: plans that were adopted, one being written, programmes. All invented."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.money import Money
from zajedno.places.queries.actor import actor_for
from zajedno.programmes.actions import plan, plan_part, programme, session
from zajedno.programmes.models import Activity, Plan
from zajedno.site.demo.institutions import Towns

AT = "network-subotica"
ADOPTED, REVISED = 210, 60  # days ago
# Goal, measure, and of each activity: what, how one sees it, who, from and until (days from now), cost, how far it is.
Activities = tuple[tuple[str, str, str, int, int, str, str], ...]
PLAN: Mapping[str, Mapping[str, Activities]] = {
    "Свако дете полази у вртић (измишљено)": {
        "Вртић долази у села": (
            ("Покретна васпитна група у два села", "2 групе, 30 деце", "kindergarten", -200, -90, "850000", "done"),
            ("Превоз за децу из удаљених домаћинстава", "12 деце", "office", -150, 40, "420000.50", "underway"),
            ("Списак деце без места", "1 списак", "office", -160, -70, "", "underway"),
        ),
        "Прелазак у школу": (
            ("Заједнички састанци вртића и школе", "6 састанака", "school", -40, 120, "60000", "underway"),
            ("Пробни дан у школи", "8 школа", "school", -190, -100, "15000", "dropped"),
        ),
    },
    "Родитељи нису сами (измишљено)": {
        "Подршка родитељима": (
            ("Школа за родитеље", "12 радионица, 60 родитеља", "csr", -120, 60, "180000", "underway"),
            ("Водич кроз услуге на српском и мађарском", "1 водич, 500 примерака", "ngo", -80, -15, "95000", ""),
            ("Викенд-одмор за породице", "4 викенда, 20 породица", "ngo", 30, 200, "310000", ""),
        ),
    },
    "Мрежа траје (измишљено)": {
        "Људи и знање": (
            ("Обука нових чланова", "2 обуке, 24 члана", "health", 60, 180, "200000", ""),
            ("Редовно самовредновање", "1 круг годишње", "office", -30, 90, "", "underway"),
        ),
    },
}
REACHED = {"done": "Измишљено: 2 групе, 31 дете", "dropped": "Измишљено: школе нису пристале",
           "underway": "Измишљено: половина"}  # fmt: skip
# Kind, title, for whom, from and until (days from now), places, who come, meetings (days from now; girls, boys,
# adults or nothing), measured: what, unit, before, after; cost; what came of it and what goes on.
PROGRAMMES = (
    ("parents", "Школа за родитеље", "Родитељи деце до 6 година", -21, None, 12, 15,
     ((-14, (0, 0, 12)), (-7, (5, 6, 11)), (7, None)), ("Стрес родитеља", "бодова", "24.5", ""), "", "", ""),
    ("peers", "Другари у одмору", "Ученици од 3. до 6. разреда", -240, -40, 40, 38,
     ((-210, (14, 17, 2)), (-160, (12, 18, 2)), (-110, (15, 16, 3)), (-50, (13, 15, 2))),
     ("Деца која се играју са бар једним другом", "од 38", "21", "33"), "96000",
     "Измишљено: мање деце је само на одмору.", "Измишљено: наставници воде сами, без средстава."),
    ("early", "Игра са бебом", "Деца до 3 године и родитељи", 20, 110, 10, 4, ((25, None), (40, None)), None, "", "",
     ""),
)  # fmt: skip


def seed_programmes(towns: Towns, progress: Callable[[str], None]) -> None:
    _plan(towns)
    by = actor_for(towns.accounts["csaba"].pk, clock.today())
    _next_year(by, towns)
    for one in PROGRAMMES:
        _programme(by, towns, *one)
    progress("2 action plans and 3 programmes")


def _plan(towns: Towns) -> None:
    """Of three years: adopted, told of, and revised; the second version is in force."""
    keeper, today = towns.organisations[AT], clock.today()
    begun = today - timedelta(days=ADOPTED)
    with clock.on(begun):
        by = actor_for(towns.accounts["csaba"].pk, begun)
        first = today.year - 1
        head = plan.Head(f"Акциони план {first}–{first + 2}. (измишљен)", keeper.territory, first, 3)
        row = plan.draft(by=by, organisation=keeper.pk, head=head)
        states = _parts(by, towns, row)
        plan.adopt(by=by, plan=row, organ="Скупштина града (измишљено)", number="1", on=begun)
    day = today - timedelta(days=REVISED)
    with clock.on(day):
        by = actor_for(towns.accounts["csaba"].pk, day)
        newer = plan.new_version(by=by, plan=row)
        plan.describe(by=by, plan=newer, situation="Измишљен пример: деца из села ређе полазе у вртић, превоза нема.")
        plan.adopt(by=by, plan=newer, organ="Скупштина града (измишљено)", number="7", on=day)
        for activity in Activity.objects.filter(measure__goal__plan=newer):
            if state := states[activity.text]:
                plan_part.report(by=by, plan=newer, activity=activity, state=state, reached=REACHED[state])


def _parts(by: Actor, towns: Towns, row: Plan) -> dict[str, str]:
    """How far each activity is, by its words."""
    states = {}
    for goal_text, measures in PLAN.items():
        goal = plan_part.write_goal(by=by, plan=row, text=goal_text)
        for measure_text, activities in measures.items():
            measure = plan_part.write_measure(by=by, goal=goal, text=measure_text)
            for text, indicator, who, first, last, amount, state in activities:
                plan_part.write_activity(
                    by=by, measure=measure, terms=_terms(towns, row, (text, indicator, who), first, last, amount)
                )
                states[text] = state
    return states


def _terms(towns: Towns, row: Plan, words: tuple[str, str, str], first: int, last: int, amount: str) -> plan_part.Terms:
    text, indicator, who = words
    days = (_within(row, first), _within(row, last))
    money = Money(Decimal(amount)) if amount else None
    return plan_part.Terms(text, indicator, towns.organisations[f"{who}-subotica"], *days, money)


def _within(row: Plan, days: int) -> date:
    """So many days from the demo's today, told on the day of the adoption."""
    told = clock.today() + timedelta(days=ADOPTED + days)
    return min(max(told, date(row.first_year, 1, 1)), date(row.last_year, 12, 31))


def _next_year(by: Actor, towns: Towns) -> None:
    """A draft for the year ahead, as far as somebody came in an hour."""
    keeper, year = towns.organisations[AT], by.today.year + 1
    head = plan.Head(f"Годишњи план за {year}. (измишљен)", keeper.territory, year, 1)
    row = plan.draft(by=by, organisation=keeper.pk, head=head)
    goal = plan_part.write_goal(by=by, plan=row, text="Логопед у сваком селу (измишљено)")
    plan_part.write_measure(by=by, goal=goal, text="Гостујући логопед")


def _programme(
    by: Actor, towns: Towns, kind: str, title: str, target: str, begins: int, ends: int | None, places: int, come: int,
    meetings: tuple[tuple[int, tuple[int, int, int] | None], ...], measured: tuple[str, str, str, str] | None,
    cost: str, result: str, continues: str,
) -> None:  # fmt: skip
    keeper, today = towns.organisations[AT], by.today
    until = None if ends is None else today + timedelta(days=ends)
    head = programme.Head(
        kind, f"{title} (измишљено)", target, keeper.territory, today + timedelta(days=begins), until, places,
        facilitator="Водитељ (измишљен)",
    )  # fmt: skip
    row = programme.begin(by=by, organisation=keeper.pk, head=head)
    programme.take_in(by=by, programme=row, number=come)
    for days, came in meetings:
        met = session.plan_session(by=by, programme=row, on=today + timedelta(days=days), place="Библиотека")
        if came:
            session.count(by=by, session=met, came=session.Came(*came))
    if measured:
        name, unit, before, after = measured
        values = session.Values(name, unit, Decimal(before), Decimal(after) if after else None, "Кратак упитник")
        session.measure(by=by, programme=row, values=values)
    if result:
        outcome = programme.Outcome(result=result, continues=continues, reached=come, cost=Money(Decimal(cost)))
        programme.tell(by=by, programme=row, outcome=outcome)
