"""The social map: read at every desk, written by who keeps it for the institution. No child is in it."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from zajedno.kernel.fence import fence, narrowed

KEEPS = "organisation_id = any (select unnest(app.organisations_for('networks.keep_map')))"


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0010_lasting_fence"),
        ("places", "0005_directory"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupThere",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="Settlement")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("disability", "Children with disabilities and their families"),
                            ("poverty", "Families in poverty"),
                            ("roma", "Roma families"),
                            ("remote", "Families far from services"),
                            ("refugee", "Refugees and displaced families"),
                            ("violence", "Families exposed to violence"),
                            ("care", "Children without parental care"),
                            ("other", "Another group"),
                        ],
                        max_length=20,
                        verbose_name="Group",
                    ),
                ),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="People")),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("gap", models.TextField(blank=True, max_length=1000, verbose_name="What is missing")),
                ("source", models.CharField(blank=True, max_length=250, verbose_name="Source of the number")),
                ("told_by", models.BigIntegerField()),
                ("told_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.territory"
                    ),
                ),
            ],
            options={
                "ordering": ["place", "group"],
                "constraints": [
                    models.UniqueConstraint(fields=("territory", "place", "group"), name="group_told_once"),
                    models.CheckConstraint(
                        condition=models.Q(("people", None), ("people__gte", 5), _connector="OR"),
                        name="group_of_few_unnumbered",
                        violation_error_message="Fewer than five people are not written down: leave the number empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people", None), models.Q(("source", ""), _negated=True), _connector="OR"),
                        name="group_number_has_source",
                        violation_error_message="Write where the number comes from.",
                    ),
                ],
            },
        ),
        fence("networks_groupthere", "true", writable=KEEPS),
        narrowed("networks_groupthere", KEEPS),
    ]
