"""The network of these tests."""

import pytest

from tests.networks.world import Network
from tests.world import World


@pytest.fixture
def network(db: None, world: World) -> Network:
    return Network(world)
