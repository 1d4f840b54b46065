"""The frame of every page: public and account pages in a real browser, headers, and what a page weighs."""

import gzip
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.browser import check_page, log_in
from zajedno.access.models import Account
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.clock import today
from zajedno.web.shared import desks

PASSWORD = "tri reči i četvrta"
PUBLIC = ("/", "/help/", "/accessibility/", "/privacy/", "/login/", "/account/password/reset/", "/nothing-here/")
OWN = ("/account/", "/account/sessions/", "/account/password/", "/account/second-factor/", "/logout/")
BUILT = Path("zajedno/web/static/built")


@pytest.fixture
def ana(db: None) -> Account:
    return Account.objects.create_user("ana@demo.invalid", PASSWORD, name="Ана Петровић")


@pytest.mark.browser  # axe looks at each page
def test_public_pages_can_be_used_by_everybody(site: str, page: Page) -> None:
    titles = set()
    for path in PUBLIC:
        page.goto(site + path)
        check_page(page)
        titles.add(page.title())
    assert len(titles) == len(PUBLIC)


@pytest.mark.browser  # axe looks at each page
def test_account_pages_can_be_used_by_everybody(site: str, page: Page) -> None:
    Account.objects.create_user("ana@demo.invalid", PASSWORD, name="Ана Петровић")
    log_in(page, site, "ana@demo.invalid", PASSWORD)
    page.wait_for_url("**/family/")
    titles = set()
    for path in OWN:
        page.goto(site + path)
        check_page(page)
        titles.add(page.title())
    assert len(titles) == len(OWN)


@pytest.mark.browser  # axe looks at it
def test_wrong_password_is_said_in_a_summary_and_names_nobody(site: str, page: Page) -> None:
    log_in(page, site, "nobody@demo.invalid", "wrong")
    check_page(page)
    expect(page.locator(".govuk-error-summary")).to_have_count(1)
    unknown = page.locator(".govuk-error-summary").inner_text()
    Account.objects.create_user("ana@demo.invalid", PASSWORD, name="Ана Петровић")
    log_in(page, site, "ana@demo.invalid", "wrong")
    assert page.locator(".govuk-error-summary").inner_text() == unknown


@pytest.mark.browser  # only a browser can have its script off
def test_everything_works_without_script(site: str, quiet_page: Page) -> None:
    Account.objects.create_user("ana@demo.invalid", PASSWORD, name="Ана Петровић")
    log_in(quiet_page, site, "ana@demo.invalid", PASSWORD)
    assert quiet_page.url.endswith("/family/")
    quiet_page.click("footer button[value=en]")
    assert quiet_page.url.endswith("/family/")
    assert quiet_page.locator("html").get_attribute("lang") == "en"
    quiet_page.click("header button[type=submit]")
    assert quiet_page.url == f"{site}/"


def test_headers_of_every_answer(client: Client, db: None) -> None:
    for path in ("/", "/login/", "/nothing-here/"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Permissions-Policy"]
        assert headers["Referrer-Policy"] == "same-origin"


def test_nothing_of_a_logged_in_person_is_kept(client: Client, ana: Account) -> None:
    assert client.get("/").headers["Cache-Control"] == "public, max-age=300"
    client.force_login(ana)
    for path in ("/", "/account/", "/nothing-here/", "/panel/"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_desks_are_not_for_search_engines(client: Client, db: None) -> None:
    assert "noindex" in client.get("/login/").headers["X-Robots-Tag"]
    assert "X-Robots-Tag" not in client.get("/").headers
    assert "Disallow: /work/" in client.get("/robots.txt").content.decode()


def test_a_visitor_gets_no_session(client: Client, db: None) -> None:
    for path in ("/", "/help/", "/healthz", "/nothing-here/"):
        assert "sessionid" not in client.get(path).cookies


def test_health_says_when_the_database_is_gone(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/healthz").content == b"ok\n"
    from django.db import OperationalError

    from zajedno.web.public import views

    def gone() -> None:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(views.connection, "cursor", gone)
        assert client.get("/healthz").status_code == 503


def test_first_visit_weighs_less_than_100_kilobytes(client: Client, db: None) -> None:
    assets = [BUILT / name for name in ("app.css", "app.js")]
    for file, most in zip(assets, (25_000, 10_000), strict=True):
        assert len(gzip.compress(file.read_bytes())) < most
    fonts = sum((BUILT / f"noto-sans-{weight}.woff2").stat().st_size for weight in (400, 700))
    packed = sum(len(gzip.compress(file.read_bytes())) for file in assets)
    assert packed + fonts + len(client.get("/").content) < 100_000


def _actor(*verbs: str) -> Actor:
    seats = (Seat(post=1, organisation=1, role="x", verbs=frozenset(verbs), opens_files=False),) if verbs else ()
    return Actor(account=1, seats=seats, today=today())


@pytest.mark.parametrize(
    ("verbs", "path"),
    [
        ((), "/family/"),  # who holds no post is a parent
        (("children.search",), "/work/"),
        (("casework.decide", "children.search"), "/panel/"),
        (("access.invite",), "/manage/"),
    ],
)
def test_log_in_leads_to_the_first_desk(verbs: tuple[str, ...], path: str) -> None:
    assert desks.first_path(_actor(*verbs)) == path


def test_who_may_name_a_deputy_is_no_administrator() -> None:
    assert [desk.key for desk in desks.desks_for(_actor("children.search", "places.name_deputy"))] == ["work"]


def test_nobody_has_no_desk() -> None:
    assert desks.desks_for(None) == []
