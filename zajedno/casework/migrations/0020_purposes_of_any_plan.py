"""Ties that a guardian is told of: what a procedure says under `purpose` is a word, what purposes say is a list. Which of
them the database looks at first is its own choice, so the list is read in a way that a word does not break."""

from django.db import migrations

SQL = """
do $$ begin
  execute replace(pg_get_functiondef('app.family_ties(uuid, bigint)'::regprocedure),
    'jsonb_array_elements(v.content->''purpose'')', 'jsonb_path_query(v.content, ''$.purpose[*]'')');
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0019_participant_days")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
