"""Coming in with a code or a link. Every wrong one is answered alike, and soon not at all."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from zajedno.casework.actions.family import enter as use
from zajedno.web.account.forms import Accept
from zajedno.web.family.frame import HOME
from zajedno.web.shared.fields import Email, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.limits import too_many

MOST, PAUSE = 10, 15 * 60  # attempts of one address, without a pause of so many seconds


class Code(Form):
    code = Text(
        label=gettext_lazy("The code from your letter"),
        max_length=40,
        width="one-half",
        help_text=gettext_lazy("Three groups of four signs. Small or large letters, with or without dashes."),
    )


class NewParent(Accept):
    """An address and a password written twice; the code stands before them."""

    email = Email(label=gettext_lazy("Your e-mail address"), help_text=gettext_lazy("You will log in with it."))
    field_order = ("code", "email", "password", "again")

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class WithCode(Code, NewParent):
    pass


class Link(Accept):
    """The address is the one to which the link was sent."""

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


def _form(request: HttpRequest, token: str) -> Form:
    sent = request.POST if request.method == "POST" else None
    if request.user.is_authenticated:
        return Form(sent) if token else Code(sent)
    form: Form = Link(sent) if token else WithCode(sent)
    return form


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str = "") -> HttpResponse:
    """The same page for a code or link that is good and for one that is not."""
    form = _form(request, token)
    known = request.user.is_authenticated
    if form.is_valid():
        if too_many(request, "family-enter", most=MOST, seconds=PAUSE):
            form.add_error(None, ValidationError(_("Too many attempts. Wait a quarter of an hour."), code="often"))
            form.refused_with = 429
        elif attempt(form, lambda: _use(request, form.cleaned_data, token)):
            if known:
                messages.success(request, _("You are in. This is what concerns your child."))
                return redirect(HOME)
            messages.success(request, _("Your account is ready. Log in with it."))
            return redirect(f"/login/?next={HOME}")
    return answer(request, "family/enter.html", {"form": form, "known": known, "by_link": bool(token)})


@sensitive_variables()
def _use(request: HttpRequest, data: dict[str, Any], token: str) -> None:
    account: Any = request.user if request.user.is_authenticated else None
    use(
        secret=token or data["code"], account=account, email=data.get("email", ""),
        password=data.get("password", ""), language=get_language() or "sr",
    )  # fmt: skip
