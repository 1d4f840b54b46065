"""What differs between two versions of an agreement, line by line. Plain: the words come from the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """A line that differs: `before` None when it is new, `after` None when it is gone."""

    place: str
    name: str
    before: Any
    after: Any


def changes(before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]) -> list[Change]:
    """Of two versions as {place: {name: value}}, such as {"clause 1": {"fields": …}}; in the order of the newer one."""
    found = []
    for place in _in_order(after, before):
        old, new = before.get(place, {}), after.get(place, {})
        for name in _in_order(new, old):
            if old.get(name) != new.get(name):
                found.append(Change(place, name, old.get(name), new.get(name)))
    return found


def _in_order(first: Mapping[str, Any], then: Mapping[str, Any]) -> Sequence[str]:
    return list(dict.fromkeys([*first, *then]))
