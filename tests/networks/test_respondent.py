"""Who can be asked, and how they hear of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.networks.world import SELF, Network
from zajedno.access.models import Message
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotPermitted, Refused
from zajedno.networks.actions import respondent as actions
from zajedno.networks.models import Respondent, Round
from zajedno.networks.queries import respondent as queries
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def offered(network: Network, row: Round, text: str = "") -> set[str]:
    names = {account.pk: who for who, account in network.world.accounts.items()}
    with network.at_work("csaba") as by:
        return {names[post.account_id] for post in queries.candidates(by, row, text)}


def test_offered_are_people_who_may_answer_where_the_network_works(network: Network) -> None:
    row = network.open()
    assert offered(network, row) == {"ana", "besa", "csaba", "doctor", "worker", "clerk", "parent"}
    network.ask(row, "ana")
    assert "ana" not in offered(network, row)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("vukovic", {"ana"}),
        ("Палић", {"doctor"}),
        ("dom zdravlja palic", {"doctor"}),
        ("особа worker", {"worker"}),
        ("тутин", set()),
        ("nobody", set()),
    ],
)
def test_found_by_name_or_institution_in_either_script(network: Network, text: str, found: set[str]) -> None:
    assert offered(network, network.open(), text) == found


def test_invited_for_the_institution_of_the_post_and_told_once(network: Network) -> None:
    row = network.open()
    network.ask(row, "ana", "worker")
    network.ask(row, "ana", "worker", "far")  # again, and one from another town: nothing new
    told = {one.account.email.split("@")[0]: (one.organisation.name, one.sector) for one in Respondent.objects.all()}
    assert told == {
        "ana": ("ОШ „Пример”", "education"),
        "worker": ("Центар за социјални рад Суботица", "social_protection"),
    }
    assert Message.objects.count() == 2
    for one in Message.objects.all():
        assert row.title not in one.subject + one.body


def test_only_who_runs_the_round_invites_and_reminds(network: Network) -> None:
    row = network.open(SELF, "ana")
    post = Post.objects.get(account=network.world.accounts["worker"])
    with network.at_work("ana") as by:
        for act in (
            lambda: actions.invite(by=by, round=row, posts=[post.uuid]),
            lambda: actions.remind(by=by, round=row),
        ):
            with pytest.raises(NotPermitted):
                act()


def test_reminded_once_a_day_until_they_answer(network: Network) -> None:
    row = network.open(SELF, "ana", "worker", "doctor")
    network.answer(row, "doctor", anchoring="1")
    counts = []
    for days in (0, 1, 1, 2):
        with clock.on(today() + days * DAY), network.at_work("csaba") as by:
            counts.append(actions.remind(by=by, round=row))
    assert counts == [0, 2, 0, 2]  # on the day of the invitation nobody is reminded
    assert Message.objects.filter(account=network.world.accounts["ana"]).count() == 3
    assert Message.objects.filter(account=network.world.accounts["doctor"]).count() == 1
    with clock.on(today() + 20 * DAY), network.at_work("csaba") as by, pytest.raises(Refused):
        actions.remind(by=by, round=row)


def test_the_table_asks_nobody_twice_nor_reminds_before_inviting(network: Network) -> None:
    row = network.open(SELF, "ana")
    one = Respondent.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Respondent.objects.create(
            round=row, account=one.account, organisation=one.organisation, sector="health", invited_on=today()
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Respondent.objects.update(reminded_on=today() - DAY)
