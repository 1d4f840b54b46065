"""Everybody reads targets, public pages without who set one. Only who may set them for that place writes, in their own
name; a row is never changed but for its end, and never deleted."""

from django.db import migrations

from zajedno.kernel.fence import EXCHANGE, RUNTIME, STATISTICS, WORKER, fence

TABLE = "figures_target"
MINE = """
-- May the account set targets of this place today? Networks ask the same of their verbs, on a floor above.
create function app.sets_targets(wanted bigint) returns boolean language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select exists (
    select from places_post p
    join access_account a on a.id = p.account_id and a.is_active
    join access_role r on r.key = p.role_id and r.retired_on is null
    join places_organisation o on o.id = p.organisation_id
      and (o.active_from is null or o.active_from <= app.today())
      and (o.active_until is null or o.active_until > app.today())
    where p.account_id = app.account() and p.since <= app.today() and (p.until is null or p.until > app.today())
      and ('figures.set_target_anywhere' = any (r.verbs) or 'figures.set_target' = any (r.verbs) and (
        o.territory_id = wanted or exists (select from places_organisation_covers c
          where c.organisation_id = o.id and c.territory_id = wanted))))
$$;
"""
KEPT = f"""
create function app.target_kept() returns trigger language plpgsql as $$
declare ending text[] := '{{ended_on,ended_by,ended_why}}';
begin
  if tg_op = 'DELETE' or old.ended_on is not null or to_jsonb(new) - ending <> to_jsonb(old) - ending then
    raise exception 'a target is not changed: it ends, and another one follows' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger kept before update or delete on {TABLE} for each row execute function app.target_kept();
create trigger no_truncate before truncate on {TABLE} for each statement execute function app.refuse_change();
"""
READ = (
    "id, uuid, indicator, territory_id, value, until, baseline, since, source, link, organisation_id, set_on, ended_on,"
    " ended_why"
)
CLOSED = f"""
revoke insert, update, delete on {TABLE} from {WORKER};
revoke update, delete on {TABLE} from {RUNTIME};
grant update (ended_on, ended_by, ended_why) on {TABLE} to {RUNTIME};
create policy ends on {TABLE} as restrictive for update to {RUNTIME} using (app.sets_targets(territory_id));
grant select ({READ}) on {TABLE} to {EXCHANGE}, {STATISTICS};
create policy everybody on {TABLE} for select to {EXCHANGE}, {STATISTICS} using (true);
revoke execute on function app.sets_targets(bigint) from public;
grant execute on function app.sets_targets(bigint) to {RUNTIME}, {WORKER};
"""
WRITES = "coalesce(ended_by, set_by) = (select app.account()) and app.sets_targets(territory_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0005_target"),
        ("kernel", "0002_roles"),
        ("access", "0001_initial"),
        ("places", "0005_directory"),
    ]
    operations = [
        migrations.RunSQL(MINE, migrations.RunSQL.noop),
        fence(TABLE, "true", writable=WRITES),
        migrations.RunSQL(KEPT + CLOSED, migrations.RunSQL.noop),
    ]
