"""Opening a file without a tie, in an emergency: by exact number, with a reason, for two days, told to who watches."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.rules import BREAK_GLASS
from zajedno.children.actions.file import break_glass
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.fields import Confirm, LongText, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Link
from zajedno.web.work.frame import work_page


class Glass(Form):
    number = Text(
        label=gettext_lazy("Citizen number (JMBG) of the child"), max_length=30, width=20,
        help_text=gettext_lazy("All of it: nobody is found by a name here."),
    )  # fmt: skip
    reason = LongText(
        label=gettext_lazy("Why must the file be opened now?"), rows=4,
        help_text=gettext_lazy("What endangers the child, and what you need to know. It stands with the file."),
    )  # fmt: skip
    known = Confirm(label=gettext_lazy("I know that this is written down and told at once to those who watch over it"))


@work_page
def emergency(request: HttpRequest, by: Actor) -> HttpResponse:
    """Only for roles that may; to others the page is not there."""
    if not by.may(BREAK_GLASS.key):
        raise NotFound("")
    form = Glass(request.POST if request.method == "POST" else None)
    opened: list[Any] = []

    def act() -> None:
        data = form.cleaned_data
        opened.append(break_glass(by=by, reason=data["reason"], number=data["number"]))

    if form.is_valid() and attempt(form, act):
        if opened[0]:
            messages.success(request, _("The file is open to you until the end of tomorrow, for reading."))
            return redirect(f"/work/child/{opened[0].uuid}/")
        form.add_error("number", _("No file has this number. That you asked is written down."))
    crumbs = [Link(_("My work"), "/work/"), Link(_("Find a child"), "/work/search/")]
    return answer(request, "work/emergency.html", {"form": form, "crumbs": crumbs})
