"""The social map: told by the municipality, beside the services of the directory; no small number in it."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.places import factories as places
from tests.places.test_directory import service
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.networks.actions import social as actions
from zajedno.networks.models import GroupThere
from zajedno.networks.queries import social as queries
from zajedno.networks.rules import KEEP_MAP
from zajedno.places.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Organisation:
    return places.organisation("Општина")


@pytest.fixture
def by(home: Organisation) -> Actor:
    return places.actor(KEEP_MAP.key, at=home)


def test_a_line_stands_beside_the_services_that_reach_it(by: Actor, home: Organisation) -> None:
    service(needs=["speech"])
    service("Далека", needs=["speech"], organisation=places.organisation(territory=places.territory("Ада", "Ada", "x")))
    service("Скривена", needs=["speech"], is_public=False)
    for group, needs in (("remote", ["speech", "early"]), ("poverty", ["money"]), ("other", [])):
        actions.tell(by=by, organisation=home, group=group, place="Келебија", needs=needs)
    found = {line.row.group: line.services for line in queries.lines(by, today())}
    assert found == {"remote": 1, "poverty": 0, "other": None}


@pytest.mark.parametrize("people", [1, 4])
def test_a_number_under_five_is_not_kept_anywhere(by: Actor, home: Organisation, people: int) -> None:
    with pytest.raises(Refused):
        actions.tell(by=by, organisation=home, group="roma", people=people, source="Попис")
    row = actions.tell(by=by, organisation=home, group="roma", people=5, source="Попис")
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupThere.objects.filter(pk=row.pk).update(people=people)


def test_a_number_has_a_source_and_a_line_is_told_once(by: Actor, home: Organisation) -> None:
    with pytest.raises(Refused):
        actions.tell(by=by, organisation=home, group="roma", people=50)
    actions.tell(by=by, organisation=home, group="roma")
    with pytest.raises(Refused):
        actions.tell(by=by, organisation=home, group="roma")


def test_others_neither_read_nor_write_it(by: Actor, home: Organisation) -> None:
    row = actions.tell(by=by, organisation=home, group="roma")
    other = places.actor(KEEP_MAP.key, at=places.organisation("Друга"))
    assert not queries.visible_to(other)
    with pytest.raises(NotFound):
        queries.find(other, row.uuid)
    for act in (lambda: actions.change(by=other, row=row, gap="x"), lambda: actions.remove(by=other, row=row)):
        with pytest.raises(NotPermitted):
            act()


def test_the_pages_tell_change_and_take_out(home: Organisation) -> None:
    account = places.account()
    places.post(account=account, organisation=home, role=places.role("map-keeper", verbs=[KEEP_MAP.key]))
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(account)
    assert "Nothing is told yet" in client.get("/network/social/").content.decode()
    sent = {"organisation": str(home.pk), "group": "remote", "place": "Келебија", "needs": ["transport"]}
    wrong = client.post("/network/social/new/", sent | {"people": "3", "source": "Попис"})
    assert wrong.status_code == 422
    assert "Fewer than five people" in wrong.content.decode()
    assert 'value="Келебија"' in wrong.content.decode()
    assert client.post("/network/social/new/", sent | {"people": "30", "source": "Попис"}).status_code == 302
    text = client.get("/network/social/").content.decode()
    assert "none" in text
    assert "Subotica: 1/1" in text or "Outlines" not in text
    row = GroupThere.objects.get()
    assert client.post(f"/network/social/{row.uuid}/", sent | {"gap": "Нема превоза"}).status_code == 302
    row.refresh_from_db()
    assert (row.gap, row.people) == ("Нема превоза", None)
    client.post(f"/network/social/{row.uuid}/remove/")
    assert not GroupThere.objects.exists()
