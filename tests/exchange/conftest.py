"""Whom the tests of the exchange are about: each world of theirs under its own name."""

import pytest

from tests.exchange.award_world import Champions
from tests.exchange.community_world import Talk
from tests.exchange.gathering_world import Gatherings
from tests.exchange.practice_world import Authors
from tests.exchange.site_world import Sites
from tests.world import World


@pytest.fixture
def authors(world: World) -> Authors:
    return Authors(world)


@pytest.fixture
def champions(world: World) -> Champions:
    return Champions(world)


@pytest.fixture
def gatherings(world: World) -> Gatherings:
    return Gatherings(world)


@pytest.fixture
def sites(world: World) -> Sites:
    return Sites(world)


@pytest.fixture
def talk(world: World) -> Talk:
    return Talk(world)
