"""One form for every pupil of a class on one screen; and the same empty, to be filled in by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import escape
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zajedno.children.actions.school_class import Pupil, PupilRow, open_class, take_in_class
from zajedno.children.queries.school_class import in_class
from zajedno.forms.logic.scores.contract import Facts
from zajedno.forms.logic.scores.registry import score
from zajedno.forms.logic.sheet import Sheet
from zajedno.forms.queries.form import Loaded, find, version
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.forms import Problem
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.request import uuid_of
from zajedno.web.shared.sheets import grid
from zajedno.web.work.assessment_words import number
from zajedno.web.work.classes import Desk, desk_of
from zajedno.web.work.frame import work_page

BY_HAND = 5  # empty rows below the pupils on paper, for who comes later


@dataclass(frozen=True)
class ClassSheet:
    """A form for a class, in the language of the page."""

    desk: Desk
    form: Loaded

    @property
    def address(self) -> str:
        return f"{self.desk.address}{self.form.key}/"

    @cached_property
    def language(self) -> str:
        return get_language() or "en"

    @cached_property
    def layout(self) -> grid.Layout:
        return grid.layout(self.form.form, self.language, self.form.facts.day)

    @cached_property
    def measured(self) -> str:
        """Key of the finding that sums the others up; empty where the form has no score."""
        facts, today = self.form.facts, self.desk.by.today
        if not facts.score:
            return ""
        found = score(facts.score, Sheet(self.form.form, today=today).values(), Facts(on=today), facts.options)
        return found.findings[0].key if found.findings else ""

    def pupils(self) -> list[Pupil]:
        """Opened, which is recorded."""
        desk = self.desk
        return open_class(by=desk.by, organisation=desk.school, class_name=desk.group.name, form=self.form)

    def in_version(self, number: str) -> "ClassSheet":
        """As it stood on the page that comes back: a newer version may have been loaded meanwhile."""
        return ClassSheet(self.desk, version(self.form, int(number) if number.isdecimal() else 0))

    def context(self) -> dict[str, Any]:
        facts = self.form.facts
        return {
            "desk": self.desk, "sheet": self, "layout": self.layout, "title": self.form.title(self.language),
            "notices": facts.sentences, "source": facts.source, "unverified": not facts.verified,
            "needed": self.layout.needed,
            "results": [facts.finding(self.measured)] if self.measured else [],
            "crumbs": self.desk.crumbs(Link(self.desk.group.name, self.desk.address)),
        }  # fmt: skip


def find_sheet(by: Actor, school: str, group: str, key: str) -> ClassSheet:
    desk = desk_of(by, school, group)
    form = find(key, [desk.school.pk], "child", by.today)
    if not form.facts.grid:
        raise NotFound("")
    return ClassSheet(desk, form)


@work_page
def filled(request: HttpRequest, by: Actor, school: str, group: str, key: str) -> HttpResponse:
    """The table, filled beforehand with the newest sheets and what marks and absences propose. A POST keeps what was
    written; what cannot be kept comes back with its reasons, as it was typed."""
    sheet = find_sheet(by, school, group, key)
    if request.method != "POST" or sheet.layout.needed:
        return _show(request, sheet, sheet.pupils())
    sheet = sheet.in_version(request.POST.get("version", ""))
    came = _Came(sheet, request.POST)
    came.keep()
    if came.wrong:
        return _show(request, sheet, sheet.pupils(), came)
    messages.success(request, came.told())
    return redirect(sheet.address)


class _Came:
    """What was sent: rows by child, those that are wrong with their sentences, and how many were kept."""

    def __init__(self, sheet: ClassSheet, data: Mapping[str, str]) -> None:
        self.sheet = sheet
        rows = grid.rows_of(sheet.layout.columns, data)
        self.rows = {row.key: row for row in rows if row.changed and not row.empty}
        self.untouched = sum(not row.changed and not row.empty for row in rows)
        self.wrong: dict[str, dict[str, str]] = {}
        self.saved = self.gone = 0

    def keep(self) -> None:
        desk, form = self.sheet.desk, self.sheet.form
        uuids = {str(child.uuid): child.pk for child in in_class(desk.by, desk.school.pk, desk.group.name)}
        self.gone = len(self.rows.keys() - uuids.keys())
        ready: dict[int, PupilRow] = {}
        for key, row in self.rows.items():
            if key in uuids:
                answers = grid.sheet_of(form, row.values, desk.by.today, self.sheet.language)
                if wrong := grid.problems_of(self.sheet.layout.columns, answers, row.values):
                    self.wrong[key] = wrong
                else:
                    ready[uuids[key]] = PupilRow(answers.draft(), uuid_of(row.seen))
        for one in take_in_class(
            by=desk.by, organisation=desk.school, class_name=desk.group.name, form=form, rows=ready
        ):
            self.saved += one.verdict == "saved"
            self.untouched += one.verdict == "unchanged"
            if one.verdict == "refused":
                self.wrong[str(one.child.uuid)] = {"": one.why}

    def told(self) -> str:
        """How many, in a sentence each."""
        saved, same, wrong = self.saved, self.untouched, len(self.wrong)
        told = [ngettext("%(count)s pupil saved.", "%(count)s pupils saved.", saved) % {"count": saved}]
        told.append(ngettext("%(count)s unchanged.", "%(count)s unchanged.", same) % {"count": same})
        if wrong:
            told.append(ngettext("%(count)s not saved.", "%(count)s not saved.", wrong) % {"count": wrong})
        if self.gone:
            told.append(_("Some are no longer in this class."))
        return " ".join(told)


def _show(request: HttpRequest, sheet: ClassSheet, pupils: list[Pupil], came: _Came | None = None) -> HttpResponse:
    lines = [_line(sheet, pupil) for pupil in pupils]
    problems = []
    for at, line in enumerate(lines):
        if came and line.key in came.wrong:
            line.was = grid.joined(sheet.layout.columns, line.values)
            line.values, line.wrong, line.closed = came.rows[line.key].values, came.wrong[line.key], ""
            problems += [Problem(f"{line.name}: {why}", _place(sheet, at, path)) for path, why in line.wrong.items()]
    context = sheet.context() | {
        "rows": [grid.row(at, sheet.layout.columns, line) for at, line in enumerate(lines)], "problems": problems,
        "told": came.told() if came else "", "proposed": any(line.notes for line in lines),
        "closed": any(line.closed for line in lines), "any": any(pupil.newest for pupil in pupils),
    }  # fmt: skip
    return render(request, "work/class_grid.html", context, status=422 if problems else 200)


def _place(sheet: ClassSheet, at: int, path: str) -> str:
    """Where a line of the error summary leads: the cell, or the first one of the row."""
    column = next((number for number, one in enumerate(sheet.layout.columns) if one.path == path), 0)
    return f"#r{at}-{column}"


def _line(sheet: ClassSheet, pupil: Pupil) -> grid.Line:
    """A pupil's row as it stands: what people have said wins over what the registers propose."""
    values: dict[str, str] = {}
    notes: dict[str, str] = {}
    for one in sheet.layout.columns:
        said = grid.answer_at(pupil.newest.content["answers"], one.path) if pupil.newest else ""
        proposed = str(pupil.proposed.get(one.name, ""))
        values[one.path] = said or proposed
        if proposed and not said:
            notes[one.path] = _("Proposed by marks and absences")
        elif proposed and said != proposed:
            notes[one.path] = _("Marks and absences would say %(level)s") % {"level": proposed}
    return grid.Line(
        str(pupil.child.uuid), pupil.child.full_name, values, str(pupil.newest.row.uuid) if pupil.newest else "", notes,
        closed="" if pupil.ready else _("There is no consent for this form."), results=_results(sheet, pupil),
    )  # fmt: skip


def _results(sheet: ClassSheet, pupil: Pupil) -> list[str]:
    """What the newest sheet came to: its value with the band under it."""
    if not sheet.measured:
        return []
    read = pupil.newest
    finding = read.findings[0] if read and read.findings else None
    if read is None or finding is None:
        return [""]
    band = read.form.facts.band(read.band(finding)) if read.band(finding) else ""
    return [f'{escape(number(finding.value) or "–")}<span class="z-small">{escape(band)}</span>']


@work_page
def by_hand(request: HttpRequest, by: Actor, school: str, group: str, key: str) -> HttpResponse:
    """The table with names alone, to be printed."""
    sheet = find_sheet(by, school, group, key)
    names = [pupil.child.full_name for pupil in sheet.pupils()] + [""] * BY_HAND
    rows = [grid.empty_row(sheet.layout.columns, name) for name in names]
    return render(request, "work/class_by_hand.html", sheet.context() | {"rows": rows, "results": []})
