"""What a place said of a model may be taken back; searches are counted by theme and month."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from zajedno.kernel.fence import EXCHANGE, RUNTIME, WORKER

KEPT = f"""
revoke update, delete on exchange_retraction from {RUNTIME}, {WORKER}, {EXCHANGE};
revoke delete on exchange_sought from {RUNTIME}, {WORKER}, {EXCHANGE};
create trigger append_only before update or delete on exchange_retraction
  for each row execute function app.refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0008_gathering"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                (
                    "theme",
                    models.CharField(
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
                ),
                ("number", models.PositiveIntegerField(default=0)),
                ("unfound", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("month", "theme"), name="sought_once_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "theme__in",
                                [
                                    "network",
                                    "counselling",
                                    "parents",
                                    "violence",
                                    "peers",
                                    "dropout",
                                    "commission",
                                    "transition",
                                    "financing",
                                    "referral",
                                    "early",
                                    "awareness",
                                ],
                            )
                        ),
                        name="sought_theme",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unfound__lte", models.F("number"))), name="sought_unfound_of_number"
                    ),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="sought_says_no_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Retraction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said_by", models.BigIntegerField()),
                ("said_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "adaptation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retraction",
                        to="exchange.adaptation",
                    ),
                ),
                (
                    "lesson",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retraction",
                        to="exchange.lesson",
                    ),
                ),
                (
                    "result",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retraction",
                        to="exchange.result",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("adaptation__isnull", False), ("lesson", None), ("result", None)),
                            models.Q(("adaptation", None), ("lesson", None), ("result__isnull", False)),
                            models.Q(("adaptation", None), ("lesson__isnull", False), ("result", None)),
                            _connector="OR",
                        ),
                        name="retraction_of_one",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
