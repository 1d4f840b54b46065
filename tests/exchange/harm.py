"""What in an answer is more than text: an element that no template wrote, a formula, a line of a calendar, a header."""

import csv
import html
import io
import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree

import pypdf
from django.http import HttpResponse

MARK = "zaj-x"  # the element that a payload would make


class Tags(HTMLParser):
    """Elements and attributes of a page that no template wrote, and addresses that would run something."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: set[str] = set()
        self.facts: list[str] = []
        self._in_facts = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = dict(attrs)
        self._in_facts = tag == "script" and kept.get("type") == "application/ld+json"
        if tag == MARK or (tag == "script" and not self._in_facts and not kept.get("src", "").startswith("/static/")):  # type: ignore[union-attr]
            self.wrong.add(f"<{tag}>")
        for name, value in attrs:
            address = re.sub(r"[\s\x00-\x20]", "", unquote(html.unescape(value or ""))).lower()
            if name.startswith("on") or name == "style":
                self.wrong.add(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction") and address.startswith(
                ("javascript:", "data:", "vbscript:")
            ):
                self.wrong.add(f"{tag} {name}={value}")
            if name == "src" and address.startswith(("http:", "//")):
                self.wrong.add(f"{tag} loads {value}")

    def handle_data(self, data: str) -> None:
        if self._in_facts:
            self.facts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_facts = False


def of_page(content: str) -> set[str]:
    tags = Tags()
    tags.feed(content)
    for fact in tags.facts:
        json.loads(fact)
    return tags.wrong | ({"a template was run"} if re.search(r"(?<!\d)14\}|>\s*14\s*<zaj", content) else set())


def of_sheet(content: str) -> set[str]:
    cells = [cell for row in csv.reader(io.StringIO(content.removeprefix("\ufeff"))) for cell in row]
    return {f"formula {cell[:20]!r}" for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))}


def of_calendar(content: str) -> set[str]:
    """Each line a property that our own files have, none longer than the standard lets it be."""
    lines = re.sub(r"\r\n ", "", content).split("\r\n")
    known = ("BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "VERSION:", "PRODID:", "UID:",
             "DTSTAMP:", "DTSTART:", "DTEND:", "SUMMARY:", "LOCATION:", "URL:", "STATUS:", "CLASS:", "")  # fmt: skip
    wrong = {line[:30] for line in lines if line and not line.startswith(known[:-1])}
    pairs = {"uneven"} if lines.count("BEGIN:VEVENT") != lines.count("END:VEVENT") else set()
    control = {"control"} if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content) else set()
    bare = {"bare line break"} if re.search(r"(?<!\r)\n|\r(?!\n)", content) else set()
    return wrong | pairs | control | bare


def of_feed(content: str) -> set[str]:
    return {f"<{one.tag}>" for one in ElementTree.fromstring(content).iter() if MARK in one.tag}


def of_data(content: str) -> set[str]:
    json.loads(content)
    return set()


READERS = {
    "text/html": of_page, "text/csv": of_sheet, "text/calendar": of_calendar, "application/json": of_data,
    "application/atom+xml": of_feed, "application/xml": of_feed,
}  # fmt: skip


def harm(response: HttpResponse) -> set[str]:
    """What in an answer is more than text."""
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    if response.status_code >= 500:
        return {f"broke: {getattr(response, 'exc_info', ())!r}"}
    wrong = {"header"} if "X-ZAJ" in response or "zaj" in response.cookies else set()
    kind = response.get("Content-Type", "").split(";")[0]
    if kind in READERS:
        return wrong | READERS[kind](whole.decode())
    if kind == "application/pdf" and whole:
        pypdf.PdfReader(io.BytesIO(whole)).pages[0].extract_text()
    return wrong
