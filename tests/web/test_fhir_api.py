"""FHIR through HTTP: who is let in, what comes in and goes out; nothing of a child stands where it must not."""

import json
import logging
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.casework.fhir.arriving import CODES, part
from tests.casework.test_arrival import load_referral, sent_today
from tests.casework.test_handout import Handing
from tests.world import World
from zajedno.access.logic.token import new_token, prefix_of, token_hash
from zajedno.access.models import Token
from zajedno.casework.logic.fhir.check import problems
from zajedno.casework.models import Arrival, Case, Handout
from zajedno.kernel import clock

pytestmark = pytest.mark.django_db
AT = "/api/1/fhir/"


class Program:
    """A program with a token of somebody."""

    def __init__(self, world: World, who: str, *scopes: str) -> None:
        word, account = new_token(), world.accounts[who]
        at = world.actor(who).seats[0].organisation
        Token.objects.create(
            account=account, organisation=at, label="Програм", prefix=prefix_of(word), token_hash=token_hash(word),
            scopes=list(scopes), issued_on=clock.now(), expires_on=clock.today() + timedelta(days=30),
        )  # fmt: skip
        self.client = Client(HTTP_AUTHORIZATION=f"Bearer {word}")

    def post(self, path: str, content: Any) -> tuple[int, dict[str, Any]]:
        raw = content if isinstance(content, str | bytes) else json.dumps(content)
        answer = self.client.post(f"{AT}{path}", raw, content_type="application/fhir+json")
        return self._read(answer)

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        return self._read(self.client.get(f"{AT}{path}"))

    @staticmethod
    def _read(answer: Any) -> tuple[int, dict[str, Any]]:
        content = json.loads(answer.content)
        assert answer.headers["Content-Type"].startswith("application/fhir+json")
        assert answer.headers["Cache-Control"] == "no-store"
        assert problems(content, CODES) == []
        return answer.status_code, content


@pytest.fixture
def ana(world: World) -> Program:
    load_referral()
    return Program(world, "ana", "referrals:send")


def test_a_referral_comes_in_is_known_again_and_its_state_is_read(
    world: World, ana: Program, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        status, task = ana.post("ServiceRequest", sent_today())
        assert (status, task["status"]) == (201, "requested")
        assert ana.post("ServiceRequest", sent_today())[0] == 200
        assert ana.get(f"Task/{task['id']}") == (200, task)
        assert ana.get(f"Task/{uuid4()}")[0] == 404
        besa = Program(world, "besa", "referrals:send")
        assert besa.get(f"Task/{task['id']}") == besa.get(f"Task/{uuid4()}")
    assert "Њежић" not in caplog.text
    assert "Њежић" not in json.dumps(task, ensure_ascii=False)


def test_what_is_wrong_is_said_and_nothing_is_written(ana: Program) -> None:
    wrong = sent_today()
    part(wrong, "Patient")["gender"] = "Ђорђевић"
    status, outcome = ana.post("ServiceRequest", wrong)
    assert (status, outcome["issue"][0]["expression"]) == (422, ["Bundle.entry[0].resource.gender"])
    assert "Ђорђевић" not in json.dumps(outcome, ensure_ascii=False)
    for content, expected in (
        ("", 400), ("{", 400), ("NaN", 400), (b"\xff", 400), ("[" * 90_000, 400), ("[]", 422), ("{}", 422), ("1", 422),
        ('{"resourceType": "Bundle", "type": "\\ud800"}', 422), (" " * (1024 * 1024 + 1), 413),
        (sent_today(receiver="w-nowhere"), 422),
    ):  # fmt: skip
        assert ana.post("ServiceRequest", content)[0] == expected
    assert not Arrival.objects.exists()


def test_without_a_token_or_its_scope_nobody_is_let_in(world: World, ana: Program) -> None:
    stranger = Program(world, "ana", "children:hand_out")
    assert stranger.post("ServiceRequest", sent_today())[0] == 403
    stranger.client = Client()
    for path in ("ServiceRequest", f"handout/{uuid4()}"):
        assert stranger.post(path, {})[0] == 401
    assert stranger.get(f"Task/{uuid4()}")[0] == 401
    logged_in = Client()
    logged_in.force_login(world.accounts["ana"])
    assert logged_in.get(f"{AT}Task/{uuid4()}").status_code == 401
    assert stranger.get("metadata")[1]["fhirVersion"] == "4.0.1"
    dino = Program(world, "dino", "referrals:send")
    assert dino.post("ServiceRequest", sent_today())[0] in (401, 403)
    assert not Arrival.objects.exists()


def test_a_child_goes_out_where_a_consent_lets_it(world: World) -> None:
    handing = Handing(world)
    csaba, path = Program(world, "csaba", "children:hand_out"), f"handout/{handing.case.uuid}"
    asked = {"resourceType": "Parameters", "parameter": [{"name": "receiver", "valueString": "w-health"}]}
    assert csaba.post(path, asked)[0] == 422
    handing.consent()
    status, made = csaba.post(path, asked)
    assert (status, made["type"], Handout.objects.count()) == (200, "collection", 1)
    assert csaba.post(path, {"parameter": "w-health"})[0] == 422
    for who in ("besa", "ana"):
        other = Program(world, who, "children:hand_out")
        assert other.post(path, asked) == other.post(f"handout/{uuid4()}", asked)
    assert Case.objects.count() == 1
