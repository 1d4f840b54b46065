"""Invented figures: what they say of themselves must not contradict itself."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.conf import settings

from zajedno.indicators.logic.definition import load
from zajedno.site.demo import figures


def test_who_sent_nothing_has_no_number_and_who_is_watched_always_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(figures, "acting", lambda role: nullcontext())
    monkeypatch.setattr(figures, "release_period", lambda **told: given.update(told))
    sizes = dict.fromkeys(["80438", "ba-jajce", *(f"p{number}" for number in range(60))], 9000)
    for period in ("2023", "2024", "2025"):
        figures._release(load(settings.PACKS_DIR)["k2"], "RS", period, sizes, 1)
        sent = {place for place, count in given["reported"].items() if count}
        assert {one.place for one in given["counted"]} == sent
        assert {"80438", "ba-jajce"} <= sent < set(sizes)
