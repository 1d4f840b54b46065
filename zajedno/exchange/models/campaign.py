"""A campaign that changes attitudes: what it wants, says, does and reaches; a local one stands under a national one."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zajedno.exchange.enums import CampaignState
from zajedno.kernel import privacy
from zajedno.kernel.labels import label
from zajedno.kernel.privacy import Impersonal

PARTIAL_DAY = r"^[12]\d{3}(-[01]\d(-[0-3]\d)?)?$"  # 2013, 2013-07 or 2013-07-02: as much as is known


class Campaign(models.Model):
    """Texts are by language, as in packs; lists are lists of such texts. A historical one comes from a pack, with its
    source and the figures that it tells (see `logic.campaign`); nobody leads it here."""

    slug = models.SlugField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+", null=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="local", null=True)
    titles = models.JSONField()
    objective = models.JSONField()
    audiences = models.JSONField(default=list)
    messages = models.JSONField(default=list)
    channels = models.JSONField(default=list)
    partners = models.JSONField(default=list)
    budget = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # None: not known
    currency = models.CharField(max_length=3, blank=True)
    begins = models.CharField(max_length=10, blank=True)  # as much of the day as is known
    ends = models.CharField(max_length=10, blank=True)
    historical = models.BooleanField(default=False)
    source = models.JSONField(default=dict)
    figures = models.JSONField(default=list)
    made_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-begins", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CampaignState.values), name="campaign_state"),
            models.CheckConstraint(condition=~Q(titles={}) & ~Q(objective={}), name="campaign_says_what_it_is"),
            models.CheckConstraint(
                condition=Q(budget=None, currency="") | (Q(budget__gte=0) & ~Q(currency="")),
                name="campaign_budget_has_currency",
            ),
            models.CheckConstraint(
                condition=(Q(begins="") | Q(begins__regex=PARTIAL_DAY)) & (Q(ends="") | Q(ends__regex=PARTIAL_DAY)),
                name="campaign_days",
            ),
            models.CheckConstraint(
                condition=Q(begins="") | Q(ends="") | Q(ends__gte=F("begins")), name="campaign_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")), name="campaign_is_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=(Q(historical=True) & ~Q(source={})) | Q(historical=False, organisation__isnull=False),
                name="campaign_has_a_source_or_a_leader",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"made_by"}
        plain = {
            "slug", "state", "organisation", "territory", "parent", "titles", "objective", "audiences", "messages",
            "channels", "partners", "budget", "currency", "begins", "ends", "historical", "source", "figures",
        }  # fmt: skip
        retention = "practice"

    def __str__(self) -> str:
        return label(self.titles)


class CampaignActivity(models.Model):
    """What was done where and when. `reach`: people, counted or estimated; None: nobody counted."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="activities")
    day = models.DateField(null=True)
    place = models.CharField(max_length=120)
    what = models.JSONField()
    reach = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["place", "day", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what={}) & ~Q(place=""), name="campaign_activity_says_what_and_where")
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return label(self.what)


class CampaignMaterial(models.Model):
    """A link to something that others may use, with the licence it may be used under."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="materials")
    titles = models.JSONField()
    link = models.URLField(max_length=500)
    licence = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(titles={}) & ~Q(licence=""), name="campaign_material_has_title_and_licence"
            ),
            models.CheckConstraint(condition=Q(link__regex=r"^https?://"), name="campaign_material_link_is_of_the_web"),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return label(self.titles)
