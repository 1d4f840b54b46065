"""Children one works with: only one's own, by the alphabet and by age; looking through them is in the trail."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.panel_world import English, words
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.children.models import Tie
from zajedno.children.queries.child import AGES, of_age, visible_to
from zajedno.kernel.clock import today

pytestmark = pytest.mark.django_db
PATH = "/work/children/"


def test_only_ones_own_by_the_alphabet(world: World, go: English) -> None:
    world.child("Sara", "Đukić")
    world.child("Амар", "Бећировић")
    world.child("Luka", "Žarković", registered_by=world.organisations["health"])
    hidden = world.child("Скривено", "Име")
    Tie.objects.filter(child=hidden).update(fields=["contact"])
    text = words(go("ana").get(PATH))
    assert text.index("Бећировић") < text.index("Đukić")
    assert "Žarković" not in text
    assert "Скривено" not in text
    assert "Žarković" in words(go("besa").get(PATH))
    assert AuditEntry.objects.filter(verb="children.search", detail__browsed=True).count() == 2
    for who in ("dino", "eva"):
        assert go(who).get(PATH).status_code == 403


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2023-11-27", "0-2"),
        ("2023-11-26", "3-6"),
        ("2019-11-27", "3-6"),
        ("2019-11-26", "7-14"),
        ("2011-11-26", "15-"),
    ],
)
def test_years_are_completed(world: World, born: str, band: str) -> None:
    child = world.child(born=date.fromisoformat(born))
    rows = visible_to(world.actor("ana"))
    assert [key for key in AGES if child in of_age(rows, key, date(2026, 11, 26))] == [band]


def test_an_empty_band_says_so_and_an_unknown_one_is_none(world: World, go: English) -> None:
    world.child(born=date(today().year - 9, 1, 1))
    assert "Nobody of this age" in words(go("ana").get(f"{PATH}?age=0-2"))
    assert "Њежић" in words(go("ana").get(f"{PATH}?age=7-14"))
    assert "Њежић" in words(go("ana").get(f"{PATH}?age=nonsense"))
    assert "Nobody yet" in words(go("besa").get(PATH))


def test_a_long_list_costs_no_more_queries(world: World, go: English) -> None:
    client, counts = go("ana"), list[int]()
    client.get(PATH)  # what is read once for all
    for number in (2, 30):
        for at in range(number):
            world.child(f"Име{number}-{at}", "Презиме", number="")
        with CaptureQueriesContext(connection) as queries:
            client.get(PATH)
        counts.append(len(queries))
    assert counts[0] == counts[1]
