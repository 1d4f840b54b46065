"""Coded lists of a pack: measures of support, purposes of ties and consents, keeping times. Keys are words for ever."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zajedno.procedures.logic.definition import Labels, Source
from zajedno.procedures.logic.parse import read_source
from zajedno.procedures.logic.reading import Mistake, Reader, known_languages, near, unique

SECTORS = ("education", "health", "social_protection", "systemic")
PAYERS = ("municipality", "canton", "entity", "republic", "health_fund", "institution", "shared", "unknown")
LEGAL_GROUPS = ("realised", "recommended")
AFTER = ("case_closed", "support_ended", "left_school", "written", "age_of_majority", "account_ended")


@dataclass(frozen=True, slots=True)
class Measure:
    """`needs_funds`: does it usually need money beyond the present budget? `payer` is who usually pays."""

    key: str
    labels: Labels
    sector: str
    payer: str
    needs_funds: bool
    legal_group: str
    source: Source


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why somebody may see a file, and the parts of it that this opens unless less is chosen."""

    key: str
    labels: Labels
    fields: tuple[str, ...]
    needs_consent: bool
    protects: bool  # the family is not told that somebody sees the file for it
    answer_days: int  # within which a question of the family about the file is answered; 0: nobody asks for it
    source: Source | None  # of `answer_days`


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long data are kept after an event; `years` 0 means for ever."""

    key: str
    labels: Labels
    years: int
    after: str
    source: Source

    def edge(self, today: date) -> date | None:
        """What ended before this day is due; None where nothing ever is."""
        if self.years == 0:
            return None
        try:
            return today.replace(year=today.year - self.years)
        except ValueError:  # 29 February
            return today.replace(year=today.year - self.years, day=28)


def parse_measures(content: Mapping[str, Any]) -> tuple[list[Measure], list[Mistake]]:
    """Measures from the tables of `measures.toml`; a source at the top holds for every row that has none."""
    mistakes: list[Mistake] = []
    reader = Reader(content, "", mistakes)
    known_languages(reader)
    shared = read_source(reader.one("source"))
    found = [_measure(one, shared) for one in reader.each("measure")]
    return found, _finish(reader, [one.key for one in found], "measures")


def _measure(reader: Reader, shared: Source) -> Measure:
    measure = Measure(
        key=reader.key(),
        labels=reader.labels(),
        sector=reader.choice("sector", SECTORS),
        payer=reader.choice("payer", PAYERS),
        needs_funds=reader.flag("needs_funds"),
        legal_group=reader.choice("legal_group", LEGAL_GROUPS),
        source=read_source(reader.one("source")) if "source" in reader.table else shared,
    )
    reader.done()
    return measure


def parse_purposes(
    content: Mapping[str, Any], fields: Collection[str] | None = None
) -> tuple[list[Purpose], list[Mistake]]:
    """Purposes from the tables of `purposes.toml`; `fields` are the parts of a file that exist (None: not checked)."""
    mistakes: list[Mistake] = []
    reader = Reader(content, "", mistakes)
    known_languages(reader)
    found = [_purpose(one, fields) for one in reader.each("purpose")]
    return found, _finish(reader, [one.key for one in found], "purposes")


def _purpose(reader: Reader, fields: Collection[str] | None) -> Purpose:
    purpose = Purpose(
        key=reader.key(),
        labels=reader.labels(),
        fields=reader.words("fields"),
        needs_consent=reader.flag("needs_consent"),
        protects=reader.flag("protects", False),
        answer_days=reader.number("answer_days", 0),
        source=read_source(reader.one("source")) if "source" in reader.table else None,
    )
    if purpose.answer_days and purpose.source is None:
        reader.complain("Say in `source` where `answer_days` comes from.")
    for name in purpose.fields:
        if fields is not None and name not in fields:
            reader.complain(f"The field “{name}” is not known{near(name, sorted(fields))}")
    reader.done()
    return purpose


def parse_retention(content: Mapping[str, Any]) -> tuple[list[Keeping], list[Mistake]]:
    """Keeping times from the tables of `retention.toml`."""
    mistakes: list[Mistake] = []
    reader = Reader(content, "", mistakes)
    known_languages(reader)
    found = [_keeping(one) for one in reader.each("keeping")]
    return found, _finish(reader, [one.key for one in found], "keeping times")


def _keeping(reader: Reader) -> Keeping:
    keeping = Keeping(
        key=reader.key(),
        labels=reader.labels(),
        years=reader.number("years"),
        after=reader.choice("after", AFTER),
        source=read_source(reader.one("source")),
    )
    reader.done()
    return keeping


def _finish(reader: Reader, keys: list[str], what: str) -> list[Mistake]:
    unique(keys, what, "", reader.mistakes)
    if not keys:
        reader.complain(f"There are no {what} here.")
    reader.done()
    return reader.mistakes
