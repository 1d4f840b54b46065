"""A good practice: its versions, its texts in several languages, files, reviews, followers and takers."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from zajedno.access.models.file import File
from zajedno.exchange.enums import PUBLIC, Cost, Criterion, Evidence, State, Template, Theme, Translation, Validation
from zajedno.kernel import privacy


class Practice(models.Model):
    """One practice for ever; what it says stands in its versions. `slug` is its public address."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    anonymous = models.BooleanField(default=False)  # reviewers do not see whose it is
    begun_on = models.DateTimeField(default=timezone.now)
    submitted_on = models.DateTimeField(null=True)
    published_on = models.DateTimeField(null=True)
    published = models.ForeignKey(
        "exchange.PracticeVersion", on_delete=models.PROTECT, related_name="+", null=True
    )  # the version the public reads
    change = models.CharField(max_length=12, choices=State.choices, blank=True)  # of a newer version, beside it
    procedure = models.SlugField(max_length=80, blank=True)  # key of a pack's procedure that comes with it
    form = models.SlugField(max_length=80, blank=True)  # key of a pack's form that comes with it

    class Meta:
        indexes = [models.Index(fields=["state", "-published_on"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "needs_update"]) | models.Q(published__isnull=False),
                name="practice_published_has_version",
            ),
            models.CheckConstraint(
                condition=models.Q(change="") | models.Q(state__in=PUBLIC), name="practice_change_of_published"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"author"}
        plain = {
            "uuid", "slug", "state", "organisation", "territory", "anonymous", "begun_on", "submitted_on",
            "published_on", "published", "procedure", "form", "change",
        }  # fmt: skip
        retention = "practice"

    def __str__(self) -> str:
        return self.slug

    @property
    def stage(self) -> State:
        """Where its newest version stands; of one that is published and being changed, where the change stands."""
        return State(self.change or self.state)


class PracticeVersion(models.Model):
    """What is true in every language: facets, partners, period. Published, it never changes."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=10)  # in which it was written
    themes = ArrayField(models.CharField(max_length=20, choices=Theme.choices), default=list)
    sectors = ArrayField(models.CharField(max_length=20), default=list)  # of the partners
    targets = ArrayField(models.CharField(max_length=40), default=list)
    evidence = models.CharField(max_length=10, choices=Evidence.choices, default=Evidence.STORY)
    cost = models.CharField(max_length=10, choices=Cost.choices, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    cost_source = models.CharField(max_length=250, blank=True)  # who paid, or where the amount can be looked up
    partners = models.JSONField(default=list)  # [{"name", "organisation": code or "", "sector": or ""}]
    validated_by = ArrayField(models.CharField(max_length=12, choices=Validation.choices), default=list)
    figures = models.JSONField(default=list)  # [{"indicator", "before", "after", "unit", "source"}], all text
    contact = models.CharField(max_length=250, blank=True)  # an office, shown to everybody
    frozen_on = models.DateTimeField(null=True)  # submitted: from here a change is a new version

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="practice_version_once"),
            models.CheckConstraint(
                condition=models.Q(amount=None) | ~models.Q(currency=""), name="practice_amount_has_currency"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("begins_on")),
                name="practice_ends_later",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"contact"}
        plain = {
            "practice", "number", "language", "themes", "sectors", "targets", "evidence", "cost", "amount", "currency",
            "begins_on", "ends_on", "frozen_on", "cost_source", "partners", "validated_by", "figures",
        }  # fmt: skip
        retention = "practice"

    def __str__(self) -> str:
        return f"{self.practice} {self.number}"


class PracticeText(models.Model):
    """The words of a version in one language: title, summary and the fields of the template, as JSON by field."""

    version = models.ForeignKey(PracticeVersion, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=Translation.choices, default=Translation.SOURCE)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    fields = models.JSONField(default=dict)
    source_digest = models.CharField(max_length=64, blank=True)  # of the text it was translated from: tells staleness
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="practice_text_once")]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"written_by"}
        plain = {
            "version", "language", "state", "title", "summary", "fields", "source_digest", "written_on",
        }  # fmt: skip
        retention = "practice"

    def __str__(self) -> str:
        return f"{self.version} {self.language}"


class PracticeFile(File):
    """A picture or paper. A picture needs an alternative text, and the consent of those who are on it."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="files")
    alternative = models.CharField(max_length=250, blank=True)
    consent = models.CharField(max_length=250, blank=True)  # who allowed it, or that nobody can be recognised
    template = models.CharField(max_length=8, choices=Template.choices, blank=True)  # what another place makes of it
    removed_on = models.DateTimeField(null=True)

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"name", "added_by", "consent"}
        plain = {
            "uuid", "media_type", "size", "sha256", "content", "added_on", "practice", "alternative", "removed_on",
            "template",
        }  # fmt: skip
        retention = "practice"


class Review(models.Model):
    """One reviewer's judgement of a version: 0 to 4 by criterion, with advice. Asked for, then written once."""

    class Advice(models.TextChoices):
        PUBLISH = "publish"
        CHANGE = "change"
        REJECT = "reject"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(PracticeVersion, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(null=True)
    marks = models.JSONField(default=dict)  # criterion -> 0..4
    advice = models.CharField(max_length=8, choices=Advice.choices, blank=True)
    remarks = models.TextField(blank=True)
    written_on = models.DateTimeField(null=True)
    declined_on = models.DateTimeField(null=True)

    CRITERIA = Criterion

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "reviewer"], name="review_once"),
            models.CheckConstraint(
                condition=models.Q(written_on=None) | ~models.Q(advice=""), name="review_written_has_advice"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"reviewer", "remarks", "marks", "advice"}
        plain = {"uuid", "version", "asked_on", "due_on", "written_on", "declined_on"}
        retention = "practice"

    def __str__(self) -> str:
        return str(self.uuid)


class Follow(models.Model):
    """Who wants to hear of a practice, or keeps it in their list."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="follows")
    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, related_name="+")
    saved = models.BooleanField(default=False)
    told = models.BooleanField(default=False)  # hears of changes by mail
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "account"], name="practice_follow_once")]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"account", "saved", "told"}
        plain = {"practice", "since"}
        retention = "account"

    def __str__(self) -> str:
        return f"{self.practice} {self.pk}"


class Question(models.Model):
    """A question to the author of a practice, with the answer; both public once the answer is there."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    asked_on = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_by = models.BigIntegerField(null=True)
    answered_on = models.DateTimeField(null=True)
    hidden_on = models.DateTimeField(null=True)

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"asked_by", "text", "answer", "answered_by"}
        plain = {"uuid", "practice", "asked_on", "answered_on", "hidden_on"}
        retention = "practice"

    def __str__(self) -> str:
        return str(self.uuid)


class Taking(models.Model):
    """A place that says it took the practice over: "used by N places"."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="takings")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    said_by = models.BigIntegerField()
    said_on = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "organisation"], name="practice_taken_once")]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"said_by"}
        plain = {"practice", "organisation", "said_on", "note"}
        retention = "practice"

    def __str__(self) -> str:
        return f"taking {self.pk}"
