"""Did it work? A known effect is found, none is claimed where there is none or where figures do not allow it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.figures.effects import ASKED, figure, figures, invented, months
from zajedno.figures.logic.effect import Effect, Method, Reason, Verdict, did_it_work
from zajedno.figures.logic.effect.periods import parted, span
from zajedno.figures.logic.figure import Figure, Said

TRIES = 100


def asked(seed: int = 1, **about: float) -> Effect:
    return did_it_work(ASKED, figures(invented(seed, **about)))


def test_a_known_effect_is_found_inside_its_interval() -> None:
    found = [asked(seed, effect=12.0) for seed in range(TRIES)]
    told = [one for one in found if one.low is not None and one.high is not None]
    assert sum(one.verdict == Verdict.WORKED for one in found) > 0.8 * TRIES
    assert not [one for one in found if one.verdict == Verdict.WORSE]
    inside = sum((one.low or 0) <= 12 <= (one.high or 0) for one in told) / len(told)
    assert 0.9 <= inside < 1  # nominally 95 of a hundred


def test_where_there_is_none_few_are_claimed() -> None:
    found = [asked(seed) for seed in range(TRIES)]
    claims = sum(one.verdict in (Verdict.WORKED, Verdict.WORSE) for one in found)
    assert claims <= 0.05 * TRIES
    assert sum(one.verdict == Verdict.NO_CHANGE for one in found) > 0.7 * TRIES


def test_more_of_a_bad_thing_is_worse() -> None:
    table = figures(invented(3, effect=15.0))
    assert did_it_work(ASKED, table).verdict == Verdict.WORKED
    assert did_it_work(replace(ASKED, better="lower"), table).verdict == Verdict.WORSE


def test_a_break_or_a_course_of_its_own_before_the_start_is_no_effect() -> None:
    for bend in (2, 3, 4):
        found = [asked(seed, bend=bend) for seed in range(40)]
        assert sum(one.verdict == Verdict.WORKED for one in found) <= 4
        assert sum(one.reason in (Reason.BREAK_BEFORE, Reason.NOT_PARALLEL) for one in found) > 20
    away = invented(5)
    away["P00"] = [value + 5 * year for year, value in enumerate(away["P00"])]
    assert did_it_work(ASKED, figures(away)).reason == Reason.NOT_PARALLEL


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"began": None}, Reason.NOT_BEGUN), ({"kind": "count"}, Reason.NOT_A_RATE),
        ({"better": "neither"}, Reason.NO_DIRECTION), ({"several": True}, Reason.SEVERAL),
        ({"opened": date(2018, 2, 1)}, Reason.FEW_BEFORE), ({"began": date(2023, 2, 1)}, Reason.FEW_AFTER),
        ({"place": "P99"}, Reason.FEW_BEFORE),
        ({"also": frozenset(f"P{row:02}" for row in range(1, 20))}, Reason.FEW_PLACES),
    ],
)  # fmt: skip
def test_too_little_is_no_claim(change: dict[str, object], reason: Reason) -> None:
    found = did_it_work(replace(ASKED, **change), figures(invented(1, effect=15.0)))
    assert (found.verdict, found.reason) == (Verdict.CANNOT_SAY, reason)
    assert (found.estimate, found.low, found.high, found.chance) == (None, None, None, None)


def _with(said: Said, **bounds: Decimal) -> list[Figure]:
    rows = figures(invented(1, effect=15.0))
    return [
        figure(one.place, one.period, 0, said=said, **bounds) if one.place == "P00" and one.period > "2022" else one
        for one in rows
    ]


def test_what_is_withheld_or_only_bounded_is_no_claim() -> None:
    assert did_it_work(ASKED, _with(Said.WITHHELD)).reason == Reason.WITHHELD
    assert did_it_work(ASKED, _with(Said.ABSENT)).reason == Reason.FEW_AFTER
    wide = did_it_work(ASKED, _with(Said.BETWEEN, low=Decimal(40), high=Decimal(95)))
    assert (wide.verdict, wide.reason) == (Verdict.CANNOT_SAY, Reason.TOO_WIDE)


def test_bounds_that_are_near_widen_the_interval_by_themselves() -> None:
    exact = did_it_work(ASKED, _with(Said.BETWEEN, low=Decimal(70), high=Decimal(70)))
    near = did_it_work(ASKED, _with(Said.BETWEEN, low=Decimal(67), high=Decimal(73)))
    wider = (near.high or 0) - (near.low or 0) - ((exact.high or 0) - (exact.low or 0))
    assert wider == pytest.approx(2 * 3 * 2 / 3)  # two of three years after


def test_who_is_compared_is_like_it_and_did_without() -> None:
    table = invented(2)
    rows = figures(table) + figures({"LARGE": table["P01"]}, bottom=9000)
    rows += figures({"FAR": [value + 40 for value in table["P01"]]})
    found = did_it_work(replace(ASKED, also=frozenset({"P02"})), rows)
    assert not {"P00", "P02", "LARGE", "FAR"} & set(found.places)
    assert len(found.places) >= 15
    after = {**table, "P03": [*table["P03"][:6], 99.0, 99.0, 99.0]}
    assert did_it_work(ASKED, figures(after)).places == did_it_work(ASKED, figures(table)).places


def test_a_long_series_stands_alone_and_a_short_one_does_not() -> None:
    alone = replace(ASKED, opened=date(2020, 1, 1), began=date(2020, 1, 1))
    found = [did_it_work(alone, months(seed, effect=12.0)) for seed in range(4)]
    assert {one.method for one in found} == {Method.SERIES}
    assert sum(one.verdict == Verdict.WORKED for one in found) >= 3
    assert not [one for one in found if one.verdict == Verdict.WORSE]
    assert sum(did_it_work(alone, months(seed)).verdict in (Verdict.WORKED, Verdict.WORSE) for seed in range(5)) == 0
    assert did_it_work(alone, months(1, after=6)).reason == Reason.FEW_PLACES


def test_periods_are_read_as_they_are_written() -> None:
    assert span("2025/26") == span("2025-2026") == (date(2025, 9, 1), date(2026, 8, 31))
    assert span("2025-12") == (date(2025, 12, 1), date(2025, 12, 31))
    assert span("2025-Q4") == (date(2025, 10, 1), date(2025, 12, 31))
    assert [span(one) for one in ("spring", "2025-2027", "2025-Q5", "2025-00")] == [None] * 4
    years = ["2021", "2019", "2020", "2022", "2019"]
    assert parted(years, date(2021, 1, 1), date(2021, 1, 2)) == (["2019", "2020"], ["2022"])


def test_where_nothing_moved_chance_is_not_known() -> None:
    """One child of 200 fewer is no proof because the figure had always been a hundred."""
    full = {f"P{row:02}": [100.0] * 9 for row in range(12)}
    full["P00"] = [100.0] * 6 + [97.0] * 3
    assert did_it_work(ASKED, figures(full)).reason == Reason.STILL
    alone = replace(ASKED, opened=date(2020, 1, 1), began=date(2020, 1, 1))
    for rise in (0.0, 0.5):
        course = [40 + rise * at - (0.5 if at >= 24 else 0) for at in range(36)]
        months = [figure("P00", f"{2018 + at // 12}-{at % 12 + 1:02}", one) for at, one in enumerate(course)]
        assert did_it_work(alone, months).reason == Reason.STILL
