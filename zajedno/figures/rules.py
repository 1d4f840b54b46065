"""Who may do which verb of this room, and for which place."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.refusal import NotPermitted
from zajedno.kernel.verbs import Verb
from zajedno.places.queries.territory import of_organisation

if TYPE_CHECKING:
    from zajedno.places.models import Territory

SET_TARGET = Verb("figures.set_target", _("Set and end targets of the municipality in which one's institution works"))
SET_TARGET_ANYWHERE = Verb("figures.set_target_anywhere", _("Set and end targets of any municipality or country"))


def places(by: Actor) -> "list[Territory]":
    """For which the actor may set targets without the wider verb."""
    found = of_organisation(by.organisations_for(SET_TARGET.key))
    return [one for one in found if one.kind != "settlement"]


def may_set(by: Actor, territory: "Territory") -> bool:
    return _seat(by, territory) is not None


def ask_for(by: Actor, territory: "Territory") -> Seat:
    """The seat from which the target of a place may be set: one that works there, or one with the wider verb."""
    seat = _seat(by, territory)
    if seat is None:
        raise NotPermitted(_("Only the coordinator of the network there or an administrator sets this target."))
    return seat


def _seat(by: Actor, territory: "Territory") -> Seat | None:
    for seat in by.seats_for(SET_TARGET.key) if territory.kind != "settlement" else ():
        if territory.pk in {one.pk for one in of_organisation([seat.organisation])}:
            return seat
    return next(by.seats_for(SET_TARGET_ANYWHERE.key), None)
