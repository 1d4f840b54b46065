"""How a parent comes to the family desk, and what they ask for there."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.children.enums import Asked, AskedState, InvitationEnd
from zajedno.kernel import privacy, sealed

TRIES, LONGEST = 5, timedelta(days=30)


class FamilyInvitation(models.Model):
    """A letter with a code, or a mail with a link, that lets one guardian in once. The code is only in the letter."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="+")
    guardian = models.ForeignKey("children.Guardian", on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    invited_by = models.BigIntegerField()
    selector = models.CharField(max_length=4, blank=True)  # first group of the code; none in a link
    hash = models.BinaryField(max_length=32, unique=True)
    made_on = models.DateTimeField()
    expires_on = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=InvitationEnd.choices, blank=True)
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guardian"], condition=Q(ended_on=None), name="family_invitation_one_open"),
            models.UniqueConstraint(
                fields=["selector"],
                condition=Q(ended_on=None) & ~Q(selector=""),
                name="family_invitation_selector_once",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("made_on")) & Q(expires_on__lte=F("made_on") + LONGEST),
                name="family_invitation_is_short",
            ),
            models.CheckConstraint(condition=Q(tries__lte=TRIES), name="family_invitation_few_tries"),
            models.CheckConstraint(
                condition=Q(ended_on=None, outcome="") | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="family_invitation_ends_somehow",
            ),
            models.CheckConstraint(
                condition=Q(account=None) ^ Q(outcome=InvitationEnd.USED), name="family_invitation_used_by_somebody"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"guardian", "invited_by", "organisation", "account"}
        plain = {
            "uuid", "child", "selector", "hash", "made_on", "expires_on", "tries", "ended_on", "outcome",
        }  # fmt: skip
        retention = "child"

    def __str__(self) -> str:
        return str(self.uuid)


class FamilyRequest(models.Model):
    """A parent asks for a correction or for a copy of the file; an institution answers by a day.

    What is asked, the answer and the copy are sealed under the child's own key.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="+")
    guardian = models.ForeignKey("children.Guardian", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("what is asked for"), max_length=10, choices=Asked.choices)
    sealed = models.BinaryField()
    asked_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=AskedState.choices, default=AskedState.WAITING)
    answered_on = models.DateField(null=True)
    answered_by = models.BigIntegerField(null=True)
    reply = models.BinaryField(null=True)
    copy = models.BinaryField(null=True)
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "account", "kind"], condition=Q(state="waiting"), name="family_request_one_waiting"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="family_request_due_later"),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_on=None, answered_by=None, reply=None, copy=None)
                | (~Q(state="waiting") & Q(answered_on__gte=F("asked_on"), answered_by__isnull=False)),
                name="family_request_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(copy=None) | Q(kind=Asked.COPY, state=AskedState.GRANTED),
                name="family_request_copy_granted",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"guardian", "account", "organisation", "answered_by"}
        special: ClassVar[set[str]] = {"sealed", "reply", "copy"}
        plain = {"uuid", "child", "kind", "asked_on", "due_on", "state", "answered_on", "written_on"}
        retention = "child"

    def __str__(self) -> str:
        return str(self.uuid)

    def put(self, column: str, content: str) -> None:
        """Seal a text into `sealed`, `reply` or `copy`."""
        plain = content.encode()
        setattr(
            self, column, sealed.seal(plain, self._bound_to(column), self.child.data_key.open()) if content else None
        )

    def take(self, column: str) -> str:
        kept: bytes | None = getattr(self, column)
        return sealed.unseal(kept, self._bound_to(column), self.child.data_key.open()).decode() if kept else ""

    def _bound_to(self, column: str) -> str:
        return f"children_familyrequest.{column}|{self.uuid}"
