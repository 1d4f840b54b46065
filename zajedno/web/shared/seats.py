"""The way to the network's desk for who only sits in a body, and holds no post there."""

from dataclasses import dataclass
from datetime import date

from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.networks.queries import body as bodies
from zajedno.networks.queries import meeting as meetings


@dataclass(frozen=True)
class Seats:
    """Of the bodies in which somebody sits: how many tasks they have, and the day of the next meeting."""

    tasks: int
    next: date | None


def seats(by: Actor) -> Seats | None:
    """None for who sits nowhere, which costs one query."""
    if not bodies.sits(by):
        return None
    coming = meetings.next_of(by).first()
    return Seats(meetings.own_tasks(by).count(), clock.day_of(coming.begins) if coming else None)
