"""What the statistics role may read: of a measure its code, days, money and state, and whose it is as a number; nothing
of a name, nothing sealed. So it counts children and cannot say who they are."""

from django.db import migrations

from zajedno.kernel.fence import STATISTICS

COLUMNS = (
    "id", "child_id", "at_id", "code", "payer", "service_id", "unit", "units", "times", "unit_price", "cost", "currency",
    "since", "until", "state", "state_on", "unmet", "adopted_on", "superseded_on", "written_on",
)  # fmt: skip
SQL = f"""
grant select ({", ".join(COLUMNS)}) on casework_measure to {STATISTICS};
create policy statistics on casework_measure for select to {STATISTICS} using (true);
grant select on programmes_price to {STATISTICS};
create policy statistics on programmes_price for select to {STATISTICS} using (true);
grant select on places_organisation, places_territory to {STATISTICS};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0014_also_same_child"),
        ("programmes", "0004_money_fence"),
        ("figures", "0002_grants"),
        ("places", "0004_capacity"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
