"""Verbs of the room."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.verbs import Verb

CORRECT = Verb("indicators.correct", _("Correct published figures of a closed period, with the reason"))
REQUEST_EXTRACT = Verb(
    "indicators.request_extract", _("Ask for an extract for research, and take it back"), guarded=True
)
APPROVE_EXTRACT = Verb("indicators.approve_extract", _("Approve an extract that another asked for"), guarded=True)

DOWNLOAD = "indicators.download_extract"  # by the researcher, who holds no post here
MAKE = "indicators.make_extract"  # by the worker
EXPIRE = "indicators.expire_extract"  # at night
