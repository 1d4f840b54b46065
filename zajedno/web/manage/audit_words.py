"""What the trail's verbs are called. Those that are permissions bring their own label."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.verbs import known

ENTRIES: dict[str, str | Promise] = {
    "access.log_in": _("Logged in"),
    "access.log_in_failed": _("Wrong password"),
    "access.log_out": _("Logged out"),
    "access.accept_invitation": _("Accepted an invitation"),
    "access.change_own": _("Changed their own account"),
    "access.load_roles": _("Loaded roles"),
    "access.export_audit": _("Took out the audit trail"),
    "places.load": _("Loaded places"),
    "site.seed": _("Filled the empty database with an invented country"),
    "forms.retire": _("Retired a form"),
    "children.write_tie": _("Opened a file to somebody (tie)"),
    "children.end_tie": _("Ended a tie"),
    "children.export_file": _("Took out a child's whole file"),
    "children.similar_names": _("Looked for names that sound alike"),
    "children.compare": _("Looked at a child who may be the same"),
    "children.seek_pairs": _("Sought children who have several files"),
    "children.propose_alias": _("Noted that two files may be of one child"),
    "children.set_number": _("Entered a number of a child"),
    "children.add_guardian": _("Entered a parent or guardian"),
    "children.change_guardian": _("Changed a parent or guardian"),
    "children.end_guardian": _("Ended a parent or guardian"),
    "children.enter_family": _("Came in as a parent"),
    "access.open_own": _("Opened an account for oneself"),
    "children.unlink_family": _("Parted children of one family"),
    "children.leave": _("Ended an enrolment"),
    "networks.invite_municipality": _("Invited a municipality"),
    "networks.take_back_invitation": _("Took back the invitation of a municipality"),
    "networks.export_outcome": _("Took out what a round came to"),
    "children.change_worklist": _("Changed the worklist of a phone"),
    "children.print_worklist": _("Printed the worklist of a phone"),
    "children.receive_submission": _("Received a form from a phone"),
    "children.read_held": _("Read a form held from the field"),
    "children.read_field_file": _("Opened a picture from the field"),
    "casework.open_case_file": _("Read a case"),
    "casework.read_letter": _("Read a letter"),
    "exchange.nominate": _("Nominated a champion"),
    "exchange.confirm_nomination": _("The nominee answered"),
    "exchange.declare_conflict": _("Stepped back from a nomination"),
    "casework.read_paper": _("Read a paper"),
    "casework.send_arrival": _("Sent a referral from another system"),
    "casework.read_arrival": _("Read a referral from another system"),
    "casework.lapse_arrival": _("Destroyed a referral from another system that nobody decided on"),
    "indicators.download_extract": _("Downloaded an extract for research"),
    "indicators.make_extract": _("Made an extract for research"),
    "indicators.expire_extract": _("Deleted the file of an extract for research"),
}


def word(verb: str) -> str:
    """The verb in words; the key itself for one that nobody knows any more."""
    if verb in ENTRIES:
        return str(ENTRIES[verb])
    return str(known()[verb].label) if verb in known() else verb


def words() -> list[tuple[str, str]]:
    """Every verb an entry may have, in the order of their words."""
    return sorted(((key, word(key)) for key in {*known(), *ENTRIES}), key=lambda pair: pair[1].casefold())
