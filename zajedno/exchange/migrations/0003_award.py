from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_frozen")]
    operations: list[migrations.operations.base.Operation] = []  # champions of inclusion
