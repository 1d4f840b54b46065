"""Communities: what the database itself refuses."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.exchange.community_world import SITE, Talk
from tests.refusal import change, only_added, refusal, sql
from zajedno.access.models import Account
from zajedno.exchange.actions import community
from zajedno.exchange.models import Contribution, ContributionMove, ContributionReport, Subscription
from zajedno.kernel import clock
from zajedno.kernel.fence import EXCHANGE, acting

pytestmark = pytest.mark.django_db


def _raw(talk: Talk, **changes: Any) -> Contribution:
    fields = {"theme": "peers", "title": "A", "text": "B", "language": "bs", "written_by": talk.world.accounts["dino"],
              "organisation": talk.world.organisations["ngo"]}  # fmt: skip
    return Contribution.objects.create(**fields | changes)


KIND, WORDS = "contribution_is_topic_or_answer", "contribution_says_something_until_taken_back"


def _report(talk: Talk, row: Contribution, **fields: Any) -> None:
    said = {"why": "x", "reported_by": talk.world.accounts["ana"]}
    ContributionReport.objects.create(contribution=row, **said | fields)


def _follow(talk: Talk, **fields: Any) -> None:
    Subscription.objects.create(account=talk.world.accounts["ana"], **fields)


def _moved(row: Contribution, act: str, **fields: Any) -> None:
    ContributionMove.objects.create(contribution=row, act=act, moved_by=1, **fields)


# what: which constraint says no, and the act
BREAKS: dict[str, tuple[str, Callable[[Talk, Contribution, Contribution], object]]] = {
    "topic without a theme": (KIND, lambda talk, topic, row: _raw(talk, theme="")),
    "topic of an unknown theme": (KIND, lambda talk, topic, row: _raw(talk, theme="x")),
    "topic without a title": (WORDS, lambda talk, topic, row: _raw(talk, title="")),
    "topic without a text": (WORDS, lambda talk, topic, row: _raw(talk, text="")),
    "answer with a title": (KIND, lambda talk, topic, row: _raw(talk, topic=topic, theme="")),
    "answer with a theme": (KIND, lambda talk, topic, row: _raw(talk, topic=topic, title="")),
    "answer below an answer": ("answer_fits", lambda talk, topic, row: _raw(talk, topic=row, theme="", title="")),
    "closed answer": (KIND, lambda talk, topic, row: change(row, closed_on=clock.now())),
    "accepted topic": (KIND, lambda talk, topic, row: change(topic, accepted_on=clock.now())),
    "unknown state": ("contribution_state", lambda talk, topic, row: change(row, state="x")),
    "taken back with its words": (WORDS, lambda talk, topic, row: change(row, state="taken_back")),
    "accepted and hidden": ("contribution_accepted_is_shown", lambda talk, topic, row: change(
        row, state="hidden", accepted_on=clock.now()
    )),
    "two accepted answers": ("topic_has_one_accepted_answer", lambda talk, topic, row: [
        change(one, accepted_on=clock.now()) for one in (row, talk.said(topic, "ana"))
    ]),
    "unknown act": ("contribution_move_act", lambda talk, topic, row: _moved(row, "x", reason="x")),
    "act without a reason": ("contribution_move_has_a_reason", lambda talk, topic, row: _moved(row, "hide")),
    "report without words": ("contribution_report_says_why", lambda talk, topic, row: _report(talk, row, why="")),
    "report twice": ("contribution_reported_once", lambda talk, topic, row: [_report(talk, row), _report(talk, row)]),
    "report settled by nobody": ("contribution_report_is_settled_by_somebody", lambda talk, topic, row: _report(
        talk, row, settled_on=clock.now()
    )),
    "unknown theme followed": ("subscription_themes", lambda talk, topic, row: _follow(talk, themes=["x"])),
    "unknown rhythm": ("subscription_digest", lambda talk, topic, row: _follow(talk, digest="x", site=SITE)),
    "letters whose links lead nowhere": ("subscription_links_lead_somewhere", lambda talk, topic, row: _follow(
        talk, digest="daily"
    )),
    "two subscriptions": ("exchange_subscription_account_id_key", lambda talk, topic, row: [
        _follow(talk), _follow(talk)
    ]),
}  # fmt: skip


@pytest.mark.parametrize("broken", BREAKS)
def test_rows_that_contradict_themselves_are_refused(talk: Talk, broken: str) -> None:
    topic = talk.asked()
    row = talk.said(topic)
    constraint, act = BREAKS[broken]
    assert refusal(act, talk, topic, row) == constraint


@pytest.mark.parametrize("change", [{"closed_on": clock.now()}, {"state": "hidden"}])
def test_an_answer_stands_below_an_open_topic(talk: Talk, change: dict[str, Any]) -> None:
    topic = talk.asked()
    Contribution.objects.update(**change)
    assert refusal(_raw, talk, topic=topic, theme="", title="") == "answer_fits"


SAID = dict.fromkeys((EXCHANGE, "none"), "what somebody said is never changed")
MOVES = only_added("exchange_contributionmove")
# what: what each role is told, and the act
CHANGES: dict[str, tuple[dict[str, str], Callable[[], object]]] = {
    "other words": (SAID, lambda: Contribution.objects.update(text="Nešto drugo")),
    "another title": (SAID, lambda: Contribution.objects.filter(topic=None).update(title="Drugo")),
    "words erased": (SAID, lambda: Contribution.objects.update(text="")),
    "another theme": (SAID, lambda: Contribution.objects.filter(topic=None).update(theme="early")),
    "somebody else": (SAID, lambda: Contribution.objects.update(
        written_by=Account.objects.get(email="ana@demo.invalid")
    )),
    "another day": (SAID, lambda: Contribution.objects.update(written_on=clock.now())),
    "deleted": (SAID | {EXCHANGE: "permission denied for table exchange_contribution"}, lambda: sql(
        "delete from exchange_contribution"
    )),
    "move": (MOVES, lambda: ContributionMove.objects.update(reason="Drugo")),
    "move deleted": (MOVES, lambda: ContributionMove.objects.all().delete()),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", [EXCHANGE, "none"])
def test_what_was_said_and_done_never_changes(talk: Talk, change: str, role: str) -> None:
    with clock.on(clock.today() - timedelta(days=3)):
        talk.moderated(talk.said(talk.asked()), "hide")
    told, act = CHANGES[change]
    with acting(role, talk.world.accounts["edita"].pk):
        assert refusal(act) == told[role]


def test_what_was_taken_back_stays_so(talk: Talk) -> None:
    row = talk.asked()
    talk.does("dino", community.take_back, row=row)
    assert refusal(change, row, state="shown", title="A", text="B") == "what somebody said is never changed"


@pytest.mark.parametrize("table", [ContributionReport, ContributionMove])
def test_these_pages_delete_nothing(talk: Talk, table: type[Any]) -> None:
    with acting(EXCHANGE, talk.world.accounts["edita"].pk):
        assert refusal(table.objects.all().delete) == f"permission denied for table {table._meta.db_table}"
