"""Numbers of closed rounds, as rounds themselves told them."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from zajedno.kernel.clock import day_of
from zajedno.networks.models import Outcome

LEVEL, DENSITY = "level", "cross_sector_density"
SELF_EVALUATION = "self-evaluation-network"  # key of the form


def closed_rounds() -> Iterator[tuple[int, date, str, int]]:
    """(network, day of closing, LEVEL or DENSITY, value in hundredths). A round that says none is left out."""
    rows = Outcome.objects.select_related("round__version__form").order_by("pk")
    for row in rows:
        network, day = row.round.organisation_id, day_of(row.closed_on)
        level = row.content.get("values", {}).get("level")
        if level is not None and row.round.version.form.key == SELF_EVALUATION:
            yield network, day, LEVEL, round(float(level) * 100)
        if (share := density(row.content.get("net", {}))) is not None:
            yield network, day, DENSITY, round(share * 10_000)


def density(net: dict[str, Any]) -> float | None:
    """Of pairs of institutions in different sectors, the share that works together by the word of one of them at least.

    >>> density({"institutions": [["a", "health", True], ["b", "education", True], ["c", "health", False]],
    ...          "ties": [[0, 1, 2], [1, 0, 3], [0, 2, 3]]})
    0.5
    """
    sectors = [sector for _name, sector, _answered in net.get("institutions", ())]
    could = {(one, other) for one, other in combinations(range(len(sectors)), 2) if sectors[one] != sectors[other]}
    joined = {(min(who, whom), max(who, whom)) for who, whom, _level in net.get("ties", ())}
    return len(joined & could) / len(could) if could else None
