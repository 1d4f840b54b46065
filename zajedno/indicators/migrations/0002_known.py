"""What the statistics role may read of who is known: the day of birth, where a child lives and goes to school, and which
files are of one child; nothing of a name, no address, no number."""

from django.db import migrations

from zajedno.kernel.fence import STATISTICS

COLUMNS = {
    "children_child": ("id", "birth_date", "residence_id", "registered_by_id"),
    "children_enrolment": ("child_id", "organisation_id", "since", "until"),
    "children_alias": ("child_id", "same_as_id", "state"),
}
SQL = "".join(
    f"grant select ({', '.join(columns)}) on {table} to {STATISTICS};"
    f"create policy statistics on {table} for select to {STATISTICS} using (true);"
    for table, columns in COLUMNS.items()
)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_statistics"), ("children", "0016_glass_reads")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
