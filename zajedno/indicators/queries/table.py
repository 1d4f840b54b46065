"""Cost of need: priced and added in one statement. Who is known, by age and place. All under the statistics role."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from zajedno.figures.logic.pools import Cell, Leaf
from zajedno.indicators.queries.same import SAME

AXES = ("measure", "payer", "stage")
# The standing measures of a place that touch the year, each with its days, its price and its sum. `offset 0` keeps what
# was reckoned once from being reckoned again wherever it is named.
PRICED = f"""
with {SAME}, standing as (
  select coalesce(same.child, m.child_id) child, m.code, m.payer, m.service_id, m.unit, m.currency, m.cost,
    m.unit_price, m.units * m.times quantity, o.territory_id,
    case when m.state in ('running', 'done') then 'realised'
      when m.state = 'planned' and m.adopted_on is not null and m.unmet = '' then 'approved' else 'gap' end stage,
    coalesce(m.since, m.adopted_on, m.written_on::date) first,
    coalesce(m.until, case when m.state in ('done', 'not_done') then m.state_on end) last
  from casework_measure m join places_organisation o on o.id = m.at_id left join same on same.file = m.child_id
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
UNPRICED = "select code, stage, count(*), array_agg(child) from line where cost is null group by 1, 2"
PLACES = (
    "select distinct o.territory_id from casework_measure m join places_organisation o on o.id = m.at_id order by 1"
)
# A child of whom there are several files is one. Who has no residence here is counted where the child was registered.
KNOWN = f"""
with {SAME}, known as (
  select c.id, coalesce(extract(year from c.birth_date)::text, 'unknown') born, t.id lives,
    case when t.kind = 'settlement' then t.parent_id else t.id end unit
  from children_child c join places_organisation o on o.id = c.registered_by_id
  join places_territory t on t.id = coalesce(c.residence_id, o.territory_id)
  left join same on same.file = c.id where coalesce(same.child, c.id) = c.id
), at_school as (
  select distinct coalesce(same.child, child_id) child_id, organisation_id from children_enrolment
  left join same on same.file = child_id where since <= %(today)s and (until is null or until >= %(today)s)
)
"""
BY_AGE = """
select born, case when s.child_id is null then 'out' else 'in' end, count(*), array_agg(id)
from known k left join (select distinct child_id from at_school) s on s.child_id = k.id
where unit = %(territory)s group by 1, 2
"""
REACHED = """
select 'settlement', lives, count(*) from known where unit = %(territory)s and lives <> unit group by lives
union all
select 'school', organisation_id, count(*) from known k join at_school s on s.child_id = k.id
where unit = %(territory)s group by organisation_id
"""
UNITS = "select distinct unit from known order by 1"


def cost_of_need(territory: int, year: int) -> dict[str, list[Leaf]]:
    """By currency; each leaf is of a measure, payer and stage."""
    found: dict[str, list[Leaf]] = {}
    for currency, *cell, value, children in _rows(PRICED + TABLE, territory, year):
        found.setdefault(currency, []).append(Leaf(tuple(cell), value, frozenset(children)))
    return found


def unpriced(territory: int, year: int) -> list[Leaf]:
    """How many measures have no price, by measure and stage."""
    rows = _rows(PRICED + UNPRICED, territory, year)
    return [Leaf((code, stage), Decimal(count), frozenset(children)) for code, stage, count, children in rows]


def known(territory: int, today: date) -> list[Leaf]:
    """Children by year of birth, and whether they are at a school or kindergarten today."""
    rows = _known(BY_AGE, today, territory)
    return [Leaf((born, school), Decimal(count), frozenset(children)) for born, school, count, children in rows]


def reached(territory: int, today: date) -> dict[Cell, int]:
    """Children of each settlement and school (by id) from which any is known."""
    return {(kind, str(which)): count for kind, which, count in _known(REACHED, today, territory)}


def units(today: date) -> list[int]:
    """Ids of the municipalities from which any child is known."""
    return [row[0] for row in _known(UNITS, today)]


def _known(sql: str, today: date, territory: int | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN + sql, {"territory": territory, "today": today})
        return cursor.fetchall()


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
