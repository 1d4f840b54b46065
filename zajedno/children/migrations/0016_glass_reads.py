"""Who opens a file in an emergency reads it: nothing is done about the child by that tie."""

from django.db import migrations

SQL = """
create or replace function app.break_glass(file uuid, number bytea, purpose text, fields text[], reason text)
returns table (child_id bigint, organisation bigint, tie uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  select c.id, c.registered_by_id into child_id, organisation from children_child c
    where (c.uuid = file or c.id in (
        select i.child_id from children_identifier i where i.blind = number and i.kind = 'national'))
      and exists (select from places_post p join access_role r on r.key = p.role_id join access_account a on a.id = p.account_id
        where p.account_id = app.account() and a.is_active and r.break_glass and r.retired_on is null
          and p.since <= app.today() and (p.until is null or p.until > app.today()))
    order by c.id limit 1;
  if child_id is not null then
    tie := gen_random_uuid();
    insert into children_tie (uuid, child_id, account_id, purpose, fields, since, until, written_on, written_by, reason,
        reads)
      values (tie, child_id, app.account(), purpose, fields, app.today(), app.today() + 1, now(), app.account(), reason,
        true);
    return next;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("children", "0015_alias_weight")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
