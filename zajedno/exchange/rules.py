"""Verbs of the room."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.verbs import Verb

WRITE_PRACTICE = Verb("exchange.write_practice", _("Write and submit a good practice"))
TRANSLATE = Verb("exchange.translate", _("Translate a good practice"))
REVIEW = Verb("exchange.review", _("Review a good practice"))
EDIT = Verb("exchange.edit", _("Ask reviewers, publish and retire good practices"))
HOLD_EVENT = Verb("exchange.hold_event", _("Prepare and hold an event"))
CAMPAIGN = Verb("exchange.campaign", _("Lead a campaign and its survey"))
AWARD = Verb("exchange.award", _("Hold a cycle of champions of inclusion"))
JURY = Verb("exchange.jury", _("Score nominations in a jury"))
REPLICATE = Verb("exchange.replicate", _("Take a model over and report on it"))
KEEP_MODEL = Verb("exchange.keep_model", _("Keep a model package"))

# What anybody with an account may do; the audit trail names it so.
FOLLOW = "exchange.follow"
ASK = "exchange.ask"
PROPOSE = "exchange.propose"
REGISTER = "exchange.register"
DISCUSS = "exchange.discuss"
DIGEST = "exchange.digest"  # letters of a morning
