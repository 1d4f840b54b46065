"""Who may do which verb of this room."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.refusal import NotPermitted
from zajedno.kernel.verbs import Verb

REGISTER = Verb("children.register", _("Register a child"))
CHANGE = Verb("children.change", _("Change a child's data, parents and numbers"))
SEARCH = Verb("children.search", _("Search for a child"))
OPEN_FILE = Verb("children.open_file", _("Open a child's file"))
RECORD_CONSENT = Verb("children.record_consent", _("Record a consent"))
WITHDRAW_CONSENT = Verb("children.withdraw_consent", _("Withdraw a consent"))
LINK_FAMILY = Verb("children.link_family", _("Link children of one family"))
ENROL = Verb("children.enrol", _("Enrol a child in an institution"))
IMPORT = Verb("children.import", _("Take in a register of children"))
DECIDE_ALIAS = Verb("children.decide_alias", _("Decide whether two files are of the same child"))
TIE = Verb("children.tie", _("Open a child's file to another institution or person"))
ERASE = Verb("children.erase", _("Erase what is sealed in a child's file"))
ASSESS = Verb("children.assess", _("Fill in a form about a child"))
JUDGE = Verb("children.judge", _("Say what an assessment leads to"))
ENTRUST = Verb("children.entrust_class", _("Entrust the children of a class to a teacher"))
IMPORT_SCHOOL = Verb("children.import_school", _("Take in a sheet of marks and absences"))
INVITE_FAMILY = Verb("children.invite_family", _("Invite a parent to see their child's procedures"))
ANSWER_FAMILY = Verb("children.answer_family", _("Answer what a parent asks of the file"))
ASK_ABOUT_FILE = Verb("children.ask_about_file", _("Ask for a copy or a correction of one's child's file"))
TAKE_HELD = Verb("children.take_held", _("Decide on what arrived from the field and fits no child"))


def seat_about(by: Actor, verb: Verb, keys: Collection[int]) -> Seat | None:
    """The seat with the verb in an organisation that the child is tied to; any seat when tied to the account itself.

    `keys` are those of the child's living ties that reach the actor (`queries.tie.keys_open`).
    """
    seats = list(by.seats_for(verb.key))
    seat = next((seat for seat in seats if seat.organisation in keys), None)
    return seat or (seats[0] if seats and -by.account in keys else None)


def ask_about(by: Actor, verb: Verb, keys: Collection[int]) -> Seat:
    """The same, refused where there is none."""
    if seat := seat_about(by, verb, keys):
        return seat
    raise NotPermitted(_("Your post does not allow this for this child. Ask who supervises your work."))
