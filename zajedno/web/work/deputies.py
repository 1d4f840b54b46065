"""Deputies: whom one lets act from one's own post for some days, and whom one stands in for."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.places.actions.deputy import end_deputy, name_deputy
from zajedno.places.queries import deputy as deputies
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import DateField, Suggest
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.work.frame import work_page

if TYPE_CHECKING:
    from zajedno.places.models import Post

SHOWN = 50


class Name(Form):
    account = Suggest(
        label=gettext_lazy("Colleague"),
        help_text=gettext_lazy("Who holds a post in the same institution. They get no more than this post may do."),
    )
    since = DateField(label=gettext_lazy("First day"), earliest=today)
    last = DateField(label=gettext_lazy("Last day"), help_text=gettext_lazy("The day after, it is over by itself."))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("account", people)

    def clean_account(self) -> int:
        return int(self.cleaned_data["account"])


@work_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    """Own posts to name a deputy for, and everybody who stands in or stood in."""
    return answer(request, "work/deputies.html", {
        "posts": list(deputies.own(by)), "table": table(by), "crumbs": [Link(_("My work"), "/work/")],
    })  # fmt: skip


def table(by: Actor) -> Table:
    columns = [Column(_("Deputy")), Column(_("In place of")), Column(_("Post")), Column(_("Days")), Column(_("State"))]
    rows = [
        [
            row.account.name, row.deputy_for.account.name, Cell(str(row.role), small=row.organisation),
            f"{day(row.since)} – {day(row.until - timedelta(days=1))}", _state(by, row),
        ]
        for row in deputies.deputies(by)[:SHOWN]
        if row.deputy_for and row.until
    ]  # fmt: skip
    return Table("deputies", _("Deputies"), columns, rows, empty=_("Nobody stands in for you, and you for nobody."))


def _state(by: Actor, row: "Post") -> Cell:
    if row.until is None or row.until <= by.today or row.until <= row.since:
        return Cell(tag=Tag(_("Over"), "off"))
    tag = Tag(_("From %(day)s") % {"day": day(row.since)}, "plain") if row.since > by.today else Tag(_("Now"), "info")
    return Cell(_("End it"), href=f"/work/deputies/end/{row.uuid}/", tag=tag)


@work_page
def name(request: HttpRequest, by: Actor, post: UUID) -> HttpResponse:
    row = deputies.own_post(by, str(post))
    people = [(str(one), person.name) for one, person in deputies.candidates(row, by).items()]
    form = Name(request.POST if request.method == "POST" else None, people=people, initial={"since": by.today})
    if form.is_valid() and attempt(form, lambda: name_deputy(by=by, post=row, **form.cleaned_data)):
        messages.success(request, _("The deputy is named, and a letter is on its way."))
        return redirect("/work/deputies/")
    alone = _("Nobody else holds a post here. Ask the administrator of your institution to appoint somebody.")
    return _form(
        request, form if people else None, _("Name a deputy"), _("Name a deputy"), row, "" if people else alone
    )


@work_page
def end(request: HttpRequest, by: Actor, deputy: UUID) -> HttpResponse:
    row = deputies.deputy(by, str(deputy))
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: end_deputy(by=by, deputy=row)):
        messages.success(request, _("It is over from today."))
        return redirect("/work/deputies/")
    return _form(request, form, _("End it today"), _("End it"), row, "")


def _form(request: HttpRequest, form: Form | None, title: str, go: str, row: "Post", note: str) -> HttpResponse:
    facts = [Row(_("Post"), [str(row.role), str(row.organisation)])]
    if row.deputy_for:
        facts = [Row(_("Deputy"), row.account.name), Row(_("In place of"), row.deputy_for.account.name), *facts]
    return answer(request, "work/deputy.html", {
        "form": form, "title": title, "go": go, "facts": facts, "note": note,
        "crumbs": [Link(_("My work"), "/work/"), Link(_("Deputies"), "/work/deputies/")],
    })  # fmt: skip
