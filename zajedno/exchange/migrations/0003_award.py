"""Champions of inclusion: cycles, nominations with consent, juries, honours."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# A score belongs to one cycle by all its keys, and nobody scores where a conflict was said.
FITS = """
create function app.score_fits() returns trigger language plpgsql as $$ begin
  if not exists (
    select from exchange_nomination n
    join exchange_juror j on j.id = new.juror_id and j.cycle_id = n.cycle_id
    join exchange_awardcriterion c on c.id = new.criterion_id and c.cycle_id = n.cycle_id
    where n.id = new.nomination_id
  ) or exists (
    select from exchange_conflict x where x.juror_id = new.juror_id and x.nomination_id = new.nomination_id
  ) then
    raise exception 'score_fits' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger score_fits before insert or update on exchange_score for each row execute function app.score_fits();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0002_frozen"),
        ("places", "0002_device_login"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("titles", models.JSONField()),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("one", "One nomination"),
                            ("by_category", "One nomination in each category"),
                            ("all", "Every nomination"),
                        ],
                        max_length=12,
                    ),
                ),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("opened_by", models.BigIntegerField()),
                ("decided_on", models.DateField(null=True)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("published_on", models.DateField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-opens_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="AwardCriterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("labels", models.JSONField()),
                ("weight", models.PositiveSmallIntegerField(default=1)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="exchange.cycle"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="AwardCategory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("labels", models.JSONField()),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="categories", to="exchange.cycle"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Juror",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named_by", models.BigIntegerField()),
                ("named_on", models.DateField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="jury", to="exchange.cycle"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("language", models.CharField(max_length=10)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "An adult"),
                            ("institution", "An institution or association"),
                            ("group", "A group, without names of its members"),
                        ],
                        max_length=12,
                    ),
                ),
                ("nominee", models.CharField(blank=True, max_length=200)),
                ("adult", models.BooleanField(default=False)),
                ("role", models.CharField(blank=True, max_length=200)),
                ("institution", models.CharField(blank=True, max_length=250)),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("local_government", "Local government"),
                            ("education", "Education"),
                            ("health", "Health"),
                            ("social_protection", "Social protection"),
                            ("justice", "Justice and safety"),
                            ("civil_society", "Civil society"),
                            ("national", "National body"),
                            ("intersectoral", "Intersectoral body"),
                        ],
                        max_length=20,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=120)),
                ("story", models.TextField(blank=True)),
                ("evidence", models.TextField(blank=True)),
                ("nominee_email", models.EmailField(blank=True, max_length=254)),
                ("blind", models.BinaryField(max_length=32)),
                ("nominator_name", models.CharField(blank=True, max_length=200)),
                ("nominator_email", models.EmailField(blank=True, max_length=254)),
                ("made_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_on", models.DateTimeField(null=True)),
                ("confirm_hash", models.BinaryField(max_length=32, null=True, unique=True)),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("none", "Not asked yet"),
                            ("asked", "Asked"),
                            ("given", "Given"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("asked_on", models.DateTimeField(null=True)),
                ("answered_on", models.DateTimeField(null=True)),
                ("withdrawn_on", models.DateTimeField(null=True)),
                ("consent_hash", models.BinaryField(max_length=32, null=True, unique=True)),
                ("set_aside_on", models.DateTimeField(null=True)),
                ("set_aside_by", models.BigIntegerField(null=True)),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchange.awardcategory",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="nominations", to="exchange.cycle"
                    ),
                ),
                (
                    "nominator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.organisation",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.territory"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Honour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("plaque", models.PositiveSmallIntegerField()),
                ("citation", models.TextField(blank=True)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="honours", to="exchange.cycle"
                    ),
                ),
                (
                    "nomination",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="honour", to="exchange.nomination"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said_by", models.BigIntegerField()),
                ("said_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "juror",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="exchange.juror"
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="exchange.nomination"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.PositiveSmallIntegerField()),
                ("given_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.awardcriterion"
                    ),
                ),
                (
                    "juror",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="exchange.juror"
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="exchange.nomination"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["one", "by_category", "all"])), name="cycle_mode"
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("titles", {}), _negated=True), name="cycle_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))), name="cycle_closes_after_it_opens"
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", None), ("decided_on", None)),
                    models.Q(
                        ("decided_by__isnull", False),
                        ("decided_on__gt", models.F("closes_on")),
                        ("decided_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="cycle_decided_after_it_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_on", None),
                    models.Q(("decided_on__isnull", False), ("published_on__gte", models.F("decided_on"))),
                    _connector="OR",
                ),
                name="cycle_published_after_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="awardcriterion",
            constraint=models.UniqueConstraint(fields=("cycle", "position"), name="award_criterion_once"),
        ),
        migrations.AddConstraint(
            model_name="awardcriterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__range", (1, 100))), name="award_criterion_weight"
            ),
        ),
        migrations.AddConstraint(
            model_name="awardcategory",
            constraint=models.UniqueConstraint(fields=("cycle", "position"), name="award_category_once"),
        ),
        migrations.AddConstraint(
            model_name="juror",
            constraint=models.UniqueConstraint(fields=("cycle", "account"), name="juror_once"),
        ),
        migrations.AddIndex(
            model_name="nomination",
            index=models.Index(fields=["cycle", "consent"], name="exchange_no_cycle_i_4b7e61_idx"),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_on", None), ("asked_on", None), ("consent", "none"), ("withdrawn_on", None)),
                    models.Q(
                        ("answered_on", None), ("asked_on__isnull", False), ("consent", "asked"), ("withdrawn_on", None)
                    ),
                    models.Q(
                        ("consent__in", ["given", "refused"]),
                        ("withdrawn_on", None),
                        ("answered_on__gte", models.F("asked_on")),
                        ("answered_on__isnull", False),
                        ("asked_on__isnull", False),
                    ),
                    models.Q(
                        ("answered_on__isnull", False),
                        ("asked_on__isnull", False),
                        ("consent", "withdrawn"),
                        ("withdrawn_on__gte", models.F("answered_on")),
                        ("withdrawn_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="nomination_consent_has_its_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asked_on", None),
                    models.Q(("confirmed_on__isnull", False), ("confirmed_on__lte", models.F("asked_on"))),
                    _connector="OR",
                ),
                name="nomination_asked_after_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(
                            ("consent__in", ["refused", "withdrawn"]), ("set_aside_on__isnull", False), _connector="OR"
                        ),
                        ("consent_hash", None),
                        ("evidence", ""),
                        ("institution", ""),
                        ("nominee", ""),
                        ("nominee_email", ""),
                        ("organisation", None),
                        ("place", ""),
                        ("role", ""),
                        ("story", ""),
                        ("territory", None),
                    ),
                    models.Q(
                        models.Q(
                            ("consent__in", ["refused", "withdrawn"]),
                            ("set_aside_on__isnull", False),
                            _connector="OR",
                            _negated=True,
                        ),
                        models.Q(("nominee", ""), _negated=True),
                        models.Q(("story", ""), _negated=True),
                        models.Q(("nominee_email", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="nomination_keeps_nothing_against_the_will",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("kind", "person"), _negated=True), ("adult", True), _connector="OR"),
                name="nomination_of_a_person_is_of_an_adult",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["person", "institution", "group"])), name="nomination_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nominator__isnull", False), ("nominator_email", ""), ("nominator_name", "")),
                    models.Q(
                        ("nominator", None),
                        models.Q(("nominator_name", ""), _negated=True),
                        models.Q(("nominator_email", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="nomination_has_one_nominator",
            ),
        ),
        migrations.AddConstraint(
            model_name="honour",
            constraint=models.UniqueConstraint(fields=("cycle", "plaque"), name="plaque_once"),
        ),
        migrations.AddConstraint(
            model_name="honour",
            constraint=models.CheckConstraint(condition=models.Q(("plaque__gte", 1)), name="plaque_from_1"),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.UniqueConstraint(fields=("nomination", "juror"), name="conflict_once"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(fields=("nomination", "juror", "criterion"), name="score_once"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(condition=models.Q(("value__range", (0, 10))), name="score_from_0_to_10"),
        ),
        migrations.RunSQL(FITS, migrations.RunSQL.noop),
    ]
