"""Members of a network are those of its body: who reads the network gets their numbers, by sector and a year ago, and
whether somebody coordinates; the rows themselves stay with who sits there."""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME, WORKER

SEATS = """
-- The bodies that are the network itself, for who reads it.
create function app.network_bodies(mine bigint) returns setof bigint language sql stable security definer
set search_path = pg_catalog, public as $$
  select id from networks_body where organisation_id = mine and mine = any ((select app.reads_networks())::bigint[])
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
CLOSED = "app.network_bodies(bigint), app.network_seats(bigint), app.network_coordinated(bigint)"


class Migration(migrations.Migration):
    dependencies = [("networks", "0013_year_fence"), ("kernel", "0002_roles")]
    operations = [
        migrations.RunSQL(SEATS, migrations.RunSQL.noop),
        migrations.RunSQL(
            f"revoke execute on function {CLOSED} from public;"
            f"grant execute on function {CLOSED} to {RUNTIME}, {WORKER};",
            migrations.RunSQL.noop,
        ),
    ]
