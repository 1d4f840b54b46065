"""Closed vocabularies of the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Initiator(TextChoices):
    PARENT = "parent", _("Request of a parent or legal representative")
    INSTITUTION = "institution", _("Initiative of an institution, with the parent's consent")


class PaperKind(TextChoices):
    REQUEST = "request", _("Signed request")
    CONSENT = "consent", _("Signed consent")
    MEDICAL = "medical", _("Medical finding")
    EDUCATION = "education", _("Education record")
    SOCIAL = "social", _("Social-protection record")
    DELIVERY = "delivery", _("Proof of delivery")
    OTHER = "other", _("Other paper")


class SittingState(TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Attendance(TextChoices):
    INVITED = "invited", _("Invited")
    PRESENT = "present", _("Present")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


class MeasureState(TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Being carried out")
    DONE = "done", _("Carried out")
    NOT_DONE = "not_done", _("Not carried out")
    UNFUNDED = "unfunded", _("Not carried out: no funds")


class Seal(TextChoices):
    """Notes that are read only where a tie opens this field of the child's file, by roles that may."""

    HEALTH = "health", _("Health: only who works on the child's health")
    VIOLENCE = "violence", _("Violence: only who works on the child's protection")


class TransferState(TextChoices):
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Taken back")


class Afterwards(TextChoices):
    """What the institution that hands a case over keeps of it."""

    READ = "read", _("It may read the case until its end")
    NOTHING = "nothing", _("It sees nothing any more")


class Heard(TextChoices):
    CHILD = "child", _("The child was heard")
    PARENT = "parent", _("The parent was heard")
    TRUSTED = "trusted", _("The person of trust was heard")
    OBSERVATION = "observation", _("The child was observed in its own surroundings")
    INFORMED = "informed", _("The parent was informed in words they understand")
    DELIVERED = "delivered", _("The opinion was delivered")
    FOLLOW_UP = "follow_up", _("Report on the support given")
    FAMILY = "family", _("The family wrote")
    NOTE = "note", _("Note")


class BulkState(TextChoices):
    CHOSEN = "chosen", _("Chosen")
    READY = "ready", _("Will be done")
    REFUSED = "refused", _("Not possible")
    DONE = "done", _("Done")
