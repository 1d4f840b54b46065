"""The two seed events: what their texts say, nothing that they do not say, both spellings of what is misspelt."""

import json
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from tests.exchange.catalogue_world import load_events
from tests.refusal import refusal
from zajedno.exchange.actions.event import load_event, retire_events
from zajedno.exchange.enums import Theme
from zajedno.exchange.logic.event import check
from zajedno.exchange.models import Event
from zajedno.exchange.queries import event as events
from zajedno.kernel.refusal import NotFound
from zajedno.web.manage.pack_events import changes, event_parts
from zajedno.web.manage.packs import Pack, find

FACTS = Path(__file__).parents[2].parent / "shared" / "data" / "practice" / "seed_facts_dev.json"
COMMON = Pack(settings.PACKS_DIR / "common")
FILE = settings.PACKS_DIR / "common" / "events" / "exchange-of-good-practices.toml"
UNITS = {("RS", "RS-00"), ("RS", "70998")}


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, object]]:
    if not FACTS.exists():
        pytest.skip("the given facts of the seeds are not here; they are not shipped")
    return json.loads(FACTS.read_text())


def test_the_files_of_the_packs_are_right() -> None:
    assert dict(event_parts(COMMON)) == {f"events/{path.name}": [] for path in COMMON.events}
    assert len(COMMON.events) == 2


@pytest.mark.django_db
def test_the_first_says_twenty_places_and_no_year(facts: dict[str, dict[str, object]]) -> None:
    load_events()
    said, event = facts["seed_000"], events.by_key("exchange-of-good-practices")
    places = list(event.participants.all())
    assert len(places) == said["municipality_count"] == len({one.territory for one in places})
    assert all(one.territory is not None and one.territory.seed20 for one in places)
    assert event.year is said["year"] is None
    assert event.dates == []
    assert event.days == said["days"]
    assert event.place == said["place"]
    (odd,) = [one for one in places if one.is_spelled_otherwise]
    assert (odd.written, odd.territory.name_cyr) == (said["spelling_errors_in_source"][0], "Прокупље")
    assert [one["sr"] for one in event.content["implementers"]] == said["implemented_by"]
    assert [one["sr"] for one in event.content["supporters"]] == said["supported_by"]
    assert said["project"] in event.content["project"]["sr"]
    assert event.content["people"][0]["name"] == said["person"]["name"]


@pytest.mark.django_db
def test_the_second_says_its_day(facts: dict[str, dict[str, object]]) -> None:
    load_events()
    said, event = facts["seed_001"], events.by_key("lessons-learned-spis")
    assert [str(day) for day in event.dates] == [said["date"]]
    assert event.place == said["place"]
    assert event.territory is None  # the text says the city, of which the lists know only the parts
    told = json.dumps(event.content, ensure_ascii=False)
    for word in (said["programme"], said["campaign"]["name"], "USAID", "UNICEF", "Šampionima inkluzije", "panel"):
        assert word in told
    assert not event.participants.exists()


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_a_lost_file_retires() -> None:
    load_events()
    packs = find([settings.PACKS_DIR])
    assert changes(packs) == []
    assert not load_event(COMMON.table(f"events/{FILE.name}"), by=None)
    assert retire_events({FILE.stem}, by=None) == 1
    with pytest.raises(NotFound):
        events.by_key("lessons-learned-spis")
    assert [event.key for event in events.public()] == [FILE.stem]


@pytest.mark.django_db
def test_a_place_nobody_has_loaded_is_found_later() -> None:
    content = tomllib.loads(FILE.read_text())
    assert load_event(content, by=None)
    assert Event.objects.get().participants.filter(territory=None).count() == 20
    load_events()
    assert not Event.objects.get(key=FILE.stem).participants.filter(territory=None).exists()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"11-06"', '"11-31"', "the day “11-31” does not exist"),
        ('place = "Београд"', 'place = "Београд"\nyear = 15', "`year` must be a year"),
        ('"RS-00"', '"RS-99"', "the packs know no territory “RS-99”"),
        ('titles.bs = "', 'titles.de = "', "has no text in the declared language “bs”"),
        ('themes = [', 'themes = [ "magic",', "the theme “magic” is not known"),
        ('[source]', 'colour = "red"\n[source]', "`colour` is not known here"),
    ],
)  # fmt: skip
def test_a_mistake_is_explained(old: str, new: str, sentence: str) -> None:
    text = FILE.read_text().split("[[participants]]")[0].replace(old, new, 1)
    found = check(text, key=FILE.stem, themes=Theme.values, territories=UNITS)
    assert any(sentence in str(one) for one in found), found


def test_a_participant_stands_once_and_is_known() -> None:
    one = '[[participants]]\nwritten = "Прокупљњ"\nterritory = "70998"\n'
    text = FILE.read_text().split("[[participants]]")[0] + one + one.replace("70998", "1") + one
    told = [str(mistake) for mistake in check(text, key=FILE.stem, themes=Theme.values, territories=UNITS)]
    assert len(told) == 2
    assert "“1”" in told[0]
    assert "stands twice" in told[1]


@pytest.mark.django_db
@pytest.mark.parametrize(("wrong", "broken"), [({"year": 15}, "event_year_in_range"), ({"days": []}, "event_has_days")])
def test_the_database_keeps_what_a_day_is(wrong: dict[str, object], broken: str) -> None:
    right = {"key": "e", "titles": {}, "place": "", "days": ["01-02"], "content": {}}
    assert refusal(Event.objects.create, **right | wrong) == broken
