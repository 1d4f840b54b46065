"""How alike two files are tells of both: it stands apart from the pair, for who sees both of them."""

import django.db.models.deletion
from django.db import migrations, models

from zajedno.kernel.fence import fence

MOVED = """
insert into children_aliasweight (alias_id, probability, levels)
  select id, probability, levels from children_alias where probability is not null;
set constraints all immediate; -- else the tables cannot be altered below
"""
# Registers are taken back by plain SQL: the weight goes with its pair.
GOES = """
do $$ declare key text; begin
  select conname into key from pg_constraint where conrelid = 'children_aliasweight'::regclass and contype = 'f';
  execute format('alter table children_aliasweight drop constraint %I', key);
  alter table children_aliasweight add constraint alias_weight_of_pair foreign key (alias_id)
    references children_alias (id) on delete cascade deferrable initially deferred;
end $$;
"""
BOTH = """exists (select from children_alias a where a.id = children_aliasweight.alias_id
  and exists (select from children_child c where c.id = a.child_id)
  and exists (select from children_child c where c.id = a.same_as_id))"""


class Migration(migrations.Migration):
    dependencies = [("children", "0014_tie_reads")]
    operations = [
        migrations.CreateModel(
            name="AliasWeight",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("probability", models.FloatField()),
                ("levels", models.JSONField(default=dict)),
            ],
        ),
        migrations.AddField(  # by itself, so that its key is there for what follows
            "aliasweight",
            "alias",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="weight", to="children.alias"
            ),
        ),
        migrations.RunSQL(GOES + MOVED, migrations.RunSQL.noop),
        migrations.RemoveConstraint("alias", "alias_probability"),
        migrations.RemoveField("alias", "probability"),
        migrations.RemoveField("alias", "levels"),
        migrations.AddConstraint(
            "aliasweight",
            models.CheckConstraint(condition=models.Q(probability__range=(0, 1)), name="alias_probability"),
        ),
        fence("children_aliasweight", BOTH),
    ]
