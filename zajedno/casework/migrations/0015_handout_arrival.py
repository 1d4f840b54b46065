"""What was handed out to other systems, and referrals that they send: behind the fence; the first the family reads."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from zajedno.kernel.fence import fence, narrowed

# Who receives and who sends; a referral that nobody has taken in belongs to no child yet.
RECEIVER = "receiver_id = any ((select app.my_keys())::bigint[])"
BOTH = f"{RECEIVER} or sender_id = any ((select app.my_keys())::bigint[]) or sent_by = app.account()"
OF_CASE = "exists (select from casework_case c where c.id = casework_handout.case_id)"
LEDGER = """
create or replace function app.family_ledger(file uuid, most int, skip int)
returns table (day date, account bigint, organisation bigint, verb text, matter uuid, times bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  with told as (select t.* from children_tie t where t.id in (select app.family_ties(file, app.account()))),
  things as materialized (
    select x.uuid::text as subject from casework_case x join children_child c on c.id = x.child_id
      where c.uuid = file and app.parent_of(c.id) and x.acl @> array[-app.account()::int]
    union all select file::text where exists (select from told)),
  lines as (
    select e.*, (e.moment at time zone 'Europe/Belgrade')::date as on_day
    from things join access_auditentry e on e.subject = things.subject
    where e.verb in ('children.open_file', 'children.export_file', 'access.break_glass',
        'casework.open_case_file', 'casework.read_letter', 'casework.read_paper', 'casework.hand_out')
      and coalesce(e.detail->>'tie', '') in (select '' union all select uuid::text from told)
      and coalesce(e.detail->>'purpose', '') in (select '' union all select purpose from told))
  select l.on_day, l.account, l.organisation, l.verb::text,
      case when l.subject = file::text then null else l.subject::uuid end, count(*)
    from lines l
    where l.subject <> file::text or exists (select from told t where t.key in (l.organisation, -l.account)
      and t.since <= l.on_day and (t.until is null or t.until >= l.on_day - 1))
    group by 1, 2, 3, 4, 5, l.subject order by max(l.moment) desc limit most offset skip
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0014_also_same_child"),
        ("children", "0016_glass_reads"),
        ("places", "0005_directory"),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.BinaryField()),
                ("sent_by", models.BigIntegerField()),
                ("sent_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("urgent", models.BooleanField(default=False)),
                ("content", models.BinaryField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for an answer"),
                            ("taken", "Taken in"),
                            ("turned_down", "Turned down"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=250)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_on", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="arrivals",
                        to="casework.case",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_on", "-id"],
                "indexes": [
                    models.Index(fields=["receiver", "state", "sent_on"], name="casework_ar_receive_5b7542_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("sender", "number"), name="arrival_once"),
                    models.CheckConstraint(
                        condition=models.Q(("sender", models.F("receiver")), _negated=True), name="arrival_from_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", False), ("state", "taken")),
                            models.Q(models.Q(("state", "taken"), _negated=True), ("case", None)),
                            _connector="OR",
                        ),
                        name="arrival_taken_has_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content__isnull", False), ("decided_by", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("content", None),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="arrival_kept_while_it_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "turned_down"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="arrival_turned_down_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None),
                ),
                ("sha256", models.BinaryField()),
                ("made_by", models.BigIntegerField()),
                ("made_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handouts", to="casework.case"
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="children.consent"
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-made_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sender", models.F("receiver")), _negated=True), name="handout_to_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fields", []), _negated=True), name="handout_holds_something"
                    ),
                ],
            },
        ),
        fence("casework_handout", OF_CASE, append_only=True),
        fence("casework_arrival", BOTH),
        narrowed("casework_arrival", RECEIVER),  # who sent it reads how it stands
        migrations.RunSQL(LEDGER, migrations.RunSQL.noop),
    ]
