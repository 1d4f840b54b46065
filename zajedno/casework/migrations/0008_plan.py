"""The plan is the child's: goals, versions, history, places in services. Its fence, and what the database promises."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import django.utils.timezone
from django.db import migrations, models

from zajedno.kernel.fence import RUNTIME, WORKER, fence

# Who takes part in the case, or whose tie to the child opens the plan: but a case apart keeps its lines to itself.
READ = """exists (select from casework_case c where c.id = {line}.case_id)
  or not {line}.apart and exists (select from children_tie t where t.child_id = {line}.child_id
    and t.key = any ((select app.my_keys())::int[]) and 'plan' = any (t.fields)
    and t.since <= app.today() and (t.until is null or t.until >= app.today()))"""

FILL = """
update casework_measure m set child_id = c.child_id, at_id = c.organisation_id,
    adopted_on = (select o.adopted_on from casework_jointopinion o where o.case_id = c.id)
  from casework_case c where c.id = m.case_id;
set constraints all immediate;
set constraints all deferred;
"""

# What was adopted is changed by a new version, by nobody otherwise; what happened stays as it was written.
FENCED = f"""
alter policy runtime on casework_measure using ({READ.format(line="casework_measure")})
  with check ({READ.format(line="casework_measure")});
revoke update on casework_planentry from {RUNTIME}, {WORKER};

create function app.plan_is_frozen() returns trigger language plpgsql as $$
begin
  if current_user in ('{RUNTIME}', '{WORKER}') then
    raise exception 'an adopted line of a plan is not changed' using errcode = 'restrict_violation';
  end if;
  return coalesce(new, old);
end $$;
-- The conditions stand in functions: a dump writes those of triggers in other brackets each time.
create function app.measure_differs(a casework_measure, b casework_measure) returns boolean language sql immutable
set search_path = pg_catalog, public as $$
  select a.adopted_on is not null and b.adopted_on is not null and
    (a.sealed, a.code, a.legal_group, a.goal_id, a.responsible_id, a.responsible_person, a.since, a.until, a.frequency,
     a.payer, a.needs_funds, a.cost, a.unit, a.unit_price, a.units, a.times, a.currency, a.child_id, a.case_id,
     a.version, a.replaces_id) is distinct from
    (b.sealed, b.code, b.legal_group, b.goal_id, b.responsible_id, b.responsible_person, b.since, b.until, b.frequency,
     b.payer, b.needs_funds, b.cost, b.unit, b.unit_price, b.units, b.times, b.currency, b.child_id, b.case_id,
     b.version, b.replaces_id)
$$;
create function app.goal_differs(a casework_goal, b casework_goal) returns boolean language sql immutable
set search_path = pg_catalog, public as $$
  select a.adopted_on is not null and b.adopted_on is not null and
    (a.sealed, a.whose, a.area, a.icf, a.child_id, a.case_id) is distinct from
    (b.sealed, b.whose, b.area, b.icf, b.child_id, b.case_id)
$$;
create trigger frozen before update on casework_measure for each row
  when (app.measure_differs(old, new)) execute function app.plan_is_frozen();
create trigger kept before delete on casework_measure for each row
  when (old.adopted_on is not null) execute function app.plan_is_frozen();
create trigger frozen before update on casework_goal for each row
  when (app.goal_differs(old, new)) execute function app.plan_is_frozen();
create trigger kept before delete on casework_goal for each row
  when (old.adopted_on is not null) execute function app.plan_is_frozen();
"""

# A measure that is planned or running holds the place it was given. Who gives the last place waits for who gives it at
# the same moment: both write the service's row, and `service_not_overbooked` refuses the second.
PLACES = """
create function app.place_of(line casework_measure) returns bigint language sql immutable
set search_path = pg_catalog, public as $$
  select case when line.superseded_on is null and line.state in ('planned', 'running') then line.service_id end
$$;
create function app.count_places() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
declare before bigint; after bigint;
begin
  if tg_op <> 'INSERT' then before := app.place_of(old); end if;
  if tg_op <> 'DELETE' then after := app.place_of(new); end if;
  if before is distinct from after then
    perform from places_service where id in (before, after) order by id for update;  -- in one order, whoever comes
    update places_service set taken = taken - 1 where id = before;
    update places_service set taken = taken + 1 where id = after;
  end if;
  return null;
