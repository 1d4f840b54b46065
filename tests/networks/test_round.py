"""A round is opened with a form in use, has its days, and is closed once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.networks.world import SELF, TIES, Network
from zajedno.access.models import AuditEntry
from zajedno.forms.models import Enabling
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.networks.actions.round import close_round, open_round, prolong
from zajedno.networks.enums import State
from zajedno.networks.models import Outcome, Round
from zajedno.networks.queries import round as queries

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_round_keeps_the_version_in_use_and_is_written_down(network: Network) -> None:
    row = network.open()
    assert (row.version.form.key, row.organisation) == (SELF, network.organisation)
    entry = AuditEntry.objects.get(verb="networks.open_round")
    assert (entry.subject, entry.detail) == (str(row.uuid), {"form": SELF, "version": 1})


@pytest.mark.parametrize("who", ["ana", "goran", "worker", "dino"])
def test_only_who_holds_the_verb_opens_one(network: Network, who: str) -> None:
    with network.at_work(who) as by, pytest.raises(NotPermitted):
        open_round(
            by=by, organisation=network.organisation.pk, form=SELF, title="x", opens_on=today(), closes_on=today()
        )


def test_not_for_another_organisation(network: Network) -> None:
    with network.at_work("csaba") as by, pytest.raises(NotPermitted):
        open_round(
            by=by, organisation=network.world.organisations["school"].pk, form=SELF, title="x", opens_on=today(),
            closes_on=today(),
        )  # fmt: skip


@pytest.mark.parametrize("form", ["cfm-5-17", "nothing"])
def test_only_a_form_about_networks_that_is_in_use(network: Network, form: str) -> None:
    with pytest.raises(NotFound):
        network.open(form)
    Enabling.objects.filter(organisation=network.organisation.pk).update(until=today())
    with pytest.raises(NotFound):
        network.open(SELF)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": "  "}, "title"),
        ({"opens_on": today() - DAY}, "days"),
        ({"opens_on": today() + 2 * DAY, "closes_on": today() + DAY}, "days"),
    ],
)
def test_a_round_that_makes_no_sense_is_refused(network: Network, fields: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        network.open(**fields)
    assert refused.value.code == code


def test_its_state_follows_from_the_day(network: Network) -> None:
    row = network.open(opens_on=today() + DAY, closes_on=today() + 2 * DAY)
    days = [today() + number * DAY for number in range(4)]
    assert [row.state(day) for day in days] == [State.AHEAD, State.OPEN, State.OPEN, State.OVER]


def test_another_last_day_also_when_the_old_one_is_past(network: Network) -> None:
    row = network.open(closes_on=today())
    later = today() + 3 * DAY
    with clock.on(today() + DAY), network.at_work("csaba", today()) as by:
        assert row.state(by.today) == State.OVER
        prolong(by=by, round=row, closes_on=later)
        with pytest.raises(Refused):
            prolong(by=by, round=row, closes_on=by.today - DAY)
    assert Round.objects.get().closes_on == later


def test_closed_once_and_for_good(network: Network) -> None:
    row = network.open(SELF, "ana")
    network.answer(row, "ana", anchoring="2")
    network.close(row)
    assert Round.objects.get().state(today()) == State.CLOSED
    with network.at_work("csaba") as by:
        for act in (lambda: close_round(by=by, round=row), lambda: prolong(by=by, round=row, closes_on=today())):
            with pytest.raises(Overtaken):
                act()


@pytest.mark.parametrize("form", [SELF, TIES])
def test_a_round_that_nobody_answered_can_be_closed(network: Network, form: str) -> None:
    content = network.close(network.open(form, "ana")).content
    assert content == {"sheets": 0, "sectors": {"education": (1, 0)}, "before": None}


def test_who_is_asked_cannot_close(network: Network) -> None:
    row = network.open(SELF, "ana")
    network.answer(row, "ana", anchoring="2")
    with network.at_work("ana") as by, pytest.raises(NotPermitted):
        close_round(by=by, round=row)


def test_rounds_are_found_by_who_runs_them_and_who_is_asked(network: Network) -> None:
    row = network.open(SELF, "ana", "doctor")
    network.answer(row, "doctor", anchoring="1")
    for who in ("csaba", "ana", "doctor"):
        with network.at_work(who) as by:
            assert queries.find(by, row.uuid) == row
    for who in ("worker", "dino", "goran"):
        with network.at_work(who) as by, pytest.raises(NotFound):
            queries.find(by, row.uuid)
    with network.at_work("csaba") as by:
        found = queries.run_by(by, row.uuid)
        assert (found.asked, found.answered) == (2, 1)
    with network.at_work("ana") as by, pytest.raises(NotFound):
        queries.run_by(by, row.uuid)


def test_the_earlier_round_is_of_the_same_form_and_closed(network: Network) -> None:
    first, other = network.open(SELF, "ana"), network.open(TIES, "ana")
    network.close(network.open(SELF))  # which nobody answered
    second = network.open(SELF, "ana")
    with network.at_work("csaba") as by:
        assert queries.before(by, second) is None
    network.answer(first, "ana", anchoring="2")
    network.close(first)
    with network.at_work("csaba") as by:
        assert queries.before(by, second) == first
        assert queries.before(by, other) is None
        assert queries.before(by, first) is None


@pytest.mark.parametrize("fields", [{"title": ""}, {"closes_on": today() - DAY}])
def test_the_table_refuses_what_no_round_is(network: Network, fields: dict[str, object]) -> None:
    row = network.open()
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=row.pk).update(**fields)


def test_a_round_has_one_outcome(network: Network) -> None:
    row = network.open(SELF, "ana")
    network.answer(row, "ana", anchoring="2")
    network.close(row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(round=row, content={}, closed_by=1)
