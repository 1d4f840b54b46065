"""The days and the kind of a tie stand in the part it is behind: lists of work then read one table, not two."""

from django.db import migrations, models

DAYS = """
create function app.participant_days() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin
  select t.since, t.until, t.purpose = 'parenthood' into new.since, new.until, new.is_family
    from children_tie t where t.id = new.tie_id;
  return new;
end $$;
update casework_participant p set since = t.since, until = t.until, is_family = t.purpose = 'parenthood'
  from children_tie t where t.id = p.tie_id;
create trigger days before insert or update on casework_participant
  for each row execute function app.participant_days();
-- the part follows its tie, and the list of who may open the case follows the part
create or replace function app.tie_changed_for_cases() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin update casework_participant set tie_id = tie_id where tie_id = new.id; return null; end $$;
"""
BACK = """
drop trigger days on casework_participant;
drop function app.participant_days();
create or replace function app.tie_changed_for_cases() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin perform app.case_acl(p.case_id) from casework_participant p where p.tie_id = new.id; return null; end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0018_arrival_warned"), ("children", "0002_fence")]
    operations = [
        migrations.AddField("participant", "since", models.DateField(null=True, editable=False)),
        migrations.AddField("participant", "until", models.DateField(null=True, editable=False)),
        migrations.AddField("participant", "is_family", models.BooleanField(default=False, editable=False)),
        migrations.RunSQL(DAYS, BACK),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.AlterField("participant", "since", models.DateField(editable=False)),
    ]
