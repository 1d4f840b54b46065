"""Open Referral HSDS 3.0: the standard's examples are valid, come in and leave as they came; broken ones say why.

The examples lie in `../shared/data/directory` and are not shipped; without them those tests are left out."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.places import factories as places
from tests.places.test_directory import service
from zajedno.kernel.clock import today
from zajedno.places.actions.service import bring_services
from zajedno.places.logic import hsds_file
from zajedno.places.models import Organisation, Service
from zajedno.places.queries.arriving import placed
from zajedno.places.queries.hsds import SCHEMAS, record
from zajedno.places.rules import CHANGE_SERVICE_ANYWHERE

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).parents[3] / "shared" / "data" / "directory" / "hsds" / "examples"
needs_examples = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="../shared/data is not here")
SMALL: dict[str, Any] = {
    "id": "7f9a5b0e-5c53-4a56-8f0e-1d1f7e2ad001", "name": "Логопед", "status": "active", "minimum_age": 3,
    "organization": {"id": "7f9a5b0e-5c53-4a56-8f0e-1d1f7e2ad002", "name": "Дом здравља", "description": "Дом"},
    "schedules": [{"id": "7f9a5b0e-5c53-4a56-8f0e-1d1f7e2ad003", "freq": "WEEKLY", "byday": "MO"}],
}  # fmt: skip


def example(name: str = "service_full") -> Any:
    return json.loads((EXAMPLES / f"{name}.json").read_text())


def bring(content: Any, at: Organisation, **fields: Any) -> list[Service]:
    """Take a file in as the administrator of the platform; every row must be fit."""
    by = places.actor(CHANGE_SERVICE_ANYWHERE.key, at=at)
    said = list(hsds_file.said(json.dumps(content).encode(), SCHEMAS, today(), "sr"))
    ready, refused = placed(by, said, at)
    assert not refused, refused
    bring_services(by=by, rows=ready)
    Service.objects.filter(uuid__in=[one.uuid for one in ready]).update(**fields)
    return [Service.objects.get(uuid=one.uuid) for one in ready]


@needs_examples
@pytest.mark.parametrize(
    ("name", "schema"),
    [("service_full", "service"), ("organization_full", "organization"), ("location", "location"),
     ("service_at_location_full", "service_at_location"), ("taxonomy", "taxonomy"),
     ("taxonomy_term", "taxonomy_term"), ("service_list", "service"), ("organization_list", "organization"),
     ("service_at_location_list", "service_at_location"), ("taxonomy_list", "taxonomy"),
     ("taxonomy_term_list", "taxonomy_term")],
)  # fmt: skip
def test_the_examples_of_the_standard_are_valid(name: str, schema: str) -> None:
    found = example(name)
    for one in found["contents"] if name.endswith("_list") else [found]:
        assert hsds_file.faults(one, SCHEMAS, schema) == []


@needs_examples
@pytest.mark.parametrize("name", ["service_full", "service_list"])
def test_an_example_leaves_as_it_came(name: str) -> None:
    found = example(name)
    rows = found.get("contents", [found])
    taken = bring(found, places.organisation("Example Organization Inc."))
    assert [record(one, today()) for one in taken] == rows
    one = taken[0]
    assert (str(one), one.age_from, one.age_until) == (rows[0]["name"], 12, 100)


@needs_examples
def test_what_is_changed_here_leaves_changed_and_the_rest_as_it_came() -> None:
    before = example()
    one = bring(before, places.organisation("Example Organization Inc."))[0]
    one.about, one.languages, one.age_until, one.phone = "Нови опис.", ["ur", "sr"], None, "021 555 333"
    one.needs, one.fee, one.accessibility = ["speech"], "free", "Рампа."
    one.save()
    after = record(one, today())
    assert hsds_file.faults(after, SCHEMAS) == []
    assert after["description"] == "Нови опис."
    assert "maximum_age" not in after
    assert [row["code"] for row in after["languages"]] == ["ur", "sr"]
    assert after["languages"][0] == before["languages"][0]
    assert after["phones"][0]["number"] == "021 555 333"
    assert after["attributes"][0] == before["attributes"][0]
    assert after["attributes"][1]["taxonomy_term"]["code"] == "speech"
    assert [row["amount"] for row in after["cost_options"]] == [0]
    changed = {
        "description",
        "maximum_age",
        "languages",
        "phones",
        "attributes",
        "cost_options",
        "service_at_locations",
    }
    assert {key: after[key] for key in before.keys() - changed} == {key: before[key] for key in before.keys() - changed}


def test_coming_in_twice_changes_the_same_service() -> None:
    at = places.organisation("Дом здравља")
    first = bring(SMALL, at)[0]
    again = bring(SMALL | {"minimum_age": 4}, at)[0]
    assert (first.pk, first.age_from, again.pk, again.age_from) == (again.pk, 3, again.pk, 4)


def test_a_service_of_another_institution_is_not_taken_over() -> None:
    at = places.organisation("Дом здравља")
    bring(SMALL, at)
    other = deepcopy(SMALL)
    other["organization"]["name"] = "Школа"
    said = list(hsds_file.said(json.dumps(other).encode(), SCHEMAS, today(), "sr"))
    school = places.organisation("Школа")
    ready, refused = placed(places.actor(CHANGE_SERVICE_ANYWHERE.key, at=school), said)
    assert not ready
    assert [fault.code for fault in refused[0].faults] == ["taken"]


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [({"name": None}, "wrong_kind", "name"), ({"status": "open"}, "wrong_choice", "status"),
     ({"id": "12"}, "wrong_form", "id"), ({"minimum_age": "three"}, "wrong_kind", "minimum_age"),
     ({"phones": [{"id": SMALL["id"]}]}, "missing", "phones › 1"), ({"languages": {}}, "wrong_kind", "languages"),
     ({"minimum_age": 9, "maximum_age": 3}, "ages_turned", "minimum_age"), ({"name": "  "}, "no_name", "name"),
     ({"assured_date": "soon"}, "not_day", "assured_date"), ({"email": "nobody"}, "wrong_form", "email")],
)  # fmt: skip
def test_a_broken_record_says_what_is_wrong_and_where(change: dict[str, Any], code: str, where: str) -> None:
    said = list(hsds_file.said(json.dumps(SMALL | change).encode(), SCHEMAS, today(), "sr"))
    assert [(fault.code, fault.where) for fault in said[0].faults] == [(code, where)]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"7", b'{"contents": {}}', b"[" * 100_000])
def test_what_is_no_file_of_services_is_refused(content: bytes) -> None:
    with pytest.raises(hsds_file.Unreadable):
        list(hsds_file.said(content, SCHEMAS, today(), "sr"))


def test_null_where_the_schemas_say_nothing_breaks_nothing() -> None:
    for key in SMALL:
        said = list(hsds_file.said(json.dumps(SMALL | {key: None}).encode(), SCHEMAS, today(), "sr"))
        assert len(said) == 1
    assert hsds_file.faults("text", SCHEMAS)


def test_our_own_service_is_valid_and_comes_back_the_same() -> None:
    at = places.organisation(phone="024 555 333", email="a@demo.invalid", address="Улица 1", postal_code="24000")
    one = service(
        organisation=at, needs=["speech", "early"], fee="free", languages=["sr", "hu"], age_from=3, age_until=7,
        accessibility="Рампа.", phone="024 1", url="https://demo.invalid/a", about="Опис", target="Деца",
    )  # fmt: skip
    told = record(one, today())
    assert hsds_file.faults(told, SCHEMAS) == []
    assert told["service_at_locations"][0]["location"]["addresses"][0]["country"] == "RS"
    again = bring(told, at)[0]
    assert record(again, today()) == told
    assert again.needs == ["speech", "early"]
    assert again.is_public


def test_the_api_gives_public_services_in_pages_that_are_valid() -> None:
    at = places.organisation()
    shown = [service(f"Услуга {n}", organisation=at, needs=["speech"] if n else []) for n in range(3)]
    service("Скривена", organisation=at, is_public=False)
    client = Client()
    assert client.get("/services/hsds/").json()["version"] == "3.0"
    page = client.get("/services/hsds/services?per_page=2").json()
    assert {key: page[key] for key in page if key != "contents"} == {
        "total_items": 3, "total_pages": 2, "page_number": 1, "size": 2, "first_page": True, "last_page": False,
        "empty": False,
    }  # fmt: skip
    assert [one["id"] for one in page["contents"]] == [str(one.uuid) for one in shown[:2]]
    whole = client.get("/services/hsds/services?full=true").json()["contents"]
    assert all(hsds_file.faults(one, SCHEMAS) == [] for one in (*page["contents"], *whole))
    term = next(
        one for one in client.get("/services/hsds/taxonomy_terms").json()["contents"] if one["code"] == "speech"
    )
    assert client.get(f"/services/hsds/services?taxonomy_term_id={term['id']}").json()["total_items"] == 2
    assert client.get("/services/hsds/services?organization_id=x").json()["empty"] is True
    body = client.get(f"/services/hsds/organizations/{at.uuid}").json()
    assert hsds_file.faults(body, SCHEMAS, "organization") == []
    assert client.get("/services/hsds/organizations").json()["total_items"] == 1
    assert hsds_file.faults(client.get("/services/hsds/taxonomies").json()["contents"][0], SCHEMAS, "taxonomy") == []
    hidden = Service.objects.get(is_public=False)
    assert client.get(f"/services/hsds/services/{hidden.uuid}").status_code == 404
    assert client.get(f"/services/hsds/services/{shown[0].uuid}").json()["name"] == "Услуга 0"


def contact(**told: Any) -> dict[str, Any]:
    return {"id": SMALL["id"], "title": "Шеф пријема", "phones": [{"id": SMALL["id"], "number": "024 1"}], **told}


def test_contact_persons_are_named_to_nobody_unless_the_provider_says_so() -> None:
    change = {"id": SMALL["id"], "last_action_date": "2026-01-01", "last_action_type": "update", "field_name": "email",
              "previous_value": "x", "replacement_value": "y", "updated_by": "Јелена Перић"}  # fmt: skip
    named = contact(name="Јелена Перић", email="jelena.p@demo.invalid")
    office = contact(name="Јелена Перић", email="prijem@demo.invalid")
    own = SMALL | {"contacts": [named], "metadata": [change]}
    own["organization"] = SMALL["organization"] | {"contacts": [office]}
    one = bring(own, places.organisation("Дом здравља"), is_public=True)[0]
    address = f"/services/hsds/services/{one.uuid}"
    told = Client().get(address).json()
    assert told["contacts"] == [contact()]
    assert told["organization"]["contacts"] == [contact(email="prijem@demo.invalid")]
    for page in (address, "/services/hsds/services?full=true", f"/services/{one.uuid}/"):
        text = Client().get(page).content.decode()
        assert "Перић" not in text
        assert "jelena" not in text.lower()
    assert hsds_file.faults(told, SCHEMAS) == []
    assert record(one, today()) == own
    Service.objects.update(names_people=True)
    assert Client().get(address).json() == own
