"""What campaigns changed, as their waves say it."""

from collections.abc import Iterator
from datetime import date

from zajedno.exchange.models import Campaign, Wave
from zajedno.exchange.queries.wave import compared, of
from zajedno.kernel import clock


def changes() -> Iterator[tuple[int, date, int]]:
    """(place, last day of the wave, mean change of agreement since the first wave, in hundredths of a point), for every
    later wave that is over. What too few answered says nothing."""
    today = clock.today()
    for campaign in Campaign.objects.filter(territory__isnull=False, waves__isnull=False).distinct().order_by("pk"):
        first, *later = of(campaign)
        for wave in later:
            if (change := _change(first, wave, today)) is not None:
                yield campaign.territory_id or 0, wave.ended_on or wave.closes_on, change


def _change(first: Wave, last: Wave, today: date) -> int | None:
    found = compared(first, last, today)
    values = [float(one.value) for one in found.change.figures if one.value is not None] if found else []
    return round(sum(values) / len(values) * 100) if values else None
