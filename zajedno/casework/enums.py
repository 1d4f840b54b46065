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


IN_HAND = (MeasureState.PLANNED, MeasureState.RUNNING)  # of what is still to be given, or is being given


class Seal(TextChoices):
    """Notes that are read only where a tie opens this field of the child's file, by roles that may."""

    HEALTH = "health", _("Health: only who works on the child's health")
    VIOLENCE = "violence", _("Violence: only who works on the child's protection")


class TransferState(TextChoices):
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Taken back")


class ArrivalState(TextChoices):
    """What became of a referral that another system sent."""

    WAITING = "waiting", _("Waits for an answer")
    TAKEN = "taken", _("Taken in")
    TURNED_DOWN = "turned_down", _("Turned down")


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


class LifeArea(TextChoices):
    """Areas of life of a goal: chapters of activities and participation of the WHO's ICF, in our own short words."""

    LEARNING = "d1", _("Learning and applying what was learned")
    TASKS = "d2", _("Everyday tasks and demands")
    COMMUNICATION = "d3", _("Communication")
    MOBILITY = "d4", _("Moving about")
    SELF_CARE = "d5", _("Looking after oneself")
    HOME = "d6", _("Life at home")
    RELATIONS = "d7", _("Getting on with others")
    SCHOOL = "d8", _("Kindergarten, school, play and work")
    COMMUNITY = "d9", _("Life in the community")


class Whose(TextChoices):
    CHILD = "child", _("The child")
    PARENT = "parent", _("The parent")
    TEAM = "team", _("The team")


class Unmet(TextChoices):
    """Why a measure that is needed cannot be given."""

    NO_SERVICE = "no_service", _("There is no such service here")
    NO_PLACE = "no_place", _("The service has no free place")
    NO_FUNDS = "no_funds", _("There are no funds")
    REFUSED = "refused", _("The family does not want it")
    WAITING = "waiting", _("The child is on a waiting list")


class Gain(TextChoices):
    """What a measure has brought, as those who give it see it."""

    WORSE = "worse", _("It got worse")
    NONE = "none", _("No change yet")
    SOME = "some", _("Some progress")
    MUCH = "much", _("Clear progress")
    REACHED = "reached", _("The goal is reached")


class Said(TextChoices):
    """Kinds of lines in the history of a plan."""

    STATE = "state", _("How far it has come")
    EFFECT = "effect", _("What it has brought")
    UNMET = "unmet", _("Unmet need")
    MATCHED = "matched", _("A place in a service")
    RELEASED = "released", _("The place was given back")
    VERSION = "version", _("Changed after adoption")
    DIFFERENT = "different", _("How it differs from another measure")
    TAKEN = "taken", _("Counts in a further plan")
    VIEW = "view", _("What the child or the parent thinks")


PAYERS = {
    "municipality": _("Municipality"),
    "canton": _("Canton"),
    "entity": _("Entity"),
    "republic": _("Republic"),
    "health_fund": _("Health insurance fund"),
    "institution": _("Institution"),
    "shared": _("Several together"),
    "unknown": _("Not known yet"),
}


def payer_label(key: str) -> str:
    """Who pays, in words; a key that a pack brings and no word is here for stands as it is."""
    return str(PAYERS.get(key, key))
