"""A closed period is released once, corrected with a reason, and read by everybody as it was released."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.figures.attack import DIVISIONS, OUTCOMES, PLACES, counted, some
from tests.figures.periods import DISTRICTS, counts, defined, land, released
from tests.places.factories import territory as place_of
from zajedno.figures.actions import notice_late
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.partition import Counted, Tally, partition
from zajedno.figures.logic.release import Rules, lines
from zajedno.figures.models import Edition, Reading, Value
from zajedno.figures.queries import came_late, editions, figures, indicators_released, is_late
from zajedno.kernel import clock
from zajedno.kernel.fence import EXCHANGE, RUNTIME, STATISTICS, WORKER, acting
from zajedno.places.models import Population
from zajedno.places.queries.territory import by_code

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 15)
TABLE = {
    ("80438", "yes"): {"girl": 20, "boy": 30}, ("80438", "no"): {"girl": 8, "boy": 9},
    ("80012", "yes"): {"girl": 5, "boy": 6}, ("80012", "no"): {"girl": 1, "boy": 1},
    ("80276", "yes"): {"girl": 1, "boy": 1},
}  # fmt: skip


@pytest.fixture(autouse=True)
def two_districts() -> Iterator[None]:
    with clock.on(TODAY):
        land()
        defined()
        yield


def one(place: str, by: str = "", word: str = "") -> Figure:
    return next(found for found in figures("K2", [place], ["2025"], [by]) if found.word == word)


def test_a_share_is_told_with_what_it_was_divided_from() -> None:
    released(counts(TABLE))
    found = one("80438")
    assert (found.said, found.value, found.top, found.bottom) == (Said.EXACT, Decimal("74.6"), 50, 67)
    assert (found.edition, found.released_on, found.reported) == ("1", TODAY, None)
    girls = one("80438", "sex", "girl")
    assert (girls.said, girls.top, girls.bottom) == (Said.EXACT, 20, 28)
    assert indicators_released("RS") == {"K2": ["2025"]}


def test_few_of_an_outcome_are_told_by_bounds_and_few_of_a_place_not_at_all() -> None:
    released(counts(TABLE))
    town = one("80012")
    assert (town.said, town.low, town.high, town.bottom) == (Said.BETWEEN, Decimal("69.2"), Decimal(100), 13)
    assert {one(place).said for place in ("80276", "80209")} == {Said.WITHHELD}
    assert one("90000").said == Said.ABSENT
    whole = one("RS")
    assert (whole.said, whole.reported, whole.expected) == (Said.BETWEEN, 17, 20)


def test_where_nobody_reported_nobody_hides() -> None:
    """Four and four cases in the two places of a district that have a commission: the district would tell both."""
    table = {("80438", "yes"): {"girl": 4, "boy": 0}, ("80012", "yes"): {"girl": 0, "boy": 4}}
    defined("K5", kind="count", per=1)
    about: dict[str, Any] = {"indicator": "K5", "reported": {"80438": 1, "80012": 1}, "where_it_works": True}
    released(counts(table), **about)
    assert {one.said for one in figures("K5", ["80438", "RS-01", "RS"], ["2025"])} == {Said.WITHHELD}


def test_three_queries_whatever_is_asked(django_assert_num_queries: object) -> None:
    released(counts(TABLE))
    with django_assert_num_queries(3):
        figures("K2", ["80438", "80012", "RS-01", "RS"], ["2025", "2024"], ["", "sex"])


def test_what_is_read_is_what_was_reckoned() -> None:
    """So the attack on tables (`test_partition`, `test_reading`) is one on every page."""
    leaves = some(Random(3))
    codes = dict(zip(PLACES, (*DISTRICTS["RS-01"], *DISTRICTS["RS-02"]), strict=True))
    above: dict[str, tuple[str, ...]] = {
        codes[one]: ("RS-01" if codes[one] in DISTRICTS["RS-01"] else "RS-02", "RS") for one in PLACES
    }
    above["RS"] = ("RS",)
    rows = [replace(row, place=codes[row.place]) for row in counted(leaves)]
    edition = released(rows, divisions=DIVISIONS, places=list(above))
    said = lines(partition(Tally(rows), OUTCOMES, DIVISIONS, above), Rules("share", OUTCOMES, DIVISIONS, above))
    found = figures("K2", ["RS-01", "RS-02", *above], ["2025"], ["", *DIVISIONS])
    assert edition is not None
    assert len(found) == len(said) == Reading.objects.filter(edition=edition).count()
    for one in found:
        line = said[one.place, one.by, one.word]
        assert (one.said, one.low, one.high, one.top, one.bottom) == (
            line.said, line.low, line.high, line.top, line.bottom
        )  # fmt: skip


def test_a_period_that_is_not_over_is_not_told() -> None:
    with pytest.raises(ValueError, match="not over"):
        released(counts(TABLE), period="2026")
    with pytest.raises(ValueError, match="no year"):
        released(counts(TABLE), period="2025-1")
    assert released(counts(TABLE), period="2024/25") is not None


def test_a_closed_period_is_told_once_and_corrected_with_a_reason() -> None:
    first = released(counts(TABLE))
    more = TABLE | {("80438", "yes"): {"girl": 30, "boy": 41}, ("80012", "no"): {"girl": 2, "boy": 1}}
    assert released(counts(more)) is None
    assert released(counts(TABLE), reason="Nothing new") is None
    second = released(counts(more), reason="A school sent its list late")
    assert [(one.number, one.reason) for one in editions("K2", "RS", "2025")] == [
        ("2", "A school sent its list late"), ("1", "")
    ]  # fmt: skip
    assert (one("80438").top, one("80438").edition) == (71, "2")
    assert one("80438", "sex", "girl").top == 30  # both sexes moved by five, so they are told anew too
    assert one("80438", "sex", "girl").bottom == 38
    assert one("80012").bottom == 13  # one more changes nothing
    assert first is not None
    assert second is not None
    assert Reading.objects.filter(edition=first, place="80438", by="").get().top == 50


# Girls of 80276, and from how many on it is noticed: few of each district and of elsewhere may stand in no sum.
@pytest.mark.parametrize(("girls", "noticed"), [(0, 17), (2, 15)])
def test_what_came_late_is_told_from_five_on_and_never_how_many(girls: int, noticed: int) -> None:
    table = TABLE | {("80276", "yes"): {"girl": girls, "boy": 0}}

    def late(more: int) -> bool:
        rows = [*counts(table), Counted("80012", "yes", more)]
        with acting(STATISTICS):
            return notice_late(indicator="K2", country="RS", period="2025", counted=rows)

    first = released(counts(table))
    assert first is not None
    assert [more for more in range(20) if late(more)] == [noticed]
    assert not late(90)  # once is enough
    assert came_late([first]) == {first.pk}
    assert is_late("K2", "RS", "2025")


def test_a_rate_is_divided_by_the_children_who_live_there() -> None:
    defined("K1", kind="rate", per=1000, small_below=2000)
    for band, count in (("0-6", 400), ("7-14", 500), ("15-18", 100)):
        for year in (2019, 2020):
            Population.objects.create(
                territory=by_code("80438"), year=year, band=band, sex="all", count=count + year - 2020, source="?"
            )
    rows = [Counted("80438", "yes", 25), Counted("80012", "yes", 40), Counted("RS", "yes", 30)]
    released(
        rows, indicator="K1", divisions={}, places=["80438", "80012"], reported={"80012": 1}, expected={"80012": 2}
    )
    town, other, whole = figures("K1", ["80438", "80012", "RS"], ["2025"])
    assert (town.value, town.top, town.bottom, town.bottom_year, town.is_small) == (25, 25, 1000, 2020, True)
    # Of the other one nobody published how many live there: its 40 are told nowhere, nor those who live in no place.
    assert (whole.value, whole.top, whole.bottom, whole.left_out) == (25, 25, 1000, 1)
    assert (other.said, other.left_out, other.reported, other.expected) == (Said.ABSENT, 1, 1, 2)
    assert set(Value.objects.values_list("value", flat=True)) == {25}


def test_who_was_counted_in_a_rate_stays_and_who_was_left_out_is_never_late() -> None:
    """Else the next edition could be subtracted from the one before."""
    defined("K1", kind="rate", per=1000)

    def published(code: str, year: int) -> None:
        for band in ("0-6", "7-14", "15-18"):
            Population.objects.create(territory=by_code(code), year=year, band=band, sex="all", count=100, source="?")

    published("80438", 2019)
    rows = [Counted("80438", "yes", 25), Counted("80012", "yes", 40)]
    released(rows, indicator="K1", divisions={})
    with acting(STATISTICS):
        assert not notice_late(indicator="K1", country="RS", period="2025", counted=[*rows, Counted("80012", "yes", 9)])
    published("80012", 2020)  # of the town nobody has published this year
    released([*rows, Counted("80438", "yes", 5)], indicator="K1", divisions={}, reason="Newer people")
    town, other, whole = figures("K1", ["80438", "80012", "RS"], ["2025"])
    assert (town.said, other.value, whole.said) == (Said.ABSENT, Decimal("133.3"), Said.ABSENT)
    assert whole.left_out == len(DISTRICTS["RS-01"]) + len(DISTRICTS["RS-02"]) - 2


def test_a_child_who_lives_elsewhere_is_the_countrys_and_makes_no_place_known() -> None:
    village = place_of("Село", "Selo", code="s-1", kind="settlement", is_unit=False, parent=by_code("80438"))
    released([Counted("80438", "yes", 30), Counted(village.code, "yes", 6)], divisions={})
    assert figures("K2", [village.code], ["2025"])[0].said == Said.ABSENT
    assert (one("RS").said, one("RS").bottom, one("80438").bottom) == (Said.BETWEEN, None, 30)
    assert Edition.objects.get().layout["places"] == sorted(["RS", *DISTRICTS["RS-01"], *DISTRICTS["RS-02"]])


def test_what_is_of_no_person_is_told_from_one_on() -> None:
    defined("N1", is_impersonal=True)
    released([Counted("80438", "yes", events=3), Counted("80438", "no", events=1)], indicator="N1", divisions={})
    assert figures("N1", ["80438", "RS"], ["2025"])[1].value == 75
    assert set(Value.objects.values_list("count", "is_impersonal")) == {(None, True)}


def test_who_takes_part_and_has_sent_is_told_of_each_territory() -> None:
    released(counts(TABLE), reported={"80438": 2, "80012": 1}, expected={"80438": 2, "80012": 4})
    assert (one("80012").reported, one("80012").expected) == (1, 4)
    assert (one("RS-01").reported, one("RS").expected) == (3, 6)


BROKEN: list[tuple[str, type[Any], dict[str, Any]]] = [
    ("value_has_enough_behind_it", Value, {"cell": ["x"], "value": 4, "count": 4}),
    ("value_has_enough_behind_it", Value, {"cell": ["x"], "value": 4, "count": None}),
    ("value_has_enough_behind_it", Value, {"cell": ["x"], "value": 9, "count": 9, "is_impersonal": True}),
    ("value_has_enough_behind_it", Value, {"cell": ["x"], "value": None, "count": 9}),
    ("reading_has_enough_behind_it", Reading, {"place": "x", "said": "exact", "value": 9, "count": 4}),
    ("reading_has_enough_behind_it", Reading, {"place": "x", "said": "between", "low": 9}),
    ("reading_says_one_thing", Reading, {"place": "x", "said": "withheld", "bottom": 4}),
    ("reading_says_one_thing", Reading, {"place": "x", "said": "exact", "low": 4, "count": 9}),
]


@pytest.mark.parametrize(("name", "model", "fields"), BROKEN)
def test_the_database_keeps_no_value_of_a_few(name: str, model: type[Any], fields: dict[str, Any]) -> None:
    edition = released(counts(TABLE))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.create(edition=edition, **fields)


@pytest.mark.parametrize(("name", "fields"), [
    ("correction_says_why", {"turn": 2, "number": "2"}),
    ("edition_of_what_is_over", {"turn": 2, "number": "2", "reason": "?", "closed_on": TODAY}),
    ("edition_of_what_is_over", {"turn": 2, "number": "2", "reason": "?", "closed_on": None}),
    ("edition_turn_once", {"number": "9"}),
    ("edition_once", {"turn": 2, "reason": "?"}),
    ("edition_reported_of_expected", {"turn": 2, "number": "2", "reason": "?", "reported": 21}),
])  # fmt: skip
def test_the_database_keeps_editions_in_order(name: str, fields: dict[str, Any]) -> None:
    edition = released(counts(TABLE))
    assert edition is not None
    edition.pk = None
    edition._state.adding = True
    for field, value in fields.items():
        setattr(edition, field, value)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        edition.save()


@pytest.mark.parametrize("role", [RUNTIME, WORKER, EXCHANGE])
@pytest.mark.parametrize("table", ["edition", "value", "reading", "late", "definition"])
def test_others_read_and_do_not_write(role: str, table: str) -> None:
    with connection.cursor() as cursor:
        for right in ("insert", "update", "delete"):
            cursor.execute("select has_table_privilege(%s, %s, %s)", [role, f"figures_{table}", right])
            assert cursor.fetchone() == (False,)
        cursor.execute("select has_table_privilege(%s, %s, 'select')", [role, f"figures_{table}"])
        assert cursor.fetchone() == (True,)


def test_nobody_changes_what_was_said() -> None:
    edition = released(counts(TABLE))
    rows = [Reading.objects.filter(edition=edition), Value.objects.filter(edition=edition), Edition.objects.all()]
    for found, fields in zip(rows, ({"bottom": 7}, {"value": 7}, {"reason": "?"}), strict=True):
        for change in (lambda: found.update(**fields), found.delete):  # noqa: B023
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
