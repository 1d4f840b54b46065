"""What a period says is read by everybody, written once by the statistics role and never changed. Definitions are its
own too; a new way to count is a new row."""

from django.db import migrations

from zajedno.kernel.fence import EXCHANGE, RUNTIME, STATISTICS, WORKER, hide_counter

ONCE = ("figures_reading", "figures_late")
SQL = "".join(
    f"""
    revoke insert, update, delete on {table} from {RUNTIME}, {WORKER}, {EXCHANGE};
    grant select, insert on {table} to {STATISTICS};
    """
    + hide_counter(table)
    for table in (*ONCE, "figures_definition")
) + "".join(
    f"""
    create trigger append_only before update or delete on {table} for each row execute function app.refuse_change();
    create trigger no_truncate before truncate on {table} for each statement execute function app.refuse_change();
    """
    for table in ONCE
)
PLACES = f"""
grant update on figures_definition to {STATISTICS};
grant select on places_territory, places_population, places_organisation to {STATISTICS};
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0003_periods"), ("places", "0005_directory")]
    operations = [migrations.RunSQL(SQL + PLACES, migrations.RunSQL.noop)]
