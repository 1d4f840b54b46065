"""The administrator sees what an indicator of the packs changes, and on which source nobody has checked it rests."""

import pytest
from django.conf import settings

from zajedno.indicators.actions import load_indicators
from zajedno.indicators.logic.definition import load
from zajedno.web.manage import pack_indicators
from zajedno.web.manage.packs import find
from zajedno.web.manage.unverified import unverified

pytestmark = pytest.mark.django_db


def marked() -> set[str]:
    return {one.source.law for one in unverified() if str(one.where) == "Indicator"}


def test_an_unchecked_indicator_is_marked_for_the_administrator() -> None:
    assert marked() == set()
    known = load(settings.PACKS_DIR)
    load_indicators(list(known.values()))
    assert marked() == {one.source for one in known.values() if not one.verified} != set()


def test_loading_tells_what_it_changes_and_then_nothing() -> None:
    packs = find([settings.PACKS_DIR])
    said: list[str] = []
    assert len(pack_indicators.changes(packs)) == len(load(settings.PACKS_DIR))
    pack_indicators.load(packs, None, said.append)
    assert len(said) == 1
    assert pack_indicators.changes(packs) == []
    pack_indicators.load(packs, None, said.append)
    assert len(said) == 1
