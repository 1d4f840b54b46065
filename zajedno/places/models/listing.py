"""What the directory is searched in: a row for each public service, kept by triggers and by nothing else."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from zajedno.kernel.privacy import Impersonal
from zajedno.places.models.service import Service


class ServiceListing(models.Model):
    """`search`: the folded words of the service and its institution, stemmed; `facets`: "need:speech", "age:7",
    "place:80438", …; `counted`: those of them that a page counts. Places taken are not in it: they come from cases."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="+", primary_key=True)
    key = models.TextField()  # folded name, by which a list is ordered
    active_from = models.DateField(null=True)  # of service and institution together
    active_until = models.DateField(null=True)
    card = models.JSONField()  # what a list shows
    facets = ArrayField(models.CharField(max_length=80))
    counted = ArrayField(models.CharField(max_length=80))
    search = SearchVectorField()

    Privacy = Impersonal

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="service_listing_search"),
            GinIndex(fields=["facets"], name="service_listing_facets"),
            models.Index(fields=["key", "service"], name="service_listing_order"),
        ]

    def __str__(self) -> str:
        return str(self.service_id)
