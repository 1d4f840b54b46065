"""Invented people, institutions and cases, so that everything can be tried. Nobody here exists.

`seed` runs once, as the owner of an empty database; cases are carried by the same verbs that people use, on days
in the past, so every one of them has a true history.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction

from zajedno.site.demo.people import PASSWORD, PEOPLE, Person

if TYPE_CHECKING:
    from zajedno.site.demo.institutions import Towns

__all__ = ["PASSWORD", "PEOPLE", "Person", "seed"]


def seed(progress: Callable[[str], None]) -> None:
    """Fill an empty database: all or nothing. A database that has accounts is left as it is."""
    from zajedno.access.models import Account, Message
    from zajedno.kernel import clock
    from zajedno.site.demo.campaigns import seed_campaigns
    from zajedno.site.demo.cases import seed_cases
    from zajedno.site.demo.champions import seed_champions
    from zajedno.site.demo.classes import seed_class
    from zajedno.site.demo.communities import seed_communities
    from zajedno.site.demo.figures import seed_figures, seed_targets
    from zajedno.site.demo.forms import seed_forms
    from zajedno.site.demo.gatherings import seed_gathering
    from zajedno.site.demo.institutions import seed_institutions
    from zajedno.site.demo.money import seed_money
    from zajedno.site.demo.parents import seed_parents
    from zajedno.site.demo.practices import seed_practices
    from zajedno.site.demo.procedures import seed_procedures
    from zajedno.site.demo.replication import seed_replication
    from zajedno.site.demo.visits import seed_visits

    if Account.objects.exists():
        progress("already there")
        return
    with transaction.atomic():
        towns = seed_institutions(progress)
        seed_forms(towns, progress)
        _seed_networks(towns, progress)
        seed_cases(towns, progress)
        seed_parents(towns, progress)
        seed_class(towns, progress)
        seed_champions(towns, progress)
        seed_practices(towns, progress)
        seed_communities(towns, progress)
        seed_campaigns(towns, progress)
        seed_gathering(towns, progress)
        seed_replication(towns, progress)
        seed_visits(towns, progress)
        seed_procedures(towns, progress)
        seed_money(towns, progress)
        seed_figures(progress)
        seed_targets(towns, progress)
        # letters of a past that was: nobody waits for them
        Message.objects.update(sent_on=clock.now(), body="", address="", calendar="")


def _seed_networks(towns: "Towns", progress: Callable[[str], None]) -> None:
    from zajedno.site.demo.bodies import seed_bodies
    from zajedno.site.demo.directory import seed_directory
    from zajedno.site.demo.lasting import seed_lasting
    from zajedno.site.demo.neighbours import seed_neighbours
    from zajedno.site.demo.networks import seed_networks
    from zajedno.site.demo.programmes import seed_programmes

    seed_networks(towns, progress)
    seed_bodies(towns, progress)
    seed_lasting(towns, progress)
    seed_neighbours(towns, progress)
    seed_directory(towns, progress)
    seed_programmes(towns, progress)
