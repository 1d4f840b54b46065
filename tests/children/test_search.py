"""Finding a person: misspelt, cut short, in the other script, in a neighbour's orthography — among one's own only."""

from datetime import date

import pytest

from tests.places import factories as places
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.children.actions.child import register
from zajedno.children.actions.file import open_file
from zajedno.children.actions.likeness import LikelySame
from zajedno.children.actions.search import search
from zajedno.children.models import Alias, Child
from zajedno.children.queries.child import visible_to
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.site.demo.cases import national_number

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["of whom few are seen", "of whom many are seen"])
def seen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of a search: through the names of all that the actor sees, and through the names of the country."""
    if "many" in request.param:
        monkeypatch.setattr("zajedno.children.actions.search.FEW", 0)


def ana_finds(world: World, text: str = "", **wanted: object) -> set[str]:
    with acting(RUNTIME, world.accounts["ana"].pk):
        return {child.given_name for child in search(by=world.actor("ana"), text=text, **wanted)}


@pytest.mark.parametrize(
    ("asked", "given", "family"),
    [
        ("Ђорђе Његош", "Ђорђе", "Његош"), ("djordje njegos", "Ђорђе", "Његош"), ("NJEGOŠ ĐORĐE", "Ђорђе", "Његош"),
        ("Džorđe Njegoš", "Ђорђе", "Његош"), ("njeg", "Ђорђе", "Његош"), ("Nikloic", "Марко", "Николић"),
        ("Šaćiri", "Arben", "Shaqiri"), ("Dževdet", "Xhevdet", "Krasniqi"), ("Đerđ", "Gjergj", "Berisha"),
        ("Kovač", "Ágnes", "Kovács"), ("Ана Марија", "Ана Марија", "Петровић-Јовановић"),
        ("Jovanovic", "Ана Марија", "Петровић-Јовановић"), ("Szücs", "Vilmos", "Szűcs"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("seen")
def test_found_however_it_is_written(world: World, asked: str, given: str, family: str) -> None:
    world.child(given, family)
    world.child("Стеван", "Обрадовић")
    assert ana_finds(world, asked) == {given}


def test_number_with_blanks_and_lost_zero(world: World) -> None:
    number = national_number(date(2016, 5, 4), "F", 1)
    world.child("Ивана", "Савић", number=number)
    for asked in (number, f" {number[:6]} {number[6:9]} {number[9:]} ", number.lstrip("0")):
        assert ana_finds(world, number=asked) == {"Ивана"}
    assert ana_finds(world, number=national_number(date(2016, 5, 4), "F", 2)) == set()


@pytest.mark.usefixtures("seen")
def test_only_among_ones_own(world: World) -> None:
    other = places.organisation("Друга школа", kind=places.kind("primary_school"))
    foreign = world.child("Ђорђе", "Његош", registered_by=other)
    assert ana_finds(world, "Ђорђе Његош") == set()
    with pytest.raises(NotFound):
        open_file(by=world.actor("ana"), uuid=foreign.uuid)


@pytest.mark.parametrize("who", ["dino", "eva"])
def test_who_has_no_verb_may_not_search(world: World, who: str) -> None:
    with pytest.raises(NotPermitted):
        search(by=world.actor(who), text="Ђорђе")


def test_search_and_reading_are_recorded_without_names(world: World) -> None:
    child = world.child("Ђорђе", "Његош")
    search(by=world.actor("ana"), text="Ђорђе")
    open_file(by=world.actor("ana"), uuid=child.uuid)
    entries = AuditEntry.objects.filter(account=world.accounts["ana"].pk)
    assert {entry.verb for entry in entries} >= {"children.search", "children.open_file"}
    assert not any("orđe" in str(entry.detail) or "Ђорђе" in str(entry.detail) for entry in entries)


def test_nothing_asked_is_told(world: World) -> None:
    with pytest.raises(Refused):
        search(by=world.actor("ana"), text="  ")


def test_likely_same_tells_nothing_of_a_foreign_file(world: World) -> None:
    other = places.organisation("Друга школа", kind=places.kind("primary_school"))
    foreign = world.child("Ђорђе", "Његош", registered_by=other)
    again = {"by": world.actor("ana"), "organisation": world.organisations["school"], "given_name": "Njegoš",
             "family_name": "Đorđe", "birth_date": foreign.birth_date}  # fmt: skip
    with acting(RUNTIME, world.accounts["ana"].pk):
        with pytest.raises(LikelySame) as stopped:
            register(**again)
        assert (stopped.value.mine, stopped.value.elsewhere) == ((), True)
        child = register(**again, confirm_distinct=True)
    assert Alias.objects.get(child=child).same_as_id == foreign.pk
    assert set(visible_to(world.actor("ana"))) == {child}


def test_registering_refuses_a_wrong_number(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        register(by=world.actor("ana"), organisation=world.organisations["school"], given_name="А", family_name="Б",
                 birth_date=date(2016, 5, 4), numbers={"national": "0405016820011"})  # fmt: skip
    assert refusal.value.code == "number_national"
    assert not Child.objects.exists()
