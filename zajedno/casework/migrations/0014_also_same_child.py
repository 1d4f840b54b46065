"""A measure counts in a further case of its own child alone: its words are sealed with that child's key."""

from django.db import migrations

SAME_CHILD = """
create function app.also_same_child() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if (select child_id from casework_measure where id = new.measure_id)
    is distinct from (select child_id from casework_case where id = new.case_id) then
    raise exception 'a measure counts in cases of its own child alone' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger same_child before insert or update on casework_measure_also for each row
  execute function app.also_same_child();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0013_move_paper")]
    operations = [migrations.RunSQL(SAME_CHILD, migrations.RunSQL.noop)]
