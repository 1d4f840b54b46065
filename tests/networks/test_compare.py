"""Networks side by side: numbers alone for who compares, others anonymously from five on, the map of a closed round."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from tests.networks.bodies import Bodies
from tests.networks.test_lasting import level
from tests.networks.world import SELF, TIES, Network
from tests.places import factories as places
from zajedno.forms.models import Version
from zajedno.kernel.clock import now, today
from zajedno.kernel.fence import EXCHANGE, RUNTIME, acting
from zajedno.kernel.refusal import NotPermitted
from zajedno.networks.actions.sheet import begin, keep, send
from zajedno.networks.logic.net import Map
from zajedno.networks.models import Outcome, Round, SustainabilityLevel
from zajedno.networks.queries.compare import numbers, others
from zajedno.places.models import Country

pytestmark = pytest.mark.django_db
PEOPLE = ("ana", "doctor", "worker")


def rounds(network: Network, value: str = "1") -> Round:
    row = network.open(SELF, *PEOPLE)
    for who in PEOPLE:
        network.answer(row, who, anchoring=value)
    network.close(row)
    return Round.objects.get(pk=row.pk)


def ties(network: Network, levels: dict[str, dict[str, str]]) -> Round:
    """`levels`: closeness by who says it and of whom."""
    row = network.open(TIES, *levels)
    for who, said in levels.items():
        with network.at_work(who) as by:
            draft = begin(by=by, round=row)
            partners = [{"partner": name, "intensity": close} for name, close in said.items()]
            draft = keep(by=by, draft=draft, answers={**draft.answers, "partners": partners})
            send(by=by, draft=draft)
    network.close(row)
    return Round.objects.get(pk=row.pk)


DOCTOR, SCHOOL = "Дом здравља Палић", "ОШ „Пример”"


def survey(network: Network) -> Round:
    said = {"ana": {DOCTOR: "3", "Марија из општине": "4"}, "doctor": {SCHOOL: "2"}, "worker": {DOCTOR: "1"}}
    return ties(network, said)


def test_eva_reads_numbers_and_nothing_else(network: Network) -> None:
    rounds(network, "2")
    level(network, "budget", 1)
    level(network, "support", 2)
    survey(network)
    bor = places.organisation(
        "Мрежа Бор", kind=network.organisation.kind, territory=places.territory("Бор", "Bor", "70100"), code="w-bor"
    )
    by = network.world.actor("eva")
    with acting(EXCHANGE, by.account):  # as which her desk comes to the database
        found = {one.network.pk: one for one in numbers(by)}
        for model in (Round, Outcome, SustainabilityLevel):
            with pytest.raises(DatabaseError), transaction.atomic():
                model.objects.count()
    with acting(RUNTIME, by.account):
        assert [model.objects.count() for model in (Round, Outcome, SustainabilityLevel)] == [0, 0, 0]
    own, other = found[network.organisation.pk], found[bor.pk]
    assert (own.levels, own.sustainability) == ({"budget": 1, "support": 2}, Decimal("1.50"))
    assert own.self_evaluation == 2
    assert own.density == Decimal("33.33")  # as the round came to: three ties of three times three
    assert own.members == {"education": 1, "health": 1, "social_protection": 1}  # asked in the newest round
    assert own.size == 3
    assert (other.sustainability, other.self_evaluation, other.density, other.size) == (None, None, None, 0)


def test_members_are_those_who_sit_in_the_body(network: Network) -> None:
    rounds(network)  # three were asked
    bodies = Bodies(network.world)
    row = bodies.set_up()
    for at in ("doctor", "worker"):
        bodies.seat(row, at, at)
    bodies.set_up(kind="working_group")  # whose seats are another matter
    with network.at_work("eva") as by:
        found = numbers(by)[0]
    assert found.members == {"health": 1, "social_protection": 1}


def test_too_few_answers_are_said_to_be_that(network: Network) -> None:
    row = network.open(SELF, *PEOPLE)
    for who in PEOPLE[:2]:
        network.answer(row, who, anchoring="3")
    network.close(row)
    with network.at_work("eva") as by:
        found = numbers(by)[0]
    assert (found.self_evaluation, found.few) == (None, {"self"})
    rounds(network, "2")
    with network.at_work("eva") as by:
        found = numbers(by)[0]
    assert (found.self_evaluation, found.few, found.days["self"]) == (2, set(), today())


def test_members_are_those_of_the_body_once_it_has_some(network: Network) -> None:
    rounds(network, "2")
    bodies = Bodies(network.world)
    row = bodies.seated()
    bodies.seat(row, person="Друга из исте")
    by = network.world.actor("eva")
    with acting(EXCHANGE, by.account):
        (own,) = [one for one in numbers(by) if one.network == network.organisation]
    assert own.members == {"education": 1, "health": 1, "justice": 1}  # institutions, each once


def test_only_networks_of_the_country_are_compared(network: Network) -> None:
    abroad = Country.objects.create(code="BA", labels={"en": "BiH"})
    there = places.territory("Jajce", "Jajce", "ba-1", country=abroad)
    places.organisation("Komisija SZI", kind=network.organisation.kind, territory=there, code="w-jajce")
    with network.at_work("eva") as by:
        assert [one.network for one in numbers(by)] == [network.organisation]


@pytest.mark.parametrize("who", ["csaba", "doctor", "ana"])
def test_nobody_else_compares(network: Network, who: str) -> None:
    level(network)
    with network.at_work(who) as by:
        with pytest.raises(NotPermitted):
            numbers(by)
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from app.network_numbers()")
            assert cursor.fetchone() == (0,)


def elsewhere(network: Network, count: int, value: str) -> None:
    """That many other networks closed a round of the same form."""
    version = Version.objects.get(form__key=SELF)
    for number in range(count):
        name = f"x-{value}-{number}"
        at = places.organisation(f"Мрежа {name}", kind=network.organisation.kind, code=name.replace(".", "-"))
        row = Round.objects.create(
            organisation=at, version=version, title="x", opens_on=today(), closes_on=today(), opened_by=1
        )
        content = {"sheets": 5, "sectors": {}, "before": None, "values": {"level": value, "anchoring/": value}}
        Outcome.objects.create(round=row, content=content, closed_by=1, closed_on=now())


def test_others_are_told_from_five_on(network: Network) -> None:
    row = rounds(network)
    elsewhere(network, 4, "2.04")
    with network.at_work("doctor") as by:
        found = others(by, row)
        assert (found.count, found.enough, found.means) == (4, False, {})
    elsewhere(network, 1, "1.00")
    with network.at_work("doctor") as by:
        found = others(by, row)
        assert (found.count, found.enough) == (5, True)
        assert found.means == {"level": Decimal("1.8"), "anchoring/": Decimal("1.8")}  # 1.832, to a tenth
    with network.at_work("clerk") as by:  # who was not asked
        assert (others(by, row).count, others(by, row).means) == (0, {})
    with pytest.raises(DatabaseError), transaction.atomic(), acting(EXCHANGE):
        others(network.world.actor("csaba"), row)


def test_a_network_counts_once_with_its_newest_round(network: Network) -> None:
    row = rounds(network, "3")
    later = rounds(network, "1")  # its own earlier round is not another's
    elsewhere(network, 5, "2")
    with network.at_work("csaba") as by:
        assert others(by, row).means["level"] == others(by, later).means["level"] == 2


def test_a_closed_round_keeps_its_map_without_persons(network: Network) -> None:
    first = survey(network)
    found = Map(first.outcome.content["net"])
    assert "Марија" not in str(first.outcome.content["net"])
    assert found.unknown == 1
    assert found.pairs() == {(DOCTOR, SCHOOL): (2, 3)}
    assert found.sectors["Центар за социјални рад Суботица"] == "social_protection"
    second = ties(network, {"ana": {}, "doctor": {"Центар за социјални рад Суботица": "5"}, "worker": {}})
    before = second.outcome.content["before"]["net"]
    assert Map(second.outcome.content["net"]).since(Map(before)).ended == [(DOCTOR, SCHOOL)]
