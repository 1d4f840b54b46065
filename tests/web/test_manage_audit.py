"""The trail on the desk: who reads how much of it, how it is narrowed, taken out and verified; what log-in leaves."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.manage_world import PASSWORD, administered, at, client_of
from tests.world import World
from zajedno.access.actions import audit
from zajedno.access.models import AuditEntry, Message
from zajedno.kernel.clock import today
from zajedno.site.folders import PACKAGE
from zajedno.web.manage.audit_words import word

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = administered()
    school, health = world.organisations["school"], world.organisations["health"]
    ana, besa = world.actor("ana"), world.actor("besa")
    audit.record(by=ana, verb="children.open_file", about=school, organisation=school.pk, detail={"fields": 3})
    audit.record(by=besa, verb="children.search", about=health, organisation=health.pk, detail={"found": 2})
    return world


def verbs(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/manage/audit/?{query}")
    assert response.status_code == 200, query
    return [entry.verb for entry in response.context["page"]]


@pytest.mark.parametrize("who", ["ana", "hana", "dino", "eva"])
def test_without_the_verb_the_trail_is_closed(world: World, who: str) -> None:
    client = client_of(world, who)
    for path in ("/manage/audit/", "/manage/audit/file/", "/manage/audit/verify/", "/manage/break-glass/"):
        assert client.get(path).status_code == 403, path


def test_an_institutions_inspector_reads_its_entries_only(world: World) -> None:
    school = world.organisations["school"].pk
    response = client_of(world, "mira").get("/manage/audit/")
    assert {entry.organisation for entry in response.context["page"]} == {school}
    assert "children.search" not in verbs(client_of(world, "mira"))
    coordinator = client_of(world, "csaba")
    assert verbs(coordinator) == []
    assert coordinator.get("/manage/").status_code == 200
    assert coordinator.get("/manage/institutions/").status_code == 403
    for client in (client_of(world, "mira"), coordinator):
        assert client.get("/manage/audit/verify/").status_code == 403


def test_the_trail_is_narrowed_by_person_verb_thing_and_period(world: World) -> None:
    admin, school = client_of(world, "admin"), world.organisations["school"]
    assert verbs(admin, "person=vukovic") == ["children.open_file"]
    assert verbs(admin, "person=besa@demo.invalid") == ["children.search"]
    assert verbs(admin, "person=niko") == []
    assert verbs(admin, "verb=children.search") == ["children.search"]
    assert verbs(admin, f"subject={school.uuid}") == ["children.open_file"]
    yesterday, now = today() - timedelta(days=1), today()
    assert verbs(admin, f"until={yesterday}") == []
    assert "children.open_file" in verbs(admin, f"since={now}&until={now}")


@pytest.mark.parametrize("query", ["subject=x", "since=31.2.2026", "verb=no.such", "since=2.1.2026&until=1.1.2026"])
def test_a_filter_that_cannot_be_understood_is_shown_again(world: World, query: str) -> None:
    response = client_of(world, "admin").get(f"/manage/audit/?{query}&person=вук")
    assert response.status_code == 422
    assert 'value="вук"' in response.content.decode()


def test_the_trail_comes_in_pages(world: World) -> None:
    for number in range(30):
        audit.record(by=world.actor("ana"), verb="children.change", detail={"number": number})
    admin = client_of(world, "admin")
    assert len(verbs(admin, "verb=children.change")) == 25
    assert len(verbs(admin, "verb=children.change&page=2")) == 5


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(world: World) -> None:
    admin = client_of(world, "admin")

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            admin.get("/manage/audit/")
        return len(asked)

    questions()  # the first request of a session also stores it
    before = questions()
    for _number in range(20):
        audit.record(by=world.actor("ana"), verb="children.change")
    assert questions() == before


def test_the_file_holds_what_was_narrowed_and_no_formula(world: World) -> None:
    audit.record(by=world.actor("ana"), verb="children.change", detail={"=cmd": 1})
    admin = client_of(world, "admin")
    response = admin.get("/manage/audit/file/?person=vukovic")
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))
    assert [row["verb"] for row in rows] == ["children.change", "children.open_file"]
    assert rows[0]["detail"].startswith("'=cmd")
    assert rows[0]["name"] == "Ана Вуковић"
    entry = AuditEntry.objects.get(verb="access.export_audit")
    assert (entry.account, entry.detail) == (world.accounts["admin"].pk, {"entries": 2, "filters": ["accounts"]})
    own = client_of(world, "mira").get("/manage/audit/file/").content.decode()
    assert "children.search" not in own


def test_verification_says_yes_and_names_the_first_broken_link(world: World) -> None:
    admin = client_of(world, "admin")
    assert admin.get("/manage/audit/verify/").context["result"].broken is None
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute("update access_auditentry set verb = 'x' where verb = 'children.search'")
        cursor.execute("set local session_replication_role = origin")
    page = admin.get("/manage/audit/verify/")
    assert page.context["result"].broken
    assert page.context["result"].broken in page.content.decode()


def test_openings_without_a_tie_have_their_own_list(world: World) -> None:
    audit.record(by=world.actor("goran"), verb="access.break_glass", about=world.organisations["school"])
    page = client_of(world, "admin").get("/manage/break-glass/")
    assert [entry.verb for entry in page.context["page"]] == ["access.break_glass"]
    assert [e.verb for e in client_of(world, "goran").get("/manage/break-glass/").context["page"]] == [
        "access.break_glass"
    ]
    assert list(client_of(world, "mira").get("/manage/break-glass/").context["page"]) == []


def test_log_ins_wrong_passwords_and_log_outs_are_entries(world: World, client: Client) -> None:
    admin = world.accounts["admin"]
    client.post("/login/", {"login": "ADMIN@demo.invalid", "password": "pogrešna lozinka"})
    client.post("/login/", {"login": "nobody@demo.invalid", "password": "pogrešna lozinka"})
    assert client.post("/login/", {"login": "admin@demo.invalid", "password": PASSWORD}).status_code == 302
    client.post("/logout/")
    entries = AuditEntry.objects.filter(verb__startswith="access.log_").order_by("id")
    assert [(entry.verb, entry.account) for entry in entries] == [
        ("access.log_in_failed", admin.pk),
        ("access.log_in_failed", None),
        ("access.log_in", admin.pk),
        ("access.log_out", admin.pk),
    ]
    assert not [entry for entry in entries if "@" in str(entry.detail) or "lozinka" in str(entry.detail)]


@pytest.mark.parametrize("known", [True, False])
def test_asking_for_a_new_password_is_throttled_by_address_and_tells_nothing(
    world: World, client: Client, known: bool
) -> None:
    email = "admin@demo.invalid" if known else "nobody@demo.invalid"
    answers = [client.post("/account/password/reset/", {"email": email}) for _time in range(6)]
    assert [(answer.status_code, answer.get("Location")) for answer in answers[:5]] == [
        (302, "/account/password/reset/sent/")
    ] * 5
    assert answers[5].status_code == 429
    assert Message.objects.count() == (5 if known else 0)
    assert email not in answers[5].content.decode()


def test_letters_in_trouble_are_listed_without_their_text(world: World) -> None:
    mira = client_of(world, "mira")
    mira.post(at(world.accounts["ana"], "invite/"))
    Message.objects.update(attempts=2, trouble="ConnectionRefusedError")
    page = client_of(world, "admin").get("/manage/mail/").content.decode()
    assert "ConnectionRefusedError" in page
    assert "/invitation/" not in page
    assert mira.get("/manage/mail/").status_code == 403


def test_every_verb_of_the_trail_has_words() -> None:
    """Those written in the code as they stand; the others are permissions, which bring their own."""
    written = set()
    for path in PACKAGE.rglob("*.py"):
        written |= set(re.findall(r"""verb="([a-z]+\.[a-z_]+)"|OPENED = "([a-z]+[.][a-z_]+)\"""", path.read_text()))
    keys = {one or other for one, other in written}
    assert len(keys) > 15
    assert {key for key in keys if word(key) == key} == set()
