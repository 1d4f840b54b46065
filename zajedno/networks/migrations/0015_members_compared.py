"""Who compares networks reads how many institutions sit in them, and of which few answers told nothing."""

from django.db import migrations

NUMBERS = """
create or replace function app.network_numbers()
returns table (organisation bigint, what text, key text, value numeric, on_day date)
language sql stable security definer set search_path = pg_catalog, public as $$
  with network as (
    select o.id from places_organisation o join places_territory t on t.id = o.territory_id
    where o.kind_id in ('inclusion_network', 'inclusion_commission')
      and (o.active_from is null or o.active_from <= app.today())
      and (o.active_until is null or o.active_until > app.today())
      and t.country_id in (select h.country_id from places_organisation m
        join places_territory h on h.id = m.territory_id
        where m.id = any (app.organisations_for('networks.compare')))
  ), told as (
    select distinct on (r.organisation_id, f ->> 'key') r.organisation_id, f ->> 'key' as key,
      (f ->> 'value')::numeric as value, o.closed_on::date as on_day
    from networks_round r join network n on n.id = r.organisation_id
    join networks_outcome o on o.round_id = r.id
    cross join lateral jsonb_array_elements(o.content -> 'figures') f
    where f -> 'about' = '[]' and f ->> 'value' is not null and f ->> 'key' in ('level', 'density')
    order by r.organisation_id, f ->> 'key', r.opens_on desc, r.id desc
  ), newest as (
    select distinct on (r.organisation_id) r.id, r.organisation_id, r.opens_on
    from networks_round r join network n on n.id = r.organisation_id
    order by r.organisation_id, r.opens_on desc, r.id desc
  ), seated as (
    select b.organisation_id, m.sector, coalesce(m.organisation_id::text, lower(m.institution)) as institution
    from networks_body b join network n on n.id = b.organisation_id join networks_member m on m.body_id = b.id
    where b.kind in ('network', 'commission') and b.ended_on is null
      and m.since <= app.today() and (m.until is null or m.until > app.today())
  )
  (select distinct on (s.organisation_id, s.dimension) s.organisation_id, 'level', s.dimension::text,
    s.level::numeric, s.holds_on
  from networks_sustainabilitylevel s join network n on n.id = s.organisation_id
  order by s.organisation_id, s.dimension, s.holds_on desc, s.id desc)
  union all
  select organisation_id, case told.key when 'level' then 'self' else 'ties' end, told.key, told.value, told.on_day
  from told
  union all
  -- asked, and too few answered for a number (FEWEST of logic/outcome.py)
  select n.id, 'few', 'self', null, max(o.closed_on)::date
  from network n join networks_round r on r.organisation_id = n.id
  join forms_version v on v.id = r.version_id and v.facts ->> 'score' = 'self-evaluation'
  join networks_outcome o on o.round_id = r.id and (o.content ->> 'sheets')::integer > 0
  where not exists (select from told where told.organisation_id = n.id and told.key = 'level')
  group by n.id
  union all
  -- institutions that sit in the network's bodies; where nobody wrote them down, those asked in the newest round
  select organisation_id, 'members', sector::text, count(distinct institution)::numeric, app.today()
  from seated group by organisation_id, sector
  union all
  select w.organisation_id, 'members', p.sector::text, count(distinct p.organisation_id)::numeric, w.opens_on
  from newest w join networks_respondent p on p.round_id = w.id
  where w.organisation_id not in (select organisation_id from seated)
  group by w.organisation_id, p.sector, w.opens_on
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("networks", "0014_year_fence")]
    operations = [migrations.RunSQL(NUMBERS, migrations.RunSQL.noop)]
