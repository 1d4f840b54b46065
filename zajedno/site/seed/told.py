"""The days of a telling, the institutions and the people in it: what a pattern leaves open."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from zajedno.kernel import clock
from zajedno.places.models import Organisation, Post
from zajedno.site.seed import pattern as kinds
from zajedno.site.seed.pattern import Cell, Office, Person

Values = Mapping[str, Any]  # of a row, by column


class Unknown(TypeError):
    """Something that the seed has no word for: say what it is in this folder."""


class ToldDays:
    """Days on which something happened. A day in a row is one of them, or so many days after one."""

    def __init__(self, days: Iterable[date]) -> None:
        self.days = sorted(one for one in set(days) if one <= clock.today())

    def near(self, day: date) -> int:
        """Place of the last day of the telling by then."""
        return max((at for at, one in enumerate(self.days) if one <= day), default=0)

    def cell(self, day: date, row: Values) -> Cell:
        since = row.get("since")
        if since in self.days and (since - day).days == 1:  # ended on the day on which it began
            return (kinds.DAY, self.days.index(since), -1)
        if day in self.days:
            return (kinds.DAY, self.days.index(day), 0)
        for place, one in enumerate(self.days[1:], start=1):  # a tie that ended on a day was last open the day before
            if (one - day).days == 1:
                return (kinds.DAY, place, -1)
        place = self._begins(row)
        return (kinds.DAY, place, (day - self.days[place]).days)

    def moment(self, moment: datetime, row: Values) -> Cell:
        day, time = clock.day_of(moment), f"{moment.astimezone(clock.ZONE):%H:%M:%S}"
        if day == clock.today() and day not in self.days:  # the clock of the machine, not of the story
            return (kinds.MOMENT, self._begins(row), 0, "12:30:00")
        return (kinds.MOMENT, *self.cell(day, row)[1:], time)

    def _begins(self, row: Values) -> int:
        """Place of the last day of the telling that the row names: what is still to come is reckoned from there."""
        named = (clock.day_of(one) if isinstance(one, datetime) else one for one in row.values())
        return max((self.days.index(one) for one in named if one in self.days), default=len(self.days) - 1)


class Players:
    """Institutions and people by the order in which rows name them. `kinds_of`: who else may play an institution."""

    def __init__(self) -> None:
        self._offices: dict[int, int] = {}
        self._people: dict[int, int] = {}

    def office(self, organisation: int) -> int:
        return self._offices.setdefault(organisation, len(self._offices))

    def person(self, account: int) -> int:
        if account not in self._people:
            self._people[account] = len(self._people)
            self.office(_post(account).organisation_id)
        return self._people[account]

    def offices(self, kinds_of: Mapping[int, tuple[str, ...]]) -> tuple[Office, ...]:
        rows = Organisation.objects.in_bulk(list(self._offices))
        seen: dict[str, list[int]] = {}
        for pk in sorted(rows):
            seen.setdefault(rows[pk].kind_id, []).append(pk)
        return tuple(
            Office(rows[pk].kind_id, seen[rows[pk].kind_id].index(pk), kinds_of.get(pk, ())) for pk in self._offices
        )

    def people(self) -> tuple[Person, ...]:
        found = []
        for post in map(_post, self._people):
            alike = Post.objects.filter(organisation=post.organisation_id, role=post.role_id, seat=post.seat)
            place = list(alike.order_by("pk").values_list("account", flat=True)).index(post.account_id)
            found.append(Person(self._offices[post.organisation_id], post.role_id, post.seat, place))
        return tuple(found)


def _post(account: int) -> Post:
    found = Post.objects.filter(account=account).order_by("pk").first()
    if found is None:
        raise Unknown(f"account {account} holds no post")
    return found
