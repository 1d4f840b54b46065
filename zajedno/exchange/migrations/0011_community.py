"""Communities: topics and answers, what editors do about them, and who follows which theme."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from zajedno.kernel.fence import EXCHANGE, RUNTIME, WORKER

# Nobody is made to have said something else: words only vanish, all at once, with the act of taking them back.
SAID = f"""
revoke delete on exchange_contribution, exchange_contributionreport from {RUNTIME}, {WORKER}, {EXCHANGE};
create function app.refuse_other_words() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state = 'taken_back'
    or (new.uuid, new.topic_id, new.theme, new.language, new.written_by_id, new.organisation_id, new.written_on)
      is distinct from
      (old.uuid, old.topic_id, old.theme, old.language, old.written_by_id, old.organisation_id, old.written_on)
    or (new.title, new.text) is distinct from (old.title, old.text) and new.state <> 'taken_back' then
    raise exception 'what somebody said is never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger said before update or delete on exchange_contribution
  for each row execute function app.refuse_other_words();
revoke update, delete on exchange_contributionmove from {RUNTIME}, {WORKER}, {EXCHANGE};
create trigger append_only before update or delete on exchange_contributionmove
  for each row execute function app.refuse_change();
"""
# An answer stands below a topic that is shown and takes answers; who closes it meanwhile is waited for.
FITS = """
create function app.answer_fits() returns trigger language plpgsql as $$ begin
  perform from exchange_contribution t
    where t.id = new.topic_id and t.topic_id is null and t.state = 'shown' and t.closed_on is null for share;
  if not found then
    raise exception 'answer_fits' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger answer_fits before insert on exchange_contribution
  for each row when (new.topic_id is not null) execute function app.answer_fits();
create function app.contribution_words() returns trigger language plpgsql as $$ begin
  new.search := app.exchange_words(new.language, new.title, new.text, '{}');
  return new;
end $$;
create trigger searched before insert or update on exchange_contribution
  for each row execute function app.contribution_words();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0010_templates_and_pacts"),
        ("kernel", "0002_roles"),
        ("places", "0002_device_login"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "theme",
                    models.CharField(
                        blank=True,
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
                ("title", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                ("language", models.CharField(max_length=10)),
                ("confirmed", models.BooleanField(default=False)),
                ("written_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[("shown", "Shown"), ("hidden", "Hidden"), ("taken_back", "Taken back")],
                        default="shown",
                        max_length=10,
                    ),
                ),
                ("closed_on", models.DateTimeField(null=True)),
                ("accepted_on", models.DateTimeField(null=True)),
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="exchange.contribution",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContributionMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("hide", "Hide"),
                            ("restore", "Show again"),
                            ("close", "Close for answers"),
                            ("reopen", "Open for answers again"),
                            ("take-back", "Take back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("moved_by", models.BigIntegerField()),
                ("moved_on", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="exchange.contribution"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContributionReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.TextField()),
                ("reported_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_by", models.BigIntegerField(null=True)),
                ("settled_on", models.DateTimeField(null=True)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="exchange.contribution"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "themes",
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
                (
                    "digest",
                    models.CharField(
                        choices=[("none", "Never"), ("weekly", "Once a week"), ("daily", "Once a day")],
                        default="none",
                        max_length=6,
                    ),
                ),
                ("told_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("site", models.CharField(blank=True, max_length=200)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(condition=models.Q(("topic", None)), fields=["-written_on", "-id"], name="topic_newest"),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(("topic", None)), fields=["theme", "-written_on", "-id"], name="topic_of_theme"
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="contribution_search"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accepted_on", None),
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
                        ),
                        ("topic", None),
                    ),
                    models.Q(("closed_on", None), ("theme", ""), ("title", ""), ("topic__isnull", False)),
                    _connector="OR",
                ),
                name="contribution_is_topic_or_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["shown", "hidden", "taken_back"])), name="contribution_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "taken_back"), ("text", ""), ("title", "")),
                    models.Q(
                        models.Q(("state", "taken_back"), _negated=True),
                        models.Q(("text", ""), _negated=True),
                        models.Q(("topic__isnull", False), models.Q(("title", ""), _negated=True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="contribution_says_something_until_taken_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_on", None), ("state", "shown"), _connector="OR"),
                name="contribution_accepted_is_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_on__isnull", False)),
                fields=("topic",),
                name="topic_has_one_accepted_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributionmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["hide", "restore", "close", "reopen", "take-back"])),
                name="contribution_move_act",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributionmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("act", "take-back"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="contribution_move_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributionreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_on", None)),
                fields=("contribution", "reported_by"),
                name="contribution_reported_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributionreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="contribution_report_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="contributionreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_by", None), ("settled_on", None)),
                    models.Q(("settled_by__isnull", False), ("settled_on__isnull", False)),
                    _connector="OR",
                ),
                name="contribution_report_is_settled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "themes__contained_by",
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
                name="subscription_themes",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__in", ["none", "weekly", "daily"])), name="subscription_digest"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest", "none"), models.Q(("site", ""), _negated=True), _connector="OR"),
                name="subscription_links_lead_somewhere",
            ),
        ),
        migrations.RunSQL(SAID + FITS, migrations.RunSQL.noop),
    ]
