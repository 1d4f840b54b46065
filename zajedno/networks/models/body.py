"""A body of several institutions (network, commission, board, team, group): how it was set up, and who sits in it."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from zajedno.access.models.file import File
from zajedno.kernel import privacy
from zajedno.kernel.labels import label
from zajedno.kernel.ranges import Days
from zajedno.networks.enums import BodyKind, MemberRole, Quorum
from zajedno.places.enums import Sector


class Body(models.Model):
    """Kept by an `organisation`; one that a pack names for a municipality waits without, until a coordinator there
    takes it up. `mandate_until` is the last day. `source`: where a pack has it from.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=16, choices=BodyKind.choices)
    titles = models.JSONField()  # by language
    about = models.JSONField(default=dict)  # by language
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="sr")
    organ = models.CharField(max_length=200, blank=True)
    act_number = models.CharField(max_length=60, blank=True)
    established_on = models.DateField(null=True)
    mandate_from = models.DateField(null=True)
    mandate_until = models.DateField(null=True)
    rules = models.TextField(blank=True)
    quorum = models.CharField(max_length=16, choices=Quorum.choices, default=Quorum.MORE_THAN_HALF)
    contact = models.CharField(max_length=250, blank=True)
    source = models.CharField(max_length=250, blank=True)
    verified = models.BooleanField(default=False)  # has somebody read in the act what the pack says?
    ended_on = models.DateField(null=True)
    ended_reason = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["kind", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "kind"], condition=~Q(source=""), name="body_of_a_pack_once_in_a_place"
            ),
            models.CheckConstraint(condition=~Q(titles={}), name="body_has_a_name"),
            models.CheckConstraint(condition=Q(organisation__isnull=False) | ~Q(source=""), name="body_is_kept"),
            models.CheckConstraint(
                condition=Q(mandate_until=None) | Q(mandate_from__isnull=False, mandate_until__gte=F("mandate_from")),
                name="body_mandate_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_reason="") | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
                name="body_ended_says_why",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"contact"}
        plain = {
            "uuid", "slug", "territory", "organisation", "kind", "titles", "about", "language", "organ", "act_number",
            "established_on", "mandate_from", "mandate_until", "rules", "quorum", "source", "verified", "ended_on",
            "ended_reason",
        }  # fmt: skip
        retention = "body"

    def __str__(self) -> str:
        return label(self.titles)


class BodyFile(File):
    """An act of establishment, scanned. A newer one stands beside it: none is ever taken away."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="files")

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"name", "added_by"}
        plain = {"uuid", "media_type", "size", "sha256", "content", "added_on", "body"}
        retention = "body"


class Member(models.Model):
    """Who sits on one of the seats of a body, from `since` until before `until`: an institution with its person.

    An institution that does not work here is only written (`institution`), and its sector said; so is a person without
    an account. `deputy` comes when the person cannot.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="members")
    seat = models.PositiveSmallIntegerField()  # 1, 2, 3 … in the body
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    institution = models.CharField(max_length=250, blank=True)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    role = models.CharField(max_length=12, choices=MemberRole.choices, default=MemberRole.MEMBER)
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+", null=True)
    person = models.CharField(max_length=200)
    email = models.EmailField(blank=True)  # of a person without an account
    deputy_account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+", null=True)
    deputy = models.CharField(max_length=200, blank=True)
    deputy_email = models.EmailField(blank=True)  # of one without an account
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["seat", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None) & ~Q(institution="") | Q(organisation__isnull=False, institution=""),
                name="member_is_of_one_institution",
            ),
            models.CheckConstraint(condition=Q(sector__in=Sector.values), name="member_sector"),
            models.CheckConstraint(condition=~Q(person=""), name="member_has_a_name"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="member_ends_later"),
            models.CheckConstraint(
                condition=Q(deputy_account=None) | ~Q(deputy_account=F("account")), name="member_not_their_own_deputy"
            ),
            ExclusionConstraint(
                name="member_seat_taken_once",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("seat", RangeOperators.EQUAL),
                    (Days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="member_sits_once",
                condition=Q(account__isnull=False),
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("account", RangeOperators.EQUAL),
                    (Days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="member_one_chair",
                condition=Q(role="chair"),
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    (Days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["account"]), models.Index(fields=["deputy_account"])]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {
            "account", "person", "email", "deputy_account", "deputy", "deputy_email", "role", "since", "until",
            "organisation", "institution", "sector", "seat",
        }  # fmt: skip
        plain = {"uuid", "body"}
        retention = "body"

    def __str__(self) -> str:
        return f"member {self.pk}"

    @property
    def of(self) -> str:
        """The institution, in the script of the language in use where it works here."""
        return str(self.organisation) if self.organisation else self.institution

    def sits(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)
