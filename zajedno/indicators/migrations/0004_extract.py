"""Extracts for research, and their files."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0003_facts"),
        ("places", "0005_directory"),
    ]

    operations = [
        migrations.CreateModel(
            name="Extract",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("purpose", models.TextField()),
                ("researcher", models.BigIntegerField()),
                ("institution", models.CharField(max_length=200)),
                ("agreement_number", models.CharField(max_length=60)),
                ("agreement_from", models.DateField()),
                ("agreement_until", models.DateField()),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None),
                ),
                ("year_from", models.PositiveSmallIntegerField()),
                ("year_until", models.PositiveSmallIntegerField()),
                ("k", models.PositiveSmallIntegerField(default=5)),
                ("language", models.CharField(max_length=10)),
                ("expires_on", models.DateField()),
                ("requested_by", models.BigIntegerField()),
                ("requested_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("approved_by", models.BigIntegerField(null=True)),
                ("approved_on", models.DateTimeField(null=True)),
                ("made_on", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=20)),
                ("rows", models.PositiveIntegerField(null=True)),
                ("dictionary", models.JSONField(default=list)),
                ("revoked_by", models.BigIntegerField(null=True)),
                ("revoked_on", models.DateTimeField(null=True)),
                ("deleted_on", models.DateTimeField(null=True)),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.country"
                    ),
                ),
            ],
            options={
                "ordering": ["-requested_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ExtractFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("content", models.BinaryField()),
                ("added_by", models.BigIntegerField()),
                ("added_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agreement", "Agreement with the researcher"),
                            ("data", "Extract with its dictionary"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "extract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="indicators.extract"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", models.F("requested_by")), _negated=True),
                name="extract_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("researcher", models.F("approved_by")), _negated=True),
                    models.Q(("researcher", models.F("requested_by")), _negated=True),
                ),
                name="extract_for_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreement_until__gte", models.F("agreement_from")),
                    ("expires_on__lte", models.F("agreement_until")),
                ),
                name="extract_within_agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(condition=models.Q(("k__gte", 5)), name="extract_k"),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(
                condition=models.Q(("columns", []), _negated=True), name="extract_asks_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("purpose", ""), _negated=True), models.Q(("agreement_number", ""), _negated=True)
                ),
                name="extract_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(
                condition=models.Q(("year_until__gte", models.F("year_from"))), name="extract_years_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by", None), ("approved_on", None), ("made_on", None)),
                    models.Q(("approved_by__isnull", False), ("approved_on__isnull", False)),
                    _connector="OR",
                ),
                name="extract_made_when_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="extractfile",
            constraint=models.UniqueConstraint(fields=("extract", "kind"), name="extract_file_once"),
        ),
        migrations.AddConstraint(
            model_name="extractfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["agreement", "data"])), name="extract_file_kind"
            ),
        ),
    ]
