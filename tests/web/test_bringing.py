"""A list between its two steps: what was shown comes back as it was, for nobody else and for no other list."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import signing

from zajedno.web.shared.bringing import Bringing, _signed, _unsigned

ROWS = [[2, "Услуга", {"price": Decimal("12.50"), "from": date(2026, 3, 1), "$day": "made up", "$$": None}]]


def kind(key: str = "prices") -> Bringing:
    return Bringing(key, *[lambda *_: None] * 4, done="/")  # type: ignore[arg-type]


def request(person: int, rows: str = "") -> Any:
    return SimpleNamespace(user=SimpleNamespace(pk=person), POST={"rows": rows})


def test_what_was_shown_comes_back_as_it_was() -> None:
    signed = _signed(request(1), kind(), "rows", ROWS)
    assert _unsigned(request(1, signed), kind(), "rows") == ROWS


@pytest.mark.parametrize(("person", "key", "what"), [(2, "prices", "rows"), (1, "members", "rows"), (1, "prices", "x")])
def test_it_is_for_nobody_else_and_for_no_other_list(person: int, key: str, what: str) -> None:
    signed = _signed(request(1), kind(), "rows", ROWS)
    sent = request(person, signed)
    sent.POST[what] = signed
    with pytest.raises(signing.BadSignature):
        _unsigned(sent, kind(key), what)
