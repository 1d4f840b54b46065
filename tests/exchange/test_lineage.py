"""Lineage: who took a model from whom, what became of it; and themes that are asked for against practices found."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.exchange.practice_world import Authors
from tests.exchange.site_world import Sites
from tests.places import factories as places
from tests.world import World
from zajedno.exchange.actions.question import ask
from zajedno.exchange.actions.sought import count_search
from zajedno.exchange.actions.taking import take
from zajedno.exchange.enums import Theme
from zajedno.exchange.logic.sought import themes_of
from zajedno.exchange.models import Sought
from zajedno.exchange.queries.lineage import Node, lineage, neglected
from zajedno.exchange.queries.model import public
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.places.models import Country, Territory
from zajedno.web.exchange.lineage_map import mapped
from zajedno.web.exchange.lineage_tree import drawn

pytestmark = pytest.mark.django_db


def places_of(roots: list[Node]) -> list[tuple[str, int]]:
    return [(node.site.organisation.code, node.depth) for root in roots for node in root.walk()]


def test_the_tree_says_who_took_it_from_whom_and_what_became_of_it(sites: Sites) -> None:
    assert lineage(sites.package) == []
    first = sites.to_follow_up(sites.begun())
    sites.told(first, "partly")
    sites.move(first, "begin_handing_over")
    sites.move(first, "hand_over")
    second = sites.begun("mirza", "other", parent=first.uuid)
    third = sites.begun("dino", "ngo", parent=second.uuid)
    sites.move(third, "give_up", "dino", reason="Nema novca.")
    alone = sites.begun("edita", "ministry")
    roots = lineage(sites.package)
    assert places_of(roots) == [("w-town", 0), ("w-other", 1), ("w-ngo", 2), ("w-ministry", 0)]
    top = roots[0]
    assert (top.fidelity, top.lessons, top.adaptations, top.site.outcome) == (50, 1, 0, "handed_over")
    assert roots[1].site == alone
    assert [row.sites for row in public()] == [4]
    assert [row.held for row in public()] == [1]


def test_a_drawing_has_a_dot_a_place_and_a_line_to_each(sites: Sites) -> None:
    first = sites.begun()
    sites.begun("mirza", "other", parent=first.uuid)
    tree = drawn("title", "words", "A model whose name is much too long for this", lineage(sites.package))
    assert [dot.shape for dot in tree.dots] == ["root", "circle", "circle"]
    assert [dot.x for dot in tree.dots] == [14, 134, 254]
    assert len({dot.y for dot in tree.dots}) == 3
    assert tree.dots[0].text == "A model whose name is m…"
    assert tree.edges == ["M14 27V54H127", "M134 61V88H247"]
    assert tree.width > tree.dots[-1].x
    assert tree.height > tree.dots[-1].y


def test_a_longer_lineage_needs_no_more_queries(sites: Sites) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            places_of(lineage(sites.package))
        return len(queries)

    above = sites.begun()
    before = count()
    for number in range(6):
        name = f"w-more-{number}"
        sites.world.organisations[name] = places.organisation(f"Općina {number}", code=name)
        places.Post.objects.create(
            account=sites.world.accounts["mirza"], organisation=sites.at(name), role_id="practitioner-public",
            since=places.TODAY.replace(year=2020),
        )  # fmt: skip
        above = sites.begun("mirza", name, parent=above.uuid)
    assert count() == before == 2
    assert places_of(lineage(sites.package))[-1][1] == 6


def test_what_is_asked_for_and_not_found_comes_first(sites: Sites) -> None:
    authors = Authors(sites.world)
    practice = authors.published()
    themes = practice.published.themes
    assert "referral" not in themes
    sites.begun(needs=["referral", "awareness"])
    sites.begun("mirza", "other", needs=["referral"])
    with sites.at_work("amra") as by:
        ask(by=by, practice=practice, text="Koliko košta gorivo?")
        take(by=by, practice=practice, organisation=sites.at("town").pk)
    rows = neglected(today())
    assert [row.theme for row in rows[:1]] == [Theme.REFERRAL]
    assert (rows[0].found, rows[0].sought, rows[0].is_neglected) == (0, 2, True)
    found = next(row for row in rows if row.theme == themes[0])
    assert (found.found, found.questions, found.takings, found.asked) == (1, 1, 1, 2)
    quiet = next(row for row in rows if row.theme == Theme.VIOLENCE)
    assert (quiet.found, quiet.asked, quiet.is_neglected) == (0, 0, False)
    assert {row.theme for row in rows} == set(Theme)


def test_searches_are_counted_by_theme_and_month_and_nothing_else(world: World) -> None:
    with acting(EXCHANGE):
        for found in (0, 0, 3):
            count_search(themes=themes_of("osipanje učenika Petra Petrovića"), found=found)
        count_search(themes={"", "not a theme"}, found=0)
    assert list(Sought.objects.values_list("theme", "number", "unfound", "month")) == [
        ("dropout", 3, 2, today().replace(day=1))
    ]
    assert {field.name for field in Sought._meta.fields} == {"id", "month", "theme", "number", "unfound"}
    first = neglected(today())[0]
    assert (first.theme, first.asked, first.searches, first.is_neglected) == (Theme.DROPOUT, 2, 3, True)
    later = today().replace(year=today().year + 2, day=1)
    assert not any(row.searches for row in neglected(later))


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Интерресорна комисија", ["commission"]), ("rana intervencija", ["early"]), ("bullying", ["violence"]),
        ("Marko Marković", []), ("финансирање превоза", ["financing"]), ("", []),
    ],
)  # fmt: skip
def test_a_search_gives_its_theme_away_in_every_language(text: str, themes: list[str]) -> None:
    assert themes_of(text) == themes


def placed(country: str, code: str, name: str) -> Territory:
    home = Country.objects.get_or_create(code=country, defaults={"labels": {"en": country}})[0]
    whole = Territory.objects.get_or_create(
        country=home, code=country, defaults={"kind": "country", "name_lat": country, "name_cyr": country}
    )[0]
    return Territory.objects.create(
        country=home, code=code, kind="municipality", is_unit=True, parent=whole, name_lat=name, name_cyr=name
    )


def test_the_map_shows_each_place_once_with_its_numbers_and_where_it_was_taken_from(sites: Sites) -> None:
    for name, (country, code, where) in {
        "town": ("BA", "ba-jajce", "Jajce"), "other": ("RS", "70017", "Aleksandrovac"),
        "ngo": ("BA", "ba-none", "Nigdje"),
    }.items():  # fmt: skip
        sites.at(name).territory = placed(country, code, where)
        sites.at(name).save()
    first = sites.begun()
    sites.begun("mirza", "other", parent=first.uuid)
    sites.begun("dino", "ngo", parent=first.uuid)  # of a place that nobody has on a map
    drawing = mapped("title", "words", lineage(sites.package))
    assert [(spot.text, spot.shape) for spot in drawing.spots] == [("1 Jajce", "circle"), ("2 Aleksandrovac", "circle")]
    (jajce, other) = drawing.spots
    assert jajce.x < other.x  # Bosnia lies west of Serbia,
    assert jajce.y < other.y  # and Jajce north of Aleksandrovac
    assert drawing.edges == [f"M{jajce.x} {jajce.y}L{other.x} {other.y}"]
    assert drawing.missing == ["Nigdje"]
    assert all(0 < spot.x < drawing.ground.width and 0 < spot.y < drawing.ground.height for spot in drawing.spots)
    assert any("OpenStreetMap" in credit for credit in drawing.ground.credits)
