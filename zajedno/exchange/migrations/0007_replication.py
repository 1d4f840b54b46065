"""Models that are taken over, the places that take them over, and what became of them there."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from zajedno.kernel.fence import EXCHANGE, RUNTIME, WORKER

# What a model says never changes, nor does where a place took it from; a move, an adaptation and a result are only added.
KEPT = f"""
revoke update, delete on exchange_modelversion, exchange_sitemove, exchange_adaptation, exchange_result
  from {RUNTIME}, {WORKER}, {EXCHANGE};
revoke delete on exchange_modelpackage, exchange_site, exchange_lesson from {RUNTIME}, {WORKER}, {EXCHANGE};
create trigger immutable before update or delete on exchange_modelversion
  for each row execute function app.refuse_change();
create trigger append_only before update or delete on exchange_sitemove
  for each row execute function app.refuse_change();
create trigger append_only before update or delete on exchange_adaptation
  for each row execute function app.refuse_change();
create trigger append_only before update or delete on exchange_result
  for each row execute function app.refuse_change();
create function app.site_keeps_origin() returns trigger language plpgsql as $$ begin
  if tg_op = 'UPDATE' and (old.model_id, old.organisation_id, old.parent_id, old.practice_id)
    is distinct from (new.model_id, new.organisation_id, new.parent_id, new.practice_id) then
    raise exception 'where a site took its model from never changes' using errcode = 'restrict_violation';
  end if;
  if tg_op = 'INSERT' and new.parent_id is not null and not exists (
    select from exchange_site s join exchange_modelversion p on p.id = s.model_id
    join exchange_modelversion m on m.id = new.model_id and m.package_id = p.package_id
    where s.id = new.parent_id
  ) then
    raise exception 'site_parent_of_same_model' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keeps_origin before insert or update on exchange_site
  for each row execute function app.site_keeps_origin();
create function app.component_of_model() returns trigger language plpgsql as $$ begin
  if not exists (
    select from exchange_site s join exchange_modelversion m on m.id = s.model_id
    where s.id = new.site_id and (
      m.core @> jsonb_build_array(jsonb_build_object('key', new.component))
      or tg_table_name = 'exchange_adaptation'
        and m.adaptable @> jsonb_build_array(jsonb_build_object('key', new.component))
    )
  ) then
    raise exception 'component_of_model' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger component_of_model before insert or update on exchange_adaptation
  for each row execute function app.component_of_model();
