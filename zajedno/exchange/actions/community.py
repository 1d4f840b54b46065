"""Ask under a theme, answer, say which answer helped, take back one's own, report; an editor's verbs about all that."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.exchange.actions.notice import editors
from zajedno.exchange.actions.wording import LIMIT, clean
from zajedno.exchange.enums import ContributionState, Moderation, Theme
from zajedno.exchange.logic.naming import suspicions
from zajedno.exchange.models import Contribution, ContributionMove, ContributionReport
from zajedno.exchange.queries import community as queries
from zajedno.exchange.rules import DISCUSS, EDIT
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import ask as ask_verb
from zajedno.places.queries.post import held

TITLE, REASON = 200, 1_000  # letters
MOST, MOST_REPORTS = 40, 20  # of one person in a day
DAY = timedelta(days=1)
BECOMES: dict[str, dict[str, Any]] = {
    Moderation.HIDE: {"state": ContributionState.HIDDEN, "accepted_on": None},
    Moderation.RESTORE: {"state": ContributionState.SHOWN},
    Moderation.REOPEN: {"closed_on": None},
    Moderation.TAKE_BACK: {"state": ContributionState.TAKEN_BACK, "title": "", "text": "", "accepted_on": None},
}
MEANWHILE = _("Somebody has decided on this meanwhile. Look at it again.")


def address(row: Contribution) -> str:
    return f"/exchange/community/{row.head.uuid}/"


@transaction.atomic
def open_topic(
    *, by: Actor, theme: str, title: str, text: str, language: str, is_checked: bool = False
) -> Contribution:
    """A question to everybody who reads the theme. `is_checked`: the person has read what looks like a child, and says
    that it is none."""
    if theme not in Theme.values:
        raise Refused(_("Choose a theme."), "theme")
    given = {"title": " ".join(title.split()), "text": text}
    words = clean(given, is_checked, limit={"title": TITLE, "text": LIMIT})
    return _written(by, words, language, theme=theme)


@transaction.atomic
def answer(*, by: Actor, topic: Contribution, text: str, language: str, is_checked: bool = False) -> Contribution:
    """Below a topic that takes answers. Whoever asked hears of it, of one topic at most once a day."""
    words = clean({"text": text}, is_checked)
    head = _locked(by, topic)
    if queries.ANSWER not in queries.acts(by, head):
        raise Overtaken(_("This topic takes no more answers."), "closed")
    row = _written(by, words, language, topic=head)
    if head.written_by_id != by.account:
        _tell(by, head, f"answered-{by.today}", _("Somebody has answered you"), _("Read the answer: {path}"))
    return row


def _written(by: Actor, words: dict[str, str], language: str, **place: Any) -> Contribution:
    if not by.seats:
        raise NotPermitted(_("Communities are for who works in an institution. Your account holds no post today."))
    if Contribution.objects.filter(written_by=by.account, written_on__gt=now() - DAY).count() >= MOST:
        raise Refused(_("You have written enough for one day. Go on tomorrow."), "too_many")
    row = Contribution.objects.create(
        **words, **place, language=language, confirmed=bool(suspicions(words)), written_by_id=by.account,
        organisation_id=by.seats[0].organisation, written_on=now(),
    )  # fmt: skip
    audit.record(by=by, verb=DISCUSS, about=row, organisation=row.organisation_id, detail={"theme": row.head.theme})
    return row


@transaction.atomic
def accept(*, by: Actor, answer: Contribution, accepted: bool = True) -> None:
    """Whoever asked says that this answer helped, instead of one that was chosen before; or that it did not."""
    if answer.topic is None:
        raise NotFound("")
    head = _locked(by, answer.topic)  # two choices at once wait for each other
    row = _locked(by, answer)
    if head.written_by_id != by.account:
        raise NotPermitted(_("Only who asked can say which answer helped."))
    if (queries.ACCEPT if accepted else queries.UNACCEPT) not in queries.acts(by, row):
        raise Overtaken(MEANWHILE, "state")
    Contribution.objects.filter(topic=head, accepted_on__isnull=False).update(accepted_on=None)
    if accepted:
        Contribution.objects.filter(pk=row.pk).update(accepted_on=now())
    audit.record(by=by, verb=DISCUSS, about=row, detail={"accepted": accepted})


@transaction.atomic
def take_back(*, by: Actor, row: Contribution) -> None:
    """One's own: its words are erased, and nobody finds it any more; under a topic, its answers neither."""
    found = _locked(by, row)
    if found.written_by_id != by.account:
        raise NotPermitted(_("You can take back only what you wrote yourself."))
    _moved(by, found, Moderation.TAKE_BACK, "")
    audit.record(by=by, verb=DISCUSS, about=found, detail={"taken_back": True})


