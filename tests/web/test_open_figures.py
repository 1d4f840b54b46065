"""Released figures for everybody: the pages, their files, and what neither may tell."""

import csv
import json
from io import StringIO

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.places import factories
from tests.web.browser import check_page, picture
from tests.web.figures_world import Released
from tests.web.released_world import CODE, release
from zajedno.figures.logic.formats import adx_rules
from zajedno.places.queries.level import at_level, levels_of
from zajedno.web.open.files import KINDS

pytestmark = pytest.mark.django_db
TABLE = f"/figures/table/?country=RS&indicator={CODE}"


@pytest.fixture(autouse=True)
def released(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("transactional_db" if request.node.get_closest_marker("browser") else "db")
    release()


def text(path: str, language: str = "en") -> str:
    response = Client().get(path, headers={"Accept-Language": language})
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_front_lists_what_is_released_by_country():
    page = text("/figures/")
    assert "Opinions given in time" in page
    assert "2025, 2024" in page
    assert f'href="/figures/table/?country=RS&amp;indicator={CODE}"' in page
    assert "Мишљења дата у року" in text("/figures/", "sr")
    assert '<p class="govuk-body" lang="en">Of all opinions' in text("/figures/", "sr")


def test_the_table_tells_what_may_be_told_and_how_it_was_counted():
    page = text(f"{TABLE}&by=sex")
    for told in (
        "66.7",
        "70 to 93.3",
        "fewer than five, or none",
        "not reckoned",
        "on few",
        "17 of 20",
        "all opinions",
    ):
        assert told in page, told
    assert "66,7" in text(TABLE, "sr")
    assert "12,345.5" in text(f"{TABLE}&level=country")
    assert "Број места" not in text(TABLE, "sr")  # places of another kind: those that are free


def test_the_address_to_pass_on_opens_the_same_table():
    assert f"/figures/table/?country=RS&amp;indicator={CODE}&amp;period=2024" in text(f"{TABLE}&period=2024")
    assert f'value="http://testserver/figures/table/?country=RS&amp;indicator={CODE}&amp;period=2024' in text(
        f"{TABLE}&period=2024"
    )


def test_what_is_unknown_in_the_address_is_left_out():
    page = text("/figures/table/?country=%22x&indicator=%3Cb%3E&period=1999&level=street&by=shoe&page=99")
    assert "66.7" in page
    for typed in ("<b>", "1999", "street", "shoe"):
        assert typed not in page


def test_of_what_is_not_released_yet_no_other_figure_is_shown():
    Released().define("k3", name={"en": "Measures carried out"})
    page = text("/figures/table/?country=RS&indicator=k3&period=2025&by=sex")
    assert '<h1 class="govuk-heading-l">Measures carried out</h1>' in page
    assert '<option value="k3" selected>' in page
    assert "Nothing is released of this yet." in page
    assert "66.7" not in page
    for ending, kind in KINDS.items():
        response = Client().get(f"/figures/files/figures.{ending}?country=RS&indicator=k3")
        assert response.status_code == (200 if kind.has([]) else 404), ending  # ADX is never empty
        assert b"80438" not in response.content


@pytest.mark.parametrize("ending", KINDS)
def test_every_file_is_given_with_its_licence(ending: str):
    response = Client().get(f"/figures/files/figures.{ending}?country=RS&by=sex&indicator={CODE}")
    assert response.status_code == 200
    assert 'rel="license"' in response.headers["Link"]
    again = Client().get(response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"],
                         headers={"If-None-Match": response.headers["ETag"]})  # fmt: skip
    assert again.status_code == 304


def test_files_hold_what_was_asked_and_nothing_that_was_not_counted():
    def rows(query: str) -> list[dict[str, str]]:
        content = Client().get(f"/figures/files/figures.csv?{query}").content.decode("utf-8-sig")
        return list(csv.DictReader(StringIO(content)))

    narrow = rows(f"country=RS&indicator={CODE}&period=2025&by=sex")
    assert sorted((one["place"], one["word"], one["value"]) for one in narrow) == [
        ("70076", "", "50"), ("80438", "", "66.7"), ("80438", "boy", ""), ("80438", "girl", "")]  # fmt: skip
    assert {one["period"] for one in rows("country=RS")} == {"2024", "2025"}
    assert [one["place"] for one in rows("country=RS&level=country")] == ["RS"]
    assert Client().get("/figures/files/figures.doc").status_code == 404


def test_a_file_never_gives_other_figures_than_those_asked_for():
    """What is unknown finds nothing, as in the API: not the newest period, and not another country."""
    for wrong in ("country=XX", "country=RS&period=1999", "country=RS&indicator=shoe", "country=RS&level=street"):
        answers = [Client().get(f"{where}figures.csv?{wrong}") for where in ("/figures/files/", "/api/1/")]
        told = [answer.content.decode().splitlines() for answer in answers if answer.status_code == 200]
        assert [len(lines) for lines in told] == [1] * len(told), wrong
        assert answers[0].status_code == 200
    whole = Client().get("/figures/files/figures.csv?country=RS&period=2024").content.decode("utf-8-sig")
    assert {one["period"] for one in csv.DictReader(StringIO(whole))} == {"2024"}


def test_what_takes_only_reading_says_so():
    strict = Client(enforce_csrf_checks=True)
    for path in ("/figures/", TABLE, "/figures/files/figures.csv", "/exchange/data/practices.csv", "/services/hsds/",
                 "/developers/", "/api/1/openapi.json"):  # fmt: skip
        refused = strict.post(path)
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD"), path
    assert refused.headers["Content-Type"] == "application/problem+json"


def test_beyond_the_last_page_the_last_is_marked():
    for number in range(101):
        factories.territory(f"Место {number}", f"Mesto {number}", f"9{number:04}")
    page = text(f"{TABLE}&page=99")
    assert page.count('aria-current="page">') == text(f"{TABLE}&page=2").count('aria-current="page">') > 0


def test_the_description_names_its_file_and_adx_keeps_the_rules():
    query = f"country=RS&indicator={CODE}&period=2025"
    described = json.loads(Client().get(f"/figures/files/figures.csv-metadata.json?{query}").content)
    assert described["url"] == f"figures.csv?{query}"
    assert adx_rules.check(Client().get(f"/figures/files/figures.adx.xml?{query}").content) == []


def test_adx_is_never_empty():
    for path in ("/figures/files/figures", "/api/1/figures"):
        csv, xml = (Client().get(f"{path}.{ending}?country=RS&period=1999") for ending in ("csv", "adx.xml"))
        assert (csv.status_code, xml.status_code) == (200, 404), path


def test_levels_are_those_a_country_has():
    factories.territory("Војводина", "Vojvodina", "RS-VO", kind="province", is_unit=False)
    assert levels_of("RS") == ["country", "region", "municipality"]
    assert [one.code for one in at_level("RS", "region")] == ["RS-VO"]
    assert not at_level("RS", "street")


@pytest.mark.browser
def test_the_pages_stand_at_320_pixels_without_a_script(page: Page, narrow_page: Page, site: str):
    for width, where in ((1280, page), (320, narrow_page)):
        where.set_extra_http_headers({"Accept-Language": "en"})
        for name, path in (("front", "/figures/"), ("table", f"{TABLE}&by=sex")):
            answer = where.goto(site + path)
            assert answer is not None
            assert answer.ok
            check_page(where)
            picture(where, f"figures-{name}-{width}")
