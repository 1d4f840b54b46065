"""Everybody at work reads that a body is there; who sits in it and what it talks about, its members and who keeps it,
who alone write. Public pages read the body and which institutions sit in it: the grants leave out every person."""

from django.db import migrations

from zajedno.kernel.fence import EXCHANGE, RUNTIME, WORKER, fence, narrowed

MINE = """
-- Bodies that an organisation keeps in which the account holds the verb today.
create function app.bodies_kept() returns bigint[] language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select coalesce(array_agg(id), '{}') from networks_body
  where organisation_id = any ((select app.organisations_for('networks.keep_body'))::bigint[])
$$;
-- Those, and bodies in which the account sits today, for itself or as a deputy.
create function app.bodies_read() returns bigint[] language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select app.bodies_kept() || coalesce(array_agg(distinct body_id), '{}') from networks_member
  where app.account() in (account_id, deputy_account_id) and since <= app.today()
    and (until is null or until > app.today())
$$;
-- Places in which the account could take up a body: the seats of its organisations and what they serve.
create function app.body_places() returns bigint[] language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select coalesce(array_agg(distinct t), '{}') from (
    select territory_id t from places_organisation where id = any ((select app.organisations_for('networks.keep_body'))::bigint[])
    union select territory_id from places_organisation_covers
      where organisation_id = any ((select app.organisations_for('networks.keep_body'))::bigint[])) places
$$;
-- Has the account taken this task on?
create function app.sits_as(m bigint) returns boolean language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select exists (select from networks_member where id = m and app.account() in (account_id, deputy_account_id)
    and since <= app.today() and (until is null or until > app.today()))
$$;
"""

KEPT = """
create function app.member_kept() returns trigger language plpgsql as $$
declare moving text[] := '{until,deputy,deputy_account_id,deputy_email,email,account_id}';
begin
  if to_jsonb(new) - moving <> to_jsonb(old) - moving then
    raise exception 'who sits on a seat stays; another sits there after them' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger kept before update on networks_member for each row execute function app.member_kept();

create function app.meeting_kept() returns trigger language plpgsql as $$
begin
  if old.state <> 'planned' then
    raise exception 'this meeting is not written any more' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger kept before update on networks_meeting for each row execute function app.meeting_kept();

create function app.of_meeting_kept() returns trigger language plpgsql as $$
begin
  if not exists (select from networks_meeting where state = 'planned'
    and id = coalesce(new.meeting_id, old.meeting_id)) then
    raise exception 'this meeting is not written any more' using errcode = 'restrict_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger kept before insert or update or delete on networks_agendaitem
  for each row execute function app.of_meeting_kept();
create trigger kept before insert or update or delete on networks_attendance
  for each row execute function app.of_meeting_kept();
create trigger kept before insert or delete on networks_bodytask for each row execute function app.of_meeting_kept();

create function app.body_task_kept() returns trigger language plpgsql as $$
declare moving text[] := '{done_on,outcome}';
begin
  if to_jsonb(new) - moving <> to_jsonb(old) - moving then
    raise exception 'a task stays as it was given' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger task_kept before update on networks_bodytask for each row execute function app.body_task_kept();
"""
KEEPS = "= any (select unnest(app.bodies_kept()))"
READS = "= any (select unnest(app.bodies_read()))"
TAKES = (
    "organisation_id = any ((select app.organisations_for('networks.keep_body'))::bigint[])"
    " or organisation_id is null and (territory_id = any (select unnest(app.body_places()))"
    " or cardinality(app.organisations_for('packs.load')) > 0)"
)
OF_MEETING = "exists (select from networks_meeting m where m.id = networks_{}.meeting_id and m.body_id {})"
TABLES = {  # who reads, who writes
    "body": ("true", TAKES),
    "bodyfile": (f"body_id {READS}", f"body_id {KEEPS}"),
    "member": (f"body_id {READS}", f"body_id {KEEPS}"),
    "meeting": (f"body_id {READS}", f"body_id {KEEPS}"),
    **{name: (OF_MEETING.format(name, READS), OF_MEETING.format(name, KEEPS)) for name in ("agendaitem", "attendance")},
    "bodytask": (
        OF_MEETING.format("bodytask", READS),
        f"{OF_MEETING.format('bodytask', KEEPS)} or app.sits_as(member_id)",
    ),
}
FUNCTIONS = "app.bodies_kept(), app.bodies_read(), app.body_places(), app.sits_as(bigint)"
CLOSED = f"""
revoke delete on networks_body, networks_member, networks_meeting from {RUNTIME}, {WORKER};
revoke update, delete on networks_bodyfile from {RUNTIME}, {WORKER};
revoke execute on function {FUNCTIONS} from public;
grant execute on function {FUNCTIONS} to {RUNTIME}, {WORKER};
"""
PUBLIC = f"""
grant select on networks_body to {EXCHANGE};
grant select (id, body_id, seat, organisation_id, institution, sector, since, until) on networks_member to {EXCHANGE};
create policy public on networks_body for select to {EXCHANGE} using (ended_on is null);
create policy public on networks_member for select to {EXCHANGE}
  using (since <= app.today() and (until is null or until > app.today()));
"""


class Migration(migrations.Migration):
    dependencies = [("networks", "0007_body"), ("kernel", "0002_roles")]
    operations = [
        migrations.RunSQL(MINE, migrations.RunSQL.noop),
        *(fence(f"networks_{table}", seen, writable=writable) for table, (seen, writable) in TABLES.items()),
        *(narrowed(f"networks_{table}", writable) for table, (_seen, writable) in TABLES.items()),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSED, migrations.RunSQL.noop),
        migrations.RunSQL(PUBLIC, migrations.RunSQL.noop),
    ]
