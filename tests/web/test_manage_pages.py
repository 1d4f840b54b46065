"""Every page of the administrators' desk, and who may open it."""

import tomllib
from typing import Any

import pytest
from django.conf import settings

from tests.places import factories
from tests.web.manage_world import administered, at, client_of
from tests.world import World
from zajedno.access.models import AuditEntry, Role
from zajedno.places.models import Organisation, Post
from zajedno.procedures.models import Version

pytestmark = pytest.mark.django_db

PLAIN = (
    "/manage/", "/manage/institutions/", "/manage/institutions/new/", "/manage/people/", "/manage/roles/",
    "/manage/packs/", "/manage/packs/load/", "/manage/packs/unverified/", "/manage/packs/lists/RS/measures/",
    "/manage/packs/lists/RS/purposes/", "/manage/packs/lists/RS/retention/",
    "/manage/packs/procedures/RS/additional-support/", "/manage/audit/", "/manage/audit/verify/",
    "/manage/break-glass/", "/manage/mail/",
)  # fmt: skip


@pytest.fixture
def world() -> World:
    return administered()


def everything(world: World) -> list[str]:
    school, ana = world.organisations["school"], world.accounts["ana"]
    post = Post.objects.get(account=ana)
    return [*PLAIN, at(school), at(school, "change/"), at(school, "close/"), at(school, "appoint/"),
            at(school, "services/new/"), at(post, "end/"), at(ana)]  # fmt: skip


def test_the_administrator_of_the_platform_opens_every_page(world: World) -> None:
    client = client_of(world, "admin")
    for path in everything(world):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("who", ["ana", "hana", "dino", "eva"])
def test_nobody_else_opens_any_page(world: World, who: str) -> None:
    client = client_of(world, who)
    for path in [*everything(world), "/manage/audit/file/"]:
        assert client.get(path).status_code == 403, path


def test_a_visitor_is_sent_to_log_in(world: World, client: Any) -> None:
    for path in everything(world):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, f"/login/?next={path}")


def test_posting_is_closed_to_others_too(world: World) -> None:
    ana, school = client_of(world, "ana"), world.organisations["school"]
    before = list(Organisation.objects.values_list("name", "active_until")), Post.objects.count()
    for path in (at(school, "close/"), at(school, "reopen/"), at(school, "change/"), at(school, "appoint/"),
                 at(world.accounts["goran"], "state/"), at(world.accounts["goran"], "invite/"),
                 "/manage/packs/load/"):  # fmt: skip
        assert ana.post(path, {"on": "2026-01-01"}).status_code == 403, path
    assert before == (list(Organisation.objects.values_list("name", "active_until")), Post.objects.count())


def test_one_institutions_administrator_finds_nothing_of_another(world: World) -> None:
    client, health = client_of(world, "mira"), world.organisations["health"]
    post = Post.objects.get(account=world.accounts["besa"])
    for path in (at(health), at(health, "change/"), at(health, "appoint/"), at(health, "services/new/"),
                 at(world.accounts["besa"]), at(post, "end/")):  # fmt: skip
        assert client.get(path).status_code == 404, path
        assert client.post(path, {"name": "x", "on": "2026-01-01", "reason": "x"}).status_code == 404, path
    for path in (at(world.accounts["besa"], "state/"), at(world.accounts["besa"], "invite/")):
        assert client.post(path, {"close": "1"}).status_code == 404, path
    assert client.get("/manage/institutions/").content.decode().count("/manage/institutions/") < 10
    listed = client.get("/manage/institutions/").content.decode()
    assert str(world.organisations["school"].uuid) in listed
    assert str(health.uuid) not in listed
    people = client.get("/manage/people/").content.decode()
    assert str(world.accounts["ana"].uuid) in people
    assert str(world.accounts["besa"].uuid) not in people


def test_an_existing_and_an_invented_id_are_answered_alike(world: World) -> None:
    client = client_of(world, "mira")
    foreign = client.get(at(world.organisations["health"]))
    invented = client.get("/manage/institutions/00000000-0000-4000-8000-000000000000/")
    assert (foreign.status_code, foreign.content) == (invented.status_code, invented.content)


def test_institutions_are_found_in_both_scripts_and_narrowed(world: World) -> None:
    client = client_of(world, "admin")
    health, school = str(world.organisations["health"].uuid), str(world.organisations["school"].uuid)
    for query in ("q=dom zdravlja", "q=ДОМ ЗДРАВЉА", "sector=health", "q=dom&place=суботица&state=open"):
        page = client.get(f"/manage/institutions/?{query}").content.decode()
        assert health in page, query
        assert school not in page, query
    Organisation.objects.filter(uuid=health).update(active_until="2020-01-01")
    assert health in client.get("/manage/institutions/?state=closed").content.decode()
    assert health not in client.get("/manage/institutions/?state=open").content.decode()
    unclear = client.get("/manage/institutions/?place=Нигдина")
    assert unclear.status_code == 422
    assert "Нигдина" in unclear.content.decode()


def test_lists_have_pages(world: World) -> None:
    client = client_of(world, "admin")
    for number in range(30):
        factories.organisation(f"Школа {number:02}")
    first = client.get("/manage/institutions/?q=школа").content.decode()
    assert "Школа 24" in first
    assert "Школа 25" not in first
    assert "Школа 25" in client.get("/manage/institutions/?q=школа&page=2").content.decode()


def test_a_source_that_nobody_read_is_marked(world: World) -> None:
    client = client_of(world, "admin")
    version = Version.objects.get(definition__kind="procedure")
    assert version.content["source"]["verified"] is False
    page = client.get("/manage/packs/procedures/RS/additional-support/", headers={"accept-language": "en"})
    assert "Not verified" in page.content.decode() or "verified" in page.content.decode()
    unverified = client.get("/manage/packs/unverified/").content.decode()
    assert version.content["source"]["law"] in unverified


def test_packs_are_loaded_after_their_difference_was_read(world: World) -> None:
    """What is shown is what is loaded: an old mark is refused, and the page shows the difference anew."""
    client = client_of(world, "admin")
    Role.objects.filter(key="practitioner-public").update(verbs=["casework.decide"])
    page = client.get("/manage/packs/load/")
    assert "practitioner-public" in page.content.decode()
    seen = page.context["form"].initial["seen"]
    overtaken = client.post("/manage/packs/load/", {"seen": "0" * 64})
    assert overtaken.status_code == 409
    assert f'value="{seen}"' in overtaken.content.decode()
    assert Role.objects.get(key="practitioner-public").verbs == ["casework.decide"]
    assert client.post("/manage/packs/load/", {"seen": seen}).status_code == 302
    roles = tomllib.loads((settings.PACKS_DIR / "common" / "roles.toml").read_text())["role"]
    written = next(role for role in roles if role["key"] == "practitioner-public")
    assert Role.objects.get(key="practitioner-public").verbs == sorted(written["verbs"])
    entry = AuditEntry.objects.get(verb="access.load_roles", account=world.accounts["admin"].pk)
    assert entry.detail == {"changed": 1}
    assert not client.get("/manage/packs/load/").context["changes"]
