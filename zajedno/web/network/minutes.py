"""Minutes of a meeting on paper, in the language of the body's papers: PDF to be printed, Word to be changed."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.documents import Rendering, letter_texts
from zajedno.networks.enums import MeetingState
from zajedno.networks.queries import meeting as queries
from zajedno.places.enums import Sector
from zajedno.web.network.frame import network_page
from zajedno.web.shared.papers import given, language_of

if TYPE_CHECKING:
    from zajedno.networks.models import AgendaItem, Meeting

MINUTES = settings.PACKS_DIR / "common" / "letters" / "body-minutes.typ"


@network_page
def pdf(request: HttpRequest, by: Actor, meeting: UUID) -> HttpResponse:
    row = queries.find(by, meeting)
    content, about = minutes(row)
    return given(MINUTES, content, about, f"minutes-{row.number}.pdf")


@network_page
def word(request: HttpRequest, by: Actor, meeting: UUID) -> HttpResponse:
    row = queries.find(by, meeting)
    content, about = minutes(row)
    return given(MINUTES, content, about, f"minutes-{row.number}.docx")


def minutes(row: "Meeting") -> tuple[dict[str, Any], Rendering]:
    """What is printed, and what the paper says of itself; of closed minutes always the same."""
    language = language_of(MINUTES, row.body.language)
    with override(language):
        title = f"{letter_texts(MINUTES, language)['title']} {row.number}"
        about = Rendering(language, f"{row.body}: {title}", str(row.body), row.closed_on or clock.day_of(row.begins))
        return _content(row), about


def _content(row: "Meeting") -> dict[str, Any]:
    found, noted = queries.quorum(row), queries.attendance(row)
    return {
        "body": str(row.body), "territory": str(row.body.territory), "number": row.number,
        "closed": row.state == MeetingState.CLOSED, "begins": row.begins.astimezone(clock.ZONE), "place": row.place,
        "people": [
            {"institution": one.of, "name": noted[one.pk].name, "presence": noted[one.pk].get_presence_display()}
            for one in queries.invited(row) if one.pk in noted
        ],
        "sectors": [
            {"sector": str(Sector(key).label), "members": seats, "there": there}
            for key, seats, there in queries.sectors(row)
        ],
        "quorum": {"there": found.there, "seats": found.seats, "needed": found.needed}, "is_met": found.is_met,
        "guests": row.guests, "items": [_item(one) for one in queries.items(row)],
        "tasks": [
            {"what": one.text, "who": f"{one.member.person}, {one.member.of}", "until": one.due_on}
            for one in queries.tasks(row)
        ],
        "chaired_by": row.chaired_by, "recorded_by": row.recorded_by,
    }  # fmt: skip


def _item(one: "AgendaItem") -> dict[str, Any]:
    votes = {name: getattr(one, name) for name in ("votes_for", "votes_against", "votes_abstained")}
    said = {"number": one.position, "title": one.title, "discussion": one.discussion, "decision": one.decision}
    return {**said, **votes}
