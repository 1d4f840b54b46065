"""Cost of need of 50,000 measures, as it is released: pools, totals, children behind each; beside the plain sum.

The plain sum joins the same prices and adds by measure and payer; it knows no stages, no totals, no units in two
scripts, no years and no children. Taken in turns. Bound: at most 3 times.
"""

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from benchmarks import country

MEASURES, CHILDREN, ROUNDS, MOST_TIMES, YEAR = 50_000, 12_000, 9, 3.0, 2026
CODES = ("transport", "personal_companion", "day_care", "speech_therapy", "counselling", "free_meals", "extended_stay",
         "early_intervention", "physiotherapy", "respite", "home_help", "adapted_materials")  # fmt: skip
PLAIN = """
select m.code, m.payer, sum(round(coalesce(p.amount * m.units * m.times, m.cost), 2))
from casework_measure m join places_organisation o on o.id = m.at_id
left join programmes_price p on p.territory_id = o.territory_id and p.code = m.code
  and daterange(p.valid_from, p.valid_until, '[]') @> greatest(m.since, %(start)s)
where m.superseded_on is null and o.territory_id = %(territory)s and m.since <= %(end)s and m.until >= %(start)s
group by m.code, m.payer
"""


def run() -> bool:
    world = country.begin()
    place = filled(world)
    from zajedno.indicators.queries import bounds
    from zajedno.kernel.fence import STATISTICS, acting

    plain = statement(PLAIN, bounds(place, YEAR))
    with acting(STATISTICS):
        both = [(seconds(plain), seconds(lambda: told(place))) for _round in range(ROUNDS)]
    bare, whole = (statistics.median(times) for times in zip(*both[2:], strict=True))
    print(f"cost of need of {MEASURES} measures: {whole * 1000:.0f} ms; the plain sum: {bare * 1000:.0f} ms")
    print(f"{whole / bare:.2f} times (bound {MOST_TIMES})")
    return whole / bare <= MOST_TIMES


def told(place: int) -> None:
    from zajedno.figures.logic.pools import pools, with_totals
    from zajedno.indicators.actions import COST_LEVELS
    from zajedno.indicators.queries import cost_of_need

    for leaves in cost_of_need(place, YEAR).values():
        with_totals(pools(leaves, COST_LEVELS, {}))


def filled(world: Any) -> int:
    """Id of the place, with its plans and price list."""
    from django.db import connection

    from tests.indicators.plans import Plans
    from zajedno.programmes.models import Price

    plans = Plans(world)
    one = plans.add("transport", units=1, times=10)[0]
    plans.children = []
    for number in range(CHILDREN // 1000):
        copy_children(one.child_id, 1000, number)
    with connection.cursor() as cursor:
        cursor.execute(COPY, {"one": one.pk, "codes": list(CODES), "count": MEASURES - 1})
    for code in CODES[:8]:
        for first, last, amount in ((date(2024, 1, 1), date(2026, 6, 30), 900), (date(2026, 7, 1), None, 1000)):
            Price.objects.create(
                territory_id=plans.place, code=code, unit="дан", amount=amount, currency="RSD", payer="municipality",
                source="-", valid_from=first, valid_until=last, written_by=0,
            )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return plans.place


COPY = """
insert into casework_measure (uuid, child_id, case_id, at_id, code, legal_group, payer, since, until, units, times, cost,
  currency, state, adopted_on, unmet, apart, position, responsible_person, frequency, needs_funds, unit, gain, version,
  sealed, written_on)
select gen_random_uuid(), c.id, m.case_id, m.at_id, (%(codes)s::text[])[1 + n %% 12], 'realised',
  (array['municipality', 'republic', ''])[1 + n / 12 %% 3], date '2026-01-01' + n %% 300, date '2026-12-31', 1 + n %% 5, 20,
  500, 'RSD', (array['planned', 'running', 'done'])[1 + n / 36 %% 3], date '2026-01-01', '', false, 0, '', '', false,
  (array['дан', 'dan', ''])[1 + n / 108 %% 3], '', 1, m.sealed, now()
from casework_measure m, generate_series(1, %(count)s) n
join (select id, row_number() over (order by id) - 1 place, count(*) over () many from children_child) c
  on c.place = n %% c.many
where m.id = %(one)s
"""


def copy_children(child: int, count: int, turn: int) -> None:
    from zajedno.children.models import Child

    one = Child.objects.get(pk=child)
    Child.objects.bulk_create(
        Child(given_name="Дете", family_name=f"Број{turn * count + number}", birth_date=one.birth_date,
              registered_by_id=one.registered_by_id)
        for number in range(count)
    )  # fmt: skip


def statement(sql: str, values: Any) -> Callable[[], None]:
    from django.db import connection

    def work() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            cursor.fetchall()

    return work


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
