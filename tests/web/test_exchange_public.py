"""Public pages of the exchange: the same for everybody, kept by browsers, light, readable by people and machines."""

import csv
import gzip
import io
import json
import re
import uuid
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, expect

from tests.exchange.catalogue_world import load_events, publish
from tests.places import factories as places
from tests.web.browser import check_page, log_in
from tests.world import World
from zajedno.exchange.models import Follow, PracticeFile, Question, Taking
from zajedno.places.models import Population

TEXTS = {
    "sr": (
        "Вртићи на селу",
        "Путујућа група.",
        {"activities": "Састанак\nОбилазак", "results": "Двадесет <b>деце</b>"},
    ),
    "bs": ("Vrtići na selu", "Putujuća grupa.", {"activities": "Sastanak\nObilazak", "results": "Dvadeset djece"}),
}
PAGES = (
    "/exchange/", "/exchange/practices/", "/exchange/practices/?q=vrtic&theme=early", "/exchange/practices/?q=nema",
    "/exchange/practices/vrtici/", "/exchange/compare/?a=vrtici&b=drugo", "/exchange/compare/", "/exchange/events/",
    "/exchange/events/exchange-of-good-practices/", "/exchange/events/lessons-learned-spis/", "/places/",
    "/places/71188/", "/exchange/feed.xml", "/exchange/data/practices.json", "/exchange/data/practices.csv",
    "/sitemap.xml",
)  # fmt: skip
WEIGHT = 15_000  # bytes of HTML, gzipped


def content(response: HttpResponse) -> str:
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    return whole.decode()


def read(path: str, language: str = "en", **headers: str) -> HttpResponse:
    return Client(headers={"Accept-Language": language, **headers}).get(path)


def page(path: str, language: str = "en") -> str:
    response = read(path, language)
    assert response.status_code == 200, path
    return content(response)


@pytest.fixture
def shown(db: None) -> None:
    load_events()
    tutin = places.territory(code="71188")
    organisation = places.organisation("Удружење Тутин", territory=tutin)
    Population.objects.filter(territory=tutin).exclude(year=2020).delete()
    publish(
        "vrtici",
        TEXTS,
        organisation=organisation,
        contact="Канцеларија за младе",
        cost="low",
        amount=1200,
        currency="RSD",
    )
    publish("drugo", {"bs": ("Podrška vršnjaka", "Učenici učenicima.", {})}, day=1, themes=["peers"])


@pytest.mark.usefixtures("shown")
def test_pages_are_light_kept_and_leave_no_cookie() -> None:
    for path in PAGES:
        response = read(path)
        whole = content(response)
        assert response.status_code == 200, path
        assert not response.cookies, path
        assert response.headers["Cache-Control"] == "public, max-age=300", path
        assert "X-Robots-Tag" not in response, path
        assert "Accept-Language" in response.headers["Vary"], path
        assert "xml" in path or "data" in path or len(gzip.compress(whole.encode())) < WEIGHT, path
        again = read(path, If_None_Match=response.headers["ETag"])
        assert (again.status_code, content(again)) == (304, ""), path
        assert again.headers["Cache-Control"] == "public, max-age=300", path


@pytest.mark.usefixtures("shown")
def test_a_page_changes_its_tag_with_what_it_says() -> None:
    paths = ("/exchange/practices/", "/exchange/data/practices.json", "/exchange/feed.xml")
    before = {path: read(path).headers["ETag"] for path in paths}
    publish("novo", day=3)
    assert all(read(path).headers["ETag"] != before[path] for path in paths)


@pytest.mark.usefixtures("shown")
def test_no_public_page_knows_a_child(world: World) -> None:
    """The same answer, but for what was asked itself."""
    child = world.child("Ђурђица", "Џиновић")
    real, invented = str(child.uuid), str(uuid.uuid4())
    for path in (*PAGES, "/exchange/practices/nema/", "/places/nema/"):
        for name in ("q", "child", "in", "page", "theme", "a", "p", "id"):
            sign = "&" if "?" in path else "?"
            told = [read(f"{path}{sign}{name}={value}") for value in (real, invented)]
            texts = [content(one).replace(value, "X") for one, value in zip(told, (real, invented), strict=True)]
            assert texts[0] == texts[1], (path, name)
            assert told[0].status_code == told[1].status_code
            assert "Џиновић" not in texts[0]
    for path in ("/exchange/practices/{}/", "/exchange/events/{}/", "/places/{}/"):
        texts = [content(read(path.format(value))).replace(value, "X") for value in (real, invented)]
        assert texts[0] == texts[1]


@pytest.mark.usefixtures("shown")
def test_an_unknown_parameter_is_not_repeated() -> None:
    text = page("/exchange/practices/?theme=<script>&order=zzz&page=x&other=needle")
    assert "zzz" not in text
    assert "needle" not in text
    assert "&lt;script" not in text
    assert 'value="&lt;b&gt;"' in page("/exchange/practices/?q=<b>")


