"""Of an annual report its body's keeper writes, its members read; everybody reads an edition that is marked for it, and
nothing but the file. An edition stays as it was issued."""

from django.db import migrations

from zajedno.kernel.fence import EXCHANGE, RUNTIME, WORKER, fence

KEEPS = "body_id = any (select unnest(app.bodies_kept()))"
READS = "body_id = any (select unnest(app.bodies_read()))"
KEPT = """
create function app.year_report_kept() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or to_jsonb(new) - 'is_public' <> to_jsonb(old) - 'is_public' then
    raise exception 'an edition stays as it was issued' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger kept before update or delete on networks_yearreport
  for each row execute function app.year_report_kept();
create trigger no_truncate before truncate on networks_yearreport
  for each statement execute function app.refuse_change();

-- Does the account sit in a body today, for itself or as a deputy? Asked also where no table of networks is reached.
create function app.sits() returns boolean language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select exists (select from networks_member where app.account() in (account_id, deputy_account_id)
    and since <= app.today() and (until is null or until > app.today()))
$$;
"""
CLOSED = f"""
revoke delete on networks_yearwords, networks_yearreport from {RUNTIME}, {WORKER};
revoke execute on function app.sits() from public;
grant execute on function app.sits() to {RUNTIME}, {WORKER}, {EXCHANGE};
grant select (id, uuid, body_id, year, number, is_public, media_type, size, content, added_on)
  on networks_yearreport to {EXCHANGE};
create policy public on networks_yearreport for select to {EXCHANGE}
  using (is_public and exists (select from networks_body b where b.id = body_id and b.ended_on is null));
"""


def narrowed(table: str) -> migrations.RunSQL:
    """A member reads a row and changes it as little as they add one."""
    return migrations.RunSQL(
        f"create policy update on {table} as restrictive for update to {RUNTIME} using ({KEEPS});",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [("networks", "0012_year"), ("networks", "0008_body_fence"), ("kernel", "0002_roles")]
    operations = [
        fence("networks_yearwords", KEEPS),
        fence("networks_yearreport", READS, writable=KEEPS),
        narrowed("networks_yearreport"),
        migrations.RunSQL(KEPT + CLOSED, migrations.RunSQL.noop),
    ]
