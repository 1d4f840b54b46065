"""The public site: in plain and in easy words, where one begins, in four languages, shared by plain links."""

import gzip
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from playwright.sync_api import Page

from tests.exchange.catalogue_world import load_events, publish
from tests.exchange.site_world import Sites
from tests.places import factories as places
from tests.web.browser import check_page, picture
from tests.world import World
from zajedno.web.public.begin import PEOPLE
from zajedno.web.public.easy import PARTS
from zajedno.web.shared.language import COMPLETE, tag

NEW = ("/", "/easy/", "/begin/", "/help/", "/accessibility/", "/privacy/", "/exchange/champions/", "/places/")
MOST_WORDS = 12  # of an easy sentence
PICTOGRAMS = Path(settings.PACKAGE) / "web" / "templates" / "public" / "pictograms"

pytestmark = pytest.mark.django_db


def page(path: str, language: str = "en", client: Client | None = None) -> str:
    response = (client or Client()).get(path, headers={"Accept-Language": language})
    assert response.status_code == 200, path
    return response.content.decode()


def test_every_public_page_says_what_it_is_in_each_language_and_leads_to_the_others() -> None:
    for path in NEW:
        text = page(path)
        for code in COMPLETE:
            assert f'hreflang="{tag(code)}" href="http://testserver{path}?lang={code}"' in text, path
        assert f'hreflang="x-default" href="http://testserver{path}"' in text
        for sign in ("og:title", "og:description", "og:image", 'name="description"', 'rel="canonical"'):
            assert sign in text, (path, sign)
        nav = text[text.index("z-nav--public") : text.index("</nav>")]
        for href in ("practices", "events", "campaigns", "champions", "models"):
            assert f'href="/exchange/{href}/"' in nav
        assert 'href="/places/"' in nav
        assert 'href="mailto:?subject=' in text
        assert f'value="http://testserver{path}?lang=en"' in text


def test_an_address_may_ask_for_its_language_until_somebody_chooses() -> None:
    client = Client()
    text = page("/help/?lang=bs", "en", client)
    assert '<html class="govuk-template" lang="bs">' in text
    assert '<link rel="canonical" href="http://testserver/help/?lang=bs">' in text
    assert '<html class="govuk-template" lang="en">' in page("/help/?lang=de")
    assert '<html class="govuk-template" lang="en">' in page("/help/?lang=%22x")
    answer = client.post(
        "/language/", {"language": "sr"}, headers={"Referer": "http://testserver/places/?lang=bs&q=tutin"}
    )
    assert answer["Location"] == "/places/?q=tutin"


def test_public_pages_are_packed_kept_and_told_apart() -> None:
    for path in ("/", "/easy/", "/begin/", "/help/", "/privacy/", "/accessibility/", "/exchange/", "/sitemap.xml"):
        plain, packed = (Client().get(path, headers={"Accept-Encoding": way}) for way in ("", "br, gzip"))
        assert gzip.decompress(packed.content) == plain.content, path
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert plain.headers["Cache-Control"] == packed.headers["Cache-Control"] == "public, max-age=300"
        assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
        for known in (plain.headers["ETag"], packed.headers["ETag"]):
            again = Client().get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": known})
            assert (again.status_code, again.content) == (304, b""), path


def test_a_page_for_somebody_who_is_logged_in_is_neither_kept_nor_packed(world: World) -> None:
    """A packed page that holds a secret could be guessed by its length."""
    client = Client()
    client.force_login(world.accounts["dino"])
    for path in ("/", "/exchange/champions/", "/places/"):
        response = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert response.headers["Cache-Control"] == "no-store"
        assert "Content-Encoding" not in response.headers
        assert "z-nav--public" in response.content.decode()


def test_champions_are_asked_for_anew_each_time() -> None:
    assert Client().get("/exchange/champions/").headers["Cache-Control"] == "private, no-cache"


def test_home_says_of_the_world_only_what_a_source_says() -> None:
    assert "/exchange/events/" not in page("/").partition("<main")[2]
    load_events()
    text = page("/").partition("<main")[2]
    for key in ("exchange-of-good-practices", "lessons-learned-spis"):
        assert f'href="/exchange/events/{key}/"' in text
    assert "year unknown" in text


