"""A municipality is invited in one act, and taken back until its administrator comes."""

from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from tests.exchange.catalogue_world import load_events
from tests.places import factories
from tests.web.manage_world import administered
from tests.world import World, load_forms
from zajedno.access.actions.account import accept, invited
from zajedno.access.models import Account, AuditEntry, Message
from zajedno.forms.models import Enabling
from zajedno.kernel.fence import EXCHANGE, RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.networks.actions.arrival import invite, take_back
from zajedno.networks.models import Arrival
from zajedno.networks.queries import arrival as queries
from zajedno.places.actions.load import load_kinds
from zajedno.places.models import Organisation, OrganisationKind, Post, Territory

pytestmark = pytest.mark.django_db
FORMS = ("self-evaluation-network", "collaboration")


@pytest.fixture
def world(db: None) -> World:
    world = administered()
    load_forms(*FORMS)
    load_events()  # brings the places of the packs
    load_kinds(settings.PACKS_DIR / "common" / "organisation_kinds.toml")
    return world


def given(**other: Any) -> dict[str, Any]:
    kinds = [OrganisationKind.objects.get(pk=key) for key in ("municipality", "inclusion_network")]
    usual = {
        "territory": Territory.objects.get(code="71188"), "kinds": kinds, "forms": FORMS, "email": "nova@x.rs",
        "name": "Нова Особа", "language": "sr", "site": "https://demo.invalid",
    }  # fmt: skip
    return usual | other


def begun(world: World, who: str = "admin", **other: Any) -> Arrival:
    with acting(RUNTIME, world.accounts[who].pk):
        return invite(by=world.actor(who), **given(**other))


def back(world: World, row: Arrival, who: str = "admin") -> None:
    with acting(RUNTIME, world.accounts[who].pk):
        take_back(by=world.actor(who), arrival=row)


def token() -> str:
    letter = Message.objects.filter(key__startswith="invitation-").latest("pk")
    return str(letter.body).rstrip("/").rpartition("/")[2]


def test_one_act_makes_bodies_an_administrator_and_forms_in_use(world: World) -> None:
    row = begun(world)
    bodies = queries.bodies(row)
    assert [one.kind_id for one in bodies] == ["municipality", "inclusion_network"]
    assert all(one.territory == row.territory and list(one.covers.all()) == [row.territory] for one in bodies)
    assert bodies[1].name == "Мрежа за инклузивно образовање, Тутин"
    account = Account.objects.get(email="nova@x.rs")
    assert {post.role_id for post in Post.objects.filter(account=account)} == {"administrator"}
    assert Enabling.objects.filter(organisation__in=[one.pk for one in bodies], until=None).count() == 4
    assert Message.objects.filter(account=account, key__startswith="invitation-").count() == 1
    assert AuditEntry.objects.filter(verb="networks.invite_municipality").count() == 1


def test_what_works_there_already_is_kept_and_not_closed_by_the_way_back(world: World) -> None:
    network = OrganisationKind.objects.get(pk="inclusion_network")
    there = factories.organisation("Наша мрежа", kind=network, territory=Territory.objects.get(code="71188"))
    row = begun(world)
    assert there.pk in {one.pk for one in queries.bodies(row)}
    assert there.pk not in row.made
    back(world, row)
    there.refresh_from_db()
    assert there.active_until is None


def test_the_way_back_undoes_all_of_it_and_the_link_is_dead(world: World) -> None:
    row = begun(world)
    back(world, row)
    row.refresh_from_db()
    assert row.taken_back_on is not None
    assert not Enabling.objects.filter(until=None, organisation__in=row.made).exists()
    assert not Post.objects.filter(pk__in=row.posts, until=None).exists()
    assert all(one.active_until for one in Organisation.objects.filter(pk__in=row.made))
    with pytest.raises(NotFound):
        invited(token())
    with pytest.raises(Overtaken):
        back(world, row)


def test_after_the_way_back_the_same_person_can_be_invited_again(world: World) -> None:
    first = begun(world)
    back(world, first)
    second = begun(world)
    assert sorted(second.made) == sorted(first.made)  # the same bodies work again
    assert invited(token()).account.email == "nova@x.rs"


def test_a_municipality_is_invited_once(world: World) -> None:
    row = begun(world)
    count = Organisation.objects.count()
    with pytest.raises(Refused):
        begun(world, email="druga@x.rs")
    assert not Account.objects.filter(email="druga@x.rs").exists()
    assert Organisation.objects.count() == count
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrival.objects.create(territory=row.territory, account=1, invited_by=1)


def test_who_has_come_is_not_taken_back(world: World) -> None:
    row = begun(world)
    accept(token=token(), password="tri reči i četvrta")
    with pytest.raises(NotPermitted):
        back(world, row)
    assert Post.objects.filter(pk__in=row.posts, until=None).count() == 2


def test_bodies_in_which_others_work_meanwhile_are_not_closed(world: World) -> None:
    row = begun(world)
    body = queries.bodies(row)[0]
    Post.objects.create(
        account=world.accounts["dino"],
        organisation=body,
        role_id="practitioner-public",
        since=world.actor("dino").today,
    )
    assert not queries.may_take_back(row, world.actor("admin").today)


@pytest.mark.parametrize("who", ["mira", "csaba", "dino"])
def test_only_who_enters_institutions_invites_and_sees_it(world: World, who: str) -> None:
    row = begun(world)
    with pytest.raises(NotPermitted):
        begun(world, who, territory=Territory.objects.get(code="80438"))
    with pytest.raises(NotPermitted):
        back(world, row, who)
    with pytest.raises(NotFound):
        queries.find(world.actor(who), row.uuid)


def test_public_pages_do_not_reach_it(world: World) -> None:
    begun(world)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(EXCHANGE):
        Arrival.objects.count()
