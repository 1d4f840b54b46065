"""Of a rate: how many places in a territory it leaves out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("figures", "0006_target_fence")]

    operations = [
        migrations.AddField(
            model_name="reading",
            name="left_out",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
