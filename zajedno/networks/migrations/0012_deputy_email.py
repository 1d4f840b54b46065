"""A deputy without an account is invited, too: their address may change as their name does."""

from django.db import migrations, models

KEPT = """
create or replace function app.member_kept() returns trigger language plpgsql as $$
declare moving text[] := '{until,deputy,deputy_account_id,deputy_email,email,account_id}';
begin
  if to_jsonb(new) - moving <> to_jsonb(old) - moving then
    raise exception 'who sits on a seat stays; another sits there after them' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("networks", "0011_social")]
    operations = [
        migrations.AddField("member", "deputy_email", models.EmailField(blank=True, max_length=254)),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
