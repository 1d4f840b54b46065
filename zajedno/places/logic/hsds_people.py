"""People in an HSDS record: what is told of them to everybody. Offices are reached by role, telephone and e-mail."""

from collections.abc import Iterator, Mapping
from typing import Any

from zajedno.kernel.script import fold

HIDDEN = "metadata"  # who changed what, and what stood there before
LEAST = 3  # letters of a name by which an address is known as its own


def discreet(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record without the names of contact persons, addresses that spell them, and the history of its changes."""
    return {key: _told(key, value) for key, value in record.items() if key != HIDDEN}


def _told(key: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_contact(one) if key == "contacts" else _told("", one) for one in value]
    return discreet(value) if isinstance(value, Mapping) else value


def _contact(one: Any) -> Any:
    if not isinstance(one, Mapping):
        return one
    told = discreet(one)
    words = [word for word in fold(str(told.pop("name", None) or "")).split() if len(word) >= LEAST]
    if any(word in fold(str(told.get("email") or "").partition("@")[0]) for word in words):
        del told["email"]
    return told


def names(record: Any) -> Iterator[str]:
    """Contact persons named anywhere in it."""
    if isinstance(record, Mapping):
        for one in record.get("contacts") or []:
            if isinstance(one, Mapping) and one.get("name"):
                yield str(one["name"])
        record = [*record.values()]
    if isinstance(record, list):
        for one in record:
            yield from names(one)
