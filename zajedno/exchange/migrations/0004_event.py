"""Events as their sources tell them: a year nobody wrote down stays unknown, a name keeps its spelling."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from zajedno.kernel.fence import EXCHANGE

THEMES = [
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
]
TERRITORY = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "places.territory"}


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_award"), ("places", "0002_device_login")]
    operations: list[migrations.operations.base.Operation] = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("titles", models.JSONField()),
                ("place", models.CharField(max_length=120)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), size=None),
                ),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=THEMES, max_length=20), default=list, size=None
                    ),
                ),
                ("content", models.JSONField()),
                ("loaded_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("retired_on", models.DateTimeField(null=True)),
                ("territory", models.ForeignKey(null=True, **TERRITORY)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year", None), ("year__range", (1900, 2100)), _connector="OR"),
                        name="event_year_in_range",
                    ),
                    models.CheckConstraint(condition=models.Q(("days", []), _negated=True), name="event_has_days"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("written", models.CharField(max_length=120)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="participants", to="exchange.event"
                    ),
                ),
                ("territory", models.ForeignKey(null=True, **TERRITORY)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("event", "number"), name="event_place_number_once"),
                    models.UniqueConstraint(fields=("event", "territory"), name="event_place_once"),
                ],
            },
        ),
        migrations.RunSQL(
            f"revoke insert, update, delete on exchange_event, exchange_eventplace from {EXCHANGE};",
            migrations.RunSQL.noop,
        ),
    ]
