"""Gatherings: called for, put into rooms and slots, released, registered for; letters to who comes."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from zajedno.kernel.fence import EXCHANGE, RUNTIME, WORKER

# What was released is never changed; neither is a letter that was sent.
FROZEN = f"""
revoke update, delete on exchange_programme from {RUNTIME}, {WORKER}, {EXCHANGE};
create trigger append_only before update or delete on exchange_programme
  for each row execute function app.refuse_change();
create function app.refuse_sent_letter() returns trigger language plpgsql as $$
begin
  if old.sent_on is not null then
    raise exception 'a letter that was sent is never changed' using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger sent before update or delete on exchange_letter
  for each row execute function app.refuse_sent_letter();
"""
# A slot lies in a room of its gathering and shows one of its accepted proposals.
FITS = """
create function app.session_fits() returns trigger language plpgsql as $$ begin
  if new.room_id is not null
    and not exists (select from exchange_room r where r.id = new.room_id and r.gathering_id = new.gathering_id)
  or new.proposal_id is not null and not exists (
    select from exchange_proposal p join exchange_track t on t.id = p.track_id
    where p.id = new.proposal_id and t.gathering_id = new.gathering_id and p.state = 'accepted'
  ) then
    raise exception 'session_fits' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger session_fits before insert or update on exchange_session
  for each row execute function app.session_fits();
