"""Parents, guardians, persons of trust, and ties of blood or household between children."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zajedno.children.enums import FamilyKind, GuardianKind
from zajedno.kernel import privacy


class Guardian(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="guardians")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(_("relation"), max_length=10, choices=GuardianKind.choices)
    name = models.CharField(_("name"), max_length=200)
    represents = models.BooleanField(_("represents the child by law"), default=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="guardian_has_name"),
            models.CheckConstraint(
                condition=~models.Q(kind="trusted", represents=True), name="guardian_trusted_does_not_represent"
            ),
            models.UniqueConstraint(
                fields=["child", "account"],
                condition=models.Q(account__isnull=False, ended_on=None),
                name="guardian_account_once",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"account", "kind", "name", "represents", "phone", "email", "address"}
        plain = {"uuid", "child", "ended_on"}
        retention = "child"

    def __str__(self) -> str:
        return str(self.uuid)


class FamilyLink(models.Model):
    """A pair of children; the smaller id stands first, so a pair is written once."""

    first = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=FamilyKind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="family_pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="family_pair_ordered"),
        ]

    class Privacy(privacy.Privacy):
        personal = {"first", "second", "kind"}
        retention = "child"

    def __str__(self) -> str:
        return f"link {self.pk}"
