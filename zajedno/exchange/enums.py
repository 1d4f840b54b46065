"""Closed vocabularies of the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where a practice stands."""

    DRAFT = "draft", pgettext_lazy("practice", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("practice", "Submitted")
    REVIEW = "review", pgettext_lazy("practice", "In review")
    RETURNED = "returned", pgettext_lazy("practice", "Returned to the author")
    PUBLISHED = "published", pgettext_lazy("practice", "Published")
    NEEDS_UPDATE = "needs_update", pgettext_lazy("practice", "Needs an update")
    RETIRED = "retired", pgettext_lazy("practice", "Retired")


PUBLIC = (State.PUBLISHED, State.NEEDS_UPDATE)


class Translation(TextChoices):
    """How a text in another language than the source came to be."""

    SOURCE = "source", _("Written in this language")
    DRAFT = "draft", _("Translation begun")
    MACHINE = "machine", _("Translated by machine, not checked")
    CHECKED = "checked", _("Translation checked by a person")


class Theme(TextChoices):
    """Themes both seeds name, and those of the model."""

    NETWORK = "network", _("Local network and intersectoral cooperation")
    COUNSELLING = "counselling", _("Developmental counselling and early growth")
    PARENTS = "parents", _("Support for parents")
    VIOLENCE = "violence", _("Prevention of peer violence")
    PEERS = "peers", _("Peer support")
    DROPOUT = "dropout", _("Prevention of dropout")
    COMMISSION = "commission", _("Work of the commission")
    TRANSITION = "transition", _("Transition between levels of education")
    FINANCING = "financing", _("Financing of inclusion")
    REFERRAL = "referral", _("Referral mechanism and protocols")
    EARLY = "early", _("Early intervention")
    AWARENESS = "awareness", _("Attitudes and awareness")


class Target(TextChoices):
    """Whom a practice serves; own list."""

    EARLY = "early", _("Children under three")
    PRESCHOOL = "preschool", _("Children of preschool age")
    PRIMARY = "primary", _("Pupils of primary schools")
    SECONDARY = "secondary", _("Pupils of secondary schools")
    PARENTS = "parents", _("Parents and guardians")
    TEACHERS = "teachers", _("Kindergarten and school staff")
    PROFESSIONALS = "professionals", _("Health and social workers")
    COMMUNITY = "community", _("The whole community")


class Evidence(TextChoices):
    """How well the results are shown, from the weakest."""

    STORY = "story", _("Told by those who did it")
    COUNTED = "counted", _("Counted: before and after, without comparison")
    COMPARED = "compared", _("Compared with a place without it")
    EVALUATED = "evaluated", _("Evaluated by somebody independent")


class Cost(TextChoices):
    NONE = "none", _("No extra money")
    LOW = "low", _("Low")
    MIDDLE = "middle", _("Middle")
    HIGH = "high", _("High")


class Criterion(TextChoices):
    """By what a practice is reviewed: criteria of FAO (2015) and WHO AFRO (2008), 0 to 4."""

    EFFECTIVENESS = "effectiveness", _("Effectiveness")
    RELEVANCE = "relevance", _("Relevance")
    ETHICS = "ethics", _("Ethical soundness")
    SUSTAINABILITY = "sustainability", _("Sustainability")
    REPLICABILITY = "replicability", _("Replicability")
    PARTICIPATION = "participation", _("Participation")
    EQUITY = "equity", _("Equity")
    PARTNERSHIP = "partnership", _("Partnership")


class Mode(TextChoices):
    """How many are honoured in a cycle of champions."""

    ONE = "one", _("One nomination")
    BY_CATEGORY = "by_category", _("One nomination in each category")
    ALL = "all", _("Every nomination")


class Nominee(TextChoices):
    """Who can be a champion. A child cannot."""

    PERSON = "person", _("An adult")
    INSTITUTION = "institution", _("An institution or association")
    GROUP = "group", _("A group, without names of its members")


class Consent(TextChoices):
    """What the nominee said to being shown."""

    NONE = "none", _("Not asked yet")
    ASKED = "asked", _("Asked")
    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CycleState(TextChoices):
    """Of a cycle on a day: follows from its dates, so no column keeps it."""

    AHEAD = "ahead", pgettext_lazy("cycle", "Not open yet")
    OPEN = "open", pgettext_lazy("cycle", "Open for nominations")
    JUDGED = "judged", pgettext_lazy("cycle", "With the jury")
    DECIDED = "decided", pgettext_lazy("cycle", "Decided, not published")
    PUBLISHED = "published", pgettext_lazy("cycle", "Published")
