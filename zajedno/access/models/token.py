"""What a program of another house shows when it asks: a word of which only the hash is kept."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy


class Token(models.Model):
    """It acts for who made it, at that one organisation (its id, as in the trail), and only within its scopes. When
    the person's post there ends, it opens nothing."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.BigIntegerField()
    label = models.CharField(_("name of the program"), max_length=120)
    prefix = models.CharField(max_length=8, unique=True)  # stands in the token itself: the row is found by it
    token_hash = models.BinaryField(max_length=32)
    scopes = ArrayField(models.CharField(max_length=40))
    issued_on = models.DateTimeField()
    expires_on = models.DateField()  # the first day on which it opens nothing
    last_used_on = models.DateField(null=True)
    revoked_on = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-issued_on", "-id"]
        indexes = [models.Index(fields=["organisation", "-issued_on"], name="token_of_organisation")]
        constraints = [
            models.CheckConstraint(condition=~Q(scopes__len=0), name="token_has_a_scope"),
            models.CheckConstraint(
                condition=Q(revoked_on=None) | Q(revoked_on__gte=F("issued_on")), name="token_revoked_after_issue"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"account", "organisation", "label", "issued_on", "last_used_on", "revoked_on"}
        plain = {"uuid", "prefix", "token_hash", "scopes", "expires_on"}
        retention = "account"

    def __str__(self) -> str:
        return str(self.uuid)

    def is_living(self, today: date) -> bool:
        return self.revoked_on is None and today < self.expires_on
