"""What somebody without an account loads: every public page of the town, weighed as it is sent."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.stories.addresses import routes
from tests.stories.town import Town
from zajedno.web.shared.shell import PUBLIC_PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.pages]  # weighs every public page

HTML, WHOLE = 15_000, 100_000  # bytes, packed: the page alone; with style, script and fonts on a first visit
STATIC = Path(settings.PACKAGE) / "web" / "static"
LOADED = re.compile(r'<(?:link[^>]*rel="(?:stylesheet|preload|icon)"[^>]*href|script[^>]*src|img[^>]*src)="([^"]+)"')
FONT = re.compile(r"url\(\"?([^)\"]+\.woff2)")


def addresses(town: Town) -> set[str]:
    """Every address of the project with real ids, and everything the map of the site names."""
    known = {route.filled(town.ids) for route in routes() if not route.unknown(town.ids)}
    return known | set(re.findall(r"<loc>http://testserver(.*?)</loc>", Client().get("/sitemap.xml").content.decode()))


def pages(town: Town) -> Iterator[tuple[str, HttpResponse, str]]:
    """Each that shows a page to somebody without an account: where it is, its answer as it is sent, its text."""
    for path in sorted(addresses(town)):
        with transaction.atomic():
            answer = Client().get(path, headers={"Accept-Encoding": "gzip", "Accept-Language": "sr"})
            transaction.set_rollback(True)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            packed = answer.headers.get("Content-Encoding") == "gzip"
            yield path, answer, (gzip.decompress(answer.content) if packed else answer.content).decode()


def weight(address: str) -> int:
    """A static file as WhiteNoise sends it; text is packed."""
    content = (STATIC / address.removeprefix(settings.STATIC_URL)).read_bytes()
    return len(content) if address.endswith(("woff2", "png")) else len(gzip.compress(content, 9))


def test_every_public_page_is_light_and_loads_nothing_from_elsewhere(town: Town) -> None:
    style = (STATIC / "built" / "app.css").read_text()
    fonts = sum(weight(f"{settings.STATIC_URL}built/{Path(one).name}") for one in set(FONT.findall(style)))
    assert fonts
    seen = 0
    for path, answer, text in pages(town):
        loaded = set(LOADED.findall(text))
        assert loaded, path
        assert all(one.startswith("/") for one in loaded), (path, loaded)
        files = {one for one in loaded if one.startswith(settings.STATIC_URL) and not one.endswith("woff2")}
        html = len(answer.content)  # a form is not packed: it holds a token
        assert len(gzip.compress(text.encode())) <= HTML, path
        assert html + fonts + sum(map(weight, files)) <= WHOLE, (path, html)
        for image in re.findall(r"<img[^>]*>", text):
            assert re.search(r'width="\d+"', image), (path, image)
            assert re.search(r'height="\d+"', image), (path, image)
        seen += 1
    assert seen > 30


def test_every_public_page_leads_to_the_others(town: Town) -> None:
    for path, _answer, text in pages(town):
        nav = text.partition("z-nav--public")[2].partition("</nav>")[0]
        assert all(f'href="{href}"' in nav for href, _label in PUBLIC_PAGES), path


def test_what_may_be_kept_is_sent_packed_and_says_so(town: Town) -> None:
    kept = 0
    for path, answer, text in pages(town):
        if answer.headers["Cache-Control"].startswith("public"):
            assert answer.headers["Content-Encoding"] == "gzip", path
            assert "ETag" in answer.headers, path
            assert "csrfmiddlewaretoken" not in text, path
            assert not answer.cookies, path
            kept += 1
    assert kept > 20
