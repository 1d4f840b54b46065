"""Verbs of the room. For which place the first may be used says `queries.target.seat_for`."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.verbs import Verb

SET_TARGET = Verb("figures.set_target", _("Set and end targets of the municipality in which one's institution works"))
SET_TARGET_ANYWHERE = Verb("figures.set_target_anywhere", _("Set and end targets of any municipality or country"))
