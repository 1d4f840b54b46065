"""The one plan of a child, whichever procedures wrote it: only the lines that the person's ties open, nothing counted
of others."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.casework.actions.support import may_report, report_measure
from zajedno.casework.enums import MeasureState, Unmet, Whose, payer_label
from zajedno.casework.queries import plan as queries
from zajedno.casework.queries.case import of_child
from zajedno.casework.rules import PLAN_SUPPORT
from zajedno.children.enums import Field
from zajedno.kernel.documents import Rendering, render_pdf
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.charts import Chart
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link, Table
from zajedno.web.work import plan_words as words
from zajedno.web.work.child import ChildFile, address, child_page, country_of, show
from zajedno.web.work.plan_forms import ReportForm

LETTER = "support-plan.typ"


def read(file: ChildFile) -> queries.ChildPlan:
    if not file.opens(Field.PLAN):
        raise NotFound("")
    return queries.plan_of(file.by, file.child, file.fields, country_of(file))


@child_page
def plan(request: HttpRequest, file: ChildFile) -> HttpResponse:
    """By goal, or with `?by=who` by who is responsible."""
    found, who = read(file), request.GET.get("by") == "who"
    tabs = [
        {"text": _("By goal"), "href": "?", "current": not who, "count": None},
        {"text": _("By who is responsible"), "href": "?by=who", "current": who, "count": None},
    ]
    parts = by_responsible(found) if who else by_goal(found)
    return show(
        request, file, "child_plan", tabs=tabs, tables=[table(file, found, *part) for part in enumerate_parts(parts)],
        chart=glance(found), told=told(found), former=former(file, found), writing=writing(file),
        moments=words.history(found.reader, found.entries, named=True),
    )  # fmt: skip


def by_goal(found: queries.ChildPlan) -> list[tuple[str, str, list[Any]]]:
    """(goal, about it, measures that serve it); measures that serve none come last."""
    served = {goal.pk for goal in found.goals}
    parts = [
        (goal.text, words.goal_facts(goal), [row for row in found.measures if row.goal_id == goal.pk])
        for goal in found.goals
    ]
    rest = [row for row in found.measures if row.goal_id not in served]
    return [*parts, (_("Without a goal"), "", rest)] if rest else parts


def by_responsible(found: queries.ChildPlan) -> list[tuple[str, str, list[Any]]]:
    parts: dict[str, list[Any]] = {}
    for row in found.measures:
        parts.setdefault(str(row.responsible or row.responsible_person) or _("Nobody yet"), []).append(row)
    return [(title, "", rows) for title, rows in sorted(parts.items())]


def enumerate_parts(parts: Iterable[tuple[str, str, list[Any]]]) -> Iterable[tuple[int, str, str, list[Any]]]:
    return ((number, *part) for number, part in enumerate(parts, start=1))


def table(
    file: ChildFile, found: queries.ChildPlan, number: int, title: str, about: str, rows: list[Any]
) -> tuple[Table, str]:
    cells = [words.cells(found.reader, row, address(file, f"plan/{row.uuid}/")) for row in rows]
    return Table(f"part-{number}", title, words.columns(), cells, empty=_("No measure serves this goal yet.")), about


def glance(found: queries.ChildPlan) -> Chart | None:
    """How far the plan has come."""
    if not found.measures:
        return None
    counts = {state: sum(row.state == state for row in found.measures) for state in MeasureState.values}
    rows = [(MeasureState(state).label, (count,)) for state, count in counts.items() if count]
    return Chart("progress", _("How far the plan has come"), told(found), [_("Measures")], rows, unit=_("State"))


def told(found: queries.ChildPlan) -> str:
    """The same in a sentence."""
    today = found.reader.by.today
    return _("Measures: %(all)s. Carried out: %(done)s. Past their last day: %(late)s. Unmet needs: %(unmet)s.") % {
        "all": len(found.measures), "done": sum(row.state == MeasureState.DONE for row in found.measures),
        "late": sum(words.late(row, today) is not None for row in found.measures),
        "unmet": sum(bool(row.unmet) for row in found.measures),
    }  # fmt: skip


def former(file: ChildFile, found: queries.ChildPlan) -> Table:
    """Earlier versions, and what was never adopted."""
    rows = [words.cells(found.reader, row, address(file, f"plan/{row.uuid}/")) for row in found.former]
    return Table("former", _("Earlier lines"), words.columns(), rows, caption_hidden=True)


def writing(file: ChildFile) -> list[Link]:
    """Cases in which the person may write the plan."""
    rows = of_child(file.by, file.child.pk).filter(closed_on=None)
    return [
        Link(case.number or _("Case without a number"), f"/work/case/{case.uuid}/plan/", str(case.organisation))
        for case in rows
        if file.by.may(PLAN_SUPPORT.key, case.organisation_id)
    ]


@child_page
def measure(request: HttpRequest, file: ChildFile, measure: UUID) -> HttpResponse:
    """One measure with its history; who answers for it says here what became of it."""
    if not file.opens(Field.PLAN):
        raise NotFound("")
    row = queries.find(file.by, file.child, measure)
    row.child = file.child
    reader = queries.Reader(file.by, frozenset(file.fields), country_of(file))
    reports = may_report(file.by, row) and row.adopted_on and not row.superseded_on
    form = (
        ReportForm(request.POST or None, initial={"state": row.state, "review_on": row.review_on}) if reports else None
    )
    if request.method == "POST" and form is None:
        raise NotFound("")
    if form and form.is_valid() and attempt(form, lambda: report_measure(by=file.by, row=row, **form.cleaned_data)):
        messages.success(request, _("The state of the measure is kept."))
        return redirect(address(file, f"plan/{row.uuid}/"))
    return show(
        request, file, "child_measure", name=reader.name(row), rows=words.facts(reader, row, {}), form=form,
        former=row.superseded_on, moments=words.history(reader, queries.entries_of(file.by, row), named=False),
    )  # fmt: skip


@child_page
def paper(request: HttpRequest, file: ChildFile) -> HttpResponse:
    """The plan as PDF, in the language in use: as much of it as the person may read."""
    found, language = read(file), get_language() or "en"
    title = _("Individual support plan")
    office = next((row.at for row in reversed([*found.goals, *found.measures])), file.child.registered_by)
    pdf = render_pdf(
        template(country_of(file)), printed(file, found, title), Rendering(language, title, str(office), file.by.today)
    )
    response = HttpResponse(pdf.content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="support-plan.pdf"'
    return response


def template(country: str) -> Any:
    """The country's own words for a plan, or the common ones."""
    folders = (settings.PACKS_DIR / name / "letters" / LETTER for name in (country.lower(), "common"))
    own, common = folders
    return own if own.exists() else common


