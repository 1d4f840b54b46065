"""Who may do which verb of this room. Within a case, the procedure says which part may make which move."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.scopes import Scope
from zajedno.kernel.verbs import Verb

OPEN_CASE = Verb("casework.open_case", _("Open a case: a request or an initiative"))
MOVE_CASE = Verb("casework.move_case", _("Move a case along its procedure"))
CHANGE_REQUEST = Verb("casework.change_request", _("Write and complete a request"))
APPOINT_MEMBER = Verb("casework.appoint_member", _("Appoint the interim member and deputies"))
WRITE_OPINION = Verb("casework.write_opinion", _("Write an individual opinion"))
HOLD_SITTING = Verb("casework.hold_sitting", _("Prepare and hold sittings"))
DECIDE = Verb("casework.decide", _("Write the joint opinion"))
PLAN_SUPPORT = Verb("casework.plan_support", _("Write the support plan"))
REPORT_FOLLOW_UP = Verb("casework.report_follow_up", _("Report on the support given"))
WRITE_NOTE = Verb("casework.write_note", _("Write down what was done and said"))
ADD_VIEW = Verb("casework.add_view", _("Write down one's view as a parent"))
ATTACH_PAPER = Verb("casework.attach_paper", _("Attach and remove papers"))
ISSUE_LETTER = Verb("casework.issue_letter", _("Issue letters"))
WRITE_HEALTH = Verb("casework.write_health", _("Write and read notes on health"), guarded=True)
WRITE_VIOLENCE = Verb("casework.write_violence", _("Write and read notes on violence"), guarded=True)
REFER = Verb("casework.refer", _("Bring other institutions into a case"))
REFER_SERVICE = Verb("casework.refer_service", _("Refer on from a service that one gives, not the whole case"))
RECEIVE = Verb("casework.receive", _("Receive cases that others refer or offer"), guarded=True)
RECEIVE_FOR = Verb("casework.receive_for", _("Answer for a colleague to whom a case was offered"))
HAND_OUT = Verb("casework.hand_out", _("Hand a child's data out to the system of another institution"))
TRANSFER = Verb("casework.transfer", _("Offer a case to another institution, and take the offer back"))
OVERRIDE_NEED = Verb("casework.override_need", _("Set a need of a procedure aside, with the reason"))
IMPORT_CASES = Verb("casework.import_cases", _("Bring in the commission's register"))
EXPORT_REGISTER = Verb("casework.export_register", _("Take out the commission's register"))
FLAG_CASE = Verb("casework.flag_case", _("Flag cases, and remove flags"))
GIVE_TASK = Verb("casework.give_task", _("Give tasks in a case, and do those that are one's own"))
ACT_ON_MANY = Verb("casework.act_on_many", _("Do the same for many cases at once"))
ISSUE_REPORT = Verb("casework.issue_report", _("Write and issue the report of the own institution on its year"))
REFERRALS_IN = Scope("referrals:send", _("Send referrals, and read how they stand"), (OPEN_CASE, MOVE_CASE, WRITE_NOTE))
CHILD_OUT = Scope(
    "children:hand_out", _("Take out a child's data as FHIR, for whom a consent names"), (HAND_OUT,), opens_files=True
)
