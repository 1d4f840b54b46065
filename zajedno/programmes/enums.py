"""Closed lists of the room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgrammeKind(models.TextChoices):
    PARENTS = "parents", _("Support of parents")
    PEERS = "peers", _("Support among peers")
    VIOLENCE = "violence", _("Prevention of violence")
    COUNSELLING = "counselling", _("Developmental counselling")
    EARLY = "early", _("Early intervention group")
    CAMPAIGN = "campaign", _("Local activity of a campaign")


class ProgrammeState(models.TextChoices):
    """Of a programme on a day: follows from its dates and from whether it was put away, so no column keeps it."""

    AHEAD = "ahead", pgettext_lazy("programme", "Ahead")
    RUNS = "runs", pgettext_lazy("programme", "Runs")
    OVER = "over", pgettext_lazy("programme", "Over")
    ARCHIVED = "archived", pgettext_lazy("programme", "Archived")


class Years(models.IntegerChoices):
    """How many years a plan is made for."""

    ONE = 1, _("One year")
    THREE = 3, _("Three years")


class ActivityState(models.TextChoices):
    AHEAD = "ahead", pgettext_lazy("activity", "Not begun")
    UNDERWAY = "underway", pgettext_lazy("activity", "Under way")
    DONE = "done", pgettext_lazy("activity", "Done")
    DROPPED = "dropped", pgettext_lazy("activity", "Dropped")


class CodeKind(models.TextChoices):
    """Of a code of the budget system."""

    PROGRAMME = "programme", _("Programme")
    ACTIVITY = "activity", _("Programme activity")
    FUNCTION = "function", _("Function")
    ECONOMIC = "economic", _("Economic classification")
    SOURCE = "source", _("Source of money")


class ResultLevel(models.TextChoices):
    """Of a result in a framework, the highest first: each leads to one of the level above."""

    IMPACT = "impact", pgettext_lazy("result", "Impact")
    OUTCOME = "outcome", pgettext_lazy("result", "Outcome")
    OUTPUT = "output", pgettext_lazy("result", "Output")
    ACTIVITY = "activity", pgettext_lazy("result", "Activity")
