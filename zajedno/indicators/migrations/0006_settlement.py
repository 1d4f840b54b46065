"""The statistics role may read what kind of settlement a child lives in: one word, no place."""

from django.db import migrations

from zajedno.kernel.fence import STATISTICS


class Migration(migrations.Migration):
    dependencies = [("indicators", "0005_extract_fence"), ("children", "0017_settlement")]
    operations = [
        migrations.RunSQL(f"grant select (settlement) on children_child to {STATISTICS};", migrations.RunSQL.noop)
    ]
