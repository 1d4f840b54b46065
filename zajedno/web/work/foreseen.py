"""The deadlines of a case: how each stands, and what would be if today were another day."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.foreseen import Foreseen, foreseen
from zajedno.web.shared.dates import day, moment
from zajedno.web.shared.fields import DateField
from zajedno.web.shared.forms import Form
from zajedno.web.shared.pieces import Cell, Column, Table
from zajedno.web.work.frame import case_page, show
from zajedno.web.work.labels import deadline_label, due_tag, length_label

AHEAD = 30  # days that are looked ahead when nobody says which day


class OtherDay(Form):
    then = DateField(label=gettext_lazy("What if today were"), required=False)


@case_page("overview")
def deadlines(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """`?then_day=&then_month=&then_year=` is the other day; without it, a month from now."""
    form = OtherDay(request.GET if request.GET else None)
    chosen = form.cleaned_data.get("then") if form.is_valid() else None
    then = max(chosen or file.by.today + timedelta(days=AHEAD), file.by.today)
    context = {"form": form, "then": then, "table": table(file, foreseen(file, then), then)}
    return show(request, file, "overview", "deadlines", **context)


def table(file: CaseFile, rows: list[Foreseen], then: date) -> Table:
    columns = [Column(_("Deadline")), Column(_("Last day")), Column(_("Who is told until then"))]
    cells = [
        [
            Cell(
                deadline_label(file.definition, one.clock.key),
                small=f"{length_label(one.rule)}; {_source(one)}",
            ),
            Cell(_last(one), tag=due_tag(one.last, then, paused=one.standing == "paused")),
            Cell("; ".join(_letter(*letter) for letter in one.told) or _("nobody")),
        ]
        for one in rows
    ]
    title = _("If today were %(day)s and nothing had been done") % {"day": day(then)}
    return Table("foreseen", title, columns, cells, empty=_("No deadline runs."))


def _last(one: Foreseen) -> str:
    return moment(one.clock.due_at) if one.clock.due_at else day(one.last)


def _source(one: Foreseen) -> str:
    source = one.rule.source
    law = ", ".join(part for part in (source.law, source.article) if part)
    return law if source.verified else f"{law} ({_('Not verified in the law')})"


def _letter(on: date, missed: bool, names: tuple[str, ...]) -> str:
    what = _("missed, told to %(names)s") if missed else _("reminder to %(names)s")
    return f"{day(on)}: {what % {'names': ', '.join(names) or _('nobody')}}"
