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


class Need(models.TextChoices):
    """What a service is for, as people look for it."""

    EARLY = "early", _("Early development")
    SPEECH = "speech", _("Speech and language")
    MOVEMENT = "movement", _("Movement and health")
    SENSES = "senses", _("Sight and hearing")
    BEHAVIOUR = "behaviour", _("Behaviour and feelings")
    LEARNING = "learning", _("Learning and school")
    AUTISM = "autism", _("Autism")
    DAILY = "daily", _("Help in everyday life")
    FAMILY = "family", _("Support for the family")
    RESPITE = "respite", _("A rest for parents")
    TRANSPORT = "transport", _("Transport")
    DEVICES = "devices", _("Aids and devices")
    SAFETY = "safety", _("Protection from violence")
    MONEY = "money", _("Money and rights")
    LEISURE = "leisure", _("Free time and company")


class Fee(models.TextChoices):
    FREE = "free", _("Free of charge")
    PARTLY = "partly", _("Partly paid by the family")
    PAID = "paid", _("Paid by the family")


LANGUAGES = {
    "sr": _("Serbian"), "bs": _("Bosnian"), "hr": _("Croatian"), "hu": _("Hungarian"), "sq": _("Albanian"),
    "rom": _("Romani"), "ro": _("Romanian"), "sk": _("Slovak"), "bg": _("Bulgarian"), "mk": _("Macedonian"),
    "en": _("English"), "sgn": _("Sign language"),
}  # fmt: skip
"""Languages in which a service is given, by ISO 639; an import may bring others, shown by their code."""