@pytest.mark.usefixtures("shown")
def test_a_practice_is_read_in_ones_own_language_or_marked() -> None:
    assert '<h1 class="govuk-heading-l" lang="sr-Cyrl">Вртићи на селу' in page("/exchange/practices/vrtici/", "sr")
    latin = page("/exchange/practices/vrtici/", "sr-Latn")
    assert 'lang="sr-Latn">Vrtići na selu' in latin
    bosnian = page("/exchange/practices/vrtici/", "bs")
    assert 'lang="bs">Vrtići na selu' in bosnian
    english = page("/exchange/practices/vrtici/", "en")
    assert 'lang="sr-Cyrl">Вртићи на селу' in english
    assert "Двадесет &lt;b&gt;деце&lt;/b&gt;" in english
    assert 'lang="bs">Vrtići' in page("/exchange/practices/vrtici/?in=bs", "en")
    assert '"inLanguage": "sr-Cyrl"' in english
    assert 'lang="bs" href="/exchange/practices/drugo/">Podrška' in page("/exchange/practices/", "sr")


@pytest.mark.django_db
def test_a_translation_says_how_it_came_to_be_and_that_it_is_behind() -> None:
    practice = publish("vrtici", TEXTS, states={"bs": "machine"}, state="needs_update")
    practice.published.texts.filter(language="bs").update(source_digest="old")
    text = page("/exchange/practices/vrtici/?in=bs")
    for sentence in ("Translated by machine, not checked", "The source has changed since", "Needs an update"):
        assert sentence in text
    assert "Translated by machine" not in page("/exchange/practices/vrtici/?in=sr")


@pytest.mark.usefixtures("shown")
def test_the_events_read_as_their_texts_say() -> None:
    text = page("/exchange/events/exchange-of-good-practices/", "sr")
    assert "6. новембар" in text or "6. новембра" in text
    assert ">Београд<" in text
    assert ">Beograd<" in page("/exchange/events/exchange-of-good-practices/", "bs")
    assert text.partition("<main")[2].count('href="/places/') == 20
    assert "Прокупљњ" in text
    assert ">Прокупље<" in text
    for word in ("Карол Вињо", "Учимо сви заједно", "УНИЦЕФ", "Делегација Европске уније"):
        assert word in text
    english = page("/exchange/events/exchange-of-good-practices/")
    assert "year unknown" in english
    assert "startDate" not in english
    second = page("/exchange/events/lessons-learned-spis/")
    assert '"startDate": "2015-01-27"' in second
    assert "27 January 2015" in second or "January 27, 2015" in second


@pytest.mark.usefixtures("shown")
def test_a_municipality_has_both_names_its_people_and_its_practices() -> None:
    text = page("/places/71188/", "bs")
    for word in ("Тутин", "Tutin", "Vrtići na selu", "Udruženje Tutin", "2020", "exchange-of-good-practices"):
        assert word in text
    assert read("/places/RS/").status_code == read("/places/nema/").status_code == 404


@pytest.mark.usefixtures("shown")
def test_facts_for_machines_are_data_that_no_text_can_end() -> None:
    publish("zlo", {"sr": ("</script><script>alert(1)</script>", "", {})}, day=4)
    text = page("/exchange/practices/zlo/")
    assert "<script>alert" not in text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    told = json.loads(found)
    assert (told["@type"], told["headline"]) == ("Article", "</script><script>alert(1)</script>")
    assert 'property="og:title"' in text
    assert "script-src 'self'" in read("/exchange/practices/zlo/").headers["Content-Security-Policy"]


@pytest.mark.usefixtures("shown")
def test_open_data_holds_everything_public_and_no_draft() -> None:
    publish("skica", state="retired")
    told = json.loads(page("/exchange/data/practices.json"))
    assert told["licence"] == "CC BY 4.0"
    assert [one["slug"] for one in told["practices"]] == ["vrtici", "drugo"]
    assert told["practices"][0]["texts"][1]["title"] == "Vrtići na selu"
    rows = list(csv.DictReader(io.StringIO(page("/exchange/data/practices.csv").lstrip("\ufeff"))))
    assert [(row["slug"], row["language"]) for row in rows] == [("vrtici", "sr"), ("vrtici", "bs"), ("drugo", "bs")]
    assert rows[0]["place_cyrillic"] == "Тутин"
    assert read("/exchange/data/practices.xml").status_code == 404


@pytest.mark.usefixtures("shown")
def test_feed_and_sitemap_are_xml_with_whole_addresses() -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(page("/exchange/feed.xml", "bs"))
    titles = [entry.findtext(f"{atom}title") for entry in feed.findall(f"{atom}entry")]
    assert titles == ["Podrška vršnjaka", "Vrtići na selu"]
    assert all(entry.findtext(f"{atom}id", "").startswith("http://testserver/") for entry in feed.iter(f"{atom}entry"))
    found = {one.text for one in ElementTree.fromstring(page("/sitemap.xml")).iter() if one.tag.endswith("loc")}
    assert {"http://testserver/exchange/practices/vrtici/", "http://testserver/places/71188/"} <= found
    assert "Sitemap: http://testserver/sitemap.xml" in page("/robots.txt")


