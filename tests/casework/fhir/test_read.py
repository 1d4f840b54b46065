"""A referral that comes in is read whole, or refused with every place that is wrong."""

import copy
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casework.fhir.arriving import CODES, part, referral
from zajedno.casework.logic.fhir.check import Problem
from zajedno.casework.logic.fhir.read import Arriving, Giver, Unreadable, read

TODAY = date(2026, 3, 2)


def refused(content: Any) -> list[Problem]:
    with pytest.raises(Unreadable) as caught:
        read(content, CODES, TODAY)
    return caught.value.problems


def test_it_is_read() -> None:
    found = read(referral(), CODES, TODAY)
    assert found == Arriving(
        number="urn:other|R-1", receiver="w-health", requester="w-school", given_name="Ђорђе", family_name="Њежић",
        birth_date=date(2016, 5, 4), sex="M", address="Улица 1, Суботица", numbers=(),
        giver=Giver("father", "Филип Њежић", "024 111"), given_on=date(2026, 3, 1), until=date(2027, 3, 1),
        priority="routine", asked="Логопед", words="Говори нејасно.",
    )  # fmt: skip


def test_one_that_contains_the_others_is_read_alike() -> None:
    sent = referral()
    names = {entry["fullUrl"]: f"#{entry['fullUrl'][-1]}" for entry in sent["entry"]}

    def inward(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: inward(one) for key, one in value.items()}
        return [inward(one) for one in value] if isinstance(value, list) else names.get(value, value)

    *others, request = [{**inward(one["resource"]), "id": one["fullUrl"][-1]} for one in sent["entry"]]
    assert read({**request, "contained": others}, CODES, TODAY) == read(sent, CODES, TODAY)


def changed(kind: str, **fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda sent: part(sent, kind).update(fields)


def dropped(kind: str) -> Callable[[dict[str, Any]], None]:
    def drop(sent: dict[str, Any]) -> None:
        sent["entry"] = [one for one in sent["entry"] if one["resource"]["resourceType"] != kind]

    return drop


def provision(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda sent: part(sent, "Consent")["provision"].update(fields)


@pytest.mark.parametrize(
    ("change", "where", "said"),
    [
        (dropped("Consent"), "Bundle", "one_consent"),
        (dropped("Patient"), "Bundle.entry[4].resource.subject", "no_patient"),
        (dropped("ServiceRequest"), "Bundle", "one_request"),
        (changed("ServiceRequest", status="completed"), "Bundle.entry[5].resource.status", "not_active"),
        (changed("ServiceRequest", status="poslato"), "Bundle.entry[5].resource.status", "not_in_set"),
        (changed("ServiceRequest", identifier=[]), "Bundle.entry[5].resource.identifier", "no_number"),
        (changed("ServiceRequest", performer=[{"reference": "https://elsewhere.invalid/Organization/1"}]),
         "Bundle.entry[5].resource.performer", "no_receiver"),
        (changed("Patient", gender="m"), "Bundle.entry[0].resource.gender", "not_in_set"),
        (changed("Patient", name=[{"family": "Њежић"}]), "Bundle.entry[0].resource.name", "no_name"),
        (changed("Patient", birthDate="2030-01-01"), "Bundle.entry[0].resource.birthDate", "birth_date"),
        (changed("RelatedPerson", name=[]), "Bundle.entry[3].resource.name", "no_giver"),
        (changed("Consent", status="inactive"), "Bundle.entry[4].resource.status", "consent_not_active"),
        (changed("Consent", dateTime="2026-03-09"), "Bundle.entry[4].resource.dateTime", "consent_later"),
        (provision(type="deny"), "Bundle.entry[4].resource.provision.type", "consent_denies"),
        (provision(period={"end": "2026-03-01"}), "Bundle.entry[4].resource.provision.period.end", "consent_ended"),
        (provision(actor=[]), "Bundle.entry[4].resource.provision.actor", "consent_to_another"),
    ],
)  # fmt: skip
def test_what_is_missing_or_forbids_it_is_said_with_its_place(
    change: Callable[[dict[str, Any]], None], where: str, said: str
) -> None:
    sent = referral()
    change(sent)
    assert (where, said) in [(one.where, one.said) for one in refused(sent)]


def test_a_heap_is_refused_before_it_is_looked_at() -> None:
    assert [one.where for one in refused({"resourceType": "Bundle", "type": "batch", "entry": [0] * 101})] == [
        "Bundle.entry"
    ]


def test_a_consent_of_another_child_is_none() -> None:
    sent = referral()
    sent["entry"].append({"fullUrl": "urn:uuid:o", "resource": {"resourceType": "Patient"}})
    part(sent, "Consent")["patient"] = {"reference": "urn:uuid:o"}
    assert [one.said for one in refused(sent)] == ["one_consent"]


JUNK = st.sampled_from(
    [
        None,
        "",
        " ",
        0,
        -1,
        1.5,
        True,
        [],
        {},
        [None],
        [[]],
        {"a": 1},
        "x" * 9000,
        "\x00",
        "\ud800",
        "2026-13-40",
        10**30,
    ]
)


def leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Ways to every part."""
    yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from leaves(one, (*way, key))


WAYS = [way for way in leaves(referral()) if way]


@given(st.lists(st.tuples(st.sampled_from(WAYS), JUNK), min_size=1, max_size=2))
@settings(max_examples=80, deadline=None)
def test_whatever_stands_in_it_it_is_read_or_refused(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    sent: Any = referral()
    for way, junk in changes:
        at = sent
        try:
            for key in way[:-1]:
                at = at[key]
            at[way[-1]] = copy.deepcopy(junk)
        except (KeyError, IndexError, TypeError):
            continue
    with suppress(Unreadable):
        found = read(sent, CODES, TODAY)
        assert found.given_name
        assert found.giver.name
