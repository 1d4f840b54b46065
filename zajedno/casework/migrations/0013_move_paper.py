"""A move keeps which paper was given with it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_places_by_date")]
    operations = [
        migrations.AddField(
            "move",
            "paper",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="casework.paper"
            ),
        ),
    ]
