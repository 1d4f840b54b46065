"""A version that was submitted never changes; every change of state is a row; what is public is found in both scripts.

`search` of a text and a translation are not what was submitted, so they may change beside it. The trigger that keeps
`search` comes after these operations, from the catalogue.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from zajedno.kernel.fence import EXCHANGE, RUNTIME, WORKER

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("review", "In review"),
    ("returned", "Returned to the author"),
    ("published", "Published"),
    ("needs_update", "Needs an update"),
    ("retired", "Retired"),
]
FROZEN = """
create function app.refuse_frozen_version() returns trigger language plpgsql as $$
begin
  if old.frozen_on is not null then
    raise exception 'a version that was submitted is never changed' using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger frozen before update or delete on exchange_practiceversion
  for each row execute function app.refuse_frozen_version();
create function app.refuse_frozen_text() returns trigger language plpgsql as $$
begin
  if old.state = 'source'
    and (tg_op = 'DELETE' or to_jsonb(old) - 'search' is distinct from to_jsonb(new) - 'search')
    and exists (select from exchange_practiceversion v where v.id = old.version_id and v.frozen_on is not null) then
    raise exception 'the text of a version that was submitted is never changed' using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger frozen before update or delete on exchange_practicetext
  for each row execute function app.refuse_frozen_text();
"""
MOVES = f"""
revoke update, delete on exchange_practicemove from {RUNTIME}, {WORKER}, {EXCHANGE};
create trigger append_only before update or delete on exchange_practicemove
  for each row execute function app.refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_practice"), ("kernel", "0002_roles")]
    operations: list[migrations.operations.base.Operation] = [
        migrations.AddField(
            model_name="practice",
            name="change",
            field=models.CharField(blank=True, choices=STATES, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(("change", ""), ("state__in", ("published", "needs_update")), _connector="OR"),
                name="practice_change_of_published",
            ),
        ),
        migrations.CreateModel(
            name="PracticeMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(choices=STATES, max_length=12)),
                ("note", models.TextField(blank=True)),
                ("moved_by", models.BigIntegerField()),
                ("moved_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="exchange.practice"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.practiceversion"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(FROZEN, migrations.RunSQL.noop),
        migrations.RunSQL(MOVES, migrations.RunSQL.noop),
        # the catalogue's helper adds what keeps `search`
    ]
