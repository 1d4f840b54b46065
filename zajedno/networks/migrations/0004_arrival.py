"""Municipalities that were invited in one act; public pages know nothing of them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from zajedno.kernel.fence import fence


class Migration(migrations.Migration):
    dependencies = [("networks", "0003_closed_functions"), ("places", "0002_device_login")]
    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("account", models.BigIntegerField()),
                (
                    "posts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "made",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("enabled", models.JSONField(default=list)),
                ("invited_by", models.BigIntegerField()),
                ("invited_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_back_on", models.DateTimeField(null=True)),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.territory"
                    ),
                ),
            ],
            options={
                "ordering": ["-invited_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_on", None)), fields=("territory",), name="arrival_open_once"
                    )
                ],
            },
        ),
        fence("networks_arrival", "true"),  # the desk asks who may; a row holds no child and no answer
    ]
