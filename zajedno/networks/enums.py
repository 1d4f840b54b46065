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


class AgreementKind(models.TextChoices):
    PROTOCOL = "protocol", _("Protocol of cooperation")
    MEMORANDUM = "memorandum", _("Memorandum of understanding")
    CONTRACT = "contract", _("Contract")
    INSTRUCTION = "instruction", _("Joint instruction")


class AgreementState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("agreement", "Draft")
    SIGNED = "signed", pgettext_lazy("agreement", "Signed")
    ENDED = "ended", pgettext_lazy("agreement", "Ended")


class Signature(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("signature", "Waits")
    SIGNED = "signed", pgettext_lazy("signature", "Signed")
    REFUSED = "refused", pgettext_lazy("signature", "Refused")
    LEFT = "left", pgettext_lazy("signature", "Has left")


class Direction(models.TextChoices):
    GIVES = "gives", _("Gives")
    RECEIVES = "receives", _("Receives")


class Unit(models.TextChoices):
    """Of a deadline, as in procedures."""

    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    OFFICE_DAYS = "office_days", _("office days")
    MONTHS = "months", _("months")


class Vulnerable(models.TextChoices):
    """Groups of families that a social map tells of."""

    DISABILITY = "disability", _("Children with disabilities and their families")
    POVERTY = "poverty", _("Families in poverty")
    ROMA = "roma", _("Roma families")
    REMOTE = "remote", _("Families far from services")
    REFUGEE = "refugee", _("Refugees and displaced families")
    VIOLENCE = "violence", _("Families exposed to violence")
    CARE = "care", _("Children without parental care")
    OTHER = "other", _("Another group")
