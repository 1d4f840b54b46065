from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0004_outbox_address")]

    operations = [
        migrations.AddField(model_name="message", name="headers", field=models.JSONField(default=dict)),
    ]