create trigger component_of_model before insert or update on exchange_fidelity
  for each row execute function app.component_of_model();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0006_campaign"),
        ("places", "0002_device_login"),
        ("procedures", "0002_immutable"),
    ]

    operations = [
        migrations.CreateModel(
            name="ModelPackage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("titles", models.JSONField()),
                ("retired_on", models.DateTimeField(null=True)),
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
                    "practice",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.practice"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ModelVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("summary", models.JSONField(default=dict)),
                ("core", models.JSONField()),
                ("adaptable", models.JSONField(default=list)),
                ("conditions", models.JSONField(default=list)),
                ("tools", models.JSONField(default=list)),
                ("indicators", models.JSONField(default=list)),
                ("cost", models.JSONField(default=dict)),
                ("sources", models.JSONField(default=list)),
                ("digest", models.CharField(max_length=64)),
                ("published_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_by", models.BigIntegerField(null=True)),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="exchange.modelpackage"
                    ),
                ),
            ],
            options={
                "ordering": ["package", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=60)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=60)),
                ("moves_made", models.PositiveIntegerField(default=0)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("language", models.CharField(max_length=10)),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("network", "Local network and intersectoral cooperation"),
                                ("counselling", "Developmental counselling and early growth"),
                                ("parents", "Support for parents"),
                                ("violence", "Prevention of peer violence"),
                                ("peers", "Peer support"),
                                ("dropout", "Prevention of dropout"),
                                ("commission", "Work of the commission"),
                                ("transition", "Transition between levels of education"),
                                ("financing", "Financing of inclusion"),
                                ("referral", "Referral mechanism and protocols"),
                                ("early", "Early intervention"),
                                ("awareness", "Attitudes and awareness"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("readiness", models.JSONField(default=dict)),
                ("in_spite", models.TextField(blank=True)),
                ("begun_by", models.BigIntegerField()),
                ("moment", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "mentor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.organisation",
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sites", to="exchange.modelversion"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="taken", to="exchange.site"
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.practice"
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.territory"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="procedures.version"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(max_length=200)),
                ("before", models.DecimalField(decimal_places=2, max_digits=14)),
                ("after", models.DecimalField(decimal_places=2, max_digits=14)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("source", models.CharField(max_length=500)),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("story", "Told by those who did it"),
                            ("counted", "Counted: before and after, without comparison"),
                            ("compared", "Compared with a place without it"),
                            ("evaluated", "Evaluated by somebody independent"),
                        ],
                        max_length=10,
                    ),
                ),
                ("said_by", models.BigIntegerField()),
                ("said_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="exchange.site"
                    ),
                ),
            ],
            options={
                "ordering": ["site", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField()),
                ("said_by", models.BigIntegerField()),
                ("said_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_on", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_by", models.BigIntegerField(null=True)),
                ("answered_on", models.DateTimeField(null=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lessons", to="exchange.site"
                    ),
                ),
            ],
            options={
                "ordering": ["site", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Fidelity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("component", models.SlugField(max_length=60)),
                (
                    "presence",
                    models.CharField(
                        choices=[("yes", "There"), ("partly", "Partly there"), ("no", "Not there")], max_length=6
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=1000)),
                ("said_by", models.BigIntegerField()),
                ("said_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fidelity", to="exchange.site"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Adaptation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("component", models.SlugField(max_length=60)),
                ("what", models.TextField()),
                ("reason", models.TextField()),
                ("said_by", models.BigIntegerField()),
                ("said_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adaptations", to="exchange.site"
                    ),
                ),
            ],
            options={
                "ordering": ["site", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SiteMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("move", models.CharField(max_length=60)),
                ("from_step", models.CharField(max_length=60)),
                ("to_step", models.CharField(max_length=60)),
                ("account", models.BigIntegerField()),
                ("post", models.BigIntegerField(null=True)),
                ("moment", models.DateTimeField(default=django.utils.timezone.now)),
                ("happened_on", models.DateField()),
                ("reason", models.TextField(blank=True)),
                ("position", models.PositiveIntegerField()),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="exchange.site"
                    ),
                ),
            ],
            options={
                "ordering": ["site", "position"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="modelpackage",
            constraint=models.CheckConstraint(
                condition=models.Q(("titles", {}), _negated=True), name="model_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="modelversion",
            constraint=models.UniqueConstraint(fields=("package", "number"), name="model_version_once"),
        ),
        migrations.AddConstraint(
            model_name="modelversion",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="model_version_from_one"),
        ),
        migrations.AddConstraint(
            model_name="modelversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("core", []), _negated=True), name="model_version_has_core"
            ),
        ),
        migrations.AddIndex(
            model_name="site",
            index=models.Index(fields=["model", "territory"], name="exchange_si_model_i_f1119b_idx"),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(condition=models.Q(("step", ""), _negated=True), name="site_has_step"),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"),
                name="site_closed_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on", None), ("outcome", "")),
                    models.Q(models.Q(("closed_on", None), _negated=True), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="site_outcome_when_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", None), ("practice", None), _connector="OR"), name="site_taken_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mentor", None), models.Q(("mentor", models.F("organisation")), _negated=True), _connector="OR"
                ),
                name="site_mentor",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None)), fields=("model", "organisation"), name="site_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("indicator", ""), _negated=True), models.Q(("source", ""), _negated=True)),
                name="result_has_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence__in", ["story", "counted", "compared", "evaluated"])),
                name="result_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="lesson_has_text"),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_by", None), ("answered_on", None)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True),
                        ("answered_by__isnull", False),
                        ("answered_on__isnull", False),
                        ("seen_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="lesson_answered_by_who_saw_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="fidelity",
            constraint=models.UniqueConstraint(fields=("site", "component"), name="fidelity_once"),
        ),
        migrations.AddConstraint(
            model_name="fidelity",
            constraint=models.CheckConstraint(
                condition=models.Q(("presence__in", ["yes", "partly", "no"])), name="fidelity_presence"
            ),
        ),
        migrations.AddConstraint(
            model_name="fidelity",
            constraint=models.CheckConstraint(
                condition=models.Q(("presence", "no"), models.Q(("evidence", ""), _negated=True), _connector="OR"),
                name="fidelity_shown_by_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="adaptation",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("what", ""), _negated=True), models.Q(("reason", ""), _negated=True)),
                name="adaptation_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitemove",
            constraint=models.CheckConstraint(condition=models.Q(("move", ""), _negated=True), name="sitemove_has_key"),
        ),
        migrations.AddConstraint(
            model_name="sitemove",
            constraint=models.UniqueConstraint(fields=("site", "position"), name="site_move_once"),
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
