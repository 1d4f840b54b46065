"""The first page: what waits for an administrator, and the way to everything else."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.access.queries.account import waiting_invitations
from zajedno.access.queries.outbox import in_trouble, waiting
from zajedno.forms import rules as forms
from zajedno.forms.queries import office
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.places.queries.account import people
from zajedno.places.queries.organisation import kept_services, manageable, stale_services
from zajedno.web.manage.frame import (
    ANY,
    EVERYWHERE,
    FORMS,
    INSTITUTIONS,
    PACKS,
    PEOPLE,
    SERVICES,
    actor,
    day,
    manage_page,
    may_any,
    moment,
    show,
)
from zajedno.web.manage.unverified import unverified
from zajedno.web.shared.pieces import Cell, Column, Table, Tag, Task

SHOWN = 10  # invitations on this page


@manage_page(*ANY)
def overview(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    context = {"tasks": tasks(by), "invitations": _invitations(by) if may_any(by, PEOPLE) else None}
    return show(request, "overview", "overview.html", context)


def tasks(by: Actor) -> list[Task]:
    """Each part of the desk with how it stands."""
    found = []
    if may_any(by, INSTITUTIONS):
        count = manageable(by).count()
        found.append(
            Task(
                _("Institutions and posts"),
                _plain(ngettext("%d institution", "%d institutions", count) % count),
                "/manage/institutions/",
            )
        )
    if may_any(by, SERVICES):
        count, known = stale_services(by), kept_services(by).count()
        state = (
            Tag(ngettext("%d service to check again", "%d services to check again", count) % count, "late")
            if count
            else _plain(ngettext("%d service", "%d services", known) % known)
        )
        found.append(Task(_("Services"), state, "/manage/services/"))
    if may_any(by, PEOPLE):
        count = people(by).count()
        found.append(Task(_("People"), _plain(ngettext("%d account", "%d accounts", count) % count), "/manage/people/"))
    if may_any(by, PACKS):
        count = len(unverified())
        state = (
            Tag(ngettext("%d source to verify", "%d sources to verify", count) % count, "wait")
            if count
            else _plain(_("All verified"))
        )
        found.append(Task(_("Legal sources of the packs"), state, "/manage/packs/unverified/"))
    if may_any(by, FORMS):
        count, known = office.waiting() if by.may(forms.APPROVE.key) else 0, office.count(by)
        state = (
            Tag(ngettext("%d form waits for you", "%d forms wait for you", count) % count, "wait")
            if count
            else _plain(ngettext("%d form", "%d forms", known) % known)
        )
        found.append(Task(_("Forms"), state, "/manage/forms/?state=waiting" if count else "/manage/forms/"))
    if may_any(by, EVERYWHERE):
        trouble, count = in_trouble().count(), waiting().count()
        state = (
            Tag(ngettext("%d letter in trouble", "%d letters in trouble", trouble) % trouble, "late")
            if trouble
            else _plain(ngettext("%d letter waits", "%d letters wait", count) % count)
        )
        found.append(Task(_("Mail"), state, "/manage/mail/"))
    return found


def _plain(text: str) -> Tag:
    return Tag(text, "done")


def _invitations(by: Actor) -> Table:
    """People who have not chosen a password yet."""
    rows = waiting_invitations().filter(account__in=people(by))[:SHOWN]
    columns = [Column(_("Person")), Column(_("Invited")), Column(_("State"))]
    lines = []
    for one in rows:
        old = one.expires_on <= clock.now()
        tag = (
            Tag(_("Too old: send again"), "late")
            if old
            else Tag(_("Good until %(day)s") % {"day": day(one.expires_on)}, "wait")
        )
        lines.append(
            [Cell(one.account.name, f"/manage/people/{one.account.uuid}/"), moment(one.created_on), Cell(tag=tag)]
        )
    return Table(
        "invitations", _("Invitations that wait"), columns, lines, empty=_("Everybody who was invited is here.")
    )
