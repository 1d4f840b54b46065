"""Verbs of the room."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.verbs import Verb

LOAD = Verb("forms.load", _("Load the forms of a pack"))
UPLOAD = Verb("forms.upload", _("Upload a form"))
APPROVE = Verb("forms.approve", _("Approve a form that an office uploaded"))
ENABLE = Verb("forms.enable", _("Take a form into use in one's own institution"))
ENABLE_ANYWHERE = Verb("forms.enable_anywhere", _("Take a form into use in any institution"))
