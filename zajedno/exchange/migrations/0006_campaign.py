"""Campaigns, and waves of a survey whose answers are nobody's."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from zajedno.kernel.fence import EXCHANGE


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0005_search"),
        ("forms", "0002_immutable"),
        ("places", "0002_device_login"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("closed", "Closed")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("titles", models.JSONField()),
                ("objective", models.JSONField()),
                ("audiences", models.JSONField(default=list)),
                ("messages", models.JSONField(default=list)),
                ("channels", models.JSONField(default=list)),
                ("partners", models.JSONField(default=list)),
                ("budget", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("begins", models.CharField(blank=True, max_length=10)),
                ("ends", models.CharField(blank=True, max_length=10)),
                ("historical", models.BooleanField(default=False)),
                ("source", models.JSONField(default=dict)),
                ("figures", models.JSONField(default=list)),
                ("made_by", models.BigIntegerField(null=True)),
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
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local",
                        to="exchange.campaign",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.territory"
                    ),
                ),
            ],
            options={
                "ordering": ["-begins", "slug"],
            },
        ),
        migrations.CreateModel(
            name="CampaignActivity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(null=True)),
                ("place", models.CharField(max_length=120)),
                ("what", models.JSONField()),
                ("reach", models.PositiveIntegerField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="activities", to="exchange.campaign"
                    ),
                ),
            ],
            options={
                "ordering": ["place", "day", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CampaignMaterial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("titles", models.JSONField()),
                ("link", models.URLField(max_length=500)),
                ("licence", models.CharField(max_length=120)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="materials", to="exchange.campaign"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Wave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("baseline", "Before the campaign"),
                            ("middle", "During the campaign"),
                            ("end", "After the campaign"),
                        ],
                        max_length=10,
                    ),
                ),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("by_code", models.BooleanField(default=True)),
                ("margins", models.JSONField(default=dict)),
                ("quotas", models.JSONField(default=dict)),
                ("opened_by", models.BigIntegerField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="waves", to="exchange.campaign"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forms.version"
                    ),
                ),
            ],
            options={
                "ordering": ["opens_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WaveAnswer",
            fields=[
                ("holds_on", models.DateField()),
                ("retired", models.BooleanField(default=False)),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("answers", models.JSONField()),
                ("cell", models.CharField(blank=True, max_length=120)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forms.version"
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="exchange.wave"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WaveTicket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.BinaryField(max_length=32)),
                ("spent", models.BooleanField(default=False)),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tickets", to="exchange.wave"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "published", "closed"])), name="campaign_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("titles", {}), _negated=True), models.Q(("objective", {}), _negated=True)),
                name="campaign_says_what_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("budget", None), ("currency", "")),
                    models.Q(("budget__gte", 0), models.Q(("currency", ""), _negated=True)),
                    _connector="OR",
                ),
                name="campaign_budget_has_currency",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("begins", ""), ("begins__regex", "^[12]\\d{3}(-[01]\\d(-[0-3]\\d)?)?$"), _connector="OR"),
                    models.Q(("ends", ""), ("ends__regex", "^[12]\\d{3}(-[01]\\d(-[0-3]\\d)?)?$"), _connector="OR"),
                ),
                name="campaign_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("begins", ""), ("ends", ""), ("ends__gte", models.F("begins")), _connector="OR"),
                name="campaign_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent", None), models.Q(("parent", models.F("pk")), _negated=True), _connector="OR"
                ),
                name="campaign_is_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("historical", True), models.Q(("source", {}), _negated=True)),
                    models.Q(("historical", False), ("organisation__isnull", False)),
                    _connector="OR",
                ),
                name="campaign_has_a_source_or_a_leader",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("what", {}), _negated=True), models.Q(("place", ""), _negated=True)),
                name="campaign_activity_says_what_and_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignmaterial",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("titles", {}), _negated=True), models.Q(("licence", ""), _negated=True)),
                name="campaign_material_has_title_and_licence",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignmaterial",
            constraint=models.CheckConstraint(
                condition=models.Q(("link__regex", "^https?://")), name="campaign_material_link_is_of_the_web"
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.UniqueConstraint(fields=("campaign", "opens_on"), name="wave_of_a_day_once"),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["baseline", "middle", "end"])), name="wave_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))), name="wave_closes_after_it_opens"
            ),
        ),
        migrations.AddIndex(
            model_name="waveanswer",
            index=models.Index(fields=["wave", "cell"], name="wave_answer_cell"),
        ),
        migrations.AddConstraint(
            model_name="waveticket",
            constraint=models.UniqueConstraint(fields=("wave", "mark"), name="wave_ticket_once"),
        ),
        # What was answered is never put right: nobody can say that it was they.
        migrations.RunSQL(f"revoke update on exchange_waveanswer from {EXCHANGE};", migrations.RunSQL.noop),
    ]
