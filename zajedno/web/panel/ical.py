"""A sitting as an iCalendar file (RFC 5545). It leaves the house, so it tells when and where and nothing else."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from zajedno.casework.enums import SittingState
from zajedno.kernel import clock

if TYPE_CHECKING:
    from zajedno.casework.models import Sitting

LENGTH = timedelta(hours=2)  # shown in a calendar when the end is not known
OCTETS = 75  # the longest line of the standard


def event(sitting: "Sitting") -> str:
    """The file's text, with lines ended and folded as the standard asks."""
    ends = sitting.ended or sitting.begins + LENGTH
    status = "CANCELLED" if sitting.state == SittingState.CANCELLED else "CONFIRMED"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Zajedno//Zajedno//SR",
        "BEGIN:VEVENT",
        f"UID:{sitting.uuid}@zajedno",
        f"DTSTAMP:{_moment(clock.now())}",
        f"DTSTART:{_moment(sitting.begins)}",
        f"DTEND:{_moment(ends)}",
        f"SUMMARY:{_text(_('Sitting of the commission'))}",
        f"LOCATION:{_text(sitting.place)}",
        f"STATUS:{status}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """Text with the standard's own signs escaped."""
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(sign, escaped)
    return text


def _folded(line: str) -> str:
    """No line longer than 75 octets, and no letter cut in two."""
    parts: list[str] = []
    here = ""
    for letter in line:
        if len((here + letter).encode()) > OCTETS - bool(parts):
            parts.append(here)
            here = ""
        here += letter
    return "\r\n ".join([*parts, here])
