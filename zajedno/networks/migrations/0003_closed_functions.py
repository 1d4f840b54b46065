"""Whose rounds they are is asked by policies alone: public pages, which no policy lets in, need no answer."""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME, WORKER


class Migration(migrations.Migration):
    dependencies = [("networks", "0002_fence")]
    operations = [
        migrations.RunSQL(
            "revoke execute on function app.runs_rounds(), app.asked_in_rounds() from public;"
            f"grant execute on function app.runs_rounds(), app.asked_in_rounds() to {RUNTIME}, {WORKER};",
            migrations.RunSQL.noop,
        )
    ]