@transaction.atomic
def moderate(*, by: Actor, row: Contribution, act: str, reason: str) -> None:
    """HIDE, RESTORE, CLOSE or REOPEN by an editor. The author reads the reason; what was reported is settled."""
    ask_verb(by, EDIT)
    found = _locked(by, row)
    if act not in Moderation.values or act == Moderation.TAKE_BACK:
        raise NotFound("")
    if found.written_by_id == by.account:
        raise NotPermitted(_("Another editor decides on what you wrote yourself."))
    if act not in queries.acts(by, found):
        raise Overtaken(MEANWHILE, "state")
    why = clean({"reason": reason}, is_checked=True, limit=REASON)["reason"]
    _moved(by, found, Moderation(act), why)
    audit.record(by=by, verb=EDIT.key, about=found, detail={"act": act})
    subject = _("An editor has decided on what you wrote")
    _tell(by, found, f"moderated-{found.moves.count()}", subject, _("Read what was decided, and why: {path}"))


@transaction.atomic
def report(*, by: Actor, row: Contribution, why: str) -> ContributionReport:
    """Tell the editors what should not stand there. Nobody else learns who did; once a person until it is settled."""
    found = _locked(by, row)
    if queries.REPORT not in queries.acts(by, found):
        raise NotFound("")
    text = clean({"why": why}, is_checked=True, limit=REASON)["why"]
    mine = ContributionReport.objects.filter(reported_by=by.account)
    if mine.filter(contribution=found, settled_on=None).exists():
        raise Overtaken(_("You have reported this already. An editor will look at it."), "twice")
    if mine.filter(reported_on__gt=now() - DAY).count() >= MOST_REPORTS:
        raise Refused(_("You have reported enough for one day. Write to an editor."), "too_many")
    made = ContributionReport.objects.create(
        contribution=found, why=text, reported_by_id=by.account, reported_on=now()
    )  # fmt: skip
    audit.record(by=by, verb=DISCUSS, about=found, detail={"reported": True})
    for account in editors(by):
        outbox.write(
            to=account, key=f"reported-{found.uuid}-{account.pk}-{by.today}",
            subject=_("Something in the communities was reported"),
            body=format_lazy(_("Look at it and decide: {path}"), path="/exchange/community/reports/"),
        )  # fmt: skip
    return made


@transaction.atomic
def leave(*, by: Actor, row: Contribution) -> None:
    """An editor has looked at what was reported, and it stays as it is."""
    ask_verb(by, EDIT)
    found = _locked(by, row)
    if found.written_by_id == by.account:
        raise NotPermitted(_("Another editor decides on what you wrote yourself."))
    if not _settle(by, found):
        raise Overtaken(MEANWHILE, "state")
    audit.record(by=by, verb=EDIT.key, about=found, detail={"act": queries.LEAVE})


def _tell(by: Actor, row: Contribution, key: str, subject: Any, body: Any) -> None:
    """Its author, unless they hold no post any more: they could not read it."""
    if held(by.today).filter(account=row.written_by_id).exists():
        outbox.write(
            to=row.written_by, key=f"{row.uuid}-{key}", subject=subject, body=format_lazy(body, path=address(row))
        )  # fmt: skip


def _locked(by: Actor, row: Contribution) -> Contribution:
    """As the actor sees it now, held until the end of the transaction."""
    found = queries.visible_to(by).select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise NotFound("")
    return found


def _moved(by: Actor, row: Contribution, act: Moderation, reason: str) -> None:
    Contribution.objects.filter(pk=row.pk).update(**BECOMES.get(act, {"closed_on": now()}))
    ContributionMove.objects.create(contribution=row, act=act, reason=reason, moved_by=by.account, moved_on=now())
    _settle(by, row)


def _settle(by: Actor, row: Contribution) -> int:
    return ContributionReport.objects.filter(contribution=row, settled_on=None).update(
        settled_by=by.account, settled_on=now()
    )
