"""A tie may be for reading alone: who is offered a case, or kept it before, does nothing about the child by it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("children", "0013_pairs")]
    operations = [migrations.AddField("tie", "reads", models.BooleanField(default=False, db_default=False))]
