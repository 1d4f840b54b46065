"""My work: which cases wait, which deadline is nearest; and the person's own half-written requests."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zajedno.access.queries.account import names as account_names
from zajedno.casework.queries import arrival
from zajedno.casework.queries import draft as drafts
from zajedno.casework.queries.approval import waiting_for
from zajedno.casework.queries.begin import takes_requests
from zajedno.casework.queries.case import Filter, Standing, listed, standing
from zajedno.casework.queries.flag import flagged
from zajedno.casework.queries.plan import Reader
from zajedno.casework.queries.support import due as due_measures
from zajedno.casework.queries.support import due_on
from zajedno.casework.queries.transfer import offered_to
from zajedno.casework.rules import ACT_ON_MANY, OPEN_CASE
from zajedno.children.queries import alias
from zajedno.children.queries.guardian import waiting
from zajedno.children.queries.submission import held
from zajedno.children.rules import ASSESS, DECIDE_ALIAS, REGISTER
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.procedures.queries.definition import of_version
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Select, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer
from zajedno.web.shared.pieces import Cell, Column, Link, Table, Tag
from zajedno.web.shared.seats import seats
from zajedno.web.work.assessments import begun
from zajedno.web.work.classes import has_classes, works_with_classes_alone
from zajedno.web.work.frame import work_page
from zajedno.web.work.labels import deadline_label, due_tag, move_label, step_label
from zajedno.web.work.marks import MARKS
from zajedno.web.work.plan_words import state_tag
from zajedno.web.work.register import CHILDREN
from zajedno.web.work.transitions import to_begin

PAGE = 25
DUE = {
    "": gettext_lazy("All open"),
    "overdue": gettext_lazy("Overdue"),
    "today": gettext_lazy("Due today"),
    "next": pgettext_lazy("deadlines", "Next"),
}


class ByNumber(Form):
    """Posted, so that a registry number stands in no address."""

    number = Text(label=gettext_lazy("Registry number"), max_length=60, width="two-thirds")


class Narrow(Form):
    step = Select(label=gettext_lazy("Step"), required=False, empty=gettext_lazy("All steps"), optional=False)

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("step", steps)


@work_page
def mine(request: HttpRequest, by: Actor) -> HttpResponse:
    """The list, soonest due first. A POST asks for a registry number: found once, it opens the case."""
    due = request.GET.get("due", "")
    closed = due == "closed"
    form = ByNumber(request.POST if request.method == "POST" else None)
    chosen = Filter(due=due if due in DUE else "", closed=closed, step=request.GET.get("step", ""))
    if form.is_valid():
        chosen = Filter(text=form.cleaned_data["number"], closed=closed)
        numbered = list(listed(by, chosen)[:2])
        if len(numbered) == 1:
            return redirect("work-case", uuid=numbered[0].uuid)
        if not numbered:
            form.add_error("number", _("No case of yours has this number. Look among closed cases too."))
    found = standing(by)
    if works_with_classes_alone(by) and not (found or request.GET or form.is_bound):
        return redirect("work-classes")
    pages = Paginator(listed(by, chosen), PAGE)
    if not (chosen.text or closed):
        pages.count = total(found, chosen.due, chosen.step)  # known already: no need to count again
    page = pages.get_page(request.GET.get("page"))
    return answer(request, "work/mine.html", {
        "form": form, "narrow": Narrow(initial={"step": chosen.step}, steps=steps_of(found)), "page": page,
        "table": table(by, page), "tabs": tabs(found, "closed" if closed else chosen.due), "closed": closed,
        "drafts": list(drafts.own(by)[:10]), "may_open": by.may(OPEN_CASE.key) and takes_requests(by),
        "registers_children": by.may(REGISTER.key), "due": chosen.due, "narrowed": bool(chosen.step or due),
        "registers": [one for one in (CHILDREN, MARKS) if by.may(one.verbs[0].key)],
        "asked": waiting(by).count(), "pairs": alias.waiting(by), "decides": by.may(DECIDE_ALIAS.key),
        "phones": any(seat.opens_files for seat in by.seats_for(ASSESS.key)), "held": held(by).count(),
        "many": by.may(ACT_ON_MANY.key), "instead": instead(by), "classes": has_classes(by), "begun": begun(by),
        "offered": list(offered_to(by)[:10]), "decisions": decisions(by, found), "support": support(by),
        "to_begin": to_begin(by), "seats": seats(by), "arrivals": arrival.waiting(by).count(),
    })  # fmt: skip


def instead(by: Actor) -> list[str]:
    """Whom the person stands in for today, by name."""
    holders = {seat.stands_for for seat in by.seats if seat.stands_for}
    return sorted(account_names(holders).values()) if holders else []


def decisions(by: Actor, found: list[Standing]) -> list[Link]:
    """Cases in which a colleague asked for something that this person may decide on."""
    return [
        Link(move_label(file.definition, asked), f"/work/case/{file.case.uuid}/", file.case.number)
        for file, asked in waiting_for(by, found)
    ]


def tabs(found: list[Standing], due: str) -> list[dict[str, Any]]:
    """Links with counts."""
    links = [
        {"text": text, "href": f"?due={key}" if key else "?", "current": due == key, "count": total(found, key)}
        for key, text in DUE.items()
    ]
    return [*links, {"text": _("Closed"), "href": "?due=closed", "current": due == "closed", "count": None}]


def total(found: list[Standing], due: str, step: str = "") -> int:
    return sum(one.counts[due] for one in found if step in ("", one.step))


def steps_of(found: list[Standing]) -> list[tuple[str, str]]:
    """Steps in which the person's open cases stand, by label."""
    labels = {one.step: step_label(of_version(one.version), one.step) for one in found}
    return sorted(labels.items(), key=lambda pair: pair[1])


