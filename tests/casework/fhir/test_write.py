"""What is told becomes FHIR that holds, whatever the words are; what is not told is not in it."""

import dataclasses
import json
from typing import Any

from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from tests.casework.fhir.telling import PLAIN, resource, tellings
from zajedno.casework.enums import MeasureState
from zajedno.casework.logic.fhir.check import loose, problems
from zajedno.casework.logic.fhir.codes import load
from zajedno.casework.logic.fhir.told import ChildTold, GuardianTold, Told
from zajedno.casework.logic.fhir.write import bundle
from zajedno.children.enums import GuardianKind, Sex

CODES = load(settings.PACKS_DIR)


def written(told: Told = PLAIN, **changes: Any) -> dict[str, Any]:
    return bundle(dataclasses.replace(told, **changes), CODES)


@given(tellings())
@hypothesis_settings(max_examples=20, deadline=None)
def test_whatever_is_told_is_fhir_and_leads_nowhere_else(told: Told) -> None:
    made = json.loads(json.dumps(bundle(told, CODES)))
    assert problems(made, CODES) == []
    assert loose(made) == []


def test_the_five_are_there_and_say_what_was_told() -> None:
    made = written()
    patient, request, plan = (resource(made, kind) for kind in ("Patient", "ServiceRequest", "CarePlan"))
    consent, seen = resource(made, "Consent"), resource(made, "Observation")
    assert (patient["gender"], patient["birthDate"], patient["name"][0]["family"]) == ("male", "2016-05-04", "Њежић")
    assert (request["status"], request["intent"], request["reasonCode"]) == (
        "active", "order", [{"text": "Треба логопед."}],
    )  # fmt: skip
    assert (plan["status"], plan["activity"][0]["detail"]["status"]) == ("active", "not-started")
    assert (seen["status"], seen["valueQuantity"]["value"]) == ("final", 1.5)
    assert (consent["status"], consent["provision"]["period"]["end"]) == ("active", "2026-09-01")


def test_a_number_goes_to_whom_it_may_be_told_alone() -> None:
    """Which kind of number which sector may be given stands in the pack; what no list names never leaves."""
    (number,) = resource(written(), "Patient")["identifier"]
    assert number == {"system": CODES.numbers["national"].system, "value": "0405016820015"}
    school = dataclasses.replace(PLAIN.receiver, sector="education")
    assert resource(written(receiver=school), "Patient")["identifier"][0]["value"] == "123"
    ngo = dataclasses.replace(PLAIN.receiver, sector="civil_society")
    assert "identifier" not in resource(written(receiver=ngo), "Patient")
    local = dataclasses.replace(PLAIN.child, numbers=(("local", "17"), ("passport", "P1")))
    assert "identifier" not in resource(written(child=local), "Patient")


def test_where_nothing_is_open_the_patient_is_nobody() -> None:
    made = written(child=ChildTold(), plan=None, findings=(), consent=dataclasses.replace(PLAIN.consent, giver=None))
    assert set(resource(made, "Patient")) == {"resourceType", "language", "text"}
    assert {one["resource"]["resourceType"] for one in made["entry"]} == {
        "Patient", "Organization", "Consent", "ServiceRequest",
    }  # fmt: skip
    assert problems(made, CODES) == []


def test_two_hand_outs_share_no_name_of_a_resource() -> None:
    other = dataclasses.replace(PLAIN, code=type(PLAIN.code)(int=8))
    mine, theirs = ({one["fullUrl"] for one in written(told)["entry"]} for told in (PLAIN, other))
    assert mine.isdisjoint(theirs)


def test_what_somebody_wrote_is_never_markup() -> None:
    child = dataclasses.replace(PLAIN.child, given_name="<script>alert(1)</script>")
    div = resource(written(child=child), "Patient")["text"]["div"]
    assert "<script>" not in div
    assert "&lt;script&gt;" in div


def test_every_word_of_ours_has_a_code_of_its_set() -> None:
    for name, words in CODES.maps.items():
        assert set(words.values()) - {words["set"]} <= CODES.sets[words["set"]], name
    for about, ours in (("measure", MeasureState), ("gender", Sex)):
        assert set(ours.values) <= set(CODES.maps[about])
    known = {kind for kind in GuardianKind.values if kind in CODES.kin}
    assert known == set(GuardianKind.values) - {"trusted"}  # HL7's list has no word for a person of trust
    assert all(CODES.kin_of(CODES.kin[kind]) == kind for kind in known)


def test_who_has_no_code_is_told_by_name_alone() -> None:
    consent = dataclasses.replace(PLAIN.consent, giver=GuardianTold("trusted", "Тета Ана"))
    assert "relationship" not in resource(written(consent=consent), "RelatedPerson")
