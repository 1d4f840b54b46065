"""Who may do which verb of this room. Those ending in `_anywhere` reach beyond the organisation of the post."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.scopes import Scope
from zajedno.kernel.verbs import Verb, ask

CREATE_ORGANISATION = Verb("places.create_organisation", _("Enter an institution"))
CHANGE_ORGANISATION = Verb("places.change_organisation", _("Change one's own institution"))
CHANGE_ORGANISATION_ANYWHERE = Verb("places.change_organisation_anywhere", _("Change any institution"))
CLOSE_ORGANISATION = Verb("places.close_organisation", _("Close or reopen an institution"))
CHANGE_SERVICE = Verb("places.change_service", _("Enter and change the services of one's own institution"))
CHANGE_SERVICE_ANYWHERE = Verb("places.change_service_anywhere", _("Enter and change the services of any institution"))
APPOINT = Verb("places.appoint", _("Appoint to posts of one's own institution"))
APPOINT_ANYWHERE = Verb("places.appoint_anywhere", _("Appoint to posts of any institution"))
END_POST = Verb("places.end_post", _("End posts of one's own institution"))
END_POST_ANYWHERE = Verb("places.end_post_anywhere", _("End posts of any institution"))
NAME_DEPUTY = Verb("places.name_deputy", _("Name a deputy for one's own post"))
ISSUE_DEVICE = Verb("places.issue_device", _("Let a device act for a post of one's own institution"))
REVOKE_DEVICE = Verb("places.revoke_device", _("Stop a device of one's own institution"))
SERVICES_OUT = Scope("services:read", _("Read the services of the institution, public or not"), (CHANGE_SERVICE,))
SERVICES_IN = Scope("services:write", _("Keep the free places of its services up to date"), (CHANGE_SERVICE,))
LOAD = "places.load"  # done by the owner of the installation, from the command line


def ask_here_or_anywhere(by: Actor, here: Verb, anywhere: Verb, organisation: int) -> Seat:
    """The seat with the verb in that organisation, or with the wider verb wherever it is; else refused."""
    return next(by.seats_for(anywhere.key), None) or ask(by, here, organisation)
