"""Roles that `roles.toml` names must prove a second factor before they reach a desk."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.places.queries.actor import needs_second_factor
from zajedno.web.shared.fence import DESKS

OWN = tuple(f"/exchange/{part}/" for part in ("mine", "reviews", "translations", "editing", "awards"))  # behind log-in


class SecondFactor:
    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            settings.REQUIRE_SECOND_FACTOR
            and request.path.startswith((*DESKS, *OWN))
            and request.user.is_authenticated
            and needs_second_factor(request.user.pk, request.actor.today)  # type: ignore[attr-defined]
            and not is_mfa_enabled(request.user)
        ):
            messages.warning(request, _("Your post needs a second step at log-in. Set it up to go on."))
            return redirect("/account/second-factor/")
        return self.answer(request)
