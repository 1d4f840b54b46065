"""What FHIR R4 says is held: by the given examples, which must pass, and by what must not."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from zajedno.casework.logic.fhir.check import problems
from zajedno.casework.logic.fhir.codes import load

EXAMPLES = Path(__file__).parents[4] / "shared" / "data" / "interop" / "fhir_r4"
CODES = load(settings.PACKS_DIR)
# It leaves out Questionnaire.item.linkId, which R4 asks for (1..1): what it is, is no Questionnaire.
WRONG = {"fhirtc_bundle-questionnaire.json"}
given = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the given examples are not here: ../shared/data/interop")


@given
@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.json")))
def test_a_given_example_holds_and_with_a_code_of_no_set_it_does_not(name: str) -> None:
    """The library lets "m" and "poslato" pass."""
    content = json.loads((EXAMPLES / name).read_text())
    if name in WRONG:
        assert {(one.kind, one.said) for one in problems(content, CODES)} == {("required", "required")}
        return
    assert problems(content, CODES) == []
    kind = content["resourceType"]
    for owner, field in (where.split(".") for where in CODES.required):
        if owner == kind and isinstance(content.get(field), str):
            (only,) = problems({**content, field: "poslato"}, CODES)
            assert (only.kind, only.where) == ("code-invalid", f"{kind}.{field}")


@given
def test_the_examples_are_all_there() -> None:
    assert len(list(EXAMPLES.glob("*.json"))) == 122


@pytest.mark.parametrize(
    ("content", "where", "kind"),
    [
        ({"resourceType": "Patient", "gender": "m"}, "Patient.gender", "code-invalid"),
        ({"resourceType": "Patient", "name": [{"use": "Ime"}]}, "Patient.name[0].use", "code-invalid"),
        ({"resourceType": "Patient", "birthDate": "5.6.2015."}, "Patient.birthDate", "value"),
        ({"resourceType": "Patient", "Петар Петровић": 1}, "Patient", "structure"),
        ({"resourceType": "Bundle"}, "Bundle.type", "required"),
        ({"resourceType": "Dete"}, "", "structure"),
        ({}, "", "structure"),
        ([], "", "structure"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_and_without_its_words(content: Any, where: str, kind: str) -> None:
    (first, *_more) = problems(content, CODES)
    assert (first.where, first.kind) == (where, kind)
    assert "Петар" not in repr(first)


def test_a_code_deep_in_a_bundle_is_found() -> None:
    entry = {"resource": {"resourceType": "Patient", "contact": [{"gender": "ž"}]}}
    (only,) = problems({"resourceType": "Bundle", "type": "collection", "entry": [entry]}, CODES)
    assert only.where == "Bundle.entry[0].resource.contact[0].gender"


def test_what_is_nested_on_purpose_is_refused() -> None:
    deep: Any = {"resourceType": "Patient"}
    for _level in range(500):
        deep = {"resourceType": "Patient", "contained": [deep]}
    assert [one.said for one in problems(deep, CODES)] == ["too_deep"]


def test_the_table_agrees_with_the_lists_of_the_library() -> None:
    """Where the library carries a list whole; of long ones it keeps the beginning and a plus."""
    from fhir.resources.R4B import get_fhir_model_class

    compared = 0
    for where, name in CODES.required.items():
        owner, _dot, field = where.partition(".")
        extra = get_fhir_model_class(owner).model_fields[field].json_schema_extra or {}
        known = set(extra.get("enum_values", ())) - {"+"}
        whole = "+" not in extra.get("enum_values", ())
        assert known <= CODES.sets[name], where
        if known and whole:
            assert known == CODES.sets[name], where
            compared += 1
    assert compared > 25
