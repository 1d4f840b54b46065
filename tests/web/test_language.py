"""Which language a page is in, and how dates and numbers are written in it."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format, number_format

from zajedno.access.models import Account
from zajedno.web.shared import language, numbers
from zajedno.web.shared.dates import month


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("sr-Cyrl-RS", "sr"),
        ("sr-RS,en;q=0.5", "sr"),
        ("sr-Latn-RS", "sr-latn"),
        ("sh", "sr-latn"),
        ("cnr", "sr-latn"),
        ("bs-Latn-BA", "bs"),
        ("en-GB,sr;q=0.8", "en"),
        ("de,fr;q=0.8", None),
        ("hu,en;q=0.7", "hu"),
        ("de,sq;q=0.7", "sq"),
        ("", None),
    ],
)
def test_browser_asks(header: str, code: str | None) -> None:
    assert language.accepted(header) == code


@pytest.mark.parametrize(
    ("code", "tag"), [("sr", "sr-Cyrl"), ("sr-latn", "sr-Latn"), ("bs", "bs"), ("hu", "hu"), ("sq", "sq"), ("en", "en")]
)
def test_page_says_its_language_and_script(client: Client, db: None, code: str, tag: str) -> None:
    client.cookies["language"] = code
    answer = client.get("/")
    assert f'<html class="govuk-template" lang="{tag}"' in answer.content.decode()
    assert answer.headers["Content-Language"] == tag


def test_a_language_that_is_not_complete_is_english_and_says_so(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(language.NAMES, "de", "Deutsch")
    client.cookies["language"] = "de"
    answer = client.get("/")
    text = answer.content.decode()
    assert '<html class="govuk-template" lang="en"' in text
    assert answer.headers["Content-Language"] == "en"
    assert "Every child included" in text
    assert "not complete yet" in text


def test_each_language_is_offered_by_its_own_name(client: Client, db: None) -> None:
    text = client.get("/").content.decode()
    for tag, name in (("sr-Latn", "Srpski"), ("bs", "Bosanski"), ("hr", "Hrvatski"), ("hu", "Magyar"), ("sq", "Shqip")):
        assert f'lang="{tag}">{name}<' in text


def test_cookie_goes_before_browser(client: Client, db: None) -> None:
    client.cookies["language"] = "bs"
    assert 'lang="bs"' in client.get("/", headers={"accept-language": "en"}).content.decode()[:200]


def test_account_goes_before_browser(client: Client, db: None) -> None:
    client.force_login(Account.objects.create_user("a@demo.invalid", None, name="А", language="sr-latn"))
    client.get("/after-login/")
    assert 'lang="sr-Latn"' in client.get("/help/", headers={"accept-language": "en"}).content.decode()[:200]


def test_choosing_comes_back_to_the_same_page(client: Client, db: None) -> None:
    answer = client.post("/language/", {"language": "en"}, headers={"referer": "http://testserver/help/?a=1"})
    assert answer.headers["Location"] == "/help/?a=1"
    assert answer.cookies["language"].value == "en"


@pytest.mark.parametrize(
    "referer", ["https://elsewhere.example/x", "http://testserver//elsewhere.example/", "javascript:alert(1)", ""]
)
def test_choosing_leads_to_no_other_site(client: Client, db: None, referer: str) -> None:
    answer = client.post("/language/", {"language": "en"}, headers={"referer": referer})
    assert answer.headers["Location"] == "/"


def test_unknown_language_is_not_kept(client: Client, db: None) -> None:
    assert "language" not in client.post("/language/", {"language": "xx"}).cookies
    assert client.get("/language/").status_code == 405


@pytest.mark.parametrize("code", ["sr", "sr-latn", "bs", "hr"])
def test_dates_and_numbers_of_the_region(code: str) -> None:
    with translation.override(code):
        assert date_format(date(2026, 11, 24), "DATE_FORMAT") == "24. 11. 2026."
        assert number_format(Decimal("1234.56"), 2, force_grouping=True) == "1.234,56"


@pytest.mark.parametrize(
    ("code", "text", "number"),
    [
        ("sr", "1.234,56", "1234.56"),
        ("sr", "1 234,5", "1234.5"),
        ("sr", "1.234", "1234"),
        ("sr", "12.5", "12.5"),
        ("sr", "1.234.567", "1234567"),
        ("sr", "−3", "-3"),
        ("en", "1,234.56", "1234.56"),
        ("en", "1,234", "1234"),
        ("en", "12,5", "12.5"),
    ],
)
def test_numbers_as_people_write_them(code: str, text: str, number: str) -> None:
    with translation.override(code):
        assert numbers.parse(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "abc", "1,2,3", "1.2.3", "--1", "1e5", "٣"])
def test_what_is_no_number(text: str) -> None:
    with translation.override("sr"), pytest.raises(ValueError, match="not a number"):
        numbers.parse(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("6", 6),
        ("06.", 6),
        ("јун", 6),
        ("jun", 6),
        ("Juni", 6),
        ("JUL", 7),
        ("septembar", 9),
        ("xyz", None),
        ("j", None),
    ],
)
def test_months_in_words(text: str, number: int | None) -> None:
    assert month(text) == number
