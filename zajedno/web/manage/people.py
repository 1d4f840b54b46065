"""People: accounts, their posts, invitations, closing. Never a password, never a session of somebody else."""

from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import account as accounts
from zajedno.access.queries.account import invitations
from zajedno.access.rules import INVITE
from zajedno.kernel import clock
from zajedno.kernel.refusal import Refused
from zajedno.places.actions import account as actions
from zajedno.places.actions.post import may_end
from zajedno.places.queries.account import people, person
from zajedno.places.queries.organisation import manageable
from zajedno.places.queries.post import of_account
from zajedno.web.manage.frame import PEOPLE, actor, day, manage_page, moment, page_of, show, site
from zajedno.web.shared.fields import Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag


class Filter(Form):
    q = Text(label=gettext_lazy("Name or e-mail"), required=False, optional=False, max_length=100, width="two-thirds")


def state_tag(account: Any) -> Tag:
    if not account.is_active:
        return Tag(_("Closed"), "off")
    if not account.has_usable_password():
        return Tag(_("Invited"), "wait")
    return Tag(_("May log in"), "done")


@manage_page(*PEOPLE)
def listed(request: HttpRequest) -> HttpResponse:
    form = Filter(request.GET or None)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    page = page_of(request, people(actor(request), q))
    columns = [Column(_("Person")), Column(_("E-mail")), Column(_("Last log-in")), Column(_("State"))]
    rows = [
        [
            Cell(one.name, f"/manage/people/{one.uuid}/"),
            one.email,
            moment(one.last_login, _("never")),
            Cell(tag=state_tag(one)),
        ]
        for one in page
    ]
    table = Table("people", _("People"), columns, rows, caption_hidden=True)
    return show(request, "people", "people.html", {"form": form, "page": page, "table": table, "narrowed": bool(q)})


@manage_page(*PEOPLE)
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    by = actor(request)
    account = person(by, str(uuid))
    now = clock.now()
    context = {
        "account": account,
        "state": state_tag(account),
        "facts": [
            Row(_("E-mail"), account.email),
            Row(_("Language of letters"), account.get_language_display()),
            Row(_("Here since"), day(account.joined_on.date())),
            Row(_("Last log-in"), moment(account.last_login, _("never"))),
            Row(_("Logged in now"), str(UserSession.objects.filter(user=account).count())),
            Row(_("Second step at log-in"), _("On") if is_mfa_enabled(account) else _("Off")),
        ],
        "posts": _posts(by, account),
        "letters": _letters(account, now),
        "may_close": actions.may_close(by, account),
        "may_invite": by.may(INVITE.key) and account.is_active and not account.has_usable_password(),
    }
    return show(request, "people", "person.html", context)


def _posts(by: Any, account: Any) -> Table:
    """Posts of the person; those in institutions of others are named without a link."""
    mine = set(manageable(by).values_list("pk", flat=True)[:2000])
    columns = [
        Column(_("Institution")),
        Column(_("Role")),
        Column(_("Since")),
        Column(_("Ends")),
        Column(_("Action"), fixed=True),
    ]
    rows = []
    for post in of_account(account.pk):
        here = post.organisation_id in mine
        over = post.until is not None and post.until <= by.today
        ending = here and not over and may_end(by, post)
        rows.append([
            Cell(str(post.organisation), f"/manage/institutions/{post.organisation.uuid}/" if here else ""),
            Cell(str(post.role), small=post.title),
            day(post.since),
            day(post.until, _("no end")),
            Cell(_("End this post"), f"/manage/posts/{post.uuid}/end/") if ending else "",
        ])  # fmt: skip
    return Table("posts", _("Posts"), columns, rows, empty=_("No post, so nothing can be done with this account."))


def _letters(account: Any, now: Any) -> Table:
    columns = [Column(_("Sent")), Column(_("By")), Column(_("Good until")), Column(_("State"))]
    rows = []
    for letter in invitations(account):
        tag = Tag(_("Accepted"), "done") if letter.accepted_on else Tag(_("Not accepted yet"), "wait")
        if not letter.accepted_on and letter.expires_on <= now:
            tag = Tag(_("Too old"), "off")
        sender = letter.invited_by.name if letter.invited_by else ""
        rows.append([moment(letter.created_on), sender, moment(letter.expires_on), Cell(tag=tag)])
    return Table("invitations", _("Invitations"), columns, rows, empty=_("This account was not made by invitation."))


@manage_page(*PEOPLE)
def state(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close (`close`) or reopen."""
    account = person(actor(request), str(uuid))
    if request.method == "POST":
        closing = "close" in request.POST
        act = actions.close_account if closing else actions.reopen_account
        act(by=actor(request), account=account)
        messages.success(request, _("The account is closed.") if closing else _("The account is open again."))
    return redirect(f"/manage/people/{uuid}/")


@manage_page(INVITE)
def invite(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A new letter for who has not chosen a password yet."""
    account = person(actor(request), str(uuid))
    if request.method == "POST":
        if account.has_usable_password():
            raise Refused(_("This person already has a password. Who forgot it asks for a new one at log-in."))
        accounts.invite(
            by=actor(request), email=account.email, name=account.name, language=account.language, site=site(request)
        )
        messages.success(request, _("A new invitation is on its way."))
    return redirect(f"/manage/people/{uuid}/")
