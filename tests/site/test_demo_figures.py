"""Invented figures can be believed: where nobody reported there are none, and where there are some somebody did."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.conf import settings

from zajedno.indicators.logic.definition import load
from zajedno.site.demo import figures

SIZES = {"80438": 21_000} | {f"p{number}": 1_000 + 100 * number for number in range(60)}


@pytest.mark.parametrize("code", ["k2", "d1", "k1"])
def test_nothing_is_told_of_a_place_from_which_nobody_reported(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    made: list[dict[str, Any]] = []
    monkeypatch.setattr(figures, "release_period", lambda **about: made.append(about))
    monkeypatch.setattr(figures, "acting", lambda role: nullcontext())
    figures._release(load(settings.PACKS_DIR)[code], "RS", "2025", SIZES, 0)
    (about,) = made
    reported, expected = about["reported"], about["expected"]
    assert {one.place for one in about["counted"]} == set(reported)
    assert all(0 < many <= expected[place] for place, many in reported.items())
    assert sum(reported.values()) < sum(expected.values())  # some did not
    assert reported["80438"] == expected["80438"] == (15 if code == "d1" else 1)
