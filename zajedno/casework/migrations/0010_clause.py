"""A part and a clock may rest on a clause of an agreement. When the agreement ends, or one of the two institutions leaves
it, what was opened under it closes at once, whoever ended it: the people of a network see no case."""

import django.db.models.deletion
from django.db import migrations, models

CLOSED = """
create function app.agreement_closes_ties() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
declare
  leaving bigint;
  agreement bigint;
  closing record;
begin
  agreement := new.id;
  if tg_table_name = 'networks_signatory' then
    leaving := new.organisation_id;
    agreement := new.agreement_id;
  end if;
  for closing in
    select t.id, t.uuid, t.since, c.uuid as child from casework_participant p
      join networks_clause k on k.id = p.clause_id join networks_agreement a on a.id = k.agreement_id
      join children_tie t on t.id = p.tie_id join children_child c on c.id = t.child_id
    where a.series = (select series from networks_agreement where id = agreement)
      and (leaving is null or leaving in (p.key, p.giver_id))
      and (t.until is null or t.until >= app.today())
    order by t.id
  loop
    update children_tie set until = greatest(app.today(), since) - 1 where id = closing.id;
    perform app.audit_append(app.account(), leaving, 'children.end_tie', 'children.child', closing.child::text,
      jsonb_build_object('tie', closing.uuid, 'agreement', true));
  end loop;
  return null;
end $$;
create trigger closes_ties after update on networks_agreement for each row
  when (old.state = 'signed' and new.state = 'ended') execute function app.agreement_closes_ties();
create trigger closes_ties after update on networks_signatory for each row
  when (old.state = 'signed' and new.state = 'left') execute function app.agreement_closes_ties();
"""


def key_to(model: str) -> models.ForeignKey:
    return models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0009_family"),
        ("children", "0012_tie_clause"),
        ("networks", "0006_agreement_fence"),
        ("places", "0002_device_login"),
    ]
    operations = [
        migrations.AddField("clock", "clause", key_to("networks.clause")),
        migrations.AddField("participant", "clause", key_to("networks.clause")),
        migrations.AddField("participant", "giver", key_to("places.organisation")),
        migrations.AddConstraint(
            "participant",
            models.CheckConstraint(
                condition=models.Q(clause=None, giver=None)
                | models.Q(clause__isnull=False, giver__isnull=False, key__gt=0),
                name="participant_clause_is_given",
            ),
        ),
        migrations.RunSQL(CLOSED, migrations.RunSQL.noop),
    ]
