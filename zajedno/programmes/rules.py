"""Verbs of the room."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.verbs import Verb

KEEP_PRICES = Verb("programmes.keep_prices", _("Keep the price list and rates of exchange"))
KEEP_BUDGET = Verb("programmes.keep_budget", _("Keep budgets, sources of money and grants"))
