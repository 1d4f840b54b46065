"""Members of a network are those of its body: who reads the network gets their numbers, by sector and a year ago, and
whether somebody coordinates; the rows themselves stay with who sits there."""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME, WORKER

SEATS = """
-- The bodies that are the network itself, for who reads it.
create function app.network_bodies(mine bigint) returns setof bigint language sql stable security definer
set search_path = pg_catalog, public as $$
  select id from networks_body where organisation_id = mine and mine = any (app.reads_networks())
    and kind in ('network', 'commission') and ended_on is null
$$;
create function app.network_seats(mine bigint)
returns table (sector text, now integer, before integer, came integer, went integer)
language sql stable security definer set search_path = pg_catalog, public as $$
  with day as (select app.today() as today, (app.today() - interval '1 year')::date as ago)
  select m.sector::text,
    (count(*) filter (where m.since <= today and (m.until is null or m.until > today)))::integer,
    (count(*) filter (where m.since <= ago and (m.until is null or m.until > ago)))::integer,
    (count(*) filter (where m.since > ago and m.since <= today))::integer,
    (count(*) filter (where m.until > ago and m.until <= today))::integer
  from networks_member m cross join day
  where m.body_id in (select app.network_bodies(mine)) and (m.until is null or m.until > m.since)
  group by m.sector
$$;
-- Null where nobody sits in a body of the network yet: then nothing can be said.
create function app.network_coordinated(mine bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select bool_or(m.role = 'coordinator' and m.since <= app.today() and (m.until is null or m.until > app.today()))
  from networks_member m where m.body_id in (select app.network_bodies(mine))
$$;
"""

NUMBERS = """
-- What may be compared of the networks of a country, for who holds the verb there: `what` is level, self, ties or
-- members; `key` a dimension, a figure or a sector. Only numbers fit into it.
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
  )
  (select distinct on (s.organisation_id, s.dimension) s.organisation_id, 'level', s.dimension::text,
    s.level::numeric, s.holds_on
  from networks_sustainabilitylevel s join network n on n.id = s.organisation_id
  order by s.organisation_id, s.dimension, s.holds_on desc, s.id desc)
  union all
  select organisation_id, case told.key when 'level' then 'self' else 'ties' end, told.key, told.value, told.on_day
  from told
  union all
  -- institutions that sit in its body; while none keeps members, those asked in the newest round
  select b.organisation_id, 'members', m.sector::text,
    count(distinct coalesce(m.organisation_id::text, m.institution))::numeric, app.today()
  from networks_body b join network n on n.id = b.organisation_id join networks_member m on m.body_id = b.id
  where b.kind in ('network', 'commission') and b.ended_on is null
    and m.since <= app.today() and (m.until is null or m.until > app.today())
  group by b.organisation_id, m.sector
  union all
  select w.organisation_id, 'members', p.sector::text, count(distinct p.organisation_id)::numeric, w.opens_on
  from newest w join networks_respondent p on p.round_id = w.id
  where not exists (select from networks_body b join networks_member m on m.body_id = b.id
    where b.organisation_id = w.organisation_id and b.kind in ('network', 'commission') and b.ended_on is null
      and m.since <= app.today() and (m.until is null or m.until > app.today()))
  group by w.organisation_id, p.sector, w.opens_on
$$;
"""
CLOSED = "app.network_bodies(bigint), app.network_seats(bigint), app.network_coordinated(bigint)"


class Migration(migrations.Migration):
    dependencies = [("networks", "0012_deputy_email"), ("kernel", "0002_roles")]
    operations = [
        migrations.RunSQL(SEATS + NUMBERS, migrations.RunSQL.noop),
        migrations.RunSQL(
            f"revoke execute on function {CLOSED} from public;"
            f"grant execute on function {CLOSED} to {RUNTIME}, {WORKER};",
            migrations.RunSQL.noop,
        ),
    ]
