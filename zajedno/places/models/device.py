"""A field phone that may act for one post. Only the hash of its token is kept."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy
from zajedno.places.models.post import Post


class Device(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(_("name of the device"), max_length=120)
    token_hash = models.BinaryField(max_length=32, unique=True)
    issued_on = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revoked_on = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_on=None) | models.Q(revoked_on__gte=models.F("issued_on")),
                name="device_revoked_after_issue",
            )
        ]

    class Privacy(privacy.Privacy):
        personal = {"post", "label", "issued_on", "issued_by", "revoked_on"}
        plain = {"uuid", "token_hash"}
        retention = "post"

    def __str__(self) -> str:
        return str(self.uuid)
