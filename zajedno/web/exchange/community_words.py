"""What can be done about a contribution, in words; and a contribution as a page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zajedno.exchange.enums import ContributionState, Moderation
from zajedno.exchange.queries import community as queries
from zajedno.exchange.rules import EDIT
from zajedno.kernel.actor import Actor
from zajedno.web.exchange.community_forms import Reason, Report
from zajedno.web.exchange.reading import cut
from zajedno.web.shared.forms import Form
from zajedno.web.shared.pieces import Link, Tag

if TYPE_CHECKING:
    from zajedno.exchange.models import Contribution, ContributionMove

PATH = "/exchange/community/"


@dataclass(frozen=True)
class Act:
    """`go`: the link, and the button of its page; `title`, `note`: of the page; `form`: what it asks."""

    go: Any
    title: Any
    note: Any = ""
    form: type[Form] = Form
    kind: str = ""


ACTS: Mapping[str, Act] = {
    queries.ACCEPT: Act(
        _("This helped"), _("Did this answer help you?"),
        _("It stands above the others then. You can choose another one later."),
    ),
    queries.UNACCEPT: Act(_("It did not help after all"), _("Did this answer not help after all?")),
    Moderation.TAKE_BACK: Act(
        Moderation.TAKE_BACK.label, _("Take back what you wrote?"),
        _("Its words are erased for good. With a topic, its answers are not shown any more either."), kind="warning",
    ),
    queries.REPORT: Act(
        pgettext_lazy("act", "Report"), _("Report it to the editors"),
        _("An editor looks at it. Who wrote it does not learn who reported it."), Report,
    ),
    Moderation.HIDE: Act(
        Moderation.HIDE.label, _("Hide it?"), _("Only its author and editors can read it then."), Reason, "warning"
    ),
    Moderation.RESTORE: Act(Moderation.RESTORE.label, _("Show it again?"), form=Reason),
    Moderation.CLOSE: Act(
        Moderation.CLOSE.label, _("Close the topic?"), _("It can still be read; nobody can answer any more."), Reason
    ),
    Moderation.REOPEN: Act(Moderation.REOPEN.label, _("Open the topic again?"), form=Reason),
    queries.LEAVE: Act(_("Leave it as it is"), _("Leave it as it is?"), _("The reports about it are settled then.")),
}  # fmt: skip
DONE = {
    Moderation.HIDE: _("Hidden by an editor:"), Moderation.RESTORE: _("Shown again by an editor:"),
    Moderation.CLOSE: _("Closed by an editor:"), Moderation.REOPEN: _("Opened again by an editor:"),
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A contribution on a page: `note`: what an editor did, with the `reason`; `links`: what the reader can do."""

    row: "Contribution"
    tags: Sequence[Tag]
    links: Sequence[Link]
    note: Any = ""
    reason: str = ""


def shown(by: Actor, rows: "Sequence[Contribution]") -> list[Shown]:
    """One query, however many they are."""
    notes = queries.notes(list(rows))
    return [_shown(by, row, notes.get(row.pk)) for row in rows]


def _shown(by: Actor, row: "Contribution", move: "ContributionMove | None") -> Shown:
    links = [
        Link(ACTS[act].go, f"{PATH}{row.uuid}/{act}/", cut(row.title or row.text)[:40])
        for act in queries.acts(by, row) if act in ACTS
    ]  # fmt: skip
    told = move is not None and (row.closed_on is not None or row.written_by_id == by.account or by.may(EDIT.key))
    if move is None or not told:
        return Shown(row, tags(by, row), links)
    return Shown(row, tags(by, row), links, DONE.get(Moderation(move.act), ""), move.reason)


def tags(by: Actor, row: "Contribution") -> list[Tag]:
    """What is to be known of it at a glance."""
    found = (
        (row.state == ContributionState.HIDDEN, Tag(ContributionState.HIDDEN.label, "late")),
        (row.closed_on is not None, Tag(_("Closed for answers"), "off")),
        (row.accepted_on is not None, Tag(_("This helped"), "done")),
        (row.confirmed and by.may(EDIT.key), Tag(_("Its author says: no child"), "wait")),
    )
    return [tag for holds, tag in found if holds]
