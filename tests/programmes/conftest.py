"""The network of these tests."""

import pytest

from tests.programmes.planning import Planning
from tests.world import World


@pytest.fixture
def planning(db: None, world: World) -> Planning:
    return Planning(world)
