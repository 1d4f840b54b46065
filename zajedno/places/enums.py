"""Closed lists of the room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    LOCAL_GOVERNMENT = "local_government", _("Local government")
    EDUCATION = "education", _("Education")
    HEALTH = "health", _("Health")
    SOCIAL_PROTECTION = "social_protection", _("Social protection")
    JUSTICE = "justice", _("Justice and safety")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    NATIONAL = "national", _("National body")
    INTERSECTORAL = "intersectoral", _("Intersectoral body")
