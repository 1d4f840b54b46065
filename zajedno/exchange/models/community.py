"""Communities: what people ask and answer under a theme, what editors do about it, who follows which theme."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from zajedno.exchange.enums import ContributionState, Digest, Moderation, Theme
from zajedno.kernel import privacy


class Contribution(models.Model):
    """A topic under a theme (`topic` is empty), or an answer below one. Its words never change; when its author takes
    it back they are erased, for good."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic = models.ForeignKey("self", on_delete=models.PROTECT, related_name="answers", null=True)
    theme = models.CharField(max_length=20, choices=Theme.choices, blank=True)  # of a topic
    title = models.CharField(max_length=200, blank=True)  # of a topic
    text = models.TextField(blank=True)
    language = models.CharField(max_length=10)  # in which it was written
    confirmed = models.BooleanField(default=False)  # something looked like a child; its author says it is none
    written_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")  # theirs then
    written_on = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=ContributionState.choices, default=ContributionState.SHOWN)
    closed_on = models.DateTimeField(null=True)  # of a topic: takes no more answers
    accepted_on = models.DateTimeField(null=True)  # of an answer: whoever asked says that it helped
    search = SearchVectorField(null=True, editable=False)  # kept by a trigger

    class Meta:
        indexes = [
            models.Index(fields=["-written_on", "-id"], condition=Q(topic=None), name="topic_newest"),
            models.Index(fields=["theme", "-written_on", "-id"], condition=Q(topic=None), name="topic_of_theme"),
            GinIndex(fields=["search"], name="contribution_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic=None, theme__in=Theme.values, accepted_on=None)
                | Q(topic__isnull=False, theme="", title="", closed_on=None),
                name="contribution_is_topic_or_answer",
            ),
            models.CheckConstraint(condition=Q(state__in=ContributionState.values), name="contribution_state"),
            models.CheckConstraint(
                condition=Q(state=ContributionState.TAKEN_BACK, title="", text="")
                | ~Q(state=ContributionState.TAKEN_BACK) & ~Q(text="") & (Q(topic__isnull=False) | ~Q(title="")),
                name="contribution_says_something_until_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(state=ContributionState.SHOWN), name="contribution_accepted_is_shown"
            ),
            models.UniqueConstraint(
                fields=["topic"], condition=Q(accepted_on__isnull=False), name="topic_has_one_accepted_answer"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"title", "text", "written_by", "search"}
        plain = {
            "uuid", "topic", "theme", "language", "confirmed", "organisation", "written_on", "state", "closed_on",
            "accepted_on",
        }  # fmt: skip
        retention = "practice"

    def __str__(self) -> str:
        return self.title or str(self.uuid)

    @property
    def head(self) -> "Contribution":
        """The topic it belongs to: itself, when it is one."""
        return self.topic or self


class ContributionMove(models.Model):
    """What was done about a contribution, and why; never edited."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="moves")
    act = models.CharField(max_length=10, choices=Moderation.choices)
    reason = models.TextField(blank=True)  # its author reads it
    moved_by = models.BigIntegerField()
    moved_on = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(act__in=Moderation.values), name="contribution_move_act"),
            models.CheckConstraint(
                condition=Q(act=Moderation.TAKE_BACK) | ~Q(reason=""), name="contribution_move_has_a_reason"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"moved_by", "reason"}
        plain = {"contribution", "act", "moved_on"}
        retention = "practice"

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.act}"


class ContributionReport(models.Model):
    """Somebody tells the editors that a contribution should not stand there. Settled when an editor has looked."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="reports")
    why = models.TextField()
    reported_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    reported_on = models.DateTimeField(default=timezone.now)
    settled_by = models.BigIntegerField(null=True)
    settled_on = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "reported_by"], condition=Q(settled_on=None), name="contribution_reported_once"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="contribution_report_says_why"),
            models.CheckConstraint(
                condition=Q(settled_by=None, settled_on=None) | Q(settled_by__isnull=False, settled_on__isnull=False),
                name="contribution_report_is_settled_by_somebody",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"why", "reported_by", "settled_by"}
        plain = {"contribution", "reported_on", "settled_on"}
        retention = "practice"

    def __str__(self) -> str:
        return f"report {self.pk}"


class Subscription(models.Model):
    """Themes a person follows, and how often they hear of what is new there. `uuid` stands in the link that ends it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.OneToOneField("access.Account", on_delete=models.CASCADE, related_name="+")
    themes = ArrayField(models.CharField(max_length=20, choices=Theme.choices), default=list)
    digest = models.CharField(max_length=6, choices=Digest.choices, default=Digest.NONE)
    told_until = models.DateTimeField(default=timezone.now)  # what came before this moment was in a letter, or is old
    site = models.CharField(max_length=200, blank=True)  # address of the installation, for the links of its letters

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(themes__contained_by=Theme.values), name="subscription_themes"),
            models.CheckConstraint(condition=Q(digest__in=Digest.values), name="subscription_digest"),
            models.CheckConstraint(
                condition=Q(digest=Digest.NONE) | ~Q(site=""), name="subscription_links_lead_somewhere"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"account", "themes", "digest"}
        plain = {"uuid", "told_until", "site"}
        retention = "account"

    def __str__(self) -> str:
        return f"subscription {self.pk}"
