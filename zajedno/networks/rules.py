"""Verbs of the room."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.verbs import Verb

OPEN_ROUND = Verb("networks.open_round", _("Open and close a round of self-evaluation, invite and remind"))
ANSWER = Verb("networks.answer", _("Answer a round of self-evaluation"))
SETTLE = Verb("networks.settle", _("Settle what the respondents of a round agree on"))
WRITE_AGREEMENT = Verb("networks.write_agreement", _("Write agreements and their clauses, make new versions, end them"))
KEEP_MAP = Verb("networks.keep_map", _("Keep the social map of the own municipality"))
SIGN_AGREEMENT = Verb("networks.sign_agreement", _("Sign an agreement for the own institution, or leave it"))
KEEP_BODY = Verb("networks.keep_body", _("Keep a body of several institutions: its members, mandate and meetings"))
ASSESS = Verb("networks.assess", _("Write down how lasting a network is, with evidence"))
LOG_TRAINING = Verb("networks.log_training", _("Write down trainings and mentoring of a network"))
COMPARE = Verb("networks.compare", _("Compare the networks of a country by their numbers"))
