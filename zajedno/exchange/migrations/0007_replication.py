from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchange", "0006_campaign")]
    operations: list[migrations.operations.base.Operation] = []
