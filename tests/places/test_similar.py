"""Places like another: by their children where those are known, else those nearby."""

from zajedno.places.logic.similar import FEWEST, MOST, How, Profile, similar


def place(code: str, children: int = 0, people: int = 0, births: float | None = 9, change: float | None = -0.05,
          areas: tuple[str, ...] = ("d1", "e1")) -> Profile:  # fmt: skip
    return Profile(code, areas, people or children * 6, children, births, change)


def test_alike_are_those_with_about_as_many_children_and_a_like_population() -> None:
    others = [place("twin", 2100), place("half", 1000), place("city", 40_000), place("ageing", 2000, births=5),
              place("leaving", 2000, change=-0.3)]  # fmt: skip
    found = similar(place("own", 2000), [place("own", 2000), *others])
    assert (found.how, found.codes) == (How.PROFILE, ("twin", "half", "ageing", "leaving", "city"))


def test_where_only_people_are_known_it_is_who_lies_nearby() -> None:
    bare = [place(f"n{at}", people=1000 * at, births=None, areas=("d1", "e1")) for at in range(1, 6)]
    far = place("far", people=3000, births=None, areas=("d9", "e1"))
    found = similar(place("own", people=3000, births=None), [*bare, far])
    assert (found.how, found.codes[0]) == (How.NEARBY, "n3")
    assert "far" not in found.codes


def test_too_few_in_the_district_widens_to_the_entity_and_then_to_nobody() -> None:
    bare = [place(f"n{at}", people=1000 * at, births=None, areas=(f"d{at}", "e1")) for at in range(2, 8)]
    own = place("own", people=3000, births=None)
    assert len(similar(own, bare).codes) == 6
    assert similar(own, bare[: FEWEST - 1]).how == How.NONE


def test_no_more_than_can_be_read_at_once() -> None:
    assert len(similar(place("own", 2000), [place(f"p{at}", 1500 + at) for at in range(30)]).codes) == MOST
