"""Pages of released figures at every desk: a drawing, a table and a sentence each; the same in every file."""


import pytest

from tests.web.figures_world import Released, country, opinions
from tests.web.panel_world import English, words
from tests.world import World

pytestmark = pytest.mark.django_db
OPINIONS = "/monitor/opinions_in_time/"


@pytest.fixture
def released(world: World, monkeypatch: pytest.MonkeyPatch) -> Released:
    country(world)
    return opinions(Released(monkeypatch))


def test_eva_reads_two_in_three_and_a_year_ago_one_in_two(released: Released, go: English) -> None:
    page = words(go("eva").get(f"{OPINIONS}?period=2025"))
    assert (
        "Opinions given in time: two in three. A year before, one in two. The target of 80\u00a0% is not met." in page
    )
    for text in ("17 of 20 reported", "How it was counted", "Edition 2026-1", "fewer than five, or none",
                 "on few: one person moves it", "96 to 100", "Open Database Licence"):  # fmt: skip
        assert text in page, text
    assert page.count("<svg viewBox") - page.count("z-sign") == page.count('<figure class="z-chart') == 5
    assert page.count("z-figure__said") == 5
