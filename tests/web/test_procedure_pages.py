"""Procedures drawn: for everybody, and on a case with “you are here” and “what if today were another day”."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.casework.test_story import Story
from tests.web.test_work_pages import at, of, text
from tests.world import World, make_world
from zajedno.casework.models import Case
from zajedno.kernel.clock import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_anybody_sees_how_it_is_done_without_a_session(world: World) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    listed = client.get("/procedures/")
    assert '<a class="govuk-link" href="/procedures/rs/additional-support/">' in text(listed)
    shown = client.get("/procedures/rs/additional-support/")
    assert shown.status_code == 200
    assert text(shown).count('<rect class="z-procedure__step') > 10
    assert "You are here" not in text(shown)
    assert not client.cookies


@pytest.mark.parametrize("address", ["/procedures/rs/nothing/", "/procedures/xx/additional-support/"])
def test_what_there_is_not_is_not_found(world: World, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_case_is_drawn_where_it_stands(world: World) -> None:
    story = Story(world)
    story.move("ana", "submit")
    page = text(at(world, "csaba").get(of(story, "procedure/")))
    assert page.count("z-procedure__step--here") == 1
    assert page.count("You are here") == 1
    assert at(world, "dino").get(of(story, "procedure/")).status_code == 404


def test_another_day_is_looked_at_and_nothing_changes(world: World) -> None:
    story = Story(world)
    story.move("ana", "submit")
    then = today() + timedelta(days=200)
    asked = {"then_day": then.day, "then_month": then.month, "then_year": then.year}
    page = text(at(world, "csaba").get(of(story, "deadlines/"), asked))
    assert "missed, told to" in page
    assert re.search(r"Csaba Nagy", page)
    assert not Case.objects.get().clocks.exclude(missed_on=None).exists()


@pytest.mark.parametrize("asked", [{"then_day": "x"}, {"then_day": "31", "then_month": "2", "then_year": "2026"}, {}])
def test_a_day_that_is_none_is_said_and_a_month_is_shown(world: World, asked: dict[str, str]) -> None:
    story = Story(world)
    story.move("ana", "submit")
    response = at(world, "csaba").get(of(story, "deadlines/"), asked)
    assert response.status_code == (422 if asked else 200)
    assert "If today were" in text(response)
