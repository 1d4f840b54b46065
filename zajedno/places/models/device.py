"""A field phone that may act for one post. Of its token only the hash is kept, and what HTTP Digest needs, sealed."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy, sealed
from zajedno.places.models.post import Post


class Device(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(_("name of the device"), max_length=120)
    name = models.CharField(max_length=12, unique=True, null=True)  # noqa: DJ001  # None: issued before phones logged in
    token_hash = models.BinaryField(max_length=32, unique=True)
    ha1 = models.BinaryField(null=True)  # sealed; opens as much as the token does
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
        plain = {"uuid", "name", "token_hash", "ha1"}
        retention = "post"

    def __str__(self) -> str:
        return str(self.uuid)

    def _bound_to(self) -> str:
        return f"places_device.ha1|{self.uuid}"

    @property
    def secret(self) -> str:
        """What `logic.token.digest_secret` made; empty when there is none."""
        return sealed.unseal(self.ha1, self._bound_to()).decode() if self.ha1 else ""

    @secret.setter
    def secret(self, value: str) -> None:
        self.ha1 = sealed.seal(value.encode(), self._bound_to())
