"""What `fence` does since for each new table, for those that were fenced before: no counter is read by public pages."""

from django.db import migrations

from zajedno.kernel.fence import EXCHANGE

HIDE = f"""
do $$ declare counter text; begin
  for counter in
    select s.oid::regclass::text from pg_class s join pg_depend d on d.objid = s.oid and d.deptype in ('a', 'i')
    join pg_class t on t.oid = d.refobjid and t.relkind = 'r'
    where s.relkind = 'S' and t.relnamespace = 'public'::regnamespace
      and not has_table_privilege('{EXCHANGE}', t.oid, 'select')
  loop
    execute 'revoke all on sequence ' || counter || ' from {EXCHANGE}';
  end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_roles")]
    operations = [migrations.RunSQL(HIDE, migrations.RunSQL.noop)]
