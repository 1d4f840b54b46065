"""iCalendar files (RFC 5545). They leave the house, so they tell when and where and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from zajedno.kernel import clock

OCTETS = 75  # the longest line of the standard


@dataclass(frozen=True, slots=True)
class Entry:
    """An event. `uid`: the same for the same event in every file, so that a calendar replaces it; `kind`: CLASS."""

    uid: str
    begins: datetime
    ends: datetime
    summary: str
    location: str = ""
    url: str = ""
    cancelled: bool = False
    kind: str = "PUBLIC"


def calendar(entries: Iterable[Entry]) -> str:
    """The file's text, with lines ended and folded as the standard asks."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Zajedno//Zajedno//SR"]
    for entry in entries:
        lines += _event(entry)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}@zajedno",
        f"DTSTAMP:{_moment(clock.now())}",
        f"DTSTART:{_moment(entry.begins)}",
        f"DTEND:{_moment(entry.ends)}",
        f"SUMMARY:{_text(entry.summary)}",
        f"LOCATION:{_text(entry.location)}",
        *([f"URL:{entry.url}"] if entry.url else []),
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        f"CLASS:{entry.kind}",
        "END:VEVENT",
    ]


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
