"""A tie is what lets anybody find a child: written by verbs of higher rooms, ended by them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from zajedno.kernel import privacy


class Tie(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="ties")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+", null=True)
    key = models.GeneratedField(  # what `Actor.keys` holds: the organisation, or minus the account
        expression=Coalesce(models.F("organisation"), -models.F("account")),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    purpose = models.CharField(max_length=60)  # key in purposes.toml
    fields = ArrayField(models.CharField(max_length=20))
    since = models.DateField()
    until = models.DateField(null=True)  # the last day
    written_on = models.DateTimeField(default=timezone.now)
    written_by = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=250, blank=True)
    consent = models.ForeignKey("children.Consent", on_delete=models.PROTECT, related_name="ties", null=True)
    # where the account must hold a post for its tie to open anything: a class is entrusted to a teacher of the school
    while_at = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    clause = models.UUIDField(null=True)  # of an agreement, by its uuid: `networks` stands beside this room
    reads = models.BooleanField(default=False, db_default=False)  # by it one reads, and does nothing about the child

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation=None) ^ models.Q(account=None), name="tie_to_one_side"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since") - 1), name="tie_ends_after_start"
            ),
            models.CheckConstraint(condition=~models.Q(purpose=""), name="tie_has_purpose"),
            models.CheckConstraint(
                condition=models.Q(while_at=None) | models.Q(account__isnull=False), name="tie_while_at_is_a_persons"
            ),
        ]
        indexes = [
            models.Index(fields=["key", "child"]),
            models.Index(fields=["until"], condition=models.Q(until__isnull=False), name="tie_ending"),
        ]

    class Privacy(privacy.Privacy):
        personal = {"organisation", "account", "key", "purpose", "written_by", "reason", "while_at"}
        plain = {"uuid", "child", "fields", "since", "until", "written_on", "consent", "clause", "reads"}
        retention = "child"

    def __str__(self) -> str:
        return str(self.uuid)
