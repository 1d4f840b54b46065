"""Who may do which verb of this room."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.verbs import Verb

REGISTER = Verb("children.register", _("Register a child"))
CHANGE = Verb("children.change", _("Change what is known of a child"))
SEARCH = Verb("children.search", _("Search for a child"))
OPEN_FILE = Verb("children.open_file", _("Open a child's file"))
RECORD_CONSENT = Verb("children.record_consent", _("Record a consent"))
WITHDRAW_CONSENT = Verb("children.withdraw_consent", _("Record that a consent is withdrawn"))
LINK_FAMILY = Verb("children.link_family", _("Link brothers, sisters and households"))
ENROL = Verb("children.enrol", _("Enrol a child in an institution"))
IMPORT = Verb("children.import", _("Bring in a register of children"))
DECIDE_ALIAS = Verb("children.decide_alias", _("Decide whether two records are the same child"))
END_TIE = Verb("children.end_tie", _("End who may see a child's file"))
ERASE = Verb("children.erase", _("Erase what is sealed of a child"))
