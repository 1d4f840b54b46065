"""Refusals and errors: what is told, and what is never told."""

import logging
import sys

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from zajedno.access.models import Account
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.web.shared import errors, logs


def _raiser(error: Exception):  # type: ignore[no-untyped-def]
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("", include("zajedno.web.urls")),
    path("hidden/", _raiser(NotFound("Мила Ковачевић"))),
    path("forbidden/", _raiser(NotPermitted("Ваше место то не дозвољава."))),
    path("overtaken/", _raiser(Overtaken("Неко је био бржи."))),
    path("refused/", _raiser(Refused("Недостаје <сагласност>."))),
    path("broken/", _raiser(RuntimeError("Мила Ковачевић 0506015"))),
]
handler404 = "zajedno.web.shared.errors.not_found"
handler500 = "zajedno.web.shared.errors.server_error"
pytestmark = [pytest.mark.django_db]
ours = override_settings(ROOT_URLCONF=__name__)


@ours
def test_hidden_and_unknown_are_one_and_the_same(client: Client) -> None:
    client.force_login(Account.objects.create_user("a@demo.invalid", None, name="Ана"))
    hidden, unknown = client.get("/hidden/"), client.get("/no-such-address/")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content
    assert "Мила" not in hidden.content.decode()
    assert "no-such" not in unknown.content.decode()


@ours
@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/forbidden/", 403, "Ваше место то не дозвољава."),
        ("/overtaken/", 409, "Неко је био бржи."),
        ("/refused/", 422, "Недостаје &lt;сагласност&gt;."),
    ],
)
def test_refusal_is_a_page_with_its_sentence(client: Client, address: str, status: int, sentence: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert sentence in answer.content.decode()


@ours
def test_error_page_says_nothing_and_asks_nothing(client: Client, django_assert_num_queries: object) -> None:
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert "Мила" not in answer.content.decode()
    assert answer.headers["Content-Security-Policy"]
    request = HttpRequest()
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert errors.server_error(request).status_code == 500


def test_form_from_elsewhere_is_refused() -> None:
    answer = Client(enforce_csrf_checks=True).post("/login/", {"login": "a@demo.invalid", "password": "x"})
    assert answer.status_code == 403
    assert "csrf" not in answer.content.decode().lower()


@pytest.mark.parametrize(
    ("said", "never"),
    [
        ("Not Found: /work/search/?q=Мила", "Мила"),
        ("mail to ana@demo.invalid failed", "ana@"),
        ("number 0506015850012 refused", "0506015850012"),
        ("KeyError: 'Мила Ковачевић'", "Мила"),
    ],
)
def test_log_names_nobody(said: str, never: str) -> None:
    record = logging.LogRecord("x", logging.ERROR, "file.py", 1, "%s", (said,), None)
    assert logs.Nameless().filter(record)
    assert never not in record.getMessage()


def _broken(name: str) -> None:
    raise ValueError(f"cannot open the file of {name}")


def test_traceback_shows_where_and_never_whom() -> None:
    try:
        _broken("Мила Ковачевић")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "file.py", 1, "failed", (), sys.exc_info())
        kind, error, tb = sys.exc_info()
    logs.Nameless().filter(record)
    text = logging.Formatter().format(record)
    assert "_broken" in text
    assert "ValueError" in text
    assert "Мила" not in text
    reporter = errors.NamelessReporter(None, kind, error, tb)
    assert "_broken" in reporter.get_traceback_text()
    assert "Мила" not in reporter.get_traceback_text() + reporter.get_traceback_html()