def table(by: Actor, page: Page) -> Table:
    columns = [
        Column(_("Case")),
        Column(_("Child")),
        Column(_("Step")),
        Column(_("Nearest deadline")),
        Column(_("Who keeps the case")),
    ]
    marked = flagged(by, (case.pk for case in page))
    rows = [_row(by, case, flagged=case.pk in marked) for case in page]
    return Table("cases", _("Cases"), columns, rows, caption_hidden=True)


def _row(by: Actor, case: Any, *, flagged: bool) -> list[Any]:
    definition = of_version(case.version_id)
    tag = due_tag(case.due_on, by.today)
    what = f"{deadline_label(definition, case.due_key)}: {day(case.due_on)}" if case.due_on else ""
    return [
        Cell(
            case.number or _("Without a number yet"),
            href=f"/work/case/{case.uuid}/",
            tag=Tag(_("Flagged"), "wait") if flagged else None,
            small=_("received %(day)s") % {"day": day(case.received_on)},
        ),
        Cell(
            case.child.full_name,
            href=f"/work/child/{case.child.uuid}/",
            small=case.child.birth_date.year if case.child.birth_date else "",
        ),
        Cell(step_label(definition, case.step), small=label(definition.labels)),
        Cell("" if tag else _("None runs"), tag=tag, small=what),
        Cell(str(case.organisation)),
    ]


def support(by: Actor) -> Table:
    """Measures of which the person's institution must say something now."""
    rows = []
    for row in due_measures(by)[:PAGE]:
        last, reader = due_on(row), Reader(by, frozenset(), row.at.territory.country_id)
        name = row.child.full_name if row.named else _("Child")  # type: ignore[attr-defined]  # annotated
        rows.append([
            Cell(reader.name(row), href=f"/work/child/{row.child.uuid}/plan/{row.uuid}/"), name,
            Cell(day(last), tag=due_tag(last, by.today)), Cell(tag=state_tag(row.state)),
        ])  # fmt: skip
    columns = [Column(_("Measure")), Column(_("Child")), Column(_("Say by")), Column(_("State"))]
    return Table("support", _("Support that your institution gives"), columns, rows)
