from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchange", "0005_search")]
    operations: list[migrations.operations.base.Operation] = []
