"""Verbs of the room."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.verbs import Verb

LOAD = Verb("packs.load", _("Load a pack"))
