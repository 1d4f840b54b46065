"""The directory: found in both scripts, narrowed by need, age and place, one query whatever is asked."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.places import factories as places
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.refusal import NotFound, NotPermitted
from zajedno.places import rules
from zajedno.places.actions import service as actions
from zajedno.places.models import Service, ServiceListing
from zajedno.places.queries import directory
from zajedno.places.queries.directory import search

pytestmark = pytest.mark.django_db


def service(name: str = "Логопедски третман", **fields: Any) -> Service:
    fields = {"is_public": True, "labels": {"sr": name}, "checked_on": today()} | fields
    if "organisation" not in fields:
        fields["organisation"] = places.organisation()
    return Service.objects.create(**fields)


def names(text: str = "", **facets: str) -> list[str]:
    return [one.labels["sr"] for one in search(text, facets=facets, today=today()).hits]


@pytest.mark.parametrize("text", ["логопед", "LOGOPEDSKI", "logopedskog tretmana", "govor", "Суботица", "djura jaksic"])
def test_a_word_in_either_script_finds_it(text: str) -> None:
    service(about="Вежбе говора за децу.")
    service(
        "Возило за превоз",
        organisation=places.organisation("Дом здравља", territory=places.territory("Ада", "Ada", "80012")),
    )
    if text == "djura jaksic":
        text = "đura jakšić"
    assert names(text) == ["Логопедски третман"]


def test_need_age_place_cost_and_language_narrow_it() -> None:
    speech = {"needs": ["speech"], "age_from": 3, "age_until": 7, "fee": "free", "languages": ["sr", "hu"]}
    service(**speech)
    service("Превоз", needs=["transport"], age_from=6)
    assert names(need="speech") == names(age="3") == names(fee="free") == names(language="hu") == ["Логопедски третман"]
    assert names(age="8") == ["Превоз"]
    assert names(age="7") == ["Логопедски третман", "Превоз"]
    found = search(facets={"place": "80438"}, today=today())
    assert found.counts == {
        "need:speech": 1, "need:transport": 1, "fee:free": 1, "language:sr": 1, "language:hu": 1,
    }  # fmt: skip
    assert names("превоз", need="speech") == []


def test_a_place_finds_its_own_what_lies_in_it_and_what_serves_it() -> None:
    city = places.territory("Град", "Grad", "g-1")
    part = places.territory("Део", "Deo", "g-2", parent=city, kind="city_municipality")
    inside = service(organisation=places.organisation(territory=part)).organisation
    assert names(place="g-1") == names(place="g-2") == ["Логопедски третман"]
    far = places.territory("Далеко", "Daleko", "g-3")
    assert names(place="g-3") == []
    inside.covers.add(far)
    assert names(place="g-3") == ["Логопедски третман"]
    inside.covers.remove(far)
    assert names(place="g-3") == []


def test_what_is_not_public_over_or_closed_is_not_there() -> None:
    hidden, over, ahead = service(is_public=False), service("Б"), service("В", active_from=today() + timedelta(1))
    Service.objects.filter(pk=over.pk).update(active_until=today())
    closed = service("Г")
    closed.organisation.active_until = today()
    closed.organisation.save()
    assert names() == []
    for one in (hidden, over, ahead, closed):
        with pytest.raises(NotFound):
            directory.one(one.uuid, today())
    closed.organisation.active_until = None
    closed.organisation.save()
    assert names() == ["Г"]


def test_a_renamed_institution_is_found_by_its_new_name() -> None:
    one = service()
    one.organisation.name = "Развојно саветовалиште"
    one.organisation.save()
    assert names("razvojno") == ["Логопедски третман"]


def test_places_that_cases_take_neither_show_nor_stir_the_directory() -> None:
    """Who watches the public list must not learn when a child got a place."""
    one = service(capacity=10, free_told=4)
    before = ServiceListing.objects.values("card", "service_id").annotate(when=F("pk")).get()
    with connection.cursor() as cursor:
        cursor.execute("select xmin::text from places_servicelisting")
        stamp = cursor.fetchone()
        cursor.execute("update places_service set taken = 7")
        cursor.execute("select xmin::text from places_servicelisting")
        assert cursor.fetchone() == stamp
    assert ServiceListing.objects.values("card", "service_id").annotate(when=F("pk")).get() == before
    text = Client().get(f"/services/{one.uuid}/").content.decode()
    assert "taken" not in str(before["card"])
    assert ">4<" in text.replace("\n", "").replace(" ", "")


def test_pages_are_in_the_order_of_names_and_one_query_serves_them() -> None:
    at = places.organisation()
    for number in range(45):
        service(f"Услуга {number:02}", organisation=at, needs=["speech"])
    with CaptureQueriesContext(
        connection,
    ) as few:
        last = search(facets={"need": "speech"}, today=today(), offset=40)
    assert len(few) == 1
    assert last.total == 45
    assert [one.labels["sr"] for one in last.hits] == [f"Услуга {n}" for n in range(40, 45)]
    assert search(today=today(), offset=1000).hits == []
    client, asked = Client(), []
    for query in ("", "?need=speech&age=4&place=80438", "?q=usluga", "?q=nema", "?page=999"):
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/services/{query}").status_code == 200
        asked.append(len(found))
    assert len(set(asked[:3])) == 1, asked
    assert asked[3:] == [asked[0] + 1] * 2  # for what was meant, for the last page


def test_somebody_without_an_account_reads_but_does_not_write() -> None:
    one = service()
    with acting(EXCHANGE), connection.cursor() as cursor:
        assert search(today=today()).total == 1
        assert directory.one(one.uuid, today()) == one
        cursor.execute("select has_table_privilege('places_servicelisting', 'insert')")
        assert cursor.fetchone() == (False,)


def test_the_page_says_when_it_was_checked_and_warns_after_a_year() -> None:
    one = service(checked_on=today() - timedelta(366), about="<b>Опис</b>", email="a@demo.invalid")
    text = Client().get(f"/services/{one.uuid}/", headers={"Accept-Language": "en"}).content.decode()
    assert "Nobody has checked this for over a year" in text
    assert "&lt;b&gt;" in text
    actions.check_service(by=places.actor(rules.CHANGE_SERVICE.key, at=one.organisation), service=one)
    text = Client().get(f"/services/{one.uuid}/", headers={"Accept-Language": "en"}).content.decode()
    assert "over a year" not in text


def test_only_who_keeps_the_services_says_that_they_are_checked() -> None:
    one = service(checked_on=date(2020, 1, 1))
    with pytest.raises(NotPermitted):
        actions.check_service(by=places.actor(rules.CHANGE_SERVICE.key, at=places.organisation()), service=one)


def test_the_page_of_the_list_comes_back_filled_and_says_what_to_do_when_nothing_is_found() -> None:
    service()
    client = Client(headers={"Accept-Language": "en"})
    text = client.get("/services/?q=avion&need=speech&place=80438").content.decode()
    assert 'value="avion"' in text
    assert '<option value="speech" selected>' in text
    assert "/begin/child/?place=80438" in text
    assert "Write fewer or other words" in text
    assert client.get("/services/?age=999&need=<script>&page=x").status_code == 200