"""
# The gathering's row is the queue: whoever takes a place holds it, so that two cannot count the same last one.
PLACES = """
create function app.registration_has_place() returns trigger language plpgsql as $$
declare places integer;
begin
  if new.state = 'confirmed' and (tg_op = 'INSERT' or old.state <> 'confirmed') then
    select capacity into places from exchange_gathering where id = new.gathering_id for update;
    if (select count(*) from exchange_registration
        where gathering_id = new.gathering_id and state = 'confirmed' and id <> new.id) >= places then
      raise exception 'registration_has_place' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger has_place before insert or update on exchange_registration
  for each row execute function app.registration_has_place();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0007_replication"),
        ("kernel", "0002_roles"),
        ("places", "0002_device_login"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gathering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("titles", models.JSONField()),
                ("place", models.CharField(max_length=200)),
                ("begins_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None),
                ),
                ("online_link", models.URLField(blank=True, max_length=500)),
                ("capacity", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("open", "Open for registration"),
                            ("closed", "Registration closed"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("made_by", models.BigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
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
                "ordering": ["-begins_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Agreed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=500)),
                ("due_on", models.DateField(null=True)),
                ("noted_by", models.BigIntegerField()),
                (
                    "guest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agreed", to="exchange.gathering"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("confirmed", "Who has a place"),
                            ("waiting", "Who is on the waiting list"),
                            ("proposers", "Who proposed something"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("written_by", models.BigIntegerField()),
                ("written_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_on", models.DateTimeField(null=True)),
                ("sent_by", models.BigIntegerField(null=True)),
                ("sent_to", models.PositiveIntegerField(default=0)),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="exchange.gathering"
                    ),
                ),
            ],
            options={
                "ordering": ["-written_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("content", models.JSONField()),
                ("released_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("released_by", models.BigIntegerField()),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="programmes", to="exchange.gathering"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("abstract", models.TextField()),
                ("language", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted"),
                            ("rejected", "Not accepted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("made_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_on", models.DateTimeField(null=True)),
                ("decided_by", models.BigIntegerField(null=True)),
                (
                    "practice",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.practice"
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["made_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(max_length=254)),
                ("institution", models.CharField(blank=True, max_length=250)),
                ("language", models.CharField(max_length=10)),
                ("needs", models.BinaryField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Address not confirmed"),
                            ("waiting", "On the waiting list"),
                            ("confirmed", "Confirmed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("attended", models.BooleanField(default=False)),
                ("made_on", models.DateTimeField(default=django.utils.timezone.now)),
                ("queued_on", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="exchange.gathering",
                    ),
                ),
            ],
            options={
                "ordering": ["queued_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rooms", to="exchange.gathering"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("presentation", "Presentation"),
                            ("panel", "Panel"),
                            ("award", "Award"),
                            ("break", "Break"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="exchange.gathering"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="session",
                        to="exchange.proposal",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="exchange.room",
                    ),
                ),
            ],
            options={
                "ordering": ["begins", "room_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="Handout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("link", models.URLField(max_length=500)),
                ("licence", models.CharField(max_length=60)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handouts", to="exchange.session"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("institution", models.CharField(blank=True, max_length=250)),
                ("consents", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="speakers", to="exchange.session"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40)),
                ("titles", models.JSONField()),
                ("deadline", models.DateField()),
                ("late_hash", models.BinaryField(max_length=32, null=True)),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tracks", to="exchange.gathering"
                    ),
                ),
            ],
            options={
                "ordering": ["deadline", "key"],
            },
        ),
        migrations.AddField(
            model_name="proposal",
            name="track",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="exchange.track"
            ),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "open", "closed", "held", "cancelled"])),
                name="gathering_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.CheckConstraint(
                condition=models.Q(("titles", {}), _negated=True), name="gathering_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("begins_on"))), name="gathering_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.CheckConstraint(condition=models.Q(("capacity__gte", 1)), name="gathering_has_room"),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.CheckConstraint(
                condition=models.Q(("languages", []), _negated=True), name="gathering_has_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreed",
            constraint=models.CheckConstraint(
                condition=models.Q(("guest", models.F("host")), _negated=True), name="agreed_between_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreed",
            constraint=models.CheckConstraint(condition=models.Q(("what", ""), _negated=True), name="agreed_says_what"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["confirmed", "waiting", "proposers"])), name="letter_audience"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_by", None), ("sent_on", None), ("sent_to", 0)),
                    models.Q(("sent_by__isnull", False), ("sent_on__isnull", False)),
                    _connector="OR",
                ),
                name="letter_sent_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("subject", ""), _negated=True), models.Q(("body", ""), _negated=True)),
                name="letter_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.UniqueConstraint(fields=("gathering", "name"), name="programme_name_once"),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.UniqueConstraint(fields=("gathering", "number"), name="programme_number_once"),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="programme_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "waiting", "confirmed", "cancelled"])),
                name="registration_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("gathering", "email"),
                name="registration_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(("attended", False), ("state", "confirmed"), _connector="OR"),
                name="registration_attended_by_the_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "cancelled"), _negated=True), ("needs", None), _connector="OR"),
                name="registration_cancelled_keeps_no_needs",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "cancelled"]), ("queued_on__isnull", False), _connector="OR"
                ),
                name="registration_queued",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="registration_email_lower",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(fields=("gathering", "name"), name="room_once"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["presentation", "panel", "award", "break"])), name="session_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("begins"))), name="session_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "break"), ("room__isnull", False), _connector="OR"),
                name="session_has_a_room",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposal", None), models.Q(("kind", "break"), _negated=True), _connector="OR"),
                name="session_break_is_no_proposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(("licence", ""), _negated=True), name="handout_has_licence"
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(("link__regex", "^https?://")), name="handout_link_is_of_the_web"
            ),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.UniqueConstraint(fields=("session", "name"), name="speaker_once"),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="speaker_has_name"),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.UniqueConstraint(fields=("gathering", "key"), name="track_once"),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(("titles", {}), _negated=True), name="track_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "accepted", "rejected", "withdrawn"])),
                name="proposal_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_by__isnull", False),
                        ("decided_on__isnull", False),
                        ("state__in", ("accepted", "rejected")),
                    ),
                    models.Q(("decided_by", None), ("decided_on", None), ("state", "proposed")),
                    ("state", "withdrawn"),
                    _connector="OR",
                ),
                name="proposal_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None), models.Q(("decided_by", models.F("proposer")), _negated=True), _connector="OR"
                ),
                name="proposal_not_decided_by_its_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), ("state", "rejected"), _negated=True),
                name="proposal_rejected_with_reason",
            ),
        ),
        migrations.RunSQL(FROZEN, migrations.RunSQL.noop),
        migrations.RunSQL(FITS, migrations.RunSQL.noop),
        migrations.RunSQL(PLACES, migrations.RunSQL.noop),
    ]
