"""Who is invited to a sitting is asked by policies alone: public pages, which no policy lets in, need no answer."""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME, WORKER


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_undo")]
    operations = [
        migrations.RunSQL(
            "revoke execute on function app.my_sittings() from public;"
            f"grant execute on function app.my_sittings() to {RUNTIME}, {WORKER};",
            migrations.RunSQL.noop,
        )
    ]
