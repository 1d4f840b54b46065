"""A tie may rest on a clause of an agreement. Agreements stand beside this room, so their uuid is kept and no key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("children", "0011_family_desk")]
    operations = [migrations.AddField("tie", "clause", models.UUIDField(null=True))]
