"""Handing cases over, needs set aside, and notes under a seal, which the database too keeps from others."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from zajedno.kernel.fence import RUNTIME, WORKER, fence

SEAL = f"""
create function app.keys_with(verb text) returns int[] language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  -- of app.my_keys(), those through which a post carries the verb
  select coalesce(array_agg(distinct p.organisation_id::int) || array[-app.account()::int], '{{}}')
  from places_post p join access_role r on r.key = p.role_id
  where p.account_id = app.account() and r.opens_files and r.retired_on is null and r.verbs @> array[verb]::varchar[]
    and p.since <= app.today() and (p.until is null or p.until > app.today())
  having count(*) > 0
$$;
create function app.reads_seal(c bigint, what text) returns boolean language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select exists (select from casework_participant p join children_tie t on t.id = p.tie_id
    where p.case_id = c and t.fields @> array[what]::varchar[]
      and t.since <= app.today() and (t.until is null or t.until >= app.today())
      and p.key = any (app.my_keys()) and p.key = any (app.keys_with('casework.write_' || what)))
$$;
revoke execute on function app.keys_with(text), app.reads_seal(bigint, text) from public;
grant execute on function app.keys_with(text), app.reads_seal(bigint, text) to {RUNTIME}, {WORKER};
create policy sealed on casework_note as restrictive to {RUNTIME}
  using (seal = '' or app.reads_seal(case_id, seal)) with check (seal = '' or app.reads_seal(case_id, seal));
"""


def of_case(table: str, *, append_only: bool = False) -> migrations.RunSQL:
    own = f"exists (select from casework_case c where c.id = casework_{table}.case_id)"
    return fence(f"casework_{table}", own, append_only=append_only)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0006_flags_tasks"),
        ("places", "0002_device_login"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Override",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField(null=True)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("need", models.CharField(max_length=80)),
                ("account", models.BigIntegerField()),
                ("made_on", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "afterwards",
                    models.CharField(
                        choices=[
                            ("read", "It may read the case until its end"),
                            ("nothing", "It sees nothing any more"),
                        ],
                        max_length=8,
                        verbose_name="what the sender keeps",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("offered_by", models.BigIntegerField()),
                ("offered_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_on", models.DateTimeField(null=True)),
                (
                    "number_before",
                    models.CharField(blank=True, max_length=60, verbose_name="registry number of the sender"),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="note",
            name="seal",
            field=models.CharField(
                blank=True,
                choices=[
                    ("health", "Health: only who works on the child's health"),
                    ("violence", "Violence: only who works on the child's protection"),
                ],
                max_length=12,
                verbose_name="who may read it",
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(("seal", ""), ("kind", "note"), _connector="OR"), name="note_sealed_is_plain"
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(("seal__in", ["", "health", "violence"])), name="note_seal_known"
            ),
        ),
        migrations.AddField(
            model_name="override",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="overrides", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="override",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="transfers", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="receiver",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="sender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.CheckConstraint(
                condition=models.Q(("sealed", None), _negated=True), name="override_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "offered")), fields=("case",), name="transfer_one_offer"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("sender", models.F("receiver")), _negated=True), name="transfer_to_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "offered"), ("decided_by__isnull", False), _connector="XOR"),
                name="transfer_decided_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["accepted", "rejected"]), _negated=True),
                    models.Q(("decided_by", models.F("offered_by")), _negated=True),
                    _connector="OR",
                ),
                name="transfer_answered_by_another",
            ),
        ),
        of_case("transfer"),
        of_case("override", append_only=True),
        migrations.RunSQL(SEAL, migrations.RunSQL.noop),
    ]
