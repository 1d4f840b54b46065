"""Verbs of the room."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.verbs import Verb

CORRECT = Verb("indicators.correct", _("Correct published figures of a closed period, with the reason"))
