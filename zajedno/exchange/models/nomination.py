"""A nomination with the nominee's consent, and what a jury and an organiser made of it."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from zajedno.exchange.enums import Consent, Nominee
from zajedno.exchange.models.award import AwardCategory, AwardCriterion, Cycle, Juror
from zajedno.kernel import privacy
from zajedno.kernel.script import latin
from zajedno.places.enums import Sector

NO_LONGER = Q(consent__in=[Consent.REFUSED, Consent.WITHDRAWN]) | Q(set_aside_on__isnull=False)
TOLD = ("nominee", "role", "institution", "place", "story", "evidence", "nominee_email")  # of the nominee


class Nomination(models.Model):
    """What a nominator says of somebody. Of who refuses or withdraws nothing is kept; `blind` only tells, within the
    cycle, that this address is not asked again."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="nominations")
    category = models.ForeignKey(AwardCategory, on_delete=models.PROTECT, related_name="+", null=True)
    language = models.CharField(max_length=10)  # of the nominator: of what they wrote and of the letters
    kind = models.CharField(max_length=12, choices=Nominee.choices)
    nominee = models.CharField(max_length=200, blank=True)
    adult = models.BooleanField(default=False)  # the nominator says so
    role = models.CharField(max_length=200, blank=True)
    institution = models.CharField(max_length=250, blank=True)  # as written
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    place = models.CharField(max_length=120, blank=True)  # as written
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+", null=True)
    story = models.TextField(blank=True)
    evidence = models.TextField(blank=True)  # for the jury only
    nominee_email = models.EmailField(blank=True)
    blind = models.BinaryField(max_length=32)  # keyed hash of the nominee's address
    nominator = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+", null=True)
    nominator_name = models.CharField(max_length=200, blank=True)
    nominator_email = models.EmailField(blank=True)
    made_on = models.DateTimeField(default=timezone.now)
    confirmed_on = models.DateTimeField(null=True)  # by the link that the nominator got
    confirm_hash = models.BinaryField(max_length=32, null=True, unique=True)
    consent = models.CharField(max_length=10, choices=Consent.choices, default=Consent.NONE)
    asked_on = models.DateTimeField(null=True)
    answered_on = models.DateTimeField(null=True)
    withdrawn_on = models.DateTimeField(null=True)
    consent_hash = models.BinaryField(max_length=32, null=True, unique=True)  # of the link that works now
    set_aside_on = models.DateTimeField(null=True)  # by the organiser: a joke, a child
    set_aside_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["cycle", "consent"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent=Consent.NONE, asked_on=None, answered_on=None, withdrawn_on=None)
                | Q(consent=Consent.ASKED, asked_on__isnull=False, answered_on=None, withdrawn_on=None)
                | Q(consent__in=[Consent.GIVEN, Consent.REFUSED], withdrawn_on=None)
                & Q(asked_on__isnull=False, answered_on__isnull=False, answered_on__gte=models.F("asked_on"))
                | Q(consent=Consent.WITHDRAWN, asked_on__isnull=False, answered_on__isnull=False)
                & Q(withdrawn_on__isnull=False, withdrawn_on__gte=models.F("answered_on")),
                name="nomination_consent_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(asked_on=None) | Q(confirmed_on__isnull=False, confirmed_on__lte=models.F("asked_on")),
                name="nomination_asked_after_confirmed",
            ),
            models.CheckConstraint(
                condition=NO_LONGER & Q(**dict.fromkeys(TOLD, ""), consent_hash=None, organisation=None, territory=None)
                | ~NO_LONGER & ~Q(nominee="") & ~Q(story="") & ~Q(nominee_email=""),
                name="nomination_keeps_nothing_against_the_will",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Nominee.PERSON) | Q(adult=True), name="nomination_of_a_person_is_of_an_adult"
            ),
            models.CheckConstraint(condition=Q(kind__in=Nominee.values), name="nomination_kind"),
            models.CheckConstraint(
                condition=Q(nominator__isnull=False, nominator_name="", nominator_email="")
                | Q(nominator=None) & ~Q(nominator_name="") & ~Q(nominator_email=""),
                name="nomination_has_one_nominator",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {
            "nominee", "role", "institution", "organisation", "place", "territory", "story", "evidence", "sector",
            "nominee_email", "blind", "nominator", "nominator_name", "nominator_email", "adult", "set_aside_by",
        }  # fmt: skip
        plain = {
            "uuid", "cycle", "category", "language", "kind", "made_on", "confirmed_on", "confirm_hash", "consent",
            "asked_on", "answered_on", "withdrawn_on", "consent_hash", "set_aside_on",
        }  # fmt: skip
        retention = "award"

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def name(self) -> str:
        return self.shown("nominee")

    @property
    def where(self) -> str:
        """Role, institution and place, as far as they were said."""
        return ", ".join(filter(None, (self.shown("role"), self.shown("institution"), self.town)))

    @property
    def town(self) -> str:
        return self.territory.name if self.territory else self.shown("place")

    def shown(self, field: str) -> str:
        """A text of the nominator in the script of the language in use. Never the other way round."""
        return in_script(getattr(self, field))


class Conflict(models.Model):
    """A juror who may not score a nomination: said by the juror, or noted by the organiser."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="conflicts")
    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="conflicts")
    said_by = models.BigIntegerField()
    said_on = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nomination", "juror"], name="conflict_once")]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"nomination", "juror", "said_by"}
        plain = {"said_on"}
        retention = "award"

    def __str__(self) -> str:
        return f"conflict {self.pk}"


class Score(models.Model):
    """0 to 10 of one juror for one nomination by one criterion; a trigger holds that all three are of one cycle."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="scores")
    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(AwardCriterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField()
    given_on = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nomination", "juror", "criterion"], name="score_once"),
            models.CheckConstraint(condition=Q(value__range=(0, 10)), name="score_from_0_to_10"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"nomination", "juror", "value"}
        plain = {"criterion", "given_on"}
        retention = "award"

    def __str__(self) -> str:
        return f"score {self.pk}"


class Honour(models.Model):
    """A nomination that was honoured. The address names nobody, so that none is left behind in links and logs."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="honours")
    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="honour")
    slug = models.SlugField(max_length=60, unique=True)
    plaque = models.PositiveSmallIntegerField()  # number within the cycle
    citation = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "plaque"], name="plaque_once"),
            models.CheckConstraint(condition=Q(plaque__gte=1), name="plaque_from_1"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"nomination", "citation"}
        plain = {"cycle", "slug", "plaque"}
        retention = "award"

    def __str__(self) -> str:
        return self.slug

    @property
    def day(self) -> date:
        """Of the decision."""
        day = self.cycle.decided_on
        if day is None:
            raise ValueError("honoured without a decision")
        return day

    @property
    def praise(self) -> str:
        """The citation in the script of the language in use."""
        return in_script(self.citation)


def in_script(text: str) -> str:
    return text if (get_language() or "sr") == "sr" else latin(text)