def printed(file: ChildFile, found: queries.ChildPlan, title: str) -> dict[str, Any]:
    """Shape of `support-plan.typ`."""
    named, reader = file.opens(Field.IDENTITY), found.reader
    views = [one for one in found.entries if one.kind == "view"]
    return {
        "title": title,
        "child": file.child.full_name if named else "",
        "born": (file.child.birth_date or "") if named else "",
        "date": file.by.today,
        "told": told(found),
        "parts": [
            {"title": part, "about": about, "measures": [_printed(reader, row) for row in rows]}
            for part, about, rows in by_goal(found)
        ],
        "views": [{"who": str(Whose(one.value).label), "day": one.happened_on, "text": one.text} for one in views],
    }


def _printed(reader: queries.Reader, row: Any) -> dict[str, str]:
    unmet = _("Unmet need: %(why)s") % {"why": Unmet(row.unmet).label} if row.unmet else ""
    when = ", ".join(part for part in (words.when_text(row), row.frequency) if part)
    cost = ", ".join(part for part in (words.cost_text(row), payer_label(row.payer) if row.payer else "") if part)
    state = ", ".join(part for part in (str(MeasureState(row.state).label), day(row.state_on) or "") if part)
    who = ", ".join(part for part in (str(row.responsible or ""), row.responsible_person) if part)
    return {"name": reader.name(row), "words": reader.words(row), "who": who, "when": when, "cost": cost,
            "state": state, "unmet": unmet}  # fmt: skip
