"""Closed vocabularies of the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(TextChoices):
    FEMALE = "F", _("female")
    MALE = "M", _("male")
    UNKNOWN = "", _("not known")


class Settlement(TextChoices):
    """What the place is in which a child lives; statistics of Serbia say "gradska" and "ostala" (other)."""

    URBAN = "urban", _("Town")
    RURAL = "rural", _("Village")
    UNKNOWN = "", _("not known")


class IdentifierKind(TextChoices):
    NATIONAL = "national", _("Unique citizen number (JMBG / JMB)")
    EDUCATION = "education", _("Education number (JOB)")
    PASSPORT = "passport", _("Passport or other document")
    LOCAL = "local", _("Number in the institution's own register")


class GuardianKind(TextChoices):
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    PARENT = "parent", _("Parent")  # a register that says no more
    GUARDIAN = "guardian", _("Guardian")
    FOSTER = "foster", _("Foster parent")
    RELATIVE = "relative", _("Relative")
    TRUSTED = "trusted", _("Person of trust")


class FamilyKind(TextChoices):
    SIBLING = "sibling", _("Brother or sister")
    TWIN = "twin", _("Twin")
    HALF_SIBLING = "half_sibling", _("Half-brother or half-sister")
    HOUSEHOLD = "household", _("Same household")


class AliasSaid(TextChoices):
    """What is said of two files; a family relation says that they are two children of one family."""

    SAME = "same", _("They are the same child")
    DIFFERENT = "different", _("They are two children who have nothing to do with each other")
    TWIN = FamilyKind.TWIN.value, _("They are twins")
    SIBLING = FamilyKind.SIBLING.value, _("They are brothers or sisters")
    HALF_SIBLING = FamilyKind.HALF_SIBLING.value, _("They are half-brothers or half-sisters")
    HOUSEHOLD = FamilyKind.HOUSEHOLD.value, _("They are two children of one household")
    ASKED = "asked", _("The other institution was asked")
    UNDONE = "undone", _("The decision was undone")
    AGAIN = "again", _("Data changed: it is open again")


class Field(TextChoices):
    """Parts of a child's file that a tie opens."""

    IDENTITY = "identity", _("Name, birth date, sex")
    CONTACT = "contact", _("Address, telephone, language")
    IDENTIFIERS = "identifiers", _("National and other numbers")
    FAMILY = "family", _("Parents and family")
    ENROLMENT = "enrolment", _("School or kindergarten")
    REQUEST = "request", _("The request")
    PAPERS = "papers", _("Papers")
    EDUCATION = "education", _("Education")
    HEALTH = "health", _("Health")
    SOCIAL = "social", _("Social protection")
    OPINIONS = "opinions", _("Opinions of the commission")
    PLAN = "plan", _("Support plan")
    REPORTS = "reports", _("Reports on the support given")
    VIOLENCE = "violence", _("Violence and protection")


class LedTo(TextChoices):
    """What an assessment led to. Scores propose; this is what people did."""

    NOTHING = "nothing", _("Nothing for now")
    REPEAT = "repeat", _("To be repeated later")
    TALK = "talk", _("A talk with the family")
    SUPPORT = "support", _("Support in the institution")
    REFERRAL = "referral", _("Referral to another institution")
    REQUEST = "request", _("A request to the commission")


class Held(TextChoices):
    """Why a submission from the field was not given to a child."""

    CODE = "code", _("No child has this code on this device")
    TIE = "tie", _("The child is no longer among those of this post")
    CONSENT = "consent", _("There is no consent for this form")
    FORM = "form", _("The form is not known here")
    ANSWERS = "answers", _("The answers do not fit the form")
    REFUSED = "refused", _("Put aside by a person")


class InvitationEnd(TextChoices):
    """How an invitation of a parent came to its end."""

    USED = "used", _("Used")
    REVOKED = "revoked", _("Taken back")
    REPLACED = "replaced", _("Replaced by a newer one")
    TRIED = "tried", _("Closed after too many wrong codes")


class Asked(TextChoices):
    """What a parent may ask for of a file."""

    CORRECTION = "correction", _("Correction of what is written")
    COPY = "copy", _("A copy of the file")


class AskedState(TextChoices):
    WAITING = "waiting", _("Waits for an answer")
    GRANTED = "granted", pgettext_lazy("family request", "Done")
    REFUSED = "refused", pgettext_lazy("family request", "Refused")


class Basis(TextChoices):
    CONSENT = "consent", _("Consent")
    PUBLIC_TASK = "public_task", _("Task in the public interest")
    LEGAL_DUTY = "legal_duty", _("Legal duty")
    VITAL = "vital", _("Vital interest of the child")


REGISTRATION = "registration"
PARENTHOOD = "parenthood"  # purpose of the ties of parents who entered the family desk
# What an institution sees of a child that it registered itself (the purpose "registration" of the packs).
OWN_FIELDS = (Field.IDENTITY, Field.IDENTIFIERS, Field.CONTACT, Field.FAMILY, Field.ENROLMENT)
