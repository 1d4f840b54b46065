"""Ties of those to whom a case is offered, or who kept it before, are for reading alone."""

from django.db import migrations

SQL = """
update children_tie set reads = true where id in (select tie_id from casework_participant where part in (':to', ':former'))
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0010_clause"), ("children", "0014_tie_reads")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