@pytest.mark.usefixtures("shown")
def test_queries_do_not_grow_with_what_is_found() -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            page(path)
        return len(seen)

    paths = ("/exchange/", "/exchange/practices/?q=vrtic&theme=early", "/places/71188/", "/exchange/feed.xml")
    before = [queries(path) for path in paths]
    for number in range(6):
        publish(f"p{number}", TEXTS, territory=places.territory(code="71188"))
    assert [queries(path) for path in paths] == before


@pytest.mark.django_db
def test_a_picture_is_shown_until_it_is_removed() -> None:
    practice = publish("vrtici", TEXTS)
    row = PracticeFile.objects.create(
        practice=practice, name="a.png", media_type="image/png", size=3, sha256=b"", content=b"png", added_by=1,
        alternative="Комби испред школе", consent="Нико се не препознаје", added_on=practice.published.frozen_on,
    )  # fmt: skip
    path = f"/exchange/practices/vrtici/files/{row.uuid}/"
    assert f'<img src="{path}" alt="Комби испред школе"' in page("/exchange/practices/vrtici/")
    response = read(path)
    assert (response.content, response["Content-Type"]) == (b"png", "image/png")
    assert response.headers["Cache-Control"] == "public, max-age=0"
    PracticeFile.objects.update(removed_on=practice.published_on)
    assert read(path).status_code == read(f"/exchange/practices/vrtici/files/{uuid.uuid4()}/").status_code == 404
    assert "<img" not in page("/exchange/practices/vrtici/")


# Logged in


def as_(world: World, who: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(world.accounts[who])
    return client


@pytest.mark.django_db
def test_who_is_logged_in_keeps_follows_asks_and_uses(world: World) -> None:
    publish("vrtici", TEXTS, author=world.accounts["ana"], organisation=world.organisations["school"])
    dino, path = as_(world, "dino"), "/exchange/practices/vrtici/"
    assert dino.get(path).headers["Cache-Control"] == "no-store"
    for act, saved, told in (("save", True, False), ("follow", True, True), ("unsave", False, True)):
        assert dino.post(f"{path}keep/", {"act": act}).status_code == 302
        assert (Follow.objects.get().saved, Follow.objects.get().told) == (saved, told)
    assert dino.post(f"{path}keep/", {"act": "else"}).status_code == 404
    assert dino.get(f"{path}keep/").status_code == 405
    assert dino.post(f"{path}ask/", {"text": "Шта пита ученик М. П.?"}).status_code == 422
    assert not Question.objects.exists()
    assert dino.post(f"{path}ask/", {"text": "Колико кошта?"}).status_code == 302
    assert "Колико кошта?" not in page(path)
    row = Question.objects.get()
    assert dino.get(f"{path}answer/{row.uuid}/").status_code == 404
    ana = as_(world, "ana")
    assert "Колико кошта?" in content(ana.get(path))
    assert ana.post(f"{path}answer/{row.uuid}/", {"text": "Хиљаду динара."}).status_code == 302
    public = page(path)
    assert "Хиљаду динара." in public
    assert "Dino" not in public
    assert dino.post(f"{path}use/", {"organisation": "w-ngo", "note": "Од јесени"}).status_code == 302
    assert Taking.objects.count() == 1
    assert "used by 1 place" in page("/exchange/practices/")
    assert ana.get(f"{path}use/").status_code == 404
    assert dino.get("/exchange/kept/").status_code == 200


@pytest.mark.django_db
def test_a_stranger_is_asked_to_log_in(world: World) -> None:
    publish("vrtici", TEXTS)
    for way in ("ask", "use", "keep"):
        response = Client().post(f"/exchange/practices/vrtici/{way}/", {})
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/login/")


@pytest.mark.browser  # axe looks at each page at 320 px
def test_the_exchange_can_be_used_by_everybody(site: str, world: World, narrow_page: Page) -> None:
    """At 320 px: search, narrow, read, compare; then Dino asks what the page warns him about."""
    load_events()
    publish("vrtici", TEXTS, author=world.accounts["ana"], organisation=world.organisations["school"])
    publish("drugo", {"bs": ("Podrška vršnjaka", "Učenici učenicima.", {})}, day=1, themes=["peers"])
    page = narrow_page
    page.goto(f"{site}/exchange/")
    check_page(page)
    page.fill("#q", "vrtic")
    page.click("main form[role=search] button")
    check_page(page)
    expect(page.locator(".z-card a")).to_have_count(1)
    page.click(".z-card a")
    check_page(page)
    for path in PAGES[:12]:
        page.goto(site + path)
        check_page(page)
    log_in(page, site, "dino@demo.invalid", "tri reči i četvrta")
    page.goto(f"{site}/exchange/practices/vrtici/ask/")
    page.fill("textarea", "Шта ради ученик М. П.?")
    page.click("main form button[type=submit]")
    check_page(page)
    assert "М. П." in page.locator(".govuk-error-summary").inner_text()
