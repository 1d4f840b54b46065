from django.db import migrations

from zajedno.kernel.fence import EXCHANGE, RUNTIME, STATISTICS, WORKER


class Migration(migrations.Migration):
    """A loaded version never changes: the database refuses, whoever asks."""

    dependencies = [("procedures", "0001_initial"), ("kernel", "0002_roles")]
    operations = [
        migrations.RunSQL(
            f"""
            create trigger append_only before update or delete on procedures_version
              for each row execute function app.refuse_change();
            revoke update, delete on procedures_version from {RUNTIME}, {WORKER}, {EXCHANGE};
            revoke insert on procedures_version from {EXCHANGE};
            revoke delete on procedures_definition from {RUNTIME}, {WORKER}, {EXCHANGE};
            revoke insert, update on procedures_definition from {EXCHANGE};
            grant select on procedures_version, procedures_definition to {STATISTICS};
            """,
            "drop trigger append_only on procedures_version;",
        ),
    ]
