"""The statistics role may read to which step a move led, and no more which places took a practice over: what is told of
those comes from their own room."""

from django.db import migrations

from zajedno.kernel.fence import STATISTICS

SQL = f"""
grant select (to_step) on casework_move to {STATISTICS};
drop policy statistics on exchange_site;
revoke select (practice_id, organisation_id, opened_on) on exchange_site from {STATISTICS};
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0006_settlement")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
