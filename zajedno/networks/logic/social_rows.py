"""A social map as municipalities keep it in a sheet: a row for each group in a settlement, or a row for each settlement
and a column for each group; any order of columns, either script."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets import Cell, Table, gettext_noop, match_columns
from zajedno.places.logic.arriving import Fault
from zajedno.places.logic.service_rows import NEEDS, cell_text, key_of, keys_of

FEWEST = 5  # people; fewer are not written down, since a small number in a village names a family
LARGEST = 10_000_000
# Field -> headings, in Latin without marks (columns are matched folded).
COLUMNS: Mapping[str, Sequence[str]] = {
    "group": ("grupa", "ranjiva grupa", "osetljiva grupa", "osjetljiva grupa", "ugrozena grupa", "kategorija", "group",
              "vulnerable group", "skupina", "csoport", "grupi"),
    "place": ("naselje", "naseljeno mesto", "naseljeno mjesto", "mesto", "mjesto", "selo", "mesna zajednica",
              "mjesna zajednica", "settlement", "village", "telepules", "vendbanimi"),
    "people": ("broj", "broj ljudi", "broj osoba", "broj lica", "osoba", "lica", "people", "number", "ljudi",
               "letszam", "emberek", "numri", "njerez"),
    "source": ("izvor", "izvor podataka", "izvor broja", "source", "source of the number", "forras",
               "a szam forrasa", "burimi", "burimi i numrit"),
    "needs": ("potreba", "potrebe", "oblast", "need", "needs", "szukseglet", "nevoja"),
    "gap": ("sta nedostaje", "sto nedostaje", "nedostaje", "what is missing", "missing", "hianyzik", "mungon",
            "napomena"),
    "municipality": ("opstina", "opcina", "jls", "municipality", "kozseg", "komuna"),
}  # fmt: skip
# A group by how its words begin, folded; the key itself counts too.
GROUPS: Mapping[str, Sequence[str]] = {
    "disability": ("invalid", "smetnj", "teskoc", "poteskoc", "disab", "fogyat", "aftesi"),
    "poverty": ("siromas", "socijalno ugroz", "novcana socijalna", "poverty", "poor", "szegen", "varfer"),
    "roma": ("rom",), "remote": ("udaljen", "daleko", "sela bez", "remote", "far from", "tavol", "larg"),
    "refugee": ("izbeg", "izbjeg", "raselj", "migrant", "refugee", "displac", "menekul", "refugj"),
    "violence": ("nasilj", "violence", "eroszak", "dhun"),
    "care": ("bez roditeljsk", "hranitelj", "without parental", "szuloi gondoskodas nelkul", "pa kujdes"),
    "other": ("ostal", "druga grup", "drugo", "another group", "mas csoport", "egyeb", "tjeter"),
}  # fmt: skip
WHOLE = ("cela opstina", "cijela opstina", "cijela opcina", "ukupno", "opstina", "opcina", "whole municipality",
         "total", "egesz kozseg", "osszesen", "gjithe komuna")  # fmt: skip
MOST = {"place": 120, "source": 250, "gap": 1000}
SENTENCES = {
    "no_group": gettext_noop("The group is missing."),
    "group_unknown": gettext_noop("“%(word)s” is not on the list of groups."),
    "need_unknown": gettext_noop("“%(word)s” is not on the list of needs."),
    "not_whole": gettext_noop("Write a whole number here, such as 12."),
    "few": gettext_noop("Fewer than five people are not written down: leave the number empty."),
    "few_left": gettext_noop(
        "This number beside the others of the group would tell of fewer than five people: leave it empty."
    ),
    "no_source": gettext_noop("Write where the number comes from."),
    "too_long": gettext_noop("This text is too long: at most %(most)s characters are kept."),
    "elsewhere": gettext_noop("“%(name)s” is not the municipality of your institution."),
    "others": gettext_noop("Another institution has told this line."),
    "twice": gettext_noop("The same group and settlement stand in row %(row)s already."),
}
_COUNT = re.compile(r"\d{1,3}(?:[. \u00a0]\d{3})+|\d+")


@dataclass(frozen=True)
class Told:
    """A group in a settlement as a row tells it. `fields`: as `actions.social` takes them."""

    number: int
    group: str
    place: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    municipality: str = ""
    faults: Sequence[Fault] = ()


class Reader:
    """A sheet of either kind. `source`: of numbers whose row names none; `groups`, `needs`: what keys are called in the
    language in use. What the sheet has no column for is not said, and stays as it is."""

    def __init__(self, table: Table, source: str, groups: Mapping[str, str], needs: Mapping[str, str]) -> None:
        self.table, self.source = table, source
        self.groups = {key: (*starts, fold(groups.get(key, key))) for key, starts in GROUPS.items()}
        self.needs = {key: (*starts, fold(needs.get(key, key))) for key, starts in NEEDS.items()}
        crossed = {at: key for at, name in enumerate(table.header) if (key := key_of(self.groups, name))}
        is_crossed = len(crossed) > 1 or "group" not in match_columns(table.header, COLUMNS).columns
        self.crossed = crossed if is_crossed else {}
        rest = ["" if at in self.crossed else name for at, name in enumerate(table.header)]
        found = match_columns(rest, COLUMNS)
        self.columns, self.unread = found.columns, found.unmatched

    @property
    def is_one(self) -> bool:
        """Does the sheet name groups at all?"""
        return "group" in self.columns or bool(self.crossed)

    def told(self) -> Iterator[Told]:
        for row in self.table.rows():
            cells = {name: row.values[at] for name, at in self.columns.items() if at < len(row.values)}
            if not self.crossed:
                yield self._one(row.number, cells, cell_text(cells.get("group")))
                continue
            for at, group in self.crossed.items():
                count = row.values[at] if at < len(row.values) else None
                if cell_text(count) not in ("", "-", "–", "0"):
                    yield self._one(row.number, cells | {"people": count}, group)

    def _one(self, number: int, cells: Mapping[str, Cell], said: str) -> Told:
        faults: list[Fault] = []
        group = key_of(self.groups, said)
        if not group:
            faults.append(Fault("group_unknown", "group", {"word": said[:60]}) if said else Fault("no_group", "group"))
        fields, wrong = self._fields(cells)
        place = cell_text(cells.get("place"))
        texts = {**fields, "place": place}
        faults += wrong + [Fault("too_long", name, {"most": most}) for name, most in MOST.items()
                           if len(texts.get(name, "")) > most]  # fmt: skip
        return Told(number, group, "" if fold(place) in WHOLE else place, fields, cell_text(cells.get("municipality")),
                    faults)  # fmt: skip

    def _fields(self, cells: Mapping[str, Cell]) -> tuple[dict[str, Any], list[Fault]]:
        fields: dict[str, Any] = {name: cell_text(cells[name]) for name in ("source", "gap") if name in cells}
        faults: list[Fault] = []
        if "people" in cells:
            fields["people"], wrong = _people(cells["people"])
            faults += [Fault(wrong, "people")] if wrong else []
        if "needs" in cells:
            fields["needs"], unknown = keys_of(self.needs, cell_text(cells["needs"]))
            faults += [Fault("need_unknown", "needs", {"word": word}) for word in unknown]
        if fields.get("people") is not None and not fields.get("source"):
            fields["source"] = self.source
            faults += [] if self.source else [Fault("no_source", "source")]
        return fields, faults


def _people(value: Cell) -> tuple[int | None, str]:
    """(the number, what is wrong with it); `1.200` and `1 200` are one thousand two hundred."""
    text = cell_text(value).strip("~≈ ")
    if text in ("", "-", "–"):
        return None, ""
    if text.startswith("<"):
        return None, "few" if text[1:].strip() == str(FEWEST) else "not_whole"
    if not _COUNT.fullmatch(text) or (count := int(re.sub(r"\D", "", text))) > LARGEST:
        return None, "not_whole"
    return (None, "few") if count < FEWEST else (count, "")


def leaves_few(whole: int | None, parts: Sequence[int | None]) -> bool:
    """Would a number for the whole municipality, less those of its settlements, tell of fewer than five people?"""
    rest = 0 if whole is None else whole - sum(one for one in parts if one is not None)
    return 0 < rest < FEWEST
