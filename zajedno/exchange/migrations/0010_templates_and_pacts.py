"""What a template of good practice still lacked; files, evaluation and links of events; visits and mentoring."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import F, Q

KINDS = [("visit", "Visit"), ("mentoring", "Mentoring")]
STATES = [("proposed", "Proposed"), ("agreed", "Agreed"), ("done", "Done"), ("declined", "Not wanted")]
TEMPLATES = [("letter", "Template of a letter"), ("protocol", "Template of a protocol")]
VALIDATIONS = [
    ("users", "Those who use it"),
    ("peers", "Colleagues elsewhere"),
    ("independent", "Somebody independent"),
]


def key() -> models.Field:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def gathering(name: str, **options: bool) -> models.Field:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to="exchange.gathering", **options
    )


class Migration(migrations.Migration):
    dependencies = [("exchange", "0009_retraction"), ("places", "0002_device_login")]
    operations: list[migrations.operations.base.Operation] = [
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", key()),
                ("marks", models.JSONField()),
                ("changes", models.TextField(blank=True)),
                ("remarks", models.TextField(blank=True)),
                ("gathering", gathering("evaluations")),
            ],
            options={"ordering": ["?"]},
        ),
        migrations.CreateModel(
            name="GatheringFile",
            fields=[
                ("id", key()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("content", models.BinaryField()),
                ("added_by", models.BigIntegerField()),
                ("added_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("alternative", models.CharField(max_length=250)),
                ("consent", models.CharField(blank=True, max_length=250)),
                ("removed_on", models.DateTimeField(null=True)),
                ("gathering", gathering("files")),
            ],
            options={"abstract": False},
        ),
        migrations.AlterField("agreed", "gathering", gathering("agreed", null=True)),
        # A row each before it is unique.
        migrations.AddField("agreed", "uuid", models.UUIDField(null=True)),
        migrations.RunSQL("update exchange_agreed set uuid = gen_random_uuid()", migrations.RunSQL.noop),
        migrations.AlterField("agreed", "uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
        migrations.AddField("agreed", "kind", models.CharField(choices=KINDS, default="visit", max_length=10)),
        migrations.AddField("agreed", "state", models.CharField(choices=STATES, default="agreed", max_length=10)),
        migrations.AddField("agreed", "done_on", models.DateField(null=True)),
        migrations.AddField("agreed", "learnt", models.CharField(blank=True, default="", max_length=2000), False),
        migrations.AddField(
            "agreed",
            "proposed_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
            ),
        ),
        migrations.AddConstraint(
            "agreed",
            models.CheckConstraint(
                condition=Q(
                    ("kind__in", ["visit", "mentoring"]), ("state__in", ["proposed", "agreed", "done", "declined"])
                ),
                name="agreed_kind_and_state",
            ),
        ),
        migrations.AddConstraint(
            "agreed",
            models.CheckConstraint(condition=~Q(state="done") | Q(done_on__isnull=False), name="agreed_done_on_a_day"),
        ),
        migrations.AddConstraint(
            "agreed",
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(proposed_by=F("guest")) | Q(proposed_by=F("host")),
                name="agreed_proposed_by_one_of_them",
            ),
        ),
        migrations.AddField(
            "practicefile", "template", models.CharField(blank=True, choices=TEMPLATES, default="", max_length=8), False
        ),
        migrations.AddField(
            "practiceversion", "cost_source", models.CharField(blank=True, default="", max_length=250), False
        ),
        migrations.AddField("practiceversion", "partners", models.JSONField(default=list)),
        migrations.AddField("practiceversion", "figures", models.JSONField(default=list)),
        migrations.AddField(
            "practiceversion",
            "validated_by",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=VALIDATIONS, max_length=12), default=list, size=None
            ),
        ),
        migrations.AddField("registration", "evaluated", models.BooleanField(default=False)),
        migrations.AddField("session", "link", models.URLField(blank=True, default="", max_length=500), False),
    ]
