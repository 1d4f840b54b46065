"""My classes: which there are, who teaches them, and the forms that are filled in for a whole class at once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from zajedno.casework.rules import ISSUE_REPORT, OPEN_CASE
from zajedno.children.actions.school_class import entrust
from zajedno.children.queries.school_class import SchoolClass, classes, entrusted, find_class, last_filled, teachers
from zajedno.children.rules import ASSESS, ENTRUST, SEARCH
from zajedno.forms.queries.form import Loaded, in_use
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.organisation import by_code, organisations
from zajedno.web.shared.fields import Select
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Link, Row
from zajedno.web.work.assessments import begun
from zajedno.web.work.frame import work_page

NOBODY = "nobody"


@dataclass(frozen=True)
class Desk:
    """A class that somebody may fill in forms for: the school, the class, its address."""

    by: Actor
    school: Any
    group: SchoolClass

    @property
    def address(self) -> str:
        return f"/work/classes/{self.school.code}/{self.group.key}/"

    @property
    def may_entrust(self) -> bool:
        return self.by.may(ENTRUST.key, self.school.pk)

    def crumbs(self, *more: Link) -> list[Link]:
        return [Link(_("My work"), "/work/"), Link(_("My classes"), "/work/classes/"), *more]


@dataclass(frozen=True)
class Sheets:
    """A form for a class, and when the school last filled it in there."""

    form: Loaded
    href: str
    last: date | None


def has_classes(by: Actor) -> bool:
    """Does the person fill in forms at an institution that children go to, or entrust its classes?"""
    return by.may(ENTRUST.key) or bool(classes(by, by.organisations_for(ASSESS.key)))


def works_with_classes_alone(by: Actor) -> bool:
    """Has nobody's cases and no search: what there is to do is in the classes."""
    return by.may(ASSESS.key) and not any(by.may(verb.key) for verb in (SEARCH, OPEN_CASE))


def desk_of(by: Actor, school: str, group: str) -> Desk:
    """By its place in an address; a class of others is answered as none."""
    found = by_code(school)
    if found is None or not by.may(ASSESS.key, found.pk):
        raise NotFound("")
    return Desk(by, found, find_class(by, found.pk, group))


def grids(by: Actor, school: int) -> list[Loaded]:
    """Forms in use in a school that may be filled in for a whole class."""
    return [one for one in in_use([school], "child", by.today) if one.facts.grid]


@require_safe
@work_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    schools = organisations().in_bulk(by.organisations_for(ASSESS.key))
    forms = {pk: grids(by, pk) for pk in schools}
    last, teaching = last_filled(by, schools), entrusted(by, schools)
    rows = []
    for one in classes(by, schools):
        desk = Desk(by, schools[one.organisation], one)
        rows.append({"desk": desk, "sheets": sheets(desk, forms[one.organisation], last),
                     "teachers": teaching.get((one.organisation, one.name), [])})  # fmt: skip
    return answer(request, "work/classes.html", {
        "rows": rows, "crumbs": [Link(_("My work"), "/work/")], "begun": begun(by), "may_entrust": by.may(ENTRUST.key),
        "no_forms": not any(forms.values()), "reports": by.may(ENTRUST.key) and by.may(ISSUE_REPORT.key),
    })  # fmt: skip


def sheets(desk: Desk, forms: list[Loaded], last: Any) -> list[Sheets]:
    group = desk.group
    return [
        Sheets(one, f"{desk.address}{one.key}/", last.get((group.organisation, group.name, one.key))) for one in forms
    ]


class Entrust(Form):
    teacher = Select(
        label=gettext_lazy("Teacher of the class"),
        help_text=gettext_lazy(
            "Finds these pupils and fills in forms about them until 31 August, or until leaving the school."
        ),
        width="two-thirds",
    )

    def __init__(self, *args: Any, people: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("teacher", [*((str(pk), name) for pk, name in people.items()), (NOBODY, _("Nobody for now"))])


@work_page
def one(request: HttpRequest, by: Actor, school: str, group: str) -> HttpResponse:
    """A class: its forms, and to whom it is entrusted. A POST entrusts it."""
    desk = desk_of(by, school, group)
    organisation, people = desk.school.pk, teachers(desk.school.pk, by.today) if desk.may_entrust else {}
    form = Entrust(request.POST if request.method == "POST" else None, people=people)
    fresh: list[int] = []
    if form.is_valid():
        chosen = form.cleaned_data["teacher"]
        account = None if chosen == NOBODY else int(chosen)
        if attempt(form, lambda: fresh.append(
            entrust(by=by, organisation=organisation, class_name=desk.group.name, teacher=account)
        )):  # fmt: skip
            messages.success(request, _told(fresh[0], account, people))
            return redirect(desk.address)
    teaching = entrusted(by, [organisation]).get((organisation, desk.group.name), [])
    facts = [Row(_("School"), str(desk.school)), Row(_("Pupils"), desk.group.pupils),
             Row(_("Entrusted to"), teaching or _("nobody yet"))]  # fmt: skip
    return answer(request, "work/class.html", {
        "desk": desk, "facts": facts, "form": form, "crumbs": desk.crumbs(), "people": people,
        "sheets": sheets(desk, grids(by, organisation), last_filled(by, [organisation])),
    })  # fmt: skip


def _told(fresh: int, account: int | None, people: dict[int, str]) -> str:
    if account is None:
        return _("The class is entrusted to nobody now.")
    told = ngettext(
        "The class is entrusted to %(name)s: %(count)s pupil is new.",
        "The class is entrusted to %(name)s: %(count)s pupils are new.", fresh,
    )  # fmt: skip
    return told % {"name": people.get(account, ""), "count": fresh}
