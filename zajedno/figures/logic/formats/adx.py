"""ADX (IHE QRPH, Aggregate Data Exchange), as DHIS2 takes it in: groups of values of one place and period.

ADX knows no value that is not told: a withheld figure is left out, and its group says how many are. Of a figure that
lies between two numbers both go out as elements of their own. What a share is made of goes along, since a share cannot
be added up.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from lxml import etree

from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.formats.period import first_day, iso
from zajedno.figures.logic.formats.table import Table, written

SPACE = "urn:ihe:qrph:adx:2015"
MEDIA = "application/adx+xml"
YEAR, SCHOOL_YEAR = "ZAJEDNO_YEAR", "ZAJEDNO_SCHOOL_YEAR"  # a data set of DHIS2 has periods of one kind


def document(table: Table) -> bytes:
    root = etree.Element(f"{{{SPACE}}}adx", nsmap={None: SPACE}, exported=table.made_on.isoformat(timespec="seconds"))
    ordered = sorted(table.figures, key=lambda one: (one.place, one.period))
    for (place, period), found in groupby(ordered, key=lambda one: (one.place, one.period)):
        _group(root, place, period, list(found))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def has_a_group(figures: Iterable[Figure]) -> bool:
    """ADX has no empty document."""
    return any(True for one in figures for _told in _elements(one))


def _group(root: etree._Element, place: str, period: str, found: list[Figure]) -> None:
    values = [(one, element, number) for one in found for element, number in _elements(one)]
    if not values:
        return  # a group without a value is none
    at = {"orgUnit": place, "period": iso(period), "dataSet": YEAR if first_day(period).month == 1 else SCHOOL_YEAR}
    if withheld := sum(one.said in (Said.WITHHELD, Said.BETWEEN) for one in found):
        at["comment"] = f"{withheld} withheld"
    group = etree.SubElement(root, f"{{{SPACE}}}group", at)
    for one, element, number in values:
        axis = {one.by: one.word} if one.by else {}
        etree.SubElement(
            group, f"{{{SPACE}}}dataValue", {"dataElement": element, "value": written(number), **axis}
        )  # fmt: skip


def _elements(one: Figure) -> Iterator[tuple[str, Decimal]]:
    """The figure, and what it was made of, under the names by which a system that takes it in knows them."""
    parts: Mapping[str, Decimal | None] = {
        one.indicator: one.value, f"{one.indicator}.low": one.low, f"{one.indicator}.high": one.high,
        f"{one.indicator}.numerator": one.top, f"{one.indicator}.denominator": one.bottom,
    }  # fmt: skip
    for element, number in parts.items():
        if number is not None:
            yield element, number
