from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchange", "0007_replication")]
    operations: list[migrations.operations.base.Operation] = []
