"""A person who can log in. What they may do comes from their posts, never from the account."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, email: str | None) -> "Account":
        return self.get(email__iexact=email)


class Account(AbstractBaseUser):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="sr")
    is_active = models.BooleanField(_("may log in"), default=True)
    is_system = models.BooleanField(default=False)  # imports and jobs; can never log in nor receive anything
    joined_on = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="account_email_once"),
            models.CheckConstraint(
                condition=~models.Q(is_system=True, is_active=True), name="account_system_never_logs_in"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"email", "name", "language", "password", "last_login", "joined_on"}
        plain = {"uuid", "is_active", "is_system"}
        retention = "account"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    # allauth asks these of a user model; nobody here has rights by account
    is_staff = False
    is_superuser = False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Invitation(models.Model):
    """A letter that lets an invited person choose a password. The token itself is only in the letter."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    created_on = models.DateTimeField()
    expires_on = models.DateTimeField()
    accepted_on = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__gt=models.F("created_on")), name="invitation_expires_later"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"account", "invited_by"}
        plain = {"token_hash", "created_on", "expires_on", "accepted_on"}
        retention = "account"

    def __str__(self) -> str:
        return f"invitation {self.pk}"
