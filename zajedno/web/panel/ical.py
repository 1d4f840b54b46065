"""A sitting as an iCalendar file: when and where, nothing of a child."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from zajedno.casework.enums import SittingState
from zajedno.web.shared.ical import Entry, calendar

if TYPE_CHECKING:
    from zajedno.casework.models import Sitting

LENGTH = timedelta(hours=2)  # shown in a calendar when the end is not known


def event(sitting: "Sitting") -> str:
    ends = sitting.ended or sitting.begins + LENGTH
    cancelled = sitting.state == SittingState.CANCELLED
    title = _("Sitting of the commission")
    entry = Entry(str(sitting.uuid), sitting.begins, ends, title, sitting.place, cancelled=cancelled, kind="PRIVATE")
    return calendar([entry])
