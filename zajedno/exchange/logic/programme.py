"""A programme as it is released: what lies on top of what, and what changed since the last release."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from typing import Any


@dataclass(frozen=True, slots=True)
class Slot:
    """`room`: its name, empty for one that is everywhere; `speakers`: who they are (the same key is the same person)
    and how they are called."""

    key: str
    title: str
    begins: datetime
    ends: datetime
    room: str = ""
    speakers: Mapping[str, str] = field(default_factory=dict)


class Clash(StrEnum):
    ROOM = "room"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two slots at once; `what` they share: the name of the room or of the person."""

    clash: Clash
    one: Slot
    other: Slot
    what: str


def conflicts(slots: Iterable[Slot]) -> list[Conflict]:
    """In the order of time. Slots that only touch (one ends as the other begins) are not at once."""
    found = []
    for one, other in combinations(sorted(slots, key=lambda slot: (slot.begins, slot.key)), 2):
        if other.begins >= one.ends:
            continue
        if one.room and one.room == other.room:
            found.append(Conflict(Clash.ROOM, one, other, one.room))
        found += [
            Conflict(Clash.SPEAKER, one, other, name) for key, name in one.speakers.items() if key in other.speakers
        ]
    return found


class Kind(StrEnum):
    NEW = "new"
    GONE = "gone"
    MOVED = "moved"  # another time
    ROOM = "room"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Change:
    """`before` and `after`: sessions as a release keeps them; None where there is none."""

    kind: Kind
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Change]:
    """Between the sessions of two releases, in the order of the later one; what is gone comes last."""
    old = {one["key"]: one for one in before}
    new = {one["key"]: one for one in after}
    found = []
    for key, now in new.items():
        was = old.get(key)
        if was is None:
            found.append(Change(Kind.NEW, None, now))
            continue
        for kind, names in ((Kind.TITLE, ["title"]), (Kind.MOVED, ["begins", "ends"]), (Kind.ROOM, ["room"])):
            if any(was[name] != now[name] for name in names):
                found.append(Change(kind, was, now))
    return found + [Change(Kind.GONE, was, None) for key, was in old.items() if key not in new]


_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def unknown(text: str, known: Collection[str]) -> list[str]:
    """Placeholders of a letter that nobody can fill, as written; a brace that stands alone counts too."""
    found = [whole for whole in _PLACEHOLDER.findall(text) if whole not in known]
    return [f"{{{one}}}" for one in found] + re.findall(r"[{}]", _PLACEHOLDER.sub("", text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The letter of one person. What a value brings is text: no placeholder in it is read."""
    return _PLACEHOLDER.sub(lambda found: values[found.group(1)], text)
