"""What the public page of a body tells of who keeps it: how far adopted plans have come, which programmes there were.
Functions, not grants: public pages reach no table of the room, and no number of fewer than five people."""

from django.db import migrations

from zajedno.kernel.fence import EXCHANGE, RUNTIME, WORKER

TOLD = """
create function app.body_plans(body bigint)
returns table (plan bigint, title text, first_year integer, years integer, organ text, adopted_on date,
  number integer, goal text, state text, ends_on date)
language sql stable security definer set search_path = pg_catalog, public as $$
  with newest as (
    select distinct on (p.series) p.* from programmes_plan p
    join networks_body b on b.organisation_id = p.organisation_id
    where b.id = body and b.ended_on is null and p.adopted_on is not null order by p.series, p.version desc
  )
  select n.id, n.title::text, n.first_year::integer, n.years::integer, n.organ::text, n.adopted_on, g.number::integer,
    g.text::text, coalesce((select r.state from programmes_progress r where r.thread = a.thread
      order by r.id desc limit 1), 'ahead')::text, a.ends_on
  from newest n left join programmes_goal g on g.plan_id = n.id
  left join programmes_measure m on m.goal_id = g.id left join programmes_activity a on a.measure_id = m.id
  order by n.first_year desc, n.id desc, g.number
$$;

create function app.body_programmes(body bigint)
returns table (title text, kind text, target text, begins_on date, ends_on date, held integer, reached integer)
language sql stable security definer set search_path = pg_catalog, public as $$
  select r.title::text, r.kind::text, r.target::text, r.begins_on, r.ends_on,
    (select count(*)::integer from programmes_session s where s.programme_id = r.id and s.girls is not null),
    case when r.reached >= 5 then r.reached end
  from programmes_programme r join networks_body b on b.organisation_id = r.organisation_id
  where b.id = body and b.ended_on is null and r.begins_on <= app.today()
  order by r.begins_on desc, r.id desc limit 20
$$;
"""
NAMES = "app.body_plans(bigint), app.body_programmes(bigint)"


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_money_fence"), ("networks", "0008_body_fence"), ("kernel", "0002_roles")]
    operations = [
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
        migrations.RunSQL(
            f"revoke execute on function {NAMES} from public;"
            f"grant execute on function {NAMES} to {RUNTIME}, {WORKER}, {EXCHANGE};",
            migrations.RunSQL.noop,
        ),
    ]
