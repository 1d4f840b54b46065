from django.db import migrations

from zajedno.kernel.fence import EXCHANGE, RUNTIME, STATISTICS, WORKER


class Migration(migrations.Migration):
    """A version and what was said of it never change: the database refuses, whoever asks."""

    dependencies = [("forms", "0001_initial"), ("kernel", "0002_roles")]
    operations = [
        migrations.RunSQL(
            "".join(
                f"""
                create trigger append_only before update or delete on forms_{table}
                  for each row execute function app.refuse_change();
                revoke update, delete on forms_{table} from {RUNTIME}, {WORKER}, {EXCHANGE};
                revoke insert on forms_{table} from {EXCHANGE};
                """
                for table in ("version", "approval")
            )
            + f"""
            revoke delete on forms_form, forms_enabling from {RUNTIME}, {WORKER}, {EXCHANGE};
            revoke insert, update on forms_form, forms_enabling from {EXCHANGE};
            grant select on forms_version, forms_form to {STATISTICS};
            """,
            "drop trigger append_only on forms_version; drop trigger append_only on forms_approval;",
        ),
    ]
