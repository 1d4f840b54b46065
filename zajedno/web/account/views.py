"""A person's own account. Log-in, passwords and the second step are allauth's, under our addresses and looks."""

from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from zajedno.access.actions import account as actions
from zajedno.kernel.refusal import NotFound
from zajedno.networks.queries.body import sits
from zajedno.places.queries.post import held_today
from zajedno.web.account.forms import Accept, Own
from zajedno.web.shared.desks import first_path
from zajedno.web.shared.language import NAMES, SESSION_KEY
from zajedno.web.shared.pieces import Row
from zajedno.web.shared.request import PersonRequest


@require_safe
@login_required
def after_login(request: PersonRequest) -> HttpResponse:
    """To the first desk of this person's posts, in the language of the account."""
    language = request.user.language
    if language in NAMES:
        request.session[SESSION_KEY] = language
    return redirect(first_path(request.actor))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own(request: PersonRequest) -> HttpResponse:
    """Name, language, posts."""
    account = request.user
    form = Own(request.POST or None, initial={"name": account.name, "language": account.language})
    if request.method == "POST" and form.is_valid():
        actions.change_own(by=request.actor, account=account, **form.cleaned_data)
        request.session[SESSION_KEY] = account.language
        messages.success(request, _("Your account is changed."))
        response = redirect("account")
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
        return response
    posts = held_today(account.pk, request.actor.today)
    return render(
        request,
        "account/own.html",
        {"form": form, "posts": posts, "facts": [Row(_("E-mail"), account.email)], "sits": sits(request.actor)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sessions(request: PersonRequest) -> HttpResponse:
    """Where this person is logged in; POST ends one (`end`) or all others."""
    if request.method == "POST":
        if number := request.POST.get("end", ""):
            mine = UserSession.objects.filter(user=request.user)
            end_sessions(request, list(mine.filter(pk=number)) if number.isdecimal() else [])
        else:
            end_other_sessions(request, request.user)
        if not request.user.is_authenticated:
            return redirect("/")
        messages.success(request, _("It is logged out there."))
        return redirect("account_sessions")
    rows = UserSession.objects.purge_and_list(request.user)
    return render(
        request, "account/sessions.html", {"sessions": sorted(rows, key=lambda s: s.last_seen_at, reverse=True)}
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose the first password. The same answer for a used, an old and an invented link."""
    try:
        invited = actions.invited(token).account
    except NotFound:
        return render(request, "account/invitation_gone.html", status=404)
    form = Accept(request.POST or None, account=invited)
    if request.method == "POST" and form.is_valid():
        actions.accept(token=token, password=form.cleaned_data["password"])
        messages.success(request, _("Your password is kept. Log in with it."))
        return HttpResponseRedirect(settings.LOGIN_URL)
    return render(request, "account/invitation.html", {"form": form, "invited": invited})
