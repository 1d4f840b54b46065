"""Figures read back from each format, as who takes them would: (key) -> (told, value, low, high)."""

import csv
import json
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook

from zajedno.figures.logic.formats import adx, adx_rules, delimited, plain, sdmx
from zajedno.figures.logic.formats.period import of_iso
from zajedno.figures.logic.formats.table import COLUMNS, KEY, Table, key
from zajedno.kernel.spreadsheets import write_workbook

Numbers = tuple[Decimal | None, Decimal | None, Decimal | None]
Read = dict[tuple[str, ...], Numbers]


def said(table: Table) -> Read:
    return {key(one): (one.value, one.low, one.high) for one in table.figures}


def number(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def of_csv(table: Table) -> Read:
    return csv_of("".join(delimited.csv(table)).encode())


def csv_of(content: bytes) -> Read:
    return rows(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def of_json(table: Table) -> Read:
    return rows(json.loads(json.dumps(plain.as_json(table)))["figures"])


def of_workbook(table: Table) -> Read:
    return workbook_of(write_workbook(delimited.header(), delimited.sheet(table)))


def workbook_of(content: bytes) -> Read:
    page = load_workbook(BytesIO(content)).worksheets[0]
    head, *lines = [["" if cell is None else cell for cell in row] for row in page.iter_rows(values_only=True)]
    return rows(dict(zip(head, line, strict=True)) for line in lines)


def rows(given: Any) -> Read:
    names = {column.name for column in COLUMNS}
    found = {}
    for row in given:
        assert row.keys() == names
        told = number(row["value"]), number(row["low"]), number(row["high"])
        found[tuple(str(row[name]) for name in KEY)] = told
    return found


def of_sdmx(table: Table) -> Read:
    """By the lists of the message itself."""
    return sdmx_of(json.dumps(sdmx.data_message(table)).encode())


def sdmx_of(content: bytes) -> Read:
    message = json.loads(content)["data"]
    structure = message["structures"][0]
    dimensions = structure["dimensions"]["observation"]
    attributes = [one["id"] for one in structure["attributes"]["observation"]]
    found = {}
    for at, (value, *described) in message["dataSets"][0]["observations"].items():
        words = [one["values"][int(place)] for one, place in zip(dimensions, at.split(":"), strict=True)]
        indicator, place, by, part, period = (word.get("id") or word["value"] for word in words)
        told = dict(zip(attributes, described, strict=False))
        whole = ["" if word == "_T" else word for word in (by, part)]
        period = of_iso(period) if "P1Y" in period else period
        found[indicator, place, period, *whole] = (number(value), number(told.get("LOW")), number(told.get("HIGH")))
    return found


def of_adx(table: Table) -> Read:
    """What is told, and no more: a withheld figure is not there at all."""
    return adx_of(adx.document(table))


def adx_of(content: bytes) -> Read:
    found: dict[tuple[str, ...], list[Decimal | None]] = {}
    for one in adx_rules.values(adx_rules.parsed(content)):
        at = dict(one.at)
        name, _dot, part = one.element.partition(".")
        column = {"": 0, "low": 1, "high": 2}.get(part)
        axis = one.by[0] if one.by else ("", "")
        numbers = found.setdefault((name, at["orgUnit"], of_iso(at["period"]), *axis), [None, None, None])
        if column is not None:
            numbers[column] = Decimal(one.number)
    return {key: (one[0], one[1], one[2]) for key, one in found.items()}


def told_only(read: Read) -> Read:
    return {key: numbers for key, numbers in read.items() if any(one is not None for one in numbers)}
