"""Extracts as they are met by who keeps them and by the researcher, and the rows that one is made of."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from zajedno.children.queries.functioning import difficulties
from zajedno.indicators.enums import Asked, FileKind
from zajedno.indicators.models import Extract, ExtractFile
from zajedno.indicators.queries.same import SAME
from zajedno.indicators.rules import APPROVE_EXTRACT, REQUEST_EXTRACT
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound

ASKED, APPROVED, MADE, FAILED, REVOKED, EXPIRED = "asked", "approved", "made", "failed", "revoked", "expired"

# A row for each child, however many files there are of it. Of days only the year and the half-year are taken.
ROWS = f"""
with {SAME}, files as (
  select c.id file, coalesce(same.child, c.id) child from children_child c left join same on same.file = c.id
), known as (
  select c.id, c.sex, c.birth_date, c.settlement, case when t.kind = 'settlement' then above.code else t.code end place
  from children_child c join files f on f.file = c.id and f.child = c.id
  join places_organisation o on o.id = c.registered_by_id
  join places_territory t on t.id = coalesce(c.residence_id, o.territory_id)
  left join places_territory above on above.id = t.parent_id
  where t.country_id = %(country)s
), at_school as (
  select distinct f.child from children_enrolment e join files f on f.file = e.child_id
  where e.since <= %(today)s and (e.until is null or e.until >= %(today)s)
), cased as (
  select distinct on (f.child) f.child, count(*) over (partition by f.child) cases, d.key procedure,
    extract(year from c.received_on)::text || '-' || (case when extract(month from c.received_on) < 7 then 1 else 2 end)
      opened,
    (c.closed_on - c.received_on) / 7 weeks, coalesce(nullif(c.outcome, ''), 'running') outcome
  from casework_case c join files f on f.file = c.child_id
  join procedures_version v on v.id = c.version_id join procedures_definition d on d.id = v.definition_id
  where extract(year from c.received_on) between %(first)s and %(last)s
  order by f.child, c.received_on desc, c.id desc
), planned as (
  select f.child, count(*) measures, bool_or(m.unmet <> '') unmet
  from casework_measure m join files f on f.file = m.child_id
  where m.superseded_on is null and extract(year from coalesce(m.adopted_on, m.written_on::date)) <= %(last)s group by 1
)
select k.id, case k.sex when 'F' then 'girl' when 'M' then 'boy' else '' end sex,
  coalesce(extract(year from age(%(today)s::date, k.birth_date))::int::text, '') age, k.place district,
  k.settlement, case when s.child is null then 'out' else 'in' end school, coalesce(c.cases, 0)::text cases,
  coalesce(c.procedure, '') procedure, coalesce(c.opened, '') opened, coalesce(c.weeks::text, '') weeks,
  coalesce(c.outcome, '') outcome, coalesce(p.measures, 0)::text measures,
  case p.unmet when true then 'yes' when false then 'no' else '' end unmet
from known k left join at_school s on s.child = k.id left join cased c on c.child = k.id
left join planned p on p.child = k.id order by k.id
"""
# Of each municipality what it lies in: the nearest of these kinds.
ABOVE = """
with recursive up as (
  select t.code unit, t.id, t.parent_id, t.kind, t.code, 0 far from places_territory t
  where t.country_id = %s and t.kind <> 'settlement'
  union all
  select up.unit, t.id, t.parent_id, t.kind, t.code, up.far + 1 from places_territory t join up on t.id = up.parent_id
)
select distinct on (unit) unit, code from up where kind = any (%s) order by unit, far
"""
SEALED = Asked.DIFFICULTY  # no column of a table: the worker opens it, child by child
COLUMNS = [one.value for one in Asked if one != SEALED]  # in this order ROWS gives them
DISTRICTS, REGIONS = ("district", "canton", "region"), ("region", "province", "entity", "country")


class Facts(NamedTuple):
    """`numbers` of the children stay beside the rows, only to make keys of them."""

    numbers: list[int]
    rows: list[dict[str, str]]


def visible_to(by: Actor) -> QuerySet[Extract]:
    """All of them, for who may ask or approve; to a researcher, their own."""
    keeps = by.may(REQUEST_EXTRACT.key) or by.may(APPROVE_EXTRACT.key)
    return Extract.objects.all() if keeps else Extract.objects.filter(researcher=by.account)


def find(by: Actor, uuid: UUID, *, lock: bool = False) -> Extract:
    """NotFound for one of others as for none."""
    rows = visible_to(by).filter(uuid=uuid)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound("")
    return found


def given_to(by: Actor) -> QuerySet[Extract]:
    """Those that were made for this person and may still be taken."""
    rows = Extract.objects.filter(researcher=by.account, revoked_on=None, deleted_on=None, expires_on__gte=by.today)
    return rows.exclude(made_on=None)


def agreement(extract: Extract) -> ExtractFile | None:
    return extract.files.filter(kind=FileKind.AGREEMENT).first()


def state(extract: Extract, today: date) -> str:
    if extract.revoked_on is not None:
        return REVOKED
    if extract.deleted_on is not None or extract.expires_on < today:
        return EXPIRED
    if extract.made_on is not None:
        return MADE
    if extract.trouble:
        return FAILED
    return APPROVED if extract.approved_on is not None else ASKED


def functioning(today: date) -> dict[int, str]:
    """By child, in whichever file, the newest word of a difficulty. Under the worker's role, which hands on one word
    and nothing else."""
    found, child = sorted(difficulties(), key=lambda row: row[1]), dict(_rows(f"with {SAME} select * from same", None))
    return {child.get(file, file): word for file, on, word in found if on <= today}


def facts(extract: Extract, today: date) -> Facts:
    """Under the statistics role, which may read no more than this."""
    about = {"country": extract.country_id, "today": today, "first": extract.year_from, "last": extract.year_until}
    found = _rows(ROWS, about)
    return Facts([row[0] for row in found], [dict(zip(COLUMNS, row[1:], strict=True)) for row in found])


def lies_in(country: str) -> tuple[dict[str, str], dict[str, str]]:
    """District and region of each municipality, by code."""
    found = [dict(_rows(ABOVE, [country, list(kinds)])) for kinds in (DISTRICTS, REGIONS)]
    return found[0], found[1]


def _rows(sql: str, given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()
