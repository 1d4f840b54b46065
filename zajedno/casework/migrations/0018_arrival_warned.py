"""When who receives was told that the time of a referral from another system is nearly over."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("casework", "0017_report_fence")]

    operations: ClassVar = [
        migrations.AddField(model_name="arrival", name="warned_on", field=models.DateField(null=True)),
    ]
