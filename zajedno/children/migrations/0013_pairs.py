"""Pairs of files that may be one child: how they were weighed, what people said, and whom the job still has to seek."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.db import migrations, models

from zajedno.kernel.fence import RUNTIME, WORKER, fence

# A pair that stood in both orders stands once; what somebody decided stays.
ONCE = """
delete from children_alias a using children_alias b
  where a.child_id = b.same_as_id and a.same_as_id = b.child_id
    and (a.decided_on is null, -a.id) > (b.decided_on is null, -b.id);
"""

SQL = f"""
-- registers are taken back by plain SQL: what was said goes with its pair
do $$ declare key text; begin
  select conname into key from pg_constraint where conrelid = 'children_aliasword'::regclass and contype = 'f';
  execute format('alter table children_aliasword drop constraint %I', key);
  alter table children_aliasword add constraint alias_word_of_pair foreign key (alias_id) references children_alias (id)
    on delete cascade deferrable initially deferred;
end $$;

-- Children whose data came in or changed, for the job that looks for pairs: by trigger, so that no way in is forgotten.
-- Not unique: who writes a child would wait for who writes it, too. Only the owner and the worker reach it.
-- without a foreign key: what was erased meanwhile is passed over, and tables can be emptied
create table children_unsought (child_id bigint not null);
create index children_unsought_child on children_unsought (child_id);
revoke all on children_unsought from {RUNTIME}, {WORKER}, zajedno_exchange;
grant select, delete on children_unsought to {WORKER};
alter table children_unsought enable row level security;
alter table children_unsought force row level security;
create policy owner on children_unsought to current_user using (true) with check (true);
create policy worker on children_unsought to {WORKER} using (true);

create function app.seek_new() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin insert into children_unsought select id from fresh; return null; end $$;
create function app.seek_beside() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin
  insert into children_unsought select distinct f.child_id from fresh f join children_child c on c.id = f.child_id;
  return null;
end $$;
create trigger seek_new after insert on children_child referencing new table as fresh
  for each statement execute function app.seek_new();
create function app.seek_changed() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin insert into children_unsought values (new.id); return null; end $$;
create trigger seek_changed after update of given_name, family_name, birth_date, sex, residence_id, address
  on children_child for each row execute function app.seek_changed();
create trigger seek_new after insert on children_identifier referencing new table as fresh
  for each statement execute function app.seek_beside();
create trigger seek_gone after delete on children_identifier referencing old table as fresh
  for each statement execute function app.seek_beside();
create trigger seek_new after insert on children_guardian referencing new table as fresh
  for each statement execute function app.seek_beside();
create trigger seek_changed after update on children_guardian referencing new table as fresh
  for each statement execute function app.seek_beside();
insert into children_unsought select id from children_child;

-- Who keeps the two files of a pair, for the letter to the other side; told to who sees one of them.
create function app.alias_keepers(pair bigint) returns table (side int, organisation bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.side, c.registered_by_id from children_alias a
    cross join lateral (values (1, a.child_id), (2, a.same_as_id)) s (side, id) join children_child c on c.id = s.id
    where a.id = pair and exists (
      select from children_child v where v.id in (a.child_id, a.same_as_id) and v.acl && (select app.my_keys()))
$$;
revoke execute on function app.alias_keepers(bigint) from public;
grant execute on function app.alias_keepers(bigint) to {RUNTIME};
"""

PAIR = "select from children_alias a where a.id = children_aliasword.alias_id"
BOTH = f"""exists ({PAIR} and exists (select from children_child c where c.id = a.child_id)
  and exists (select from children_child c where c.id = a.same_as_id))"""
# What one institution says is read by itself, and by who sees both files: a reason may tell of a child.
READ = f"(organisation = any ((select app.my_keys())::bigint[]) and exists ({PAIR})) or {BOTH}"


class Migration(migrations.Migration):
    dependencies = [
        ("children", "0012_tie_clause"),
    ]

    operations = [
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="AliasWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "said",
                    models.CharField(
                        choices=[
                            ("same", "They are the same child"),
                            ("different", "They are two children who have nothing to do with each other"),
                            ("twin", "They are twins"),
                            ("sibling", "They are brothers or sisters"),
                            ("half_sibling", "They are half-brothers or half-sisters"),
                            ("household", "They are two children of one household"),
                            ("asked", "The other institution was asked"),
                            ("undone", "The decision was undone"),
                            ("again", "Data changed: it is open again"),
                        ],
                        max_length=12,
                    ),
                ),
                ("sides", models.PositiveSmallIntegerField()),
                ("organisation", models.BigIntegerField(null=True)),
                ("account", models.BigIntegerField(null=True)),
                ("reason", models.CharField(blank=True, max_length=250)),
                ("said_on", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="alias",
            name="alias_once",
        ),
        migrations.AddField(
            model_name="alias",
            name="agreed",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="alias",
            name="asked",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="alias",
            name="asked_at",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="alias",
            name="asked_by",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="alias",
            name="levels",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="alias",
            name="probability",
            field=models.FloatField(null=True),
        ),
        migrations.AddConstraint(
            model_name="alias",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Least("child", "same_as"),
                django.db.models.functions.comparison.Greatest("child", "same_as"),
                name="alias_pair_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="alias",
            constraint=models.CheckConstraint(
                condition=models.Q(("probability", None), ("probability__range", (0, 1)), _connector="OR"),
                name="alias_probability",
            ),
        ),
        migrations.AddConstraint(
            model_name="alias",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed__lte", 3),
                    ("asked__lte", 3),
                    models.Q(("asked", 0), ("asked_by__isnull", False), _connector="XOR"),
                ),
                name="alias_asked_by_somebody",
            ),
        ),
        migrations.AddField(
            model_name="aliasword",
            name="alias",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="words", to="children.alias"
            ),
        ),
        migrations.AddConstraint(
            model_name="aliasword",
            constraint=models.CheckConstraint(condition=models.Q(("sides__lte", 3)), name="alias_word_sides"),
        ),
        migrations.AddConstraint(
            model_name="aliasword",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account", None), ("said", "again"), ("sides", 0)),
                    models.Q(("account__isnull", False), ("sides__gte", 1), models.Q(("said", "again"), _negated=True)),
                    _connector="OR",
                ),
                name="alias_word_of_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="aliasword",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("said__in", ["asked", "again"]), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="alias_word_has_reason",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        fence("children_aliasword", READ, writable=f"exists ({PAIR})"),
    ]
