"""Loading a pack: complete, repeatable, and what is gone is ended, not deleted."""

import pytest
from django.db import IntegrityError, transaction

from tests.places import factories
from zajedno.places.actions.load import load_kinds, load_places
from zajedno.places.models import Outline, Population, Territory
from zajedno.places.queries import organisation, population, territory
from zajedno.site.settings import PACKS_DIR

pytestmark = pytest.mark.django_db


def test_both_packs_load_once():
    seen = []
    first = [load_places(PACKS_DIR / key, lambda what, count: seen.append(what)) for key in ("rs", "ba")]
    assert all(min(written.values()) > 0 for written in first)
    assert seen == ["territory", "population", "outline"] * 2
    assert (territory.units("RS").count(), territory.units("BA").count()) == (198, 143)
    assert sum(unit.seed20 for unit in territory.units()) == 20
    again = [load_places(PACKS_DIR / key) for key in ("rs", "ba")]
    assert again == [{"territory": 0, "population": 0, "outline": 0}] * 2

    subotica, match = territory.resolve("у Суботици")
    assert (subotica.code, subotica.kind, match.match) == ("80438", "city", "variant")
    assert subotica.parent.code == "RS-01"
    assert "hu" in subotica.languages
    assert not subotica.languages_verified
    jajce = territory.by_code("ba-jajce", "BA")
    assert [jajce.parent.code, jajce.parent.parent.code, jajce.parent.parent.parent.code] == ["BA-06", "BA-BIH", "BA"]
    assert territory.resolve("Petrovac")[0] is None

    assert population.years(subotica)[0] == 2020
    assert population.counts(territory.by_code("70017"), 2011)["0-6", "all"] == 1449
    assert population.counts(jajce, 2013) == {("all", "all"): 27258}
    assert population.years(territory.by_code("ba-stanari")) == []
    assert not Outline.objects.filter(licence__startswith="ODbL", share_alike=False).exists()
    assert territory.outlines("RS").count() == 25
    assert territory.outlines("RS", "seat").count() == 167

    vojvodina = territory.below(Territory.objects.filter(code="RS-VO").values_list("id", flat=True))
    assert subotica.pk in vojvodina
    assert territory.by_code("71188").pk not in vojvodina
    rows = territory.tree("BA")
    assert (rows[0][0].code, rows[0][1], len(rows)) == ("BA", 0, Territory.objects.filter(country="BA").count())
    assert [t.code for t in territory.search("becej")] == ["80110", "80268"]


def test_what_a_pack_changes_is_changed_and_what_it_drops_is_ended():
    load_places(PACKS_DIR / "ba")
    jajce = Territory.objects.get(code="ba-jajce")
    Territory.objects.filter(pk=jajce.pk).update(name_lat="Jajceee")
    mostar = Territory.objects.get(code="ba-mostar")
    lost = Territory.objects.create(
        country_id="BA", parent=mostar.parent, kind="municipality", code="ba-lost", name_lat="Lost", name_cyr="Лост"
    )
    assert load_places(PACKS_DIR / "ba") == {"territory": 2, "population": 0, "outline": 0}
    jajce.refresh_from_db()
    lost.refresh_from_db()
    assert (jajce.name_lat, jajce.key) == ("Jajce", "jajce")
    assert lost.valid_until is not None


def test_kinds_load_once_and_are_retired_when_dropped(tmp_path):
    path = PACKS_DIR / "common" / "organisation_kinds.toml"
    assert load_kinds(path) >= 20
    assert load_kinds(path) == 0
    kinds = {kind.key for kind in organisation.kinds()}
    assert {"municipality", "kindergarten", "early_growth_centre", "intersectoral_commission"} < kinds
    text = path.read_text(encoding="utf-8").replace("[police]", "[police_station]")
    (tmp_path / "kinds.toml").write_text(text, encoding="utf-8")
    assert load_kinds(tmp_path / "kinds.toml") == 2
    assert "police" not in {kind.key for kind in organisation.kinds()}


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("territory_code_once", {"code": "80438"}),
        ("territory_lies_in_another", {"parent": None}),
        ("territory_valid_in_order", {"valid_from": "2020-01-02", "valid_until": "2020-01-01"}),
    ],
)
def test_broken_territories(constraint, fields):
    town = factories.territory()
    new = {"country": town.country, "parent": town.parent, "kind": "city", "code": "x", "name_lat": "X"} | fields
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Territory.objects.create(**new)


def test_broken_figures_and_outlines():
    town = factories.territory()
    figure = {"territory": town, "year": 2020, "band": "all", "count": 1}
    Population.objects.create(**figure)
    for constraint, change in (
        ("population_once", {}),
        ("population_year", {"year": 20}),
        ("count", {"year": 2021, "count": -1}),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Population.objects.create(**figure | change)
    shape = {"territory": town, "layer": "area", "geometry": {}, "licence": "ODbL-1.0"}
    with pytest.raises(IntegrityError, match="outline_names_its_source"), transaction.atomic():
        Outline.objects.create(**shape, share_alike=True)
    Outline.objects.create(**shape, share_alike=False)
    with pytest.raises(IntegrityError, match="outline_once"), transaction.atomic():
        Outline.objects.create(**shape, share_alike=False)
