from django.db import migrations

from zajedno.kernel.fence import create_roles


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_text")]
    operations = [
        create_roles(),
        migrations.RunSQL(
            """
            create or replace function app.refuse_change() returns trigger language plpgsql as $$
            begin
              raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'restrict_violation';
            end $$;
            """,
            migrations.RunSQL.noop,
        ),
    ]
