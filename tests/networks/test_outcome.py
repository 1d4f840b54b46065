"""What a round comes to: nothing that tells one person's answers, what changed, what was agreed."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tests.networks.world import SELF, TIES, Network
from zajedno.access.models import AuditEntry
from zajedno.forms.logic.scores.rubric import score
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.networks.actions.consensus import settle
from zajedno.networks.actions.outcome import export
from zajedno.networks.actions.sheet import begin, keep, send
from zajedno.networks.logic.outcome import added_up, by_name, figures
from zajedno.networks.models import Consensus, Round
from zajedno.networks.queries import round as rounds
from zajedno.networks.queries.outcome import Line, Result

OPTIONS: dict[str, Any] = {
    "dimensions": {"law": ["law"], "people": ["staff", "members"]},
    "evidence": "_evidence",
    "bands": {"weak": 0, "developing": 1, "established": 2},
    "flag_below": "developing",
}
TOWN = ("ana", "doctor", "worker", "clerk")


def test_groups_are_opened_and_repeats_stay_lists() -> None:
    nested = {"a": "1", "group": {"b": "2", "inner": {"c": "3"}}, "rows": [{"d": "4", "in": {"e": "5"}}]}
    assert by_name(nested) == {"a": "1", "b": "2", "c": "3", "rows": [{"d": "4", "e": "5"}]}


def told(sheets: list[dict[str, str]]) -> dict[tuple[str, ...], Any]:
    return {one.about: one for one in figures(added_up(score, sheets, OPTIONS))}


def test_what_two_people_said_is_not_told_nor_can_be_reckoned_back() -> None:
    sheets = [
        {"law": "2", "staff": "0", "members": "3", "members_evidence": "Списак"},
        {"law": "1", "staff": "1", "members": "9"},
        {"law": "3", "staff": "2", "members": "1"},
    ]
    found = told(sheets)
    assert (found["law",].value, found["law",].spread, found["law",].count) == (Decimal(2), Decimal("0.82"), 3)
    assert (found["members",].value, found["members",].spread, found["members",].low) == (None, None, None)
    assert found["people",].value == Decimal(1)  # of `staff` alone: with `members` it would be 1.5
    assert added_up(score, sheets, OPTIONS)["evidence"] == {}


def test_of_two_sheets_nothing_is_told() -> None:
    found = told([{"law": "2"}, {"law": "3"}])
    assert {one.value for one in found.values()} == {None}


def test_evidence_is_told_without_whose_it_is() -> None:
    sheets = [{"law": "2", "law_evidence": text} for text in ("Уговор", "Одлука", "Одлука", " ")]
    assert added_up(score, sheets, OPTIONS)["evidence"] == {"law": ["Одлука", "Уговор"]}


def closed(network: Network, levels: dict[str, str], **fields: Any) -> Round:
    """A round in which each of the town gives one level of `anchoring`, and two of `budget`."""
    row = network.open(SELF, *levels, **fields)
    for number, (who, level) in enumerate(levels.items()):
        network.answer(row, who, anchoring=level, **({"budget": "0"} if number < 2 else {}))
    network.close(row)
    return row


def result(network: Network, row: Round, who: str = "csaba") -> Result:
    with network.at_work(who) as by:
        return Result(rounds.find(by, row.uuid))


def line(found: Result, item: str) -> Line:
    return next(one for one in found.lines if one.item == item)


@pytest.mark.django_db
def test_means_counts_by_sector_and_change(network: Network) -> None:
    closed(network, dict(zip(TOWN, "0112", strict=True)))
    row = closed(network, dict(zip(TOWN[:3], "232", strict=True)))
    found = result(network, row)
    assert found.sectors == {"education": (1, 1), "health": (1, 1), "social_protection": (1, 1)}
    anchoring = line(found, "anchoring")
    assert (anchoring.figure.value, anchoring.figure.count, anchoring.change) == (Decimal("2.33"), 3, Decimal("1.33"))
    budget = line(found, "budget")
    assert (budget.figure.value, budget.change) == (None, None)
    assert [one.dimension for one in found.strengths] == ["anchoring"]
    assert found.before["title"] == "Самовредновање"


@pytest.mark.django_db
def test_who_was_asked_reads_the_outcome_and_nobody_else(network: Network) -> None:
    row = closed(network, dict(zip(TOWN[:3], "011", strict=True)))
    for who in ("ana", "doctor", "csaba"):
        assert line(result(network, row, who), "anchoring").figure.value == Decimal("0.67")
    assert [one.dimension for one in result(network, row, "ana").gaps] == ["anchoring"]
    for who in ("parent", "dino", "goran"):
        with pytest.raises(NotFound):
            result(network, row, who)


@pytest.mark.django_db
def test_before_it_is_closed_there_is_no_outcome(network: Network) -> None:
    row = network.open(SELF, "ana")
    network.answer(row, "ana", anchoring="2")
    with pytest.raises(NotFound):
        result(network, row)


@pytest.mark.django_db
def test_consensus_takes_the_place_of_the_mean_and_the_newest_word_counts(network: Network) -> None:
    row = closed(network, dict(zip(TOWN[:3], "011", strict=True)))
    with network.at_work("csaba") as by:
        settle(by=by, round=row, item="anchoring", value="1", evidence="Одлука из 2024.")
        settle(by=by, round=row, item="anchoring", value="2", evidence="Одлука и план.")
    found = result(network, row)
    anchoring = next(one for one in found.lines if one.dimension == "anchoring" and not one.item)
    assert (anchoring.figure.value, anchoring.agreed, anchoring.level) == (Decimal("0.67"), Decimal(2), Decimal(2))
    assert line(found, "anchoring").consensus.evidence == "Одлука и план."
    assert [one.dimension for one in found.strengths] == ["anchoring"]
    assert found.gaps == []
    assert Consensus.objects.count() == 2
    entry = AuditEntry.objects.filter(verb="networks.settle").latest("moment")
    assert entry.detail == {"item": "anchoring", "value": "2"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"evidence": " "}, "evidence"), ({"value": "9"}, "value"), ({"value": "4"}, "value"),
        ({"item": "voice"}, "refused"), ({"item": "nothing"}, "refused"),
    ],
)  # fmt: skip
def test_what_cannot_be_agreed_is_refused(network: Network, given: dict[str, str], code: str) -> None:
    row = closed(network, dict(zip(TOWN[:3], "011", strict=True)))
    values = {"item": "anchoring", "value": "1", "evidence": "Одлука"} | given
    with network.at_work("csaba") as by, pytest.raises(Refused) as refused:
        settle(by=by, round=row, **values)
    assert refused.value.code == code


@pytest.mark.django_db
def test_people_agree_after_everybody_has_answered_and_the_coordinator_writes_it_down(network: Network) -> None:
    row = network.open(SELF, "ana")
    agreed = {"item": "anchoring", "value": "1", "evidence": "Одлука"}
    with network.at_work("csaba") as by, pytest.raises(Refused) as refused:
        settle(by=by, round=row, **agreed)
    assert refused.value.code == "not_closed"
    network.answer(row, "ana", anchoring="1")
    network.close(row)
    with network.at_work("ana") as by, pytest.raises(NotPermitted):
        settle(by=by, round=row, **agreed)


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"evidence": ""}, {"item": ""}, {"value": ""}])
def test_the_table_keeps_no_consensus_without_evidence(network: Network, fields: dict[str, str]) -> None:
    row = network.open()
    values = {"item": "budget", "value": "1", "evidence": "x"} | fields
    with pytest.raises(IntegrityError), transaction.atomic():
        Consensus.objects.create(round=row, decided_by=1, **values)


def worked(network: Network, row: Round, who: str, **partners: str) -> None:
    """Closeness, trust and value in three digits, by name of a person of the partner."""
    with network.at_work(who) as by:
        draft = begin(by=by, round=row)
        rows = [
            {
                "partner": network.world.organisations[name].name,
                "intensity": said[0],
                "trust": said[1],
                "value": said[2],
            }
            for name, said in partners.items()
        ]
        send(
            by=by, draft=keep(by=by, draft=draft, answers={**draft.answers, "organisation": "нешто", "partners": rows})
        )


@pytest.mark.django_db
def test_who_works_with_whom_is_told_and_trust_only_of_many(network: Network) -> None:
    row = network.open(TIES, *TOWN)
    worked(network, row, "ana", doctor="333", worker="211", clerk="000")
    worked(network, row, "doctor", school="522", worker="311")
    worked(network, row, "clerk", worker="232")
    network.close(row)
    found = result(network, row)
    told = {(one.key, one.about): one for one in found.figures}
    names = [network.world.organisations[one].name for one in ("school", "doctor", "worker", "clerk")]
    school, doctor, worker, clerk = names
    assert told["pair_intensity", (doctor, school)].value == Decimal(4)
    assert told["pair_trust", (doctor, school)].value is None
    assert told["trusted", (worker,)].value == Decimal("1.67")  # three trust it
    assert told["trusted", (doctor,)].value is None
    assert told["cross_sector", ()].value == Decimal(100)  # the sector is that of the institution, whatever was written
    assert {frozenset(one.about) for one in found.of(2)} == {
        frozenset(pair)
        for pair in ((school, doctor), (school, worker), (school, clerk), (doctor, worker), (clerk, worker))
    }
    assert found.lines == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["csaba", "ana"])
def test_an_outcome_goes_out_as_a_table_with_nobody_in_it(network: Network, who: str) -> None:
    row = closed(network, dict(zip(TOWN[:3], "012", strict=True)))
    with network.at_work("csaba") as by:
        settle(by=by, round=row, item="anchoring", value="2", evidence="=Одлука")
    with network.at_work(who) as by, translation.override("sr"):
        book = openpyxl.load_workbook(io.BytesIO(export(by=by, round=row, kind="xlsx")))
        text = export(by=by, round=row, kind="csv").decode()
    rows = list(book.active.values)
    first = next(row for row in rows if row[0] == "Правно утемељење" and row[1])
    assert first[2:7] == (3, 1, 0.82, 2, "'=Одлука")
    assert not [name for name in ("Ана", "Особа", "csaba") if name in text]
    assert AuditEntry.objects.filter(verb="networks.export_outcome").count() == 2
    with network.at_work("parent") as by, pytest.raises(NotFound):
        export(by=by, round=row, kind="csv")
    with network.at_work(who) as by, pytest.raises(Refused):
        export(by=by, round=row, kind="pdf")


@pytest.mark.django_db
def test_of_one_answer_nothing_is_kept_in_the_outcome(network: Network) -> None:
    row = network.open(SELF, "ana")
    network.answer(row, "ana", anchoring="2", anchoring_evidence="Само ја ово знам")
    content = network.close(row).content
    assert content["sheets"] == 1
    assert {one["value"] for one in content["figures"]} == {None}
    assert content["evidence"] == {}
