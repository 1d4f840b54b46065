"""A sheet of marks is of one half-year; what a row corrected is kept, sealed, so that it can be taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("children", "0006_assessment_fence")]
    operations = [
        migrations.AddField(
            model_name="schoolbatch",
            name="school_year",
            field=models.PositiveSmallIntegerField(verbose_name="school year beginning in"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="schoolbatch",
            name="half_year",
            field=models.PositiveSmallIntegerField(verbose_name="half-year"),
            preserve_default=False,
        ),
        migrations.AddField(model_name="schoolbatchrow", name="before", field=models.BinaryField(null=True)),
        migrations.AddConstraint(
            model_name="schoolbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("half_year__in", (1, 2))), name="school_batch_half_year"
            ),
        ),
    ]
