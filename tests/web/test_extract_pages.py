"""Pages of extracts: asked for by one administrator, approved by another, downloaded by the researcher alone."""

from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.indicators.extracts import TODAY, Extracts
from zajedno.indicators.actions.extract_make import make
from zajedno.indicators.models import Extract
from zajedno.kernel import clock

pytestmark = pytest.mark.django_db
HOME, MINE = "/manage/extracts/", "/manage/extracts/mine/"


@pytest.fixture
def extracts() -> Any:
    with clock.on(TODAY):
        yield Extracts()


def as_(extracts: Extracts, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(extracts.world.accounts[who])
    return client


def sent(**about: Any) -> dict[str, Any]:
    usual = {
        "purpose": "How long an opinion takes.", "researcher": "vera@demo.invalid", "institution": "Invented Institute",
        "number": "7/2026", "since": "1.1.2026", "until": "31.12.2026", "country": "RS", "columns": ["sex", "age"],
        "file": SimpleUploadedFile("agreement.pdf", b"%PDF-1.4 signed"), "year_from": "2024", "year_until": "2026",
        "k": "5", "expires_on": "15.10.2026",
    }  # fmt: skip
    return usual | about


def test_from_asking_to_taking_it_back(extracts: Extracts) -> None:
    admin, second, vera = (as_(extracts, who) for who in ("admin", "second", "vera"))
    assert "No extract was asked for." in admin.get(HOME).content.decode()
    answer = admin.post(f"{HOME}new/", sent(since=""))
    assert answer.status_code == 422
    assert "How long an opinion takes." in answer.content.decode()
    assert not Extract.objects.exists()
    answer = admin.post(f"{HOME}new/", sent())
    row = Extract.objects.get()
    page = f"{HOME}{row.uuid}/"
    assert answer["Location"] == page
    assert "another administrator must" in admin.get(page).content.decode()
    assert "approve/" not in admin.get(page).content.decode()
    with patch("zajedno.indicators.tasks.make_extract.enqueue") as handed:
        refused = admin.post(f"{page}approve/")
        assert refused.status_code == 403
        assert "A second person approves" in refused.content.decode()
        assert second.post(f"{page}approve/").status_code == 302
    handed.assert_called_once_with(uuid=str(row.uuid))
    assert "There is none." in vera.get(MINE).content.decode()
    make(uuid=str(row.uuid))
    assert "What went out" in second.get(page).content.decode()
    assert second.get(f"{page}agreement/").content == b"%PDF-1.4 signed"
    assert str(row.uuid) in vera.get(MINE).content.decode()
    assert vera.get(f"{MINE}{row.uuid}/").status_code == 302  # a link gives nothing
    assert vera.post(f"{MINE}{row.uuid}/").content[:2] == b"PK"
    assert second.post(f"{MINE}{row.uuid}/").status_code == 404
    with patch("zajedno.indicators.tasks.sweep_extracts.enqueue"):
        admin.post(f"{page}revoke/")
    assert vera.post(f"{MINE}{row.uuid}/").status_code == 422
    assert "Taken back" in admin.get(HOME).content.decode()


def test_a_researcher_without_a_second_step_is_sent_to_set_it_up(extracts: Extracts, settings: Any) -> None:
    row, vera = extracts.made(), as_(extracts, "vera")
    settings.REQUIRE_SECOND_FACTOR = True
    answer = vera.post(f"{MINE}{row.uuid}/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/second-factor/")


@pytest.mark.parametrize("who", ["ana", "eva", "dino", "vera"])
def test_nobody_else_opens_them(extracts: Extracts, who: str) -> None:
    row, client = extracts.asked(), as_(extracts, who)
    for path in (HOME, f"{HOME}new/", f"{HOME}{row.uuid}/", f"{HOME}{row.uuid}/agreement/"):
        assert client.get(path).status_code == 403, path
    for act in ("approve", "make", "revoke"):
        assert client.post(f"{HOME}{row.uuid}/{act}/").status_code == 403, act
    if who != "vera":
        assert client.post(f"{MINE}{row.uuid}/").status_code == 404
