"""Municipalities of the invented country, their institutions and the people in them. Plain: sent to another process."""

from dataclasses import dataclass, field

from zajedno.kernel.calendars import Calendar

Seat = tuple[str, str, int]  # role, seat in the body, the first, the second … who holds it
OLDEST = 18
STAFF = {"kindergarten": "school-associate", "primary_school": "school-associate",
         "secondary_school": "school-associate", "health_centre": "doctor"}  # fmt: skip  # opens files of own children
ANYBODY = {"school-associate", "doctor", "social-worker"}  # roles that one who stands in has under another name


def stands_in(kind: str, role: str) -> str:
    """The role in an institution that plays the part of one of another kind."""
    return STAFF[kind] if role in ANYBODY else role


@dataclass(slots=True)
class Office:
    """An institution by its id; `people` by what they hold: account and post."""

    id: int
    people: dict[Seat, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Town:
    """`children`: how many of each age live there, 0 to 18; `communities`: their shares, in the order of `COMMUNITIES`;
    `clauses`: of agreements in force, by procedure: id and uuid."""

    territory: int
    name: str
    codes: frozenset[str]
    region: int  # two digits of national numbers
    children: tuple[float, ...]
    communities: tuple[float, ...]
    calendar: Calendar
    calendars: dict[str, Calendar]
    offices: dict[str, list[Office]] = field(default_factory=dict)
    clauses: dict[str, tuple[int, str]] = field(default_factory=dict)
