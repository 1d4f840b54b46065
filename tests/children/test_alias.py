"""Pairs of files: what the database keeps from who sees one of the two."""

import pytest

from tests.children.test_behaviours_duplicates import at_work, seek, two
from tests.world import World
from zajedno.children.models import Alias, AliasWeight, Tie
from zajedno.kernel.clock import today

pytestmark = pytest.mark.django_db


def test_the_database_tells_how_alike_two_files_are_to_who_sees_both(world: World) -> None:
    _mine, other = two(world)
    seek()
    with at_work(world, "ana"):
        assert Alias.objects.get().probability is None
        assert not AliasWeight.objects.exists()
    Tie.objects.create(child=other, organisation=world.organisations["school"], purpose="education",
                       fields=["identity"], since=today())  # fmt: skip
    with at_work(world, "ana"):
        assert Alias.objects.get().levels
