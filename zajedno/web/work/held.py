"""What came from the field and could not be given to a child: looked at, given by a person, or put aside."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from lxml import etree

from zajedno.children.actions import submission as actions
from zajedno.children.enums import Held
from zajedno.children.logic.field_code import read, written
from zajedno.children.queries.child import find, named_to
from zajedno.children.queries.field_code import meant
from zajedno.children.queries.submission import Opened, find_held, form_of_row, held
from zajedno.children.rules import SEARCH, TAKE_HELD
from zajedno.forms.logic.sheet import Problem, Sheet
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Radios, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table
from zajedno.web.shared.sheets.reading import cards
from zajedno.web.work.field import FIELD, PAGE, ByName, find_by_name, offered
from zajedno.web.work.frame import work_page

AT = "/work/field/held/"
HELD = Link(gettext_lazy("Held submissions"), AT)
WHAT_TO_DO = {
    Held.CODE: gettext_lazy("Find the child whom it is about and give it to the child, or put it aside."),
    Held.TIE: gettext_lazy("If your institution still works with the child, it can be given to the child."),
    Held.CONSENT: gettext_lazy("Record the consent on the child's page, then give it to the child."),
    Held.FORM: gettext_lazy("Ask your administrator whether this form is in use. Until then it waits here."),
    Held.ANSWERS: gettext_lazy("It can be given only when the answers fit. Otherwise fill the form in anew here."),
    Held.REFUSED: gettext_lazy("It may still be given to a child."),
}


class Give(Form):
    child = Radios(label=gettext_lazy("Whom is it about?"), legend="s")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("child", choices)


class Aside(Form):
    reason = Text(
        label=gettext_lazy("Why is it put aside?"),
        help_text=gettext_lazy("Write no name and nothing about health."),
        max_length=250,
        width="two-thirds",
    )


@work_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    """What waits, or what was put aside."""
    ask(by, TAKE_HELD)
    aside = "aside" in request.GET
    page = Paginator(held(by, aside=aside), PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"text": _("Waiting"), "href": AT, "current": not aside, "count": held(by).count()},
        {"text": _("Put aside"), "href": f"{AT}?aside", "current": aside, "count": held(by, aside=True).count()},
    ]
    crumbs = [Link(_("My work"), "/work/"), FIELD]
    return answer(
        request, "work/held.html", {"page": page, "table": _table(page), "tabs": tabs, "aside": aside, "crumbs": crumbs}
    )


def _table(page: Any) -> Table:
    rows = []
    for row in page:
        reason = Cell(Held(row.held).label, small=row.reason)
        phone = Cell(row.device.label, small=row.device.post.account.name)
        rows.append([Cell(_name(row), href=f"{AT}{row.uuid}/"), day(row.received_on.date()), phone, reason])
    columns = [Column(_("Form")), Column(_("Arrived")), Column(_("Phone")), Column(_("Why it is held"))]
    return Table("held", _("Held submissions"), columns, rows, caption_hidden=True)


def _name(row: Any) -> str:
    form = form_of_row(row)
    return form.title(get_language()) if form else row.form


@work_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """One submission: what it says, why it waits. A POST looks for a child, or gives it to one."""
    found = actions.open_held(by=by, uuid=uuid)
    name = ByName(request.POST if "find" in request.POST else None)
    others = offered(request, "child")
    if name.is_valid():
        attempt(name, lambda: others.extend(find_by_name(by, name)))
    choices = list(dict.fromkeys([*_meant(by, found), *_named(named_to(by).filter(uuid__in=others))]))
    form = Give(request.POST if "give" in request.POST else None, choices=choices)

    def act() -> None:
        actions.give(by=by, submission=found.row, child=find(by, form.cleaned_data["child"]))

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("It is given to the child, and stands in its file."))
        return redirect(f"/work/child/{form.cleaned_data['child']}/")
    why = Held(found.row.held)
    return answer(request, "work/held_one.html", {
        "row": found.row, "title": _name(found.row), "reason": why.label, "what": WHAT_TO_DO[why], "form": form,
        "facts": _facts(found), "cards": _cards(found), "wrong": _wrong(found),
        "name": name if by.may(SEARCH.key) else None, "searched": name.is_valid(), "choices": choices,
        "pictures": [(file.name, f"{AT}{uuid}/pictures/{file.uuid}/") for file in found.files],
        "crumbs": [Link(_("My work"), "/work/"), FIELD, HELD],
    }, name)  # fmt: skip


def _facts(found: Opened) -> list[Row]:
    row, code = found.row, read(found.arrived.code)
    return [
        Row(_("Filled in"), found.day),
        Row(_("Arrived"), row.received_on),
        Row(_("Phone"), [row.device.label, row.device.post.account.name]),
        Row(_("Form"), [_name(row), _("version %(number)s") % {"number": row.form_version or "?"}]),
        Row(_("Code of the child"), written(code) if code else found.arrived.code),
        *([Row(_("Put aside because"), row.reason)] if row.reason else []),
    ]


def _cards(found: Opened) -> list[tuple[str, list[Row]]]:
    """The answers in the form's own words; of a form not known here, as the phone wrote them."""
    sheet = found.sheet(get_language() or "en")
    if sheet is not None:
        return cards(sheet)
    leaves = [one for one in etree.fromstring(found.arrived.xml).iter(etree.Element) if not len(one) and one.text]
    return [(_("Answers"), [Row(etree.QName(leaf).localname, leaf.text) for leaf in leaves])]


def _wrong(found: Opened) -> list[str]:
    """Questions whose answers do not fit, and answers to none."""
    sheet = found.sheet(get_language() or "en")
    if sheet is None or found.row.held != Held.ANSWERS:
        return []
    return [*(_problem(sheet, one) for one in sheet.problems()), *sheet.unknown]


def _problem(sheet: Sheet, problem: Problem) -> str:
    """The question, and what the form says of such an answer."""
    node = sheet.form.nodes.get(re.sub(r"\[\d+\]", "", problem.path))
    question = (sheet.form.plain(node.label, sheet.language) if node else "") or problem.path
    return f"{question} {problem.sentence}".strip()


def _meant(by: Actor, found: Opened) -> list[tuple[str, str]]:
    """The child of the code, while it is among one's own."""
    code = meant(found.row.device, found.arrived.code)
    return _named(named_to(by).filter(pk=code.child_id)) if code else []


def _named(children: Any) -> list[tuple[str, str]]:
    return [(str(row.uuid), f"{row.full_name}, {day(row.birth_date)}".rstrip(", ")) for row in children]


@work_page
def aside(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    ask(by, TAKE_HELD)
    row = find_held(by, uuid)
    form = Aside(request.POST if request.method == "POST" else None)

    def act() -> None:
        actions.put_aside(by=by, submission=row, reason=form.cleaned_data["reason"])

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("It is put aside. You find it under “Put aside”."))
        return redirect(AT)
    crumbs = [Link(_("My work"), "/work/"), FIELD, HELD]
    return answer(request, "work/held_aside.html", {"form": form, "crumbs": crumbs, "back": f"{AT}{uuid}/"})
