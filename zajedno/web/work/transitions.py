"""The transition radar: who comes to a passage within a year, who has no plan, and who has no place yet."""

from typing import Any

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from zajedno.casework.actions.radar import look_ahead
from zajedno.casework.logic.radar import Met, Why
from zajedno.casework.queries.begin import beginnings
from zajedno.casework.queries.radar import Line, Sought, State, foreseen_at, names_of, overdue, radar
from zajedno.casework.rules import OPEN_CASE
from zajedno.children.rules import OPEN_FILE
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import write_csv
from zajedno.procedures.queries.definition import of_version
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Select
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer
from zajedno.web.shared.pieces import Cell, Column, Link, Table, Tag
from zajedno.web.work.frame import work_page
from zajedno.web.work.labels import step_label

PAGE = 50
REMEMBERED = 300  # seconds for which the count of "my work" is not counted again
LACKS = {
    "": gettext_lazy("Everybody"),
    "plan": gettext_lazy("Without a plan"),
    "place": gettext_lazy("Without a place"),
}
STATES = {
    State.NONE: gettext_lazy("No plan"),
    State.BEGUN: gettext_lazy("Plan begun"),
    State.ASKED: gettext_lazy("Asked, no answer yet"),
    State.ACCEPTED: gettext_lazy("Accepted"),
}
TONES = {State.NONE: "wait", State.BEGUN: "info", State.ASKED: "info", State.ACCEPTED: "done"}


class Narrow(Form):
    passage = Select(label=gettext_lazy("Passage"), required=False, empty=gettext_lazy("All passages"), optional=False)
    month = Select(label=gettext_lazy("Month"), required=False, empty=gettext_lazy("All months"), optional=False)
    lacks = Select(label=gettext_lazy("Who"), required=False, choices=LACKS.items(), optional=False)

    def __init__(self, *args: Any, lines: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = sorted({line.met.on.replace(day=1) for line in lines if line.met.on})
        self.fill("passage", {one.key: label(one.labels) for one in (line.met.passage for line in lines)}.items())
        self.fill("month", [(f"{one:%Y-%m}", date_format(one, "YEAR_MONTH_FORMAT")) for one in days])

    @property
    def sought(self) -> Sought:
        return Sought(**self.cleaned_data) if self.is_valid() else Sought()


@require_safe
@work_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    lines = look_ahead(by=by)
    narrow = Narrow(request.GET, lines=lines)
    found = [line for line in lines if narrow.sought.fits(line)]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return answer(request, "work/transitions.html", {
        "narrow": narrow, "page": page, "table": table(by, list(page)), "any": bool(lines), "found": len(found),
        "late": len(overdue(lines, by.today)), "query": request.GET.urlencode(),
        "crumbs": [Link(_("My work"), "/work/")],
    })  # fmt: skip


@require_safe
@work_page
def taken(request: HttpRequest, by: Actor) -> HttpResponse:
    """What the list shows, as CSV; nothing to take is nothing to find."""
    lines = look_ahead(by=by, taken=True)
    sought = Narrow(request.GET, lines=lines).sought
    found = [line for line in lines if sought.fits(line)]
    if not found:
        raise NotFound("")
    names = names_of(found)
    heads = [_("Child"), _("Date of birth"), _("Passage"), _("How it is known"), _("When"), _("Plan to begin"),
             _("Comes from"), _("Goes to"), _("Plan"), _("Has a place")]  # fmt: skip
    rows = [
        [line.child.full_name, line.child.birth_date, label(line.met.passage.labels), why(line.met), line.met.on,
         line.met.begins, names.get(line.sender or 0, ""), names.get(line.receiver or 0, ""), str(STATES[line.state]),
         "" if not line.met.passage.to else _("no") if line.lacks_place else _("yes")]
        for line in found
    ]  # fmt: skip
    response = HttpResponse("".join(write_csv(heads, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="transitions.csv"'
    return response


def to_begin(by: Actor) -> int | None:
    """For how many children a plan should have been begun; None for whom no passage starts at their institution."""
    if not by.may(OPEN_FILE.key) or not foreseen_at(by):
        return None
    key = f"transitions-{by.account}-{by.today}"
    return int(cache.get_or_set(key, lambda: len(overdue(radar(by), by.today)), REMEMBERED) or 0)


def table(by: Actor, lines: list[Line]) -> Table:
    names = names_of(lines)
    able = {one.definition.key for one in beginnings(by)} if by.may(OPEN_CASE.key) else set()
    columns = [Column(_("Child")), Column(_("Passage")), Column(_("When")), Column(_("From and to")), Column(_("Plan"))]
    rows = [
        [
            Cell(line.child.full_name, href=f"/work/child/{line.child.uuid}/", small=day(line.child.birth_date)),
            Cell(label(line.met.passage.labels), small=why(line.met)),
            _when(by, line),
            Cell(names.get(line.sender or 0, _("the family")), small=_to(line, names)),
            _plan(line, able),
        ]
        for line in lines
    ]
    return Table("transitions", _("Passages ahead"), columns, rows, caption_hidden=True)


def _when(by: Actor, line: Line) -> Cell:
    if line.met.on is None:
        return Cell(_("not known yet"))
    begins = line.met.begins
    late = line.lacks_plan and begins and begins <= by.today
    said = _("plan from %(day)s") % {"day": day(begins)} if begins else ""
    return Cell(day(line.met.on), tag=Tag(_("Begin the plan now"), "late") if late else None, small=said)


def _to(line: Line, names: dict[int, str]) -> str:
    if not line.met.passage.to:
        return ""
    if line.lacks_place and line.receiver:
        return _("asked: %(name)s") % {"name": names.get(line.receiver, "")}
    return _("no place yet") if line.lacks_place else names.get(line.receiver or 0, _("has a place"))


def _plan(line: Line, able: set[str]) -> Cell:
    tag, plan = Tag(STATES[line.state], TONES[line.state]), line.met.passage.plan
    if line.case:
        text = step_label(of_version(line.case.version_id), line.case.step)
        return Cell(text, href=f"/work/case/{line.case.uuid}/", tag=tag)
    begin = f"/work/child/{line.child.uuid}/begin/{plan}/" if plan in able else ""
    return Cell(_("Begin the plan") if begin else "", href=begin, tag=tag if plan else None)


def why(met: Met) -> str:
    """How the passage is known, in words."""
    stay = met.stay
    what = {
        Why.CLASS: lambda: _("class %(name)s") % {"name": stay.class_name if stay else ""},
        Why.COUNTED: lambda: _("class %(name)s in %(year)s, counted on") % {
            "name": stay.class_name if stay else "", "year": stay.school_year if stay else ""},
        Why.AGE: lambda: _("by age"),
        Why.ENDS: lambda: _("the last day there is entered"),
        Why.PLAN: lambda: _("a plan was begun"),
    }[met.why]()  # fmt: skip
    return what if met.sure else _("%(what)s; to be checked") % {"what": what}
