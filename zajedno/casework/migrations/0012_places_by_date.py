"""A measure whose last day is over holds no place in a service, whether or not anybody has said that it ended."""

from django.db import migrations

from zajedno.kernel.fence import WORKER

# Counted anew for the services that a change touches: who asks for a place is told of the day on which they ask.
SQL = f"""
create function app.places_taken(service bigint) returns bigint language sql security definer
set search_path = pg_catalog, public as $$
  select count(*) from casework_measure m
    where m.service_id = service and app.place_of(m) = service and (m.until is null or m.until >= app.today())
$$;
create or replace function app.count_places() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
declare before bigint; after bigint;
begin
  if tg_op <> 'INSERT' then before := old.service_id; end if;
  if tg_op <> 'DELETE' then after := new.service_id; end if;
  perform from places_service where id in (before, after) order by id for update;  -- in one order, whoever comes
  update places_service s set taken = app.places_taken(s.id)
    where s.id in (before, after) and s.taken <> app.places_taken(s.id);
  return null;
end $$;
drop trigger places on casework_measure;
create trigger places after insert or update of service_id, state, superseded_on, until or delete on casework_measure
  for each row execute function app.count_places();

-- For the daily round: places whose measures ended overnight. It frees only, so it is never refused.
create function app.free_places() returns bigint language plpgsql security definer
set search_path = pg_catalog, public as $$
declare freed bigint;
begin
  perform from places_service where taken > app.places_taken(id) order by id for update;
  with less as (update places_service s set taken = app.places_taken(s.id) where s.taken > app.places_taken(s.id)
    returning 1) select count(*) into freed from less;
  return freed;
end $$;
revoke execute on function app.places_taken(bigint), app.free_places() from public;
grant execute on function app.free_places() to {WORKER};
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_reading_ties")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
