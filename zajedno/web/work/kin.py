"""Brothers, sisters and children of one household: linked and parted by who sees both files."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.children.actions.family import link, unlink
from zajedno.children.enums import FamilyKind, Field
from zajedno.children.queries.child import find, named_to
from zajedno.children.queries.family import relatives
from zajedno.children.rules import LINK_FAMILY
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.fields import Radios
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.request import uuid_of
from zajedno.web.work.child import ChildFile, address, child_page, show
from zajedno.web.work.field import ByName, find_by_name, offered


class Relation(Form):
    other = Radios(label=gettext_lazy("Which child?"))
    kind = Radios(label=gettext_lazy("What are they to each other?"), choices=FamilyKind.choices)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("other", choices)


@child_page
def family(request: HttpRequest, file: ChildFile) -> HttpResponse:
    """Who is linked; a name looks for another child among one's own, who is then linked."""
    by, child = file.by, file.child
    if not (file.may(LINK_FAMILY) and {Field.IDENTITY, Field.FAMILY} <= file.fields):
        raise NotFound("")
    name = ByName(request.POST if "find" in request.POST else None)
    others = offered(request, "other")
    if name.is_valid():
        attempt(name, lambda: others.extend(find_by_name(by, name)))
    rows = named_to(by).filter(uuid__in=others).exclude(pk=child.pk)
    choices = [(str(row.uuid), f"{row.full_name}, {row.birth_date.year if row.birth_date else ''}") for row in rows]
    form = Relation(request.POST if "link" in request.POST else None, choices=choices)
    part = Form(request.POST if "part" in request.POST else None)

    def act() -> None:
        kind = form.cleaned_data["kind"]
        link(by=by, child=child, other=find(by, form.cleaned_data["other"]), kind=kind)

    if form.is_valid() and attempt(form, act):
        return _done(request, file, _("The children are linked."))
    if part.is_valid() and attempt(part, lambda: unlink(by=by, child=child, other=_other(file, request.POST["part"]))):
        return _done(request, file, _("The children are no longer linked."))
    return show(
        request, file, "family", form=form, part=part, name=name, choices=choices, searched=name.is_valid(),
        relatives=relatives(by, child),
    )  # fmt: skip


def _other(file: ChildFile, text: str) -> Any:
    uuid = uuid_of(text)
    if uuid is None:
        raise NotFound("")
    return find(file.by, uuid)


def _done(request: HttpRequest, file: ChildFile, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(address(file, "family/"))
