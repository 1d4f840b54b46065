"""Cost of need: priced and added in one statement. Works under the statistics role."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from zajedno.indicators.logic.cube import Leaf, Sum, with_totals

AXES = ("measure", "payer", "stage")
# The standing measures of a place that touch the year, each with its days, its price and its sum. `offset 0` keeps what
# was reckoned once from being reckoned again wherever it is named.
PRICED = """
with standing as (
  select m.child_id child, m.code, m.payer, m.service_id, m.unit, m.currency, m.cost, m.unit_price,
    m.units * m.times quantity, o.territory_id,
    case when m.state in ('running', 'done') then 'realised'
      when m.state = 'planned' and m.adopted_on is not null and m.unmet = '' then 'approved' else 'gap' end stage,
    coalesce(m.since, m.adopted_on, m.written_on::date) first,
    coalesce(m.until, case when m.state in ('done', 'not_done') then m.state_on end) last
  from casework_measure m join places_organisation o on o.id = m.at_id
  where m.superseded_on is null and o.territory_id = %(territory)s
), dated as (
  select *, greatest(first, %(start)s) priced_on, case when last > first and (first < %(start)s or last > %(end)s)
    then (least(last, %(end)s) - greatest(first, %(start)s) + 1)::numeric / (last - first + 1) else 1 end share
  from standing where first <= %(end)s and (last is null or greatest(first, last) >= %(start)s) offset 0
), units as materialized (
  select unit, app.fold(unit) folded from (select distinct unit from casework_measure) u
), list as materialized ( -- each price once for every way in which plans write its unit
  select p.*, u.unit spelling, coalesce(p.valid_until, 'infinity') over_on
  from programmes_price p join units u on u.folded in ('', app.fold(p.unit)) where p.territory_id = %(territory)s
), line as (
  select d.child, d.code, coalesce(nullif(d.payer, ''), s.payer, c.payer, 'unknown') payer, d.stage,
    coalesce(s.currency, c.currency, d.currency) currency,
    round(coalesce(coalesce(s.amount, c.amount) * d.quantity, d.unit_price * d.quantity, d.cost) * d.share, 2) cost
  from dated d
  left join list s on s.service_id = d.service_id and s.spelling = d.unit and d.quantity is not null
    and d.priced_on between s.valid_from and s.over_on
  left join list c on c.code = d.code and c.spelling = d.unit and d.quantity is not null and s.id is null
    and d.priced_on between c.valid_from and c.over_on
  offset 0
)
"""
TABLE = """
select currency, code, payer, stage, sum(cost), array_agg(child) from line where cost is not null group by 1, 2, 3, 4
"""
UNPRICED = "select code, count(*), array_agg(child) from line where cost is null group by 1"
PLACES = (
    "select distinct o.territory_id from casework_measure m join places_organisation o on o.id = m.at_id order by 1"
)


def cost_of_need(territory: int, year: int) -> dict[str, dict[tuple[str, ...], Sum]]:
    """By currency, then by (measure, payer, stage); "" is the total over one."""
    found: dict[str, list[Leaf]] = {}
    for currency, *cell, value, children in _rows(PRICED + TABLE, territory, year):
        found.setdefault(currency, []).append((tuple(cell), value, children))
    return {currency: with_totals(leaves) for currency, leaves in found.items()}


def unpriced(territory: int, year: int) -> dict[tuple[str, ...], Sum]:
    """How many measures have no price, by measure."""
    rows = _rows(PRICED + UNPRICED, territory, year)
    return with_totals([((code,), Decimal(count), children) for code, count, children in rows])


def places() -> list[int]:
    """Ids of the territories in which any measure was written."""
    with connection.cursor() as cursor:
        cursor.execute(PLACES)
        return [row[0] for row in cursor.fetchall()]


def bounds(territory: int, year: int) -> dict[str, int | date]:
    return {"territory": territory, "start": date(year, 1, 1), "end": date(year, 12, 31)}


def _rows(sql: str, territory: int, year: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("set local work_mem = '64MB'")  # a country's measures in memory, not on disk
        cursor.execute(sql, bounds(territory, year))
        return cursor.fetchall()
