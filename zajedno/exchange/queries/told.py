"""What campaigns changed, as their waves say it, and which practices were taken over."""

from collections.abc import Iterator
from datetime import date

from zajedno.exchange.models import Campaign, Taking, Wave
from zajedno.exchange.queries.wave import compared, of
from zajedno.kernel import clock
from zajedno.kernel.clock import day_of


def changes() -> Iterator[tuple[int, int | None, int, date, int]]:
    """(campaign, its institution, place, last day of the wave, mean change of agreement since the first wave, in
    hundredths of a point), for every later wave that is over. What too few answered says nothing."""
    today = clock.today()
    for campaign in Campaign.objects.filter(territory__isnull=False, waves__isnull=False).distinct().order_by("pk"):
        first, *later = of(campaign)
        for wave in later:
            if (change := _change(first, wave, today)) is not None:
                day = wave.ended_on or wave.closes_on
                yield campaign.pk, campaign.organisation_id, campaign.territory_id or 0, day, change


def takings() -> Iterator[tuple[int, date]]:
    """(practice, day) of every place that said it took the practice over, or took over a model that grew out of it."""
    for practice, moment in Taking.objects.order_by("pk").values_list("practice", "said_on"):
        yield practice, day_of(moment)


def _change(first: Wave, last: Wave, today: date) -> int | None:
    found = compared(first, last, today)
    values = [float(one.value) for one in found.change.figures if one.value is not None] if found else []
    return round(sum(values) / len(values) * 100) if values else None