def test_home_leads_to_the_network_as_a_model(world: World) -> None:
    assert "/exchange/models/local-network/" not in page("/")
    Sites(world)
    assert 'href="/easy/"' in page("/")
    assert 'href="/begin/"' in page("/")


def test_easy_sentences_are_short_in_every_language() -> None:
    for code in COMPLETE:
        with translation.override(code):
            for part in PARTS:
                sentences = [str(one) for one in part.sentences]
                assert all(len(one.split()) <= MOST_WORDS for one in sentences), (code, part.title)
                assert all(re.fullmatch(r"[^.!?;]+[.!?]", one) for one in sentences), (code, part.title)
                assert part.alternative


def test_every_part_has_a_pictogram_of_its_own_with_words_for_it() -> None:
    text = page("/easy/")
    assert len({part.picture for part in PARTS}) == len(PARTS)
    assert {part.picture for part in PARTS} == {path.stem for path in PICTOGRAMS.glob("*.svg")}
    for part in PARTS:
        assert f'<title id="picture-{part.picture}">{part.alternative}</title>' in text


def test_where_to_begin_leads_only_to_pages_that_are_there() -> None:
    text = page("/begin/")
    for person in PEOPLE:
        assert f'id="{person.key}"' in text
        for step in person.steps:
            assert Client().get(step.href).status_code == 200, step.href


def test_a_municipality_is_found_by_its_name_in_either_script_and_as_a_source_misspells_it() -> None:
    load_events()
    for text in ("tutin", "ТУТИН", "Tut", "тути"):
        found = page(f"/places/?q={text}").partition("<main")[2]
        assert 'href="/places/71188/"' in found
        assert found.count('class="z-links"') == 1
    assert ">Прокупље<" in page("/places/?q=Прокупљњ", "sr")
    assert "Nothing found" in page("/places/?q=nema-takvog-mesta")
    assert 'value="&lt;b&gt;"' in page("/places/?q=<b>")


def test_a_municipality_shows_the_models_it_takes_over(world: World) -> None:
    site = Sites(world).begun()
    text = page(f"/places/{site.territory.code}/")
    assert f'href="/exchange/models/{site.model.package.slug}/sites/{site.uuid}/"' in text
    assert str(site.model.package) in text


def test_the_map_of_the_site_holds_each_public_page_in_each_language(world: World) -> None:
    load_events()
    site = Sites(world).begun()
    model = f"/exchange/models/{site.model.package.slug}/"
    publish("vrtici")
    root = ElementTree.fromstring(page("/sitemap.xml").encode())
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    rows = {one.findtext("s:loc", "", names): one.findall("x:link", names) for one in root.findall("s:url", names)}
    wanted = {
        *NEW, "/exchange/", "/exchange/practices/vrtici/", "/exchange/events/lessons-learned-spis/", "/places/71188/",
        model, f"{model}sites/{site.uuid}/",
    }  # fmt: skip
    assert {f"http://testserver{path}" for path in wanted} <= set(rows)
    for address, links in rows.items():
        assert {one.get("href") for one in links} == {f"{address}?lang={code}" for code in COMPLETE}
        assert Client().get(address.removeprefix("http://testserver")).status_code == 200, address


@pytest.mark.browser  # axe looks at each page at 320 px
def test_the_new_pages_can_be_used_by_everybody(site: str, world: World, narrow_page: Page) -> None:
    """Each in each language, at 320 px and wide; then a municipality is found."""
    load_events()
    Sites(world).begun()
    places.territory(code="71188")
    for code in COMPLETE:
        for path in ("/", "/easy/", "/begin/", "/places/", "/help/"):
            narrow_page.goto(f"{site}{path}?lang={code}")
            check_page(narrow_page)
            picture(narrow_page, f"{path.strip('/') or 'home'}-{code}")
    narrow_page.goto(f"{site}/places/")
    narrow_page.fill("main input[type=search]", "тути")
    narrow_page.click("main form button")
    narrow_page.click("main .z-links a")
    check_page(narrow_page)
    picture(narrow_page, "place")
    assert narrow_page.locator("h1").inner_text() == "Тутин"
