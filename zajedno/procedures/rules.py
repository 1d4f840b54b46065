"""Verbs of the room."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.verbs import Verb

LOAD = Verb("packs.load", _("Load a pack"))
ENABLE = Verb("packs.enable", _("Enable a loaded procedure for one's own institution"))
