"""Of the report of an institution its people with files read what was issued; who issues it also what is being written.
An edition stays as it was issued."""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME, WORKER, fence

ISSUES = "organisation_id = any (select unnest(app.organisations_for('casework.issue_report')))"
READS = f"organisation_id = any (select unnest(app.my_keys())) or {ISSUES}"
KEPT = f"""
create trigger kept before update or delete on casework_officereport
  for each row execute function app.year_report_kept();
create trigger no_truncate before truncate on casework_officereport
  for each statement execute function app.refuse_change();
revoke update, delete on casework_officereport from {RUNTIME}, {WORKER};
revoke delete on casework_officewords from {RUNTIME}, {WORKER};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0016_report"),
        ("networks", "0013_year_fence"),
        ("children", "0002_fence"),
        ("kernel", "0002_roles"),
    ]
    operations = [
        fence("casework_officewords", ISSUES),
        fence("casework_officereport", READS, writable=ISSUES),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