end $$;
create trigger places after insert or update of service_id, state, superseded_on or delete on casework_measure
  for each row execute function app.count_places();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_transfer_approval_seal"),
        ("children", "0010_violence"),
        ("places", "0004_capacity"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField(null=True)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("apart", models.BooleanField(default=False)),
                ("written_by", models.BigIntegerField(null=True)),
                ("written_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "How far it has come"),
                            ("effect", "What it has brought"),
                            ("unmet", "Unmet need"),
                            ("matched", "A place in a service"),
                            ("released", "The place was given back"),
                            ("version", "Changed after adoption"),
                            ("different", "How it differs from another measure"),
                            ("taken", "Counts in a further plan"),
                            ("view", "What the child or the parent thinks"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(blank=True, max_length=20)),
                ("happened_on", models.DateField()),
            ],
            options={
                "ordering": ["-happened_on", "-id"],
            },
        ),
        migrations.AddField(
            model_name="measure",
            name="adopted_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="also",
            field=models.ManyToManyField(related_name="+", to="casework.case"),
        ),
        migrations.AddField(
            model_name="measure",
            name="apart",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="measure",
            name="at",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="child",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="children.child"
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="gain",
            field=models.CharField(
                blank=True,
                choices=[
                    ("worse", "It got worse"),
                    ("none", "No change yet"),
                    ("some", "Some progress"),
                    ("much", "Clear progress"),
                    ("reached", "The goal is reached"),
                ],
                max_length=8,
                verbose_name="effect",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="casework.measure",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="review_on",
            field=models.DateField(null=True, verbose_name="next review"),
        ),
        migrations.AddField(
            model_name="measure",
            name="service",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.service"
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="superseded_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="times",
            field=models.PositiveIntegerField(null=True, verbose_name="how many times"),
        ),
        migrations.AddField(
            model_name="measure",
            name="unit",
            field=models.CharField(blank=True, max_length=40, verbose_name="unit"),
        ),
        migrations.AddField(
            model_name="measure",
            name="unit_price",
            field=models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name="price of a unit"),
        ),
        migrations.AddField(
            model_name="measure",
            name="units",
            field=models.DecimalField(decimal_places=2, max_digits=8, null=True, verbose_name="units each time"),
        ),
        migrations.AddField(
            model_name="measure",
            name="unmet",
            field=models.CharField(
                blank=True,
                choices=[
                    ("no_service", "There is no such service here"),
                    ("no_place", "The service has no free place"),
                    ("no_funds", "There are no funds"),
                    ("refused", "The family does not want it"),
                    ("waiting", "The child is on a waiting list"),
                ],
                max_length=12,
                verbose_name="unmet need",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="unmet_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="version",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="measure",
            name="written_by",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="written_on",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField(null=True)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("apart", models.BooleanField(default=False)),
                ("written_by", models.BigIntegerField(null=True)),
                ("written_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "whose",
                    models.CharField(
                        choices=[("child", "The child"), ("parent", "The parent"), ("team", "The team")],
                        max_length=10,
                        verbose_name="who asks for it",
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("d1", "Learning and applying what was learned"),
                            ("d2", "Everyday tasks and demands"),
                            ("d3", "Communication"),
                            ("d4", "Moving about"),
                            ("d5", "Looking after oneself"),
                            ("d6", "Life at home"),
                            ("d7", "Getting on with others"),
                            ("d8", "Kindergarten, school, play and work"),
                            ("d9", "Life in the community"),
                        ],
                        max_length=2,
                        verbose_name="area of life",
                    ),
                ),
                (
                    "icf",
                    models.CharField(
                        blank=True,
                        max_length=6,
                        validators=[django.core.validators.RegexValidator("^[bsde][0-9]{1,5}$")],
                        verbose_name="ICF code",
                    ),
                ),
                ("adopted_on", models.DateField(null=True)),
                ("dropped_on", models.DateField(null=True)),
                (
                    "at",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="casework.case"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="children.child"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.AddField(
            model_name="measure",
            name="goal",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="casework.goal"
            ),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["child", "code"], name="casework_me_child_i_c88919_idx"),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(
                condition=models.Q(("state__in", ["planned", "running"]), ("superseded_on", None)),
                fields=["responsible", "review_on"],
                name="measure_in_hand",
            ),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(
                condition=models.Q(("unmet", ""), _negated=True), fields=["at", "unmet"], name="measure_unmet"
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unit_price", None),
                    models.Q(
                        (
                            "cost",
                            django.db.models.functions.math.Round(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("unit_price"), "*", models.F("units")
                                    ),
                                    "*",
                                    models.F("times"),
                                ),
                                precision=2,
                            ),
                        ),
                        ("cost__isnull", False),
                        ("times__gt", 0),
                        ("times__isnull", False),
                        ("units__gt", 0),
                        ("units__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="measure_cost_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unmet", ""), models.Q(("service", None), ("unmet_on__isnull", False)), _connector="OR"
                ),
                name="measure_unmet_has_no_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replaces", None), ("version", 1)),
                    models.Q(("replaces__isnull", False), ("version__gt", 1)),
                    _connector="OR",
                ),
                name="measure_version_follows",
            ),
        ),
        migrations.AddField(
            model_name="planentry",
            name="at",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
            ),
        ),
        migrations.AddField(
            model_name="planentry",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="planentry",
            name="child",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="children.child"),
        ),
        migrations.AddField(
            model_name="planentry",
            name="measure",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="casework.measure"
            ),
        ),
        migrations.AddField(
            model_name="planentry",
            name="organisation",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
            ),
        ),
        migrations.AddIndex(
            model_name="goal",
            index=models.Index(fields=["child"], name="casework_go_child_i_0702df_idx"),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("icf", ""), ("icf__regex", "^[bsde][0-9]{1,5}$"), _connector="OR"),
                name="goal_icf_is_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("whose__in", ["child", "parent", "team"])), name="goal_is_somebodys"
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("sealed__isnull", False)), name="goal_says_something"
            ),
        ),
        migrations.AddIndex(
            model_name="planentry",
            index=models.Index(fields=["child", "-happened_on"], name="casework_pl_child_i_b25954_idx"),
        ),
        migrations.AddConstraint(
            model_name="planentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "view"), ("measure__isnull", False), _connector="OR"),
                name="plan_entry_has_its_measure",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="measure",
            name="at",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
            ),
        ),
        migrations.AlterField(
            model_name="measure",
            name="child",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="children.child"),
        ),
        fence("casework_goal", READ.format(line="casework_goal")),
        fence("casework_planentry", READ.format(line="casework_planentry")),
        fence(
            "casework_measure_also",
            "exists (select from casework_measure m where m.id = casework_measure_also.measure_id)",
        ),
        migrations.RunSQL(FENCED, migrations.RunSQL.noop),
        migrations.RunSQL(PLACES, migrations.RunSQL.noop),
    ]
