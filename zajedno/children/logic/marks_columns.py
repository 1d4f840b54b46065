"""Headings of the sheets in which schools keep absences and marks; which columns are marks their cells tell, too."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Final

from zajedno.children.logic.columns import CHILD_COLUMNS
from zajedno.children.logic.half_year import half_told
from zajedno.children.logic.marks import are_marks
from zajedno.children.logic.register import is_counter
from zajedno.kernel.spreadsheets import Table, heading, match_columns

_WHO = ("given_name", "family_name", "full_name", "full_name_family_first", "birth_date", "record")

MARKS_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **{name: CHILD_COLUMNS[name] for name in _WHO},
        "national_number": (*CHILD_COLUMNS["national_number"], "jmbg job", "jmbg učenika"),
        "education_number": ("job", "jedinstveni obrazovni broj", "obrazovni broj", "job učenika"),
        "class": ("odeljenje", "odjeljenje", "razred i odeljenje", "razred odeljenje", "razred i odjeljenje", "grupa",
                  "osztály", "klasa"),
        "grade": ("razred", "évfolyam"),
        "lessons": ("fond časova", "fond", "broj časova", "ukupno časova", "održano", "održani časovi",
                    "broj održanih časova", "megtartott órák"),
        "excused": ("opravdani", "opravdano", "opravdanih", "broj opravdanih", "opr", "igazolt", "mungesa me arsye"),
        "unexcused": ("neopravdani", "neopravdano", "neopravdanih", "broj neopravdanih", "neopr", "igazolatlan",
                      "mungesa pa arsye"),
        "after_notice": ("posle obaveštenja", "nakon obaveštenja", "posle pismenog obaveštenja",
                         "nakon pismenog obaveštenja", "posle obaveštavanja", "poslije obavještenja",
                         "nakon obavještenja", "nakon pismenog obavještenja", "neopravdani posle obaveštenja"),
        "absences": ("ukupno izostanaka", "izostanaka ukupno", "izostanci ukupno", "svega izostanaka",
                     "izostanci svega", "ukupan broj izostanaka", "összes hiányzás"),
        "mean_mark": ("prosek", "prosečna ocena", "srednja ocena", "prosjek", "prosječna ocjena", "srednja ocjena",
                      "opšti uspeh", "opći uspjeh", "tanulmányi átlag", "átlag", "mesatarja", "nota mesatare"),
        "negative_marks": ("nedovoljnih", "nedovoljne", "broj nedovoljnih", "negativnih", "negativne",
                           "broj negativnih", "slabih", "slabe", "jedinica", "elégtelenek száma"),
    }
)  # fmt: skip
"""Fields of a sheet and their headings, for `match_columns`; a longer heading that holds one of them fits, too."""

FIRST, LAST = "mark_first", "mark_last"
FIELDS = (*MARKS_COLUMNS, FIRST, LAST)
"""All that a column may be; marks in subjects stand from the first such column to the last."""

# Known and not read here; so that no column is taken for something else that it resembles.
_OTHERS = {name: CHILD_COLUMNS[name] for name in ("sex", "parent", "municipality", "address", "institution")}
# Numbers from 1 to 5 that are no mark in a subject. Conduct and what is graded in words stay out of the mean.
_NO_SUBJECT = re.compile(
    r"(?:br\b|broj|ukup|sveg|izosta|cas(?:ov)?\w?\b|opomen|ukor|mer[ae]\b|vladan|versk|vjersk|vjeron|gradansk|odlicn|vrlo|dobr"
    r"|dovoljn|nedovoljn|uspe|uspje|razred|od\w*elje?nj|godin|rang|bod|poen|napomen|ocen|ocjen|zaklj)"
)
_LOOK = 200  # rows by which a column is judged


def match_marks(table: Table, half_year: int) -> dict[str, int]:
    """Field -> column from 0. Columns under the heading of the other half-year are passed over."""
    header = _of_half(table.header, half_year)
    found = dict(match_columns(header, {**MARKS_COLUMNS, **_OTHERS}).columns)
    if "record" in found and is_counter(table.header[found["record"]]):
        del found["record"]
    marks = [at for at in _marked(table, header) if at not in found.values()]
    kept = {name: at for name, at in found.items() if name in MARKS_COLUMNS}
    return kept | dict(zip((FIRST, LAST), dict.fromkeys((marks[0], marks[-1])), strict=False)) if marks else kept


def subjects(table: Table, columns: Mapping[str, int], half_year: int) -> list[int]:
    """Columns of subjects, in order: from the first to the last, those that hold marks and nothing else."""
    if FIRST not in columns:
        return []
    ends = sorted((columns[FIRST], columns.get(LAST, columns[FIRST])))
    used = {at for name, at in columns.items() if name in MARKS_COLUMNS}
    marked = {*_marked(table, _of_half(table.header, half_year)), *ends} - used
    return sorted(at for at in marked if ends[0] <= at <= ends[1])


def _of_half(header: Sequence[str], half_year: int) -> list[str]:
    return [name if half_told([name]) in (None, half_year) else "" for name in header]


def _marked(table: Table, header: Sequence[str]) -> Iterator[int]:
    rows = [row.values for row in islice(table.rows(), _LOOK)]
    for at, name in enumerate(header):
        words = heading(name.rpartition(" / ")[2])
        counts = is_counter(words) or words.replace(" ", "").isdigit() or _NO_SUBJECT.match(words)
        if words and not counts and are_marks(values[at] for values in rows if at < len(values)):
            yield at


def expected() -> Collection[str]:
    """Headings by which the header of a sheet is found."""
    return [name for names in MARKS_COLUMNS.values() for name in names]
