"""Row-level security alone: whose rows the database shows, and which it lets be written."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.networks.world import SELF, Network
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, RUNTIME, acting
from zajedno.networks.actions.sheet import begin
from zajedno.networks.models import Consensus, Outcome, Respondent, Round, RoundDraft, RoundSheet
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db
ALL = (Round, Respondent, RoundSheet, RoundDraft, Outcome, Consensus)


@pytest.fixture
def closed(network: Network) -> Round:
    """Ana, the doctor and the worker have answered, one thing is agreed; in another, open round Ana has begun."""
    row = network.open(SELF, "ana", "doctor", "worker")
    for who in ("ana", "doctor", "worker"):
        network.answer(row, who, anchoring="1")
    network.close(row)
    Consensus.objects.create(round=row, item="anchoring", value="1", evidence="x", decided_by=1)
    other = network.open(SELF, "ana")
    with network.at_work("ana") as by:
        begin(by=by, round=other)
    return row


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in ALL)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("csaba", (2, 4, 3, 0, 1, 1)),  # all of the rounds he runs, but nobody's draft
        ("ana", (2, 4, 1, 1, 1, 1)),
        ("doctor", (1, 3, 1, 0, 1, 1)),
        ("clerk", (0, 0, 0, 0, 0, 0)),
        ("goran", (0, 0, 0, 0, 0, 0)),
        ("dino", (0, 0, 0, 0, 0, 0)),
    ],
)
def test_everybody_sees_their_own_rows(network: Network, closed: Round, who: str, seen: tuple[int, ...]) -> None:
    with network.at_work(who):
        assert counts() == seen


def test_a_post_that_ended_opens_nothing(network: Network, closed: Round) -> None:
    Post.objects.filter(role="network-coordinator").update(until=today())
    with network.at_work("csaba"):
        assert counts() == (0, 0, 0, 0, 0, 0)


def test_public_pages_reach_none_of_it(network: Network, closed: Round) -> None:
    for model in ALL:
        with pytest.raises(DatabaseError), transaction.atomic(), acting(EXCHANGE, network.world.accounts["csaba"].pk):
            model.objects.count()


def refused(network: Network, who: str, act: object) -> bool:
    try:
        with transaction.atomic(), acting(RUNTIME, network.world.accounts[who].pk):
            act()  # type: ignore[operator]
    except DatabaseError:
        return True
    return False


def test_nobody_writes_what_is_not_theirs(network: Network, closed: Round) -> None:
    doctor = Respondent.objects.get(round=closed, account=network.world.accounts["doctor"])
    sheet = {"respondent": doctor, "version": closed.version, "holds_on": today(), "answers": {}}
    old = doctor.sheets.get()
    acts = {
        ("csaba", "a sheet of another"): lambda: RoundSheet.objects.create(**sheet, corrects=old, reason="x"),
        ("ana", "a sheet of another"): lambda: RoundSheet.objects.create(**sheet, corrects=old, reason="x"),
        ("ana", "a respondent"): lambda: Respondent.objects.create(
            round=closed, account=network.world.accounts["clerk"], organisation=doctor.organisation, sector="health",
            invited_on=today(),
        ),
        ("ana", "an agreement"): lambda: Consensus.objects.create(
            round=closed, item="budget", value="1", evidence="x", decided_by=1
        ),
        ("ana", "the round"): lambda: Round.objects.filter(pk=closed.pk).update(title="x"),
    }  # fmt: skip
    assert [what for what, act in acts.items() if not refused(network, what[0], act)] == []


@pytest.mark.parametrize("model", [RoundSheet, Outcome, Consensus])
def test_what_was_said_is_never_changed(network: Network, closed: Round, model: type) -> None:
    row = model.objects.first()
    name = "reason" if model is RoundSheet else "closed_by" if model is Outcome else "evidence"
    for who in ("csaba", "ana"):
        assert refused(network, who, lambda: model.objects.filter(pk=row.pk).update(**{name: 7}))
        assert refused(network, who, lambda: model.objects.filter(pk=row.pk).delete())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"truncate {model._meta.db_table} cascade")


@pytest.mark.parametrize("table", ["round", "respondent"])
def test_rounds_and_who_was_asked_stay(network: Network, closed: Round, table: str) -> None:
    def delete() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"delete from networks_{table}")

    assert refused(network, "csaba", delete)
