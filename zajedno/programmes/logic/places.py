"""Places and who waits for one: counts, so that nobody is on a list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """`places` is None where everybody is taken in. Nobody waits while a place is free."""

    places: int | None
    taken: int
    waiting: int

    def coming(self, number: int) -> "Counts":
        """So many more want a place: the free places first, then the end of the list."""
        return _filled(self.places, self.taken, self.waiting + number)

    def leaving(self, number: int) -> "Counts":
        """So many give their place back; who waits moves up. ValueError when fewer had one."""
        if number > self.taken:
            raise ValueError("fewer have a place")
        return _filled(self.places, self.taken - number, self.waiting)

    def giving_up(self, number: int) -> "Counts":
        """So many wait no more. ValueError when fewer waited."""
        if number > self.waiting:
            raise ValueError("fewer wait")
        return _filled(self.places, self.taken, self.waiting - number)

    def within(self, places: int | None) -> "Counts":
        """With another number of places. ValueError when more are taken already: nobody is put out."""
        if places is not None and self.taken > places:
            raise ValueError("more are taken")
        return _filled(places, self.taken, self.waiting)


def _filled(places: int | None, taken: int, waiting: int) -> Counts:
    moved = waiting if places is None else min(waiting, places - taken)
    return Counts(places, taken + moved, waiting - moved)
