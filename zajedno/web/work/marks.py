"""A school's sheet of marks and absences comes in, of one half-year."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from zajedno.children.actions import marks
from zajedno.children.logic.marks_columns import FIRST, LAST, subjects
from zajedno.children.queries import marks as queries
from zajedno.children.queries.enrolment import school_year
from zajedno.children.rules import IMPORT_SCHOOL
from zajedno.children.tasks import enter_marks
from zajedno.kernel.clock import today
from zajedno.web.registers.forms import TABLES, File
from zajedno.web.registers.kind import CHILD, Doubt, Kind
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Select, UploadField
from zajedno.web.shared.pieces import Link, Row
from zajedno.web.work.frame import work_page

WHO = ("full_name", "full_name_family_first", "given_name", "family_name", "birth_date", "national_number")
TOLD: Mapping[str, Any] = {
    "lessons": gettext_lazy("Lessons held"),
    "excused": gettext_lazy("Excused absences"),
    "unexcused": gettext_lazy("Unexcused absences"),
    "after_notice": gettext_lazy("Unexcused after notice to the parents"),
    "mean_mark": gettext_lazy("Mean mark"),
    "negative_marks": gettext_lazy("Negative marks"),
}
FIELDS: Mapping[str, Any] = {
    **{name: CHILD[name] for name in WHO},
    "education_number": gettext_lazy("Education number (JOB)"),
    "record": gettext_lazy("Record number"),
    "class": gettext_lazy("Class or group"),
    "grade": gettext_lazy("Grade"),
    **TOLD,
    "absences": gettext_lazy("All absences together"),
    FIRST: gettext_lazy("Marks in subjects: first column"),
    LAST: gettext_lazy("Marks in subjects: last column"),
}
HALVES = {1: gettext_lazy("first half-year"), 2: gettext_lazy("second half-year")}
YEARS = 5  # that may be chosen


def year_label(year: int) -> str:
    return f"{year}/{year + 1}"


def half_year_label(row: Any) -> str:
    """Of a sheet, or of what it told."""
    return f"{year_label(row.school_year)}, {HALVES[row.half_year]}"


def number_label(value: int | Decimal | None) -> str:
    """A count, or a mean to a hundredth, as the language writes it."""
    return "" if value is None else number_format(value, 2 if isinstance(value, Decimal) else None)


class Sheet(File):
    """The file, and its half-year when its titles do not tell it."""

    file = UploadField(
        kinds=TABLES, label=gettext_lazy("The sheet as a file"),
        help_text=gettext_lazy(
            "Excel, LibreOffice or CSV, as the school keeps it: absences, marks or both, in either script."
        ),
    )  # fmt: skip
    school_year = Select(
        label=gettext_lazy("School year"), required=False, optional=False, empty=gettext_lazy("As its title says")
    )
    half_year = Select(
        label=gettext_lazy("Half-year"), required=False, optional=False, empty=gettext_lazy("As its title says"),
        choices=HALVES.items(),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = school_year(today())
        self.fill("school_year", [(year, year_label(year)) for year in range(newest, newest - YEARS, -1)])

    def about(self) -> dict[str, Any]:
        return {name: int(self.cleaned_data[name] or 0) or None for name in ("school_year", "half_year")}


def leads(row: Any) -> tuple[str, str] | None:
    return (row.attendance.child.full_name, f"/work/child/{row.attendance.child.uuid}/") if row.attendance else None


def says(looked: Any) -> list[Row]:
    row = looked.row
    place = f"{row.school_class.grade or ''}/{row.school_class.section}".strip("/") if row.school_class else ""
    return [
        Row(_("Name"), row.name),
        Row(_("Date of birth"), day(row.birth_date)),
        Row(FIELDS["class"], place),
        *(Row(label, row.numbers[kind]) for kind, label in NUMBERS.items() if kind in row.numbers),
        *(Row(label, number_label(row.told[name])) for name, label in TOLD.items() if name in row.told),
    ]


NUMBERS = {"national": FIELDS["national_number"], "education": FIELDS["education_number"], "local": FIELDS["record"]}


def choices(looked: Any) -> list[tuple[str, Any]]:
    """Each child it may be; none of them is always an answer."""
    named = [(str(one.child.uuid), ", ".join(filter(None, _who(one)))) for one in looked.known]
    return [*named, ("another", _("None of the children here: leave the row out"))]


def _who(one: Any) -> tuple[str, str]:
    seen = "identity" in one.fields
    return (one.child.full_name, day(one.child.birth_date)) if seen else (_("Child"), "")


def also(batch: Any, table: Any) -> dict[int, Any]:
    return dict.fromkeys(subjects(table, batch.columns, batch.half_year), _("Mark in a subject"))


MARKS = Kind(
    at="/work/marks/",
    title=gettext_lazy("Marks and absences"),
    desk=Link(gettext_lazy("My work"), "/work/"),
    base="work/desk.html",
    guard=work_page,
    verbs=(IMPORT_SCHOOL,),
    actions=marks,
    queries=queries,
    enter=enter_marks,
    fields=FIELDS,
    second="class",
    leads=leads,
    says=says,
    choices=choices,
    undoing=gettext_lazy(
        "What it told disappears; what it corrected is again as it was. It can be done only while no later sheet has "
        "corrected the same."
    ),
    bring=gettext_lazy("Bring in a sheet of a class"),
    doubt=Doubt(
        ahead=gettext_lazy("Where it is not sure whose a row is, you decide on it afterwards, row by row."),
        waiting=ngettext_lazy(
            "%(n)s row waits for you: it is not sure whose it is.",
            "%(n)s rows wait for you: it is not sure whose they are.",
            "n",
        ),
        heading=gettext_lazy("Row %(n)s: whose is it?"),
        question=gettext_lazy("Which child is it?"),
    ),
    file=Sheet,
    about=half_year_label,
    also=also,
)
