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


class Validation(TextChoices):
    """Who has confirmed that a practice works."""

    USERS = "users", _("Those who use it")
    PEERS = "peers", _("Colleagues elsewhere")
    INDEPENDENT = "independent", _("Somebody independent")


class Template(TextChoices):
    """A paper beside a practice that another place fills in as its own."""

    LETTER = "letter", _("Template of a letter")
    PROTOCOL = "protocol", _("Template of a protocol")


class Criterion(TextChoices):
    """By what a practice is reviewed: all of `data/practice/criteria.csv`, from FAO (2015) and WHO AFRO (2008).

    0 to 4; ethics pass or fail (4 or 0); the reduction of risk may not apply (`logic.judging`).
    """

    EFFECTIVENESS = "effectiveness", _("Effectiveness")
    EFFICIENCY = "efficiency", _("Efficiency")
    RELEVANCE = "relevance", _("Relevance")
    ETHICS = "ethics", _("Ethical soundness")
    SUSTAINABILITY = "sustainability", _("Sustainability")
    REPLICABILITY = "replicability", _("Replicability")
    PARTICIPATION = "participation", _("Participation")
    EQUITY = "equity", _("Equity")
    FEASIBILITY = "feasibility", _("Technical feasibility")
    PARTNERSHIP = "partnership", _("Partnership")
    COMMITMENT = "commitment", _("Political commitment")
    RISK = "risk", _("Reduction of risk")


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
    ASKED = "asked", pgettext_lazy("consent", "Asked")
    GIVEN = "given", pgettext_lazy("consent", "Given")
    REFUSED = "refused", pgettext_lazy("consent", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "Withdrawn")


class CycleState(TextChoices):
    """Of a cycle on a day: follows from its dates, so no column keeps it."""

    AHEAD = "ahead", pgettext_lazy("cycle", "Not open yet")
    OPEN = "open", pgettext_lazy("cycle", "Open for nominations")
    JUDGED = "judged", pgettext_lazy("cycle", "With the jury")
    DECIDED = "decided", pgettext_lazy("cycle", "Decided, not published")
    PUBLISHED = "published", pgettext_lazy("cycle", "Published")


class GatheringState(TextChoices):
    """Of an event that is prepared here."""

    DRAFT = "draft", pgettext_lazy("gathering", "Draft")
    OPEN = "open", pgettext_lazy("gathering", "Open for registration")
    CLOSED = "closed", pgettext_lazy("gathering", "Registration closed")
    HELD = "held", pgettext_lazy("gathering", "Held")
    CANCELLED = "cancelled", pgettext_lazy("gathering", "Cancelled")


class ProposalState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("proposal", "Proposed")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    REJECTED = "rejected", pgettext_lazy("proposal", "Not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")


class SessionKind(TextChoices):
    PRESENTATION = "presentation", pgettext_lazy("session", "Presentation")
    PANEL = "panel", pgettext_lazy("session", "Panel")
    AWARD = "award", pgettext_lazy("session", "Award")
    BREAK = "break", pgettext_lazy("session", "Break")


class RegistrationState(TextChoices):
    """`asked`: the link in the letter was not opened yet, so no place is taken."""

    ASKED = "asked", pgettext_lazy("registration", "Address not confirmed")
    WAITING = "waiting", pgettext_lazy("registration", "On the waiting list")
    CONFIRMED = "confirmed", pgettext_lazy("registration", "Confirmed")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")


class Need(TextChoices):
    """What somebody needs to take part; own list."""

    STEPS = "steps", _("A way in without steps")
    SIGN = "sign", _("Interpreter for sign language")
    LANGUAGE = "language", _("Interpreter for another language")
    HEARING = "hearing", _("Captions, or a place near the speaker")
    PRINT = "print", _("Large print or electronic materials")
    ASSISTANT = "assistant", _("I come with an assistant")
    FOOD = "food", _("Special food")


class Asked(TextChoices):
    """Of who came to a gathering, from 1 to 5; own questions."""

    USEFUL = "useful", _("What I heard is useful for my work")
    PRACTICES = "practices", _("The practices were told so that another place can take them over")
    TALK = "talk", _("There was time to talk with colleagues from elsewhere")
    ACCESS = "access", _("I could take part without obstacles")
    WHOLE = "whole", _("The event as a whole")


class Pact(TextChoices):
    """What two institutions agree on."""

    VISIT = "visit", pgettext_lazy("pact", "Visit")
    MENTORING = "mentoring", pgettext_lazy("pact", "Mentoring")


class PactState(TextChoices):
    """`proposed`: one side has said yes, the other is asked."""

    PROPOSED = "proposed", pgettext_lazy("pact", "Proposed")
    AGREED = "agreed", pgettext_lazy("pact", "Agreed")
    DONE = "done", pgettext_lazy("pact", "Done")
    DECLINED = "declined", pgettext_lazy("pact", "Not wanted")


class Audience(TextChoices):
    """To whom a letter of a gathering goes."""

    CONFIRMED = "confirmed", _("Who has a place")
    WAITING = "waiting", _("Who is on the waiting list")
    PROPOSERS = "proposers", _("Who proposed something")


class CampaignState(TextChoices):
    DRAFT = "draft", pgettext_lazy("campaign", "Draft")
    PUBLISHED = "published", pgettext_lazy("campaign", "Published")
    CLOSED = "closed", pgettext_lazy("campaign", "Closed")


class WaveKind(TextChoices):
    """When in a campaign people are asked."""

    BASELINE = "baseline", _("Before the campaign")
    MIDDLE = "middle", _("During the campaign")
    END = "end", _("After the campaign")


class Presence(TextChoices):
    """Is a core component of a model there at a site? `partly` counts half."""

    YES = "yes", pgettext_lazy("component", "There")
    PARTLY = "partly", pgettext_lazy("component", "Partly there")
    NO = "no", pgettext_lazy("component", "Not there")


class ContributionState(TextChoices):
    """Of what somebody wrote in a community. Taken back, its words are erased."""

    SHOWN = "shown", pgettext_lazy("contribution", "Shown")
    HIDDEN = "hidden", pgettext_lazy("contribution", "Hidden")
    TAKEN_BACK = "taken_back", pgettext_lazy("contribution", "Taken back")


class Moderation(TextChoices):
    """What is done about a contribution: by an editor, with a reason; taken back by its author."""

    HIDE = "hide", pgettext_lazy("act", "Hide")
    RESTORE = "restore", pgettext_lazy("act", "Show again")
    CLOSE = "close", pgettext_lazy("act", "Close for answers")
    REOPEN = "reopen", pgettext_lazy("act", "Open for answers again")
    TAKE_BACK = "take-back", pgettext_lazy("act", "Take back")


class Digest(TextChoices):
    """How often a letter tells what is new in the themes that somebody follows."""

    NONE = "none", _("Never")
    WEEKLY = "weekly", _("Once a week")
    DAILY = "daily", _("Once a day")
