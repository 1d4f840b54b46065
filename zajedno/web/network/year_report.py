"""What a section of the annual report of a body is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zajedno.kernel.actor import Actor
from zajedno.web.shared.report.sections import FEW

if TYPE_CHECKING:
    from zajedno.networks.models import Body


@dataclass(frozen=True)
class Year:
    """What is asked for. `last`: the last day of the year, or today while it lasts: who sits in the body then."""

    body: "Body"
    number: int
    by: Actor
    t: Mapping[str, str]  # words of the paper in its language

    @property
    def first(self) -> date:
        return date(self.number, 1, 1)

    @property
    def last(self) -> date:
        return min(self.by.today, date(self.number, 12, 31))

    @property
    def keeper(self) -> int:
        assert self.body.organisation_id is not None
        return self.body.organisation_id


def few(year: Year, count: int | None) -> str:
    """People who took part: fewer than five, but some, are not told."""
    if count is None:
        return "–"
    return year.t["few"] if 0 < count < FEW else str(count)
