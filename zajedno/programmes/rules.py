"""Verbs of the room."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.verbs import Verb

WRITE_PLAN = Verb("programmes.write_plan", _("Write action plans, record their adoption, tell how far they have come"))
RUN_PROGRAMME = Verb("programmes.run_programme", _("Run programmes: places, meetings, what was measured, cost"))
KEEP_PRICES = Verb("programmes.keep_prices", _("Keep the price list and rates of exchange"))
KEEP_BUDGET = Verb("programmes.keep_budget", _("Keep budgets, sources of money and grants"))
TELL_FRAME = Verb(
    "programmes.tell_frame", _("Tell what the own municipality brought to a framework of results, and what it learnt")
)
