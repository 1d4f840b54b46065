"""Verbs that write. Each room lists its own in `rules.py`; roles in packs name them by key."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.refusal import NotPermitted

_known: dict[str, "Verb"] = {}


@dataclass(frozen=True)
class Verb:
    """A named permission, `room.verb`, with a label for the administrator. `guarded`: by it somebody comes to what is
    sealed of a child, so a post with it asks for a second step at log-in."""

    key: str
    label: str | Promise
    guarded: bool = False

    def __post_init__(self) -> None:
        _known[self.key] = self

    def __str__(self) -> str:
        return self.key


def known() -> dict[str, Verb]:
    """Every verb of every room that has been imported, by key."""
    return dict(_known)


def guarded() -> list[str]:
    """Keys of the verbs by which somebody comes to what is sealed."""
    return sorted(key for key, verb in _known.items() if verb.guarded)


def ask(by: Actor, verb: Verb, organisation: int | None = None) -> Seat:
    """The seat from which `by` may do `verb`; refused when there is none."""
    seat = next(by.seats_for(verb.key, organisation), None)
    if seat is None:
        raise NotPermitted(_("Your post does not allow this. Ask the administrator of your institution."))
    return seat
