from django.db import migrations, models


class Migration(migrations.Migration):
    """Field devices log in under a name of their own, by HTTP Basic or Digest."""

    dependencies = [("places", "0001_initial")]
    operations = [
        migrations.AddField("device", "name", models.CharField(max_length=12, null=True, unique=True)),
        migrations.AddField("device", "ha1", models.BinaryField(null=True)),
    ]
