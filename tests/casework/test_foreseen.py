"""What if today were another day: what the page foretells is what the daily round then does."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.casework.test_story import Story
from tests.places import factories as places
from tests.world import World
from zajedno.access.models import Message
from zajedno.casework.actions.clocks import start
from zajedno.casework.actions.daily import run
from zajedno.casework.queries.case import find
from zajedno.casework.queries.foreseen import foreseen
from zajedno.kernel import clock

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


@pytest.fixture
def story(world: World) -> Story:
    with clock.on(MONDAY):
        made = Story(world)
        made.move("ana", "submit")
    return made


def told(story: Story, day: date) -> list[tuple[date, bool, tuple[str, ...]]]:
    with clock.on(MONDAY):
        (only,) = foreseen(find(story.world.actor("csaba"), story.case.uuid), day)
    return list(only.told)


def test_nothing_is_told_long_before(story: Story) -> None:
    assert told(story, MONDAY + timedelta(days=3)) == []


def test_what_is_foretold_is_what_happens(story: Story) -> None:
    last = story.case.clocks.get().due_on
    then = last + timedelta(days=3)
    foretold = told(story, then)
    assert [missed for _day, missed, _names in foretold][-1] is True
    Message.objects.all().delete()
    happened: list[date] = []
    for days in range((then - MONDAY).days + 1):
        on = MONDAY + timedelta(days=days)
        with clock.on(on):
            made = run()
            happened += [on] * (made.reminded + made.missed)
            run()  # a second round on the same day tells nobody again
    assert happened == [day for day, _missed, _names in foretold]
    names = set(Message.objects.values_list("account__name", flat=True))
    assert names == {name for _day, _missed, who in foretold for name in who}


def test_looking_changes_nothing(story: Story) -> None:
    told(story, MONDAY + timedelta(days=400))
    only = story.case.clocks.get()
    assert (only.missed_on, only.reminded) == (None, [])
    assert not Message.objects.filter(key__startswith="missed-").exists()


def test_days_are_counted_by_the_calendar_that_the_deadline_names(story: Story) -> None:
    """In the Federation 25 November is a holiday, in Republika Srpska it is not."""
    country = places.country("BA")
    entity = places.territory("РС", "RS", "ba-rs", country=country, iso="BA-SRP")
    case, moment = story.case, datetime(2026, 11, 24, 9, tzinfo=clock.ZONE)
    case.organisation = places.organisation("Комисија", territory=entity)
    given = find(story.world.actor("csaba"), case.uuid).definition.deadline["opinion"]
    rule = replace(given, key="short", length=1, unit="office_days")
    assert start(case, rule, moment).due_on == date(2026, 11, 25)
    case.clocks.filter(key="short").delete()
    assert start(case, replace(rule, calendar="ba-fbih"), moment).due_on == date(2026, 11, 26)
