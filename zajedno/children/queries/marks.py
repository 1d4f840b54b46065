"""Sheets of marks and absences that come in: found, and read again; and who goes to the institution."""

from collections import defaultdict
from datetime import date

from django.db.models import Q

from zajedno.access.queries.batch import Reads, file_of
from zajedno.children.enums import IdentifierKind
from zajedno.children.logic.half_year import read_class
from zajedno.children.logic.marks_columns import expected
from zajedno.children.logic.marks_match import Pupil, Roster
from zajedno.children.logic.marks_rows import name_words
from zajedno.children.models import Enrolment, Identifier, SchoolBatch, SchoolBatchRow
from zajedno.children.queries.child import visible_to as children_visible_to
from zajedno.children.rules import IMPORT_SCHOOL
from zajedno.kernel.actor import Actor
from zajedno.kernel.spreadsheets import Table, read_table

_reads = Reads(IMPORT_SCHOOL, SchoolBatch, SchoolBatchRow, "attendance__child")
visible_to, find, find_row, rows = _reads.visible_to, _reads.find, _reads.find_row, _reads.rows


def table_of(batch: SchoolBatch) -> Table:
    """The table of the file that was sent. Raises UnreadableTable."""
    return table_in(file_of(batch))


def table_in(content: bytes) -> Table:
    return read_table(content, expected())


def hints(table: Table, name: str) -> list[str]:
    """Texts that may tell year, half-year and class: titles, each and all together; then names of sheet and file."""
    over = [upper for heading in table.header if (upper := heading.partition(" / ")[0]) != heading]
    return [*table.titles, " ".join([*table.titles, *over]), f"odeljenje {table.sheet}", f"odeljenje {name}"]


def roster(by: Actor, organisation: int, school_year: int) -> Roster:
    """Children whom the actor sees and who go to the institution, or went there in that school year. Two queries.

    A class of another year is counted on or back: who is in 6-2 now was in 5-2 a year ago.
    """
    going = Q(until=None) | Q(until__gte=date(school_year, 9, 1))
    enrolled = Enrolment.objects.filter(going, organisation=organisation, child__in=children_visible_to(by))
    names = ("child", "child__given_fold", "child__family_fold", "child__birth_date")
    people, classes = {}, defaultdict(list)
    for child, given, family, born, place, year in enrolled.values_list(*names, "class_name", "school_year"):
        people[child] = (name_words(f"{given} {family}"), born)
        if found := read_class(place):
            classes[child].append(found.later(school_year - year))
    numbers: dict[int, dict[str, bytes]] = defaultdict(dict)
    kept = Identifier.objects.filter(Q(issuer=None) | Q(issuer=organisation), child__in=list(people))
    for child, kind, blind in kept.exclude(kind=IdentifierKind.PASSPORT).values_list("child", "kind", "blind"):
        numbers[child][kind] = bytes(blind)
    return Roster(Pupil(child, *who, tuple(classes[child]), numbers[child]) for child, who in people.items())
