"""Whether a document is ADX, in plain sentences: the rules of the profile (IHE QRPH ADX 2.1, message schema) and, told
apart from them, what DHIS2 takes although the profile does not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from zajedno.figures.logic.formats.adx import SPACE

MOST = 50  # sentences; after that nobody reads on
_NAMES = re.compile(r"[^\s].*[^\s]|[^\s]", re.DOTALL)
_PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)/P(\d+)([YMWDQ])", re.ASCII)
# First months that DHIS2 knows for lengths it can name: calendar and financial years, half-years
_BEGINS = {(1, "Y"): (1, 4, 7, 9, 10, 11), (6, "M"): (1, 4, 7, 10), (3, "M"): (1, 4, 7, 10), (1, "Q"): (1, 4, 7, 10),
           (2, "M"): (1, 3, 5, 7, 9, 11), (1, "M"): tuple(range(1, 13))}  # fmt: skip
_BY_DAY = {(7, "D"), (1, "W"), (14, "D"), (1, "D")}
_GROUP, _VALUE = ("orgUnit", "period", "dataSet"), ("dataElement", "value")


@dataclass(frozen=True)
class Fault:
    """`is_usual`: DHIS2 reads it all the same, and its own files have it."""

    line: int
    sentence: str
    is_usual: bool = False

    def __str__(self) -> str:
        return f"Line {self.line}: {self.sentence}"


@dataclass(frozen=True)
class Value:
    """What one dataValue says: `at` are the dimensions of its group, `by` its own."""

    at: tuple[tuple[str, str], ...]
    element: str
    by: tuple[tuple[str, str], ...]
    number: str

    @property
    def key(self) -> tuple[object, ...]:
        return self.at, self.element, self.by


def parsed(content: bytes) -> etree._Element:
    """ValueError for what is no XML. Nothing outside the document is read, and no entity is put in."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"It is no XML: {error.msg}") from None


def values(root: etree._Element) -> Iterator[Value]:
    for group in root.iterfind(f"{{{SPACE}}}group"):
        at = tuple(sorted((str(name), str(text)) for name, text in group.attrib.items() if name not in _TOLD))
        for one in group.iterfind(f"{{{SPACE}}}dataValue"):
            by = tuple(sorted((str(name), str(text)) for name, text in one.attrib.items()
                              if name not in (*_VALUE, *_TOLD)))  # fmt: skip
            yield Value(at, one.get("dataElement", ""), by, one.get("value", ""))


_TOLD = ("comment", "completeDate", "dataSetComplete", "created", "lastUpdated", "timestamp", "storedBy", "followUp")


def check(content: bytes) -> list[Fault]:
    """What is wrong with it; empty for a document that keeps the profile."""
    try:
        root = parsed(content)
    except ValueError as error:
        return [Fault(1, str(error))]
    if root.tag != f"{{{SPACE}}}adx":
        return [Fault(_line(root), f"The root is not “adx” of {SPACE}.")]
    found: list[Fault] = []
    for fault in (*_root(root), *_groups(root), *_twice(root)):
        found.append(fault)
        if len(found) == MOST:
            break
    return sorted(found, key=lambda fault: fault.line)


def _line(element: etree._Element) -> int:
    return int(element.sourceline or 1)


def _root(root: etree._Element) -> Iterator[Fault]:
    exported = root.get("exported")
    if exported is None:
        yield Fault(_line(root), "“exported” is missing: the moment at which it was made.", is_usual=True)
    elif not _is_moment(exported):
        yield Fault(_line(root), f"“exported” is no moment such as 2026-02-01T08:00:00Z: {exported}.")
    if root.find(f"{{{SPACE}}}group") is None:
        yield Fault(_line(root), "It has no group.")


def _groups(root: etree._Element) -> Iterator[Fault]:
    for group in root.iterchildren(tag=etree.Element):
        if group.tag != f"{{{SPACE}}}group":
            yield Fault(_line(group), f"“{etree.QName(group).localname}” does not belong here; only groups do.")
            continue
        for name in _GROUP:
            if not _NAMES.fullmatch(group.get(name, "")):
                yield Fault(_line(group), f"The group has no “{name}”.", is_usual=name == "dataSet")
        if group.get("period"):
            yield from _period(group, group.get("period", ""))
        found = group.findall(f"{{{SPACE}}}dataValue")
        if not found:
            yield Fault(_line(group), "The group has no value.")
        for one in found:
            yield from _value(one)


def _period(group: etree._Element, text: str) -> Iterator[Fault]:
    parts = _PERIOD.fullmatch(text)
    if parts is None:
        yield Fault(_line(group), f"“period” is no first day with a length, such as 2026-01-01/P1Y: {text}.")
        return
    try:
        first = date.fromisoformat(parts[1])
    except ValueError:
        yield Fault(_line(group), f"There is no such day: {parts[1]}.")
        return
    length = (int(parts[2]), parts[3])
    if length in _BY_DAY:
        return
    if length not in _BEGINS:
        yield Fault(_line(group), f"No system knows a period of this length: {text}.")
    elif first.day != 1 or first.month not in _BEGINS[length]:
        yield Fault(_line(group), f"No period of this length begins on that day: {text}.")


def _value(one: etree._Element) -> Iterator[Fault]:
    if not _NAMES.fullmatch(one.get("dataElement", "")):
        yield Fault(_line(one), "The value has no “dataElement”.")
    text = one.get("value")
    if text is None:
        yield Fault(_line(one), "“value” is missing: what is not told is left out.")
    elif not _is_number(text):
        yield Fault(_line(one), f"“value” is no number: {text}.")
    within = [etree.QName(child).localname for child in one.iterchildren(tag=etree.Element)]
    for name in within:
        if name != "annotation":
            yield Fault(_line(one), f"A value may hold an annotation, and no “{name}”.", is_usual=True)
    if within.count("annotation") > 1:
        yield Fault(_line(one), "A value may hold one annotation.")


def _twice(root: etree._Element) -> Iterator[Fault]:
    seen: set[tuple[object, ...]] = set()
    elements = (one for group in root.iterfind(f"{{{SPACE}}}group") for one in group.iterfind(f"{{{SPACE}}}dataValue"))
    for one, element in zip(values(root), elements, strict=True):
        if one.key in seen:
            yield Fault(_line(element), f"“{one.element}” stands twice for the same place, period and parts.")
        seen.add(one.key)


def _is_number(text: str) -> bool:
    """xs:decimal: no exponent, no infinity."""
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text.strip(), re.ASCII) is not None


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return re.match(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d", text, re.ASCII) is not None
