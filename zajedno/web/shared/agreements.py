"""How a clause of an agreement is called wherever something rests on it, and what it says, in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.procedures.logic.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zajedno.networks.models import Clause

LENGTHS = {
    "hours": lambda n: ngettext("%d hour", "%d hours", n) % n,
    "days": lambda n: ngettext("%d day", "%d days", n) % n,
    "office_days": lambda n: ngettext("%d office day", "%d office days", n) % n,
    "months": lambda n: ngettext("%d month", "%d months", n) % n,
}


def clause_label(clause: "Clause") -> str:
    """The agreement and the number of the clause."""
    return _("%(agreement)s, clause %(number)s") % {"agreement": clause.agreement, "number": clause.number}


def fields_said(fields: "Iterable[str]") -> list[str]:
    """Parts of a file in words, in the order of the list."""
    chosen = set(fields)
    return [_(text) for key, text in FIELDS.items() if key in chosen]


def length_said(length: int, unit: str) -> str:
    """How long a time is; nothing of days is the same day."""
    return _("the same day") if (length, unit) == (0, "days") else LENGTHS[unit](length)
