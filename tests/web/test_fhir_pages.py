"""FHIR at the desk: a file that is handed out, and a referral that came in, through Django's client."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.casework.test_arrival import Arriving, rules_of_ba
from tests.casework.test_handout import Handing
from tests.networks.agreements import Agreements
from tests.world import World
from zajedno.casework.models import Arrival, Case, Handout
from zajedno.children.models import Child
from zajedno.kernel.clock import today
from zajedno.procedures.actions.load import load_definition

pytestmark = pytest.mark.django_db


def at(world: World, who: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(world.accounts[who])
    return client


def test_a_file_is_handed_out_and_not_cached(world: World) -> None:
    handing = Handing(world)
    page, csaba = f"/work/case/{handing.case.uuid}/fhir/", at(world, "csaba")
    assert b"Nothing may be handed out" in csaba.get(page).content
    assert csaba.post(page, {"receiver": "w-health"}).status_code == 422
    handing.consent()
    assert "Дом здравља" in csaba.get(page).content.decode() or b"Dom zdravlja" in csaba.get(page).content
    answer = csaba.post(page, {"receiver": "w-health"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="fhir.json"'
    assert json.loads(answer.content)["resourceType"] == "Bundle"
    assert Handout.objects.count() == 1
    assert b"Files handed out to other systems" in csaba.get(page).content
    for who in ("dino", "eva", "besa"):
        assert at(world, who).get(page).status_code in (403, 404)


def test_a_referral_is_taken_in_and_accepted(world: World) -> None:
    arriving = Arriving(world)
    row = arriving.send()
    besa, page = at(world, "besa"), f"/work/arrivals/{row.uuid}/"
    assert b"1 referral waits" in besa.get("/work/").content
    assert page.encode() in besa.get("/work/arrivals/").content
    shown = besa.get(page).content.decode()
    assert "Ђорђе Њежић" in shown
    assert "Ђорђе" not in re.search("<title>(.*?)</title>", shown, re.DOTALL)[1]
    assert besa.post(page, {"take": "1"}).status_code == 422
    answer = besa.post(page, {"take": "1", "child": "new"})
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/work/case/{case.uuid}/"
    besa.post(f"/work/case/{case.uuid}/move/accept/", {"seen": case.moves_made})
    case.refresh_from_db()
    assert (case.step, Child.objects.get().full_name) == ("accepted", "Ђорђе Њежић")
    assert besa.get(page).status_code == 404
    for who in ("dino", "eva", "ana"):
        assert at(world, who).get(page).status_code in (403, 404)


def test_the_agreement_is_chosen_where_there_are_several(world: World) -> None:
    row, made = Arriving(world).send(), Agreements(world)
    load_definition(rules_of_ba(), by=None, key="referral", country="RS")
    besa, page = at(world, "besa"), f"/work/arrivals/{row.uuid}/"
    days = [{"valid_from": today() - timedelta(days=ago)} for ago in (9, 0)]
    wanted = [made.signed("school", "health", head=one).clauses.get() for one in days]
    shown = besa.get(page).content.decode()
    assert "Under which agreement do you take it in?" in shown
    assert re.findall(r'name="clause" [^>]*value="([^"]*)"[^>]*checked', shown) == [str(wanted[0].uuid)]
    assert besa.post(page, {"take": "1", "child": "new", "clause": "other"}).status_code == 422
    besa.post(page, {"take": "1", "child": "new", "clause": str(wanted[1].uuid)})
    assert Case.objects.get().participants.get(part="receiver").clause == wanted[1]


def test_a_referral_is_turned_down_with_a_reason(world: World) -> None:
    row = Arriving(world).send()
    besa, page = at(world, "besa"), f"/work/arrivals/{row.uuid}/down/"
    assert besa.post(page, {"reason": ""}).status_code == 422
    assert besa.post(page, {"reason": "Немамо логопеда."}).status_code == 302
    assert (Arrival.objects.get().state, Child.objects.count()) == ("turned_down", 0)
