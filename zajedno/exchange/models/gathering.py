"""A gathering: an event that is prepared here, with a call for proposals, rooms, a released programme and outcomes."""

import uuid
from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from zajedno.access.models.file import File
from zajedno.exchange.enums import GatheringState, Pact, PactState, ProposalState, SessionKind
from zajedno.kernel import privacy
from zajedno.kernel.labels import label
from zajedno.kernel.privacy import Impersonal

DECIDED = (ProposalState.ACCEPTED, ProposalState.REJECTED)


class Gathering(models.Model):
    """`online_link` is for who is registered and confirmed, never for the public page."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)  # its public address
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    titles = models.JSONField()  # language -> text
    place = models.CharField(max_length=200)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+", null=True)
    begins_on = models.DateField()
    ends_on = models.DateField()
    languages = ArrayField(models.CharField(max_length=10))  # spoken there
    online_link = models.URLField(max_length=500, blank=True)
    capacity = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=GatheringState.choices, default=GatheringState.DRAFT)
    made_by = models.BigIntegerField()

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"made_by"}
        plain = {
            "uuid", "slug", "organisation", "titles", "place", "territory", "begins_on", "ends_on", "languages",
            "online_link", "capacity", "state",
        }  # fmt: skip
        retention = "gathering"

    class Meta:
        ordering = ["-begins_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=GatheringState.values), name="gathering_state"),
            models.CheckConstraint(condition=~Q(titles={}), name="gathering_has_title"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="gathering_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="gathering_has_room"),
            models.CheckConstraint(condition=~Q(languages=[]), name="gathering_has_language"),
        ]

    def __str__(self) -> str:
        return label(self.titles)


class Track(models.Model):
    """What is called for. `deadline` is the last day; `late_hash` of the code with which it may be later."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="tracks")
    key = models.SlugField(max_length=40)
    titles = models.JSONField()
    deadline = models.DateField()
    late_hash = models.BinaryField(max_length=32, null=True)

    Privacy = Impersonal

    class Meta:
        ordering = ["deadline", "key"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "key"], name="track_once"),
            models.CheckConstraint(condition=~Q(titles={}), name="track_has_title"),
        ]

    def __str__(self) -> str:
        return label(self.titles)

    def is_open(self, today: date) -> bool:
        return today <= self.deadline


class Proposal(models.Model):
    """What somebody offers to show. Who proposed it never decides on it: the database holds that too."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(max_length=200)
    abstract = models.TextField()
    language = models.CharField(max_length=10)
    proposer = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    practice = models.ForeignKey("exchange.Practice", on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    reason = models.TextField(blank=True)  # of a rejection: told to the proposer
    made_on = models.DateTimeField(default=timezone.now)
    decided_on = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"title", "abstract", "proposer", "reason", "decided_by"}
        plain = {"uuid", "track", "language", "practice", "state", "made_on", "decided_on"}
        retention = "gathering"

    class Meta:
        ordering = ["made_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state"),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_by__isnull=False, decided_on__isnull=False)
                | Q(state=ProposalState.PROPOSED, decided_by=None, decided_on=None)
                | Q(state=ProposalState.WITHDRAWN),
                name="proposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposer")), name="proposal_not_decided_by_its_author"
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.REJECTED, reason=""), name="proposal_rejected_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Room(models.Model):
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=100)

    Privacy = Impersonal

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["gathering", "name"], name="room_once")]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """A slot of the draft programme. A break may be without a room: it is everywhere."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=12, choices=SessionKind.choices)
    title = models.CharField(max_length=200)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="session", null=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="sessions", null=True)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    link = models.URLField(max_length=500, blank=True)  # to take part online; for who has a place

    Privacy = Impersonal

    class Meta:
        ordering = ["begins", "room_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SessionKind.values), name="session_kind"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="session_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(kind=SessionKind.BREAK) | Q(room__isnull=False), name="session_has_a_room"
            ),
            models.CheckConstraint(
                condition=Q(proposal=None) | ~Q(kind=SessionKind.BREAK), name="session_break_is_no_proposal"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Speaker(models.Model):
    """Shown by name only while `consents`; a released programme names this row, so a withdrawn one is gone at once."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=200)
    institution = models.CharField(max_length=250, blank=True)
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+", null=True)
    consents = models.BooleanField(default=False)

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"name", "institution", "account", "consents"}
        plain = {"session"}
        retention = "gathering"

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "name"], name="speaker_once"),
            models.CheckConstraint(condition=~Q(name=""), name="speaker_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Programme(models.Model):
    """What was released, as it was then (`logic.programme`): never changed, by trigger. The public sees the last."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="programmes")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    content = models.JSONField()
    released_on = models.DateTimeField(default=timezone.now)
    released_by = models.BigIntegerField()

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"released_by"}
        plain = {"gathering", "number", "name", "content", "released_on"}
        retention = "gathering"

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "name"], name="programme_name_once"),
            models.UniqueConstraint(fields=["gathering", "number"], name="programme_number_once"),
            models.CheckConstraint(condition=~Q(name=""), name="programme_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Handout(models.Model):
    """What was shown at a session: a link, with the licence under which others may use it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="handouts")
    title = models.CharField(max_length=200)
    link = models.URLField(max_length=500)
    licence = models.CharField(max_length=60)

    Privacy = Impersonal

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(licence=""), name="handout_has_licence"),
            models.CheckConstraint(condition=Q(link__regex=r"^https?://"), name="handout_link_is_of_the_web"),
        ]

    def __str__(self) -> str:
        return self.title


class GatheringFile(File):
    """A picture or paper of an event. A picture needs an alternative text, and the consent of those who are on it."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="files")
    alternative = models.CharField(max_length=250)
    consent = models.CharField(max_length=250, blank=True)
    removed_on = models.DateTimeField(null=True)

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"name", "added_by", "consent"}
        plain = {
            "uuid", "media_type", "size", "sha256", "content", "added_on", "gathering", "alternative", "removed_on",
        }  # fmt: skip
        retention = "gathering"


class Agreed(models.Model):
    """A visit or mentoring between two institutions, agreed at an event or without one.

    `guest` wants to see or to learn, `host` shows or helps. Noted by organisers it is agreed at once; else one of the
    two proposes it and the other answers.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="agreed", null=True)
    kind = models.CharField(max_length=10, choices=Pact.choices, default=Pact.VISIT)
    state = models.CharField(max_length=10, choices=PactState.choices, default=PactState.AGREED)
    guest = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    what = models.CharField(max_length=500)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    learnt = models.CharField(max_length=2000, blank=True)  # public, once it is done
    noted_by = models.BigIntegerField()

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"noted_by"}
        plain = {
            "uuid", "gathering", "kind", "state", "guest", "host", "proposed_by", "what", "due_on", "done_on", "learnt",
        }  # fmt: skip
        retention = "gathering"

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(guest=F("host")), name="agreed_between_two"),
            models.CheckConstraint(condition=~Q(what=""), name="agreed_says_what"),
            models.CheckConstraint(
                condition=Q(kind__in=Pact.values, state__in=PactState.values), name="agreed_kind_and_state"
            ),
            models.CheckConstraint(condition=~Q(state="done") | Q(done_on__isnull=False), name="agreed_done_on_a_day"),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(proposed_by=F("guest")) | Q(proposed_by=F("host")),
                name="agreed_proposed_by_one_of_them",
            ),
        ]

    def __str__(self) -> str:
        return self.what
