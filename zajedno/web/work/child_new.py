"""Registering one child by hand, with who represents it: where no request to a commission brings the child in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.children.actions.child import register
from zajedno.children.actions.entering import GuardianDetails
from zajedno.children.actions.likeness import LikelySame
from zajedno.children.queries.child import find
from zajedno.children.rules import REGISTER
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask
from zajedno.places.queries.organisation import organisations
from zajedno.web.shared.fields import Confirm, Select, Text
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Link
from zajedno.web.work.child_forms import PHONE
from zajedno.web.work.frame import work_page
from zajedno.web.work.steps import PARENTS, ChildStep

OF_PARENT = ("parent_kind", "parent_name", "parent_represents", "parent_phone")


class NewChild(ChildStep):
    parent_kind = Select(label=gettext_lazy("Who represents the child, or lives with it"), choices=PARENTS)
    parent_name = Text(label=gettext_lazy("Name of the parent or guardian"), max_length=200, width="two-thirds")
    parent_represents = Confirm(
        label=gettext_lazy("Represents the child by law (may consent)"), required=False, initial=True
    )
    parent_phone = Text(label=gettext_lazy("Telephone"), max_length=60, required=False, width=20, validators=[PHONE])

    def given(self) -> dict[str, Any]:
        """As `register` takes it."""
        data = self.cleaned_data
        kind, name, represents, phone = (data[key] for key in OF_PARENT)
        numbers = {"national": data["number"]} if data["number"] else {}
        return {
            **{key: value for key, value in data.items() if key not in (*OF_PARENT, "number")},
            "numbers": numbers, "guardians": [GuardianDetails(name, kind, represents, phone)],
        }  # fmt: skip


@work_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    """A likely same child is shown first, and registered apart only when somebody says that it is another."""
    at = organisations().get(pk=ask(by, REGISTER).organisation)
    form = NewChild(request.POST if request.method == "POST" else None)
    made: list[Any] = []
    like: list[LikelySame] = []

    def act() -> None:
        try:
            another = "another" in request.POST
            made.append(
                register(by=by, organisation=at, residence=at.territory, confirm_distinct=another, **form.given())
            )
        except LikelySame as same:
            like.append(same)
            raise

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The child is registered. Begin a procedure from here."))
        return redirect(f"/work/child/{made[0].uuid}/")
    return answer(request, "work/child_new.html", {
        "form": form, "like": bool(like), "known": [find(by, uuid) for one in like for uuid in one.mine],
        "elsewhere": any(one.elsewhere for one in like),
        "crumbs": [Link(_("My work"), "/work/"), Link(_("Children you work with"), "/work/children/")],
    })  # fmt: skip
