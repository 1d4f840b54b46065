from pathlib import Path

from django.db import migrations

# Frozen beside this file; what comes after it goes into a new migration. Made by `python -m zajedno.kernel.script_sql`.
SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            SQL,
            "drop function app.sort_key(text), app.loose(text), app.fold(text), app.unmix(text), app.latin(text), app.latin_capitals(text);",
        ),
    ]
