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


class BodyKind(models.TextChoices):
    NETWORK = "network", _("Network for inclusive education")
    COMMISSION = "commission", _("Commission for social protection and inclusion")
    BOARD = "board", _("Management board")
    REFERRAL_TEAM = "referral_team", _("Referral team")
    WORKING_GROUP = "working_group", _("Working group")


class MemberRole(models.TextChoices):
    COORDINATOR = "coordinator", pgettext_lazy("in a body", "Coordinator")
    CHAIR = "chair", pgettext_lazy("in a body", "Chair")
    SECRETARY = "secretary", pgettext_lazy("in a body", "Secretary")
    MEMBER = "member", pgettext_lazy("in a body", "Member")


class Quorum(models.TextChoices):
    """How many of the members must be there."""

    MORE_THAN_HALF = "more_than_half", _("More than half of the members")
    TWO_THIRDS = "two_thirds", _("Two thirds of the members")
    ALL = "all", _("All members")


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")
    CLOSED = "closed", pgettext_lazy("meeting", "Minutes closed")


class Presence(models.TextChoices):
    THERE = "there", pgettext_lazy("at a meeting", "Was there")
    DEPUTY = "deputy", pgettext_lazy("at a meeting", "The deputy was there")
    EXCUSED = "excused", pgettext_lazy("at a meeting", "Excused")
    AWAY = "away", pgettext_lazy("at a meeting", "Was not there")


class Dimension(models.TextChoices):
    """Of how lasting a network is (the form `self-evaluation-network` names them the same)."""

    ANCHORING = "anchoring", _("Legal anchoring")
    COORDINATION = "coordination", _("Coordinator and time for the work")
    BUDGET = "budget", _("Budget line")
    MEMBERSHIP = "membership", _("Members and how they change")
    PROCEDURES = "procedures", _("Procedures and protocols")
    MONITORING = "monitoring", _("Data and monitoring")
    CAPACITY = "capacity", _("Knowledge and training")
    PARTICIPATION = "participation", _("Parents and community take part")
    SUPPORT = "support", _("Political support")
    EXCHANGE = "exchange", _("Links with other municipalities")


class Level(models.IntegerChoices):
    """How far a dimension is. Our own steps, not an official scale."""

    NOTHING = 0, pgettext_lazy("sustainability", "Nothing yet")
    BEGUN = 1, pgettext_lazy("sustainability", "Begun")
    WORKS = 2, pgettext_lazy("sustainability", "Works")
    SECURED = 3, pgettext_lazy("sustainability", "Secured")


class TrainingKind(models.TextChoices):
    TRAINING = "training", _("Training")
    MENTORING = "mentoring", _("Mentoring")
    VISIT = "visit", _("Study visit")


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
