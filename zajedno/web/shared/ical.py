"""iCalendar files (RFC 5545). They leave the house, so they tell when and where and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from unicodedata import category

from zajedno.kernel import clock

OCTETS = 75  # the longest line of the standard


@dataclass(frozen=True, slots=True)
class Entry:
    """An event; of whole days, `ends` is the last of them. `uid`: the same for the same event in every file, so that a
    calendar replaces it; `kind`: CLASS."""

    uid: str
    begins: date | datetime
    ends: date | datetime
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
        f"DTSTART{_time(entry.begins)}",
        f"DTEND{_time(entry.ends, timedelta(days=1))}",
        f"SUMMARY:{_text(entry.summary)}",
        f"LOCATION:{_text(entry.location)}",
        *([f"URL:{entry.url}"] if entry.url else []),
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        f"CLASS:{entry.kind}",
        "END:VEVENT",
    ]


def _time(when: date | datetime, after: timedelta = timedelta()) -> str:
    """`after`: the end of a whole day is the day after it."""
    if isinstance(when, datetime):
        return f":{_moment(when)}"
    return f";VALUE=DATE:{when + after:%Y%m%d}"


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """Text with the standard's own signs escaped, and without the control characters it forbids."""
    text = "".join(letter for letter in text if letter in "\n\t" or category(letter) != "Cc")
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
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
