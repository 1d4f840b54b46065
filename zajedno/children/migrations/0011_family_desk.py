"""Invitations and requests of parents, and the fence around them."""

import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from zajedno.kernel.fence import fence

SQL = """
-- Whom a code lets in. Nobody sees invitations before they are in, so the database looks; it tells nothing of a wrong one,
-- and counts it against the invitation that its first group names.
create function app.family_invitation(first text, digest bytea, moment timestamptz)
returns table (id bigint, child_id bigint, guardian_id bigint, name text, email text)
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare i children_familyinvitation%rowtype;
begin
  select * into i from children_familyinvitation x
    where x.ended_on is null and case when first = '' then x.hash = digest else x.selector = first end for update;
  if i.id is null or i.expires_on <= moment then return; end if;
  if i.hash <> digest then
    update children_familyinvitation x set tries = x.tries + 1,
        ended_on = case when x.tries + 1 >= 5 then moment end, outcome = case when x.tries + 1 >= 5 then 'tried' else '' end
      where x.id = i.id;
    return;
  end if;
  return query select i.id, g.child_id, g.id, g.name::text, g.email::text from children_guardian g
    where g.id = i.guardian_id and g.ended_on is null and g.represents;
end $$;

-- The one way for a parent to a tie: by a code that somebody who may invite has made, once.
create function app.enter_family(first text, digest bytea, moment timestamptz)
returns table (child bigint, country text, tie uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  i record;
  person bigint := app.account();
  before bigint;
begin
  select * into i from app.family_invitation(first, digest, moment);
  if i.id is null or not exists (select from access_account a where a.id = person and a.is_active and not a.is_system)
    or exists (select from children_guardian g where g.child_id = i.child_id and g.account_id = person
      and g.ended_on is null and g.id <> i.guardian_id) then return; end if;
  select g.account_id into before from children_guardian g where g.id = i.guardian_id;
  update children_tie t set until = app.today() - 1 where t.child_id = i.child_id
    and t.account_id = before and before <> person and t.purpose = 'parenthood'
    and (t.until is null or t.until >= app.today());
  update children_guardian g set account_id = person where g.id = i.guardian_id;
  update children_familyinvitation x set ended_on = moment, outcome = 'used', account_id = person where x.id = i.id;
  child := i.child_id;
  select c.country_id into country from children_child k join places_organisation o on o.id = k.registered_by_id
    join places_territory c on c.id = o.territory_id where k.id = i.child_id;
  tie := gen_random_uuid();
  insert into children_tie (uuid, child_id, account_id, purpose, fields, since, written_on, written_by, reason)
    values (tie, i.child_id, person, 'parenthood', '{identity}', app.today(), now(), person, '');
  return next;
end $$;

create function app.parent_of(c bigint) returns boolean language sql stable security definer
set search_path = pg_catalog, public as $$
  select exists (select from children_guardian g where g.child_id = c and g.account_id = app.account()
    and g.ended_on is null and g.represents)
$$;
revoke execute on function app.family_invitation(text, bytea, timestamptz), app.enter_family(text, bytea, timestamptz),
  app.parent_of(bigint) from public;
grant execute on function app.family_invitation(text, bytea, timestamptz), app.enter_family(text, bytea, timestamptz),
  app.parent_of(bigint) to zajedno_runtime, zajedno_worker;
"""
THIS_CHILD = "exists (select from children_child c where c.id = {}.child_id)"
MINE = "organisation_id = any ((select app.my_keys())::bigint[])"
# A parent sees their own line of the family, never where the other parent lives.
OWN_LINE = "(account_id = (select app.account()) or not app.parent_of(child_id))"


class Migration(migrations.Migration):
    dependencies = [
        ("children", "0010_violence"),
        ("places", "0002_device_login"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FamilyInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("invited_by", models.BigIntegerField()),
                ("selector", models.CharField(blank=True, max_length=4)),
                ("hash", models.BinaryField(max_length=32, unique=True)),
                ("made_on", models.DateTimeField()),
                ("expires_on", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("ended_on", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("used", "Used"),
                            ("revoked", "Taken back"),
                            ("replaced", "Replaced by a newer one"),
                            ("tried", "Closed after too many wrong codes"),
                        ],
                        max_length=8,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FamilyRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("correction", "Correction of what is written"), ("copy", "A copy of the file")],
                        max_length=10,
                        verbose_name="what is asked for",
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("asked_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waits for an answer"), ("granted", "Done"), ("refused", "Refused")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
                ("answered_by", models.BigIntegerField(null=True)),
                ("reply", models.BinaryField(null=True)),
                ("copy", models.BinaryField(null=True)),
                ("written_on", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="guardian",
            constraint=models.UniqueConstraint(
                condition=models.Q(("account__isnull", False), ("ended_on", None)),
                fields=("child", "account"),
                name="guardian_account_once",
            ),
        ),
        migrations.AddField(
            model_name="familyinvitation",
            name="account",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="familyinvitation",
            name="child",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="children.child"),
        ),
        migrations.AddField(
            model_name="familyinvitation",
            name="guardian",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="children.guardian"
            ),
        ),
        migrations.AddField(
            model_name="familyinvitation",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
            ),
        ),
        migrations.AddField(
            model_name="familyrequest",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="familyrequest",
            name="child",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="children.child"),
        ),
        migrations.AddField(
            model_name="familyrequest",
            name="guardian",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="children.guardian"
            ),
        ),
        migrations.AddField(
            model_name="familyrequest",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="familyinvitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None)), fields=("guardian",), name="family_invitation_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="familyinvitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None), models.Q(("selector", ""), _negated=True)),
                fields=("selector",),
                name="family_invitation_selector_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="familyinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on__gt", models.F("made_on")),
                    (
                        "expires_on__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("made_on"), "+", models.Value(datetime.timedelta(days=30))
                        ),
                    ),
                ),
                name="family_invitation_is_short",
            ),
        ),
        migrations.AddConstraint(
            model_name="familyinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("tries__lte", 5)), name="family_invitation_few_tries"
            ),
        ),
        migrations.AddConstraint(
            model_name="familyinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on", None), ("outcome", "")),
                    models.Q(("ended_on__isnull", False), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="family_invitation_ends_somehow",
            ),
        ),
        migrations.AddConstraint(
            model_name="familyinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("account", None), ("outcome", "used"), _connector="XOR"),
                name="family_invitation_used_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="familyrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("child", "account", "kind"),
                name="family_request_one_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="familyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("asked_on"))), name="family_request_due_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="familyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_by", None),
                        ("answered_on", None),
                        ("copy", None),
                        ("reply", None),
                        ("state", "waiting"),
                    ),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True),
                        ("answered_by__isnull", False),
                        ("answered_on__gte", models.F("asked_on")),
                    ),
                    _connector="OR",
                ),
                name="family_request_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="familyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("copy", None), models.Q(("kind", "copy"), ("state", "granted")), _connector="OR"),
                name="family_request_copy_granted",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        fence("children_familyinvitation", f"{MINE} and {THIS_CHILD.format('children_familyinvitation')}"),
        fence(
            "children_familyrequest",
            f"(account_id = (select app.account()) or {MINE}) and {THIS_CHILD.format('children_familyrequest')}",
        ),
        migrations.RunSQL(
            f"alter policy runtime on children_guardian using ({THIS_CHILD.format('children_guardian')} and {OWN_LINE})"
            f" with check ({THIS_CHILD.format('children_guardian')})",
            f"alter policy runtime on children_guardian using ({THIS_CHILD.format('children_guardian')})",
        ),
    ]
