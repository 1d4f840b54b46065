"""The world with its administrators: of the platform, and of one institution each. All invented."""

from datetime import date
from typing import Any

from django.test import Client

from tests.places import factories
from tests.web.browser import PASSWORD
from tests.world import World, make_world
from zajedno.access.models import Account


def administered() -> World:
    """`make_world` with `admin` (platform), `mira` (administrator of the school) and `zoran` (of the health centre)."""
    return add_administrators(make_world())


def add_administrators(world: World) -> World:
    people = {
        "admin": ("Администратор Миловановић-Ђорђевић", "platform-administrator", "ministry"),
        "mira": ("Мира Шћепановић", "administrator", "school"),
        "zoran": ("Зоран Њежић", "administrator", "health"),
    }
    for who, (name, role, at) in people.items():
        account = Account.objects.create_user(f"{who}@demo.invalid", PASSWORD, name=name)
        world.accounts[who] = account
        factories.Post.objects.create(
            account=account, organisation=world.organisations[at], role_id=role, since=date(2020, 1, 1)
        )
    return world


def client_of(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.accounts[who])
    return client


def at(thing: Any, tail: str = "") -> str:
    """Address of an institution, a person or a post."""
    rooms = {"organisation": "institutions", "account": "people", "post": "posts", "service": "services"}
    return f"/manage/{rooms[thing._meta.model_name]}/{thing.uuid}/{tail}"
