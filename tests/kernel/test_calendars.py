"""Days that count: holidays per entity, deadlines and their ends, the school year."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zajedno.kernel.calendars import (
    BadCalendar,
    Calendar,
    add_days,
    holidays_in,
    is_office_day,
    load_calendars,
    office_days_between,
    school_year,
    school_year_name,
)

PACKS = Path(__file__).parents[2] / "packs"
RS = Calendar("rs", "RS")
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_packs_have_a_calendar_for_each_entity() -> None:
    assert set(load_calendars(PACKS / "rs" / "calendars.toml")) == {"rs"}
    bosnian = load_calendars(PACKS / "ba" / "calendars.toml")
    assert set(bosnian) == {"ba-fbih", "ba-rs", "ba-bd"}
    open_on = {key: is_office_day(date(2026, 11, 25), calendar) for key, calendar in bosnian.items()}
    assert open_on == {"ba-fbih": False, "ba-rs": True, "ba-bd": True}  # Statehood Day
    assert not is_office_day(date(2026, 3, 9), bosnian["ba-bd"])


def test_weekend_holiday_and_the_day_in_its_place_are_closed() -> None:
    closed = [
        date(2026, 2, 15),
        date(2026, 2, 16),
        date(2026, 2, 17),
        date(2026, 4, 10),
        date(2026, 4, 13),
        date(2026, 11, 11),
    ]
    assert not any(is_office_day(day, RS) for day in closed)
    assert is_office_day(date(2026, 2, 18), RS)
    assert is_office_day(datetime(2026, 2, 18, 9, tzinfo=UTC), RS)
    assert date(2026, 1, 7) in holidays_in(2026, RS)


def test_a_pack_may_close_and_open_single_days() -> None:
    calendar = Calendar("own", "RS", closed=frozenset({date(2026, 3, 4)}), opened=frozenset({date(2026, 2, 21)}))
    assert not is_office_day(date(2026, 3, 4), calendar)
    assert is_office_day(date(2026, 2, 21), calendar)


@pytest.mark.parametrize(
    ("start", "n", "unit", "roll", "end"),
    [
        (date(2026, 1, 30), 15, "days", "none", date(2026, 2, 14)),
        (date(2026, 1, 30), 15, "days", "forward", date(2026, 2, 18)),  # Saturday, then the holiday and its replacement
        (date(2026, 4, 8), 3, "office_days", "none", date(2026, 4, 15)),  # over Orthodox Easter
        (date(2026, 4, 15), -3, "office_days", "none", date(2026, 4, 8)),
        (date(2026, 4, 11), 0, "office_days", "none", date(2026, 4, 11)),
        (date(2026, 1, 31), 1, "months", "none", date(2026, 2, 28)),
        (date(2024, 1, 31), 1, "months", "none", date(2024, 2, 29)),
        (date(2026, 11, 30), 3, "months", "none", date(2027, 2, 28)),
        (date(2026, 12, 15), 12, "months", "none", date(2027, 12, 15)),
        (date(2026, 3, 31), -1, "months", "none", date(2026, 2, 28)),
        (date(2025, 12, 1), 1, "months", "forward", date(2026, 1, 5)),
    ],
)
def test_deadlines_end_where_a_clerk_counts_them(start: date, n: int, unit: str, roll: str, end: date) -> None:
    assert add_days(start, n, unit, calendar=RS, roll=roll) == end  # type: ignore[arg-type]


def test_hours_are_counted_from_a_moment_only() -> None:
    moment = datetime(2026, 4, 10, 22, 30, tzinfo=UTC)
    assert add_days(moment, 24, "hours", calendar=RS) == moment + timedelta(hours=24)
    with pytest.raises(ValueError, match="moment"):
        add_days(date(2026, 4, 10), 24, "hours", calendar=RS)
    assert add_days(moment, 1, "office_days", calendar=RS) == datetime(2026, 4, 14, 22, 30, tzinfo=UTC)


@given(DAYS, st.integers(-40, 40))
def test_counting_and_adding_agree(start: date, n: int) -> None:
    end = add_days(start, n, "office_days", calendar=RS)
    assert n == 0 or is_office_day(end, RS)
    if n > 0:
        assert office_days_between(start, end, RS) == n
    if is_office_day(start, RS):
        assert office_days_between(start, end, RS) == n
        assert add_days(end, -n, "office_days", calendar=RS) == start


@given(DAYS)
def test_every_day_lies_in_its_school_year(day: date) -> None:
    first, last = school_year(day)
    assert first <= day <= last
    assert (first.month, first.day, last.month, last.day) == (9, 1, 8, 31)


def test_school_years_have_names() -> None:
    assert [school_year_name(day) for day in (date(2026, 8, 31), date(2026, 9, 1), date(2099, 9, 1))] == [
        "2025/26",
        "2026/27",
        "2099/00",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("calendar = ", "cannot be read"),
        ("", "cannot be read"),
        ('[[calendar]]\nkey = "a"\ncountry = "RS"', "source, verified must be given"),
        ('[[calendar]]\nkey = "a"\ncountry = "RS"\nsource = ""\nverified = false\ncolour = 1', "unknown words colour"),
        ('[[calendar]]\nkey = "a"\ncountry = "XX"\nsource = ""\nverified = false', "XX"),
        ('[[calendar]]\nkey = "a"\ncountry = "BA"\nsubdivision = "YY"\nsource = ""\nverified = false', "YY"),
        ('[[calendar]]\nkey = "a"\ncountry = "RS"\nsource = ""\nverified = false\nweekend = [7]', "weekend"),
        ('[[calendar]]\nkey = "a"\ncountry = "RS"\nsource = ""\nverified = false\nclosed = ["5 May"]', "dates"),
        (2 * '[[calendar]]\nkey = "a"\ncountry = "RS"\nsource = ""\nverified = false\n', "twice"),
    ],
)
def test_a_bad_file_says_what_is_wrong(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "calendars.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadCalendar, match=why):
        load_calendars(path)
