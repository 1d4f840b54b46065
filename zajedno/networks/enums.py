"""Closed lists of the room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Of a round on a day: follows from its dates and from whether it was closed, so no column keeps it."""

    AHEAD = "ahead", _("Not open yet")
    OPEN = "open", pgettext_lazy("round", "Open")
    OVER = "over", _("Waits to be closed")
    CLOSED = "closed", pgettext_lazy("round", "Closed")
