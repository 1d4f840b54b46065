"""Letters that wait, and those the mail server would not take. Their texts are nobody's to read."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.access.actions.outbox import ATTEMPTS
from zajedno.access.queries.outbox import waiting
from zajedno.web.manage.frame import EVERYWHERE, manage_page, moment, page_of, show
from zajedno.web.shared.pieces import Cell, Column, Table, Tag


@manage_page(*EVERYWHERE)
def listed(request: HttpRequest) -> HttpResponse:
    page = page_of(request, waiting())
    columns = [
        Column(_("Message")),
        Column(_("Recipient")),
        Column(_("Written")),
        Column(_("Tried")),
        Column(_("Next try")),
        Column(_("State")),
    ]
    rows = []
    for letter in page:
        given_up = letter.attempts >= ATTEMPTS
        tag = Tag(_("Waits"), "info") if not letter.attempts else Tag(_("Trouble"), "late")
        who = letter.account
        to = Cell(who.name, f"/manage/people/{who.uuid}/") if who else Cell(_("Somebody without an account"))
        next_try = _("given up") if given_up else moment(letter.not_before)
        rows.append(
            [
                letter.subject,
                to,
                moment(letter.written_on),
                str(letter.attempts),
                next_try,
                Cell(tag=tag, small=letter.trouble),
            ]
        )
    table = Table("letters", _("Letters not sent yet"), columns, rows, caption_hidden=True)
    return show(request, "mail", "mail.html", {"page": page, "table": table})
