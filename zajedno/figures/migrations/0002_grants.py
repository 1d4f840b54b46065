"""Everybody reads; only the statistics role writes, and nobody changes: not a child is in these tables."""

from django.db import migrations

from zajedno.kernel.fence import EXCHANGE, RUNTIME, STATISTICS, WORKER, hide_counter

TABLES = ("figures_edition", "figures_value")
SQL = "".join(
    f"""
    revoke insert, update, delete on {table} from {RUNTIME}, {WORKER}, {EXCHANGE};
    grant select, insert on {table} to {STATISTICS};
    create trigger append_only before update or delete on {table} for each row execute function app.refuse_change();
    create trigger no_truncate before truncate on {table} for each statement execute function app.refuse_change();
    """
    + hide_counter(table)
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_figures"), ("kernel", "0002_roles")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
