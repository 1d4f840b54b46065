"""Whose phone it is sees its codes also when the tie to the child is over, so that a late sheet can say why it waits."""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME

THIS_CHILD = "exists (select from children_child c where c.id = children_fieldcode.child_id)"
MY_DEVICE = """exists (select from places_device d join places_post p on p.id = d.post_id
  where d.id = children_fieldcode.device_id and p.account_id = (select app.account()))"""


class Migration(migrations.Migration):
    dependencies = [("children", "0007_school_batch"), ("places", "0002_device_login")]
    operations = [
        migrations.RunSQL(
            f"alter policy runtime on children_fieldcode to {RUNTIME}"
            f" using ({THIS_CHILD} or {MY_DEVICE}) with check ({THIS_CHILD})",
            f"alter policy runtime on children_fieldcode to {RUNTIME} using ({THIS_CHILD}) with check ({THIS_CHILD})",
        )
    ]
