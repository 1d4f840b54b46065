"""What the catalogue is searched in: a row for each public practice, kept by triggers and by nothing else."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from zajedno.exchange.models.practice import Practice
from zajedno.kernel.privacy import Impersonal


class Listing(models.Model):
    """`search`: the folded words of all public texts, each stemmed in its language; `facets`: "theme:parents", …"""

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, related_name="+", primary_key=True)
    published_on = models.DateTimeField()
    card = models.JSONField()  # what a list shows: names of the place, title and summary in each language
    facets = ArrayField(models.CharField(max_length=60))
    search = SearchVectorField()

    Privacy = Impersonal

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="listing_search"),
            GinIndex(fields=["facets"], name="listing_facets"),
            models.Index(fields=["-published_on", "-practice"], name="listing_newest"),
        ]

    def __str__(self) -> str:
        return str(self.practice_id)


class FacetCount(models.Model):
    """How many public practices carry a facet, so that a catalogue nobody narrowed is not counted anew; "" is all."""

    facet = models.CharField(max_length=60, primary_key=True)
    number = models.IntegerField()

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"{self.facet} {self.number}"
