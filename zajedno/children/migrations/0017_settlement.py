"""What kind of settlement a child lives in, where its address is written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("children", "0016_glass_reads")]

    operations = [
        migrations.AddField(
            model_name="child",
            name="settlement",
            field=models.CharField(
                blank=True,
                choices=[("urban", "Town"), ("rural", "Village"), ("", "not known")],
                default="",
                max_length=5,
                verbose_name="kind of settlement",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.CheckConstraint(
                condition=models.Q(("settlement__in", ["urban", "rural", ""])), name="child_settlement"
            ),
        ),
    ]
