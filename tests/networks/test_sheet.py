"""A respondent answers once, keeps what is written, and puts it right while the round is open."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.networks.world import SELF, TIES, Network
from zajedno.access.models import AuditEntry
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.fence import WORKER, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.networks.actions.sheet import begin, drop, keep, send
from zajedno.networks.models import RoundDraft, RoundSheet
from zajedno.networks.queries import sheet as sheets
from zajedno.networks.tasks import drop_drafts
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db


def test_kept_sent_and_gone_from_the_drafts(network: Network) -> None:
    row = network.open(SELF, "ana")
    with network.at_work("ana") as by:
        draft = begin(by=by, round=row)
        keep(by=by, draft=draft, answers={"voice": "own", "about_budget": {"budget": "1"}})
        again = begin(by=by, round=row)
        assert (again.pk, again.answers["about_budget"]) == (draft.pk, {"budget": "1"})
        sheet = send(by=by, draft=again)
    assert (sheet.answers, sheet.filled_by) == (
        {"voice": "own", "about_budget": {"budget": "1"}}, network.world.accounts["ana"].pk,
    )  # fmt: skip
    assert not RoundDraft.objects.exists()
    entry = AuditEntry.objects.get(verb="networks.answer")
    assert entry.detail == {"form": SELF, "version": 1, "corrects": False}
    with network.at_work("ana") as by, pytest.raises(Overtaken):
        send(by=by, draft=again)


def test_a_draft_begins_with_what_the_round_knows(network: Network) -> None:
    row = network.open(TIES, "ana", "worker", "doctor")
    with network.at_work("ana") as by:
        assert begin(by=by, round=row).answers == {
            "organisation": "ОШ „Пример”",
            "sector": "education",
            "partners": [{"partner": "Центар за социјални рад Суботица"}, {"partner": "Дом здравља Палић"}],
        }
    with network.at_work("worker") as by:
        assert begin(by=by, round=row).answers["sector"] == "social"


def test_a_sheet_that_does_not_fit_the_form_is_not_sent(network: Network) -> None:
    row = network.open(SELF, "ana")
    with network.at_work("ana") as by:
        draft = begin(by=by, round=row)
        for answers in ({}, {"voice": "own", "about_budget": {"budget": "7"}}):
            keep(by=by, draft=draft, answers=answers)
            with pytest.raises(Refused) as refused:
                send(by=by, draft=draft)
            assert refused.value.code == "answers"
    assert RoundDraft.objects.get().answers == {"voice": "own", "about_budget": {"budget": "7"}}


def test_a_correction_needs_a_reason_and_leaves_the_first(network: Network) -> None:
    row = network.open(SELF, "ana")
    first = network.answer(row, "ana", budget="1")
    with pytest.raises(Refused) as refused:
        network.answer(row, "ana", budget="2")
    assert refused.value.code == "reason"
    second = network.answer(row, "ana", budget="2", reason="Погрешан ред.")
    assert (second.corrects, second.reason) == (first, "Погрешан ред.")
    assert [one.pk for one in sheets.standing(row)] == [second.pk]
    assert RoundSheet.objects.get(pk=first.pk).answers["about_budget"] == {"budget": "1"}


def test_a_correction_begins_with_what_was_sent(network: Network) -> None:
    row = network.open(SELF, "ana")
    network.answer(row, "ana", budget="1", budget_evidence="Одлука")
    with network.at_work("ana") as by:
        assert begin(by=by, round=row).answers["about_budget"] == {"budget": "1", "budget_evidence": "Одлука"}


@pytest.mark.parametrize("days", [-1, 15])
def test_only_while_the_round_is_open(network: Network, days: int) -> None:
    row = network.open(SELF, "ana")
    with network.at_work("ana") as by:
        draft = begin(by=by, round=row)
    with clock.on(today() + timedelta(days=days)), network.at_work("ana") as by:
        for act in (lambda: begin(by=by, round=row), lambda: send(by=by, draft=draft)):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.code == "not_open"


def test_not_after_it_was_closed(network: Network) -> None:
    row = network.open(SELF, "ana", "worker")
    with network.at_work("ana") as by:
        draft = begin(by=by, round=row)
    network.answer(row, "worker", budget="1")
    network.close(row)
    with network.at_work("ana") as by, pytest.raises(Refused) as refused:
        send(by=by, draft=draft)
    assert refused.value.code == "not_open"


def test_nobody_answers_uninvited_nor_for_somebody_else(network: Network) -> None:
    row = network.open(SELF, "ana")
    with network.at_work("worker") as by, pytest.raises(NotFound):
        begin(by=by, round=row)
    with network.at_work("ana") as by:
        draft = begin(by=by, round=row)
    with network.at_work("worker") as by:
        for act in (
            lambda: keep(by=by, draft=draft, answers={}),
            lambda: drop(by=by, draft=draft),
            lambda: sheets.find_draft(by, draft.uuid),
        ):
            with pytest.raises(NotFound):
                act()
    with network.at_work("ana") as by:
        drop(by=by, draft=draft)
    assert not RoundDraft.objects.exists()


def test_drafts_that_cannot_be_sent_any_more_are_dropped(network: Network) -> None:
    for number, closed in enumerate((True, False)):
        row = network.open(SELF, "ana", "worker", title=f"{number}")
        with network.at_work("ana") as by:
            begin(by=by, round=row)
        network.answer(row, "worker", budget="1")
        if closed:
            network.close(row)
    counts = []
    for days in (0, 14 + 30, 14 + 31):
        with clock.on(today() + timedelta(days=days)), acting(WORKER):
            drop_drafts()
            counts.append(RoundDraft.objects.count())
    assert counts == [1, 1, 0]


def test_who_left_the_institution_speaks_for_it_no_more(network: Network) -> None:
    row = network.open(SELF, "worker")
    Post.objects.filter(account=network.world.accounts["worker"]).update(until=today())
    with network.at_work("worker") as by, pytest.raises(NotPermitted):
        begin(by=by, round=row)


def test_the_table_keeps_one_chain_of_sheets(network: Network) -> None:
    row = network.open(SELF, "ana")
    sheet = network.answer(row, "ana", budget="1")
    again = {"respondent": sheet.respondent, "version": sheet.version, "holds_on": today(), "answers": {}}
    for fields in ({}, {"corrects": sheet, "reason": ""}):  # a second beginning; a correction without a reason
        with pytest.raises(IntegrityError), transaction.atomic():
            RoundSheet.objects.create(**again, **fields)
    RoundSheet.objects.create(**again, corrects=sheet, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():  # the same sheet put right twice
        RoundSheet.objects.create(**again, corrects=sheet, reason="y")
