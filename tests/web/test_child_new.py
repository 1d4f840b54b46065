"""One child is registered by hand; a likely same one is shown first, and nothing that was typed is lost."""

from datetime import date

import pytest

from tests.web.panel_world import English, words
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.children.models import Alias, Child, Tie

pytestmark = pytest.mark.django_db
NEW = "/work/children/new/"
SENT = {
    "given_name": "Maja", "family_name": "Kovács", "birth_date_day": "2", "birth_date_month": "3",
    "birth_date_year": "2018", "sex": "F", "parent_kind": "mother", "parent_name": "Éva Kovács",
    "parent_represents": "on", "parent_phone": "024 000 000", "settlement": "rural",
}  # fmt: skip


def test_a_child_comes_into_the_files_of_who_registers_it(go: English, world: World) -> None:
    assert "Register the child" in words(go("ana").get(NEW))
    answer = go("ana").post(NEW, SENT)
    child = Child.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/work/child/{child.uuid}/")
    assert child.settlement == "rural"
    guardian = child.guardians.get()
    assert (guardian.name, guardian.kind, guardian.represents) == ("Éva Kovács", "mother", True)
    assert Tie.objects.get(child=child).organisation == world.organisations["school"]
    assert AuditEntry.objects.filter(verb="children.register", subject=str(child.uuid)).count() == 1


def test_what_is_missing_is_named(go: English, world: World) -> None:
    answer = go("ana").post(NEW, {**SENT, "family_name": "", "parent_name": ""})
    assert answer.status_code == 422
    for said in ("Fill in “Family name”.", "Fill in “Name of the parent or guardian”.", 'value="Maja"'):
        assert said in words(answer)
    assert not Child.objects.exists()


def test_a_likely_same_child_is_looked_at_first(go: English, world: World) -> None:
    known = world.child("Maja", "Kovács", born=date(2018, 3, 2))
    page = words(go("ana").post(NEW, SENT))
    assert f'href="/work/child/{known.uuid}/"' in page
    assert 'value="Éva Kovács"' in page
    assert Child.objects.count() == 1
    assert go("ana").post(NEW, {**SENT, "another": "1"}).status_code == 302
    assert Child.objects.count() == 2
    assert Alias.objects.get().state == "proposed"


def test_where_a_child_lives_is_changed_and_shown_to_whom_contact_is_open(go: English, world: World) -> None:
    child = world.child("Maja", "Kovács", born=date(2018, 3, 2))
    file = f"/work/child/{child.uuid}/"
    sent = {name: SENT[name] for name in SENT if not name.startswith("parent")}
    assert go("ana").post(f"{file}change/", {**sent, "settlement": "hamlet"}).status_code == 422
    assert go("ana").post(f"{file}change/", {**sent, "settlement": "urban"}).status_code == 302
    child.refresh_from_db()
    assert child.settlement == "urban"
    assert "settlement" in AuditEntry.objects.get(verb="children.change").detail["fields"]
    assert "Kind of settlement" in words(go("ana").get(file))
    Tie.objects.filter(child=child).update(fields=["identity", "family"])
    assert "Kind of settlement" not in words(go("ana").get(file))
    page = words(go("ana").get(f"{file}change/"))
    assert 'name="given_name"' in page
    assert 'name="settlement"' not in page


@pytest.mark.parametrize("who", ["dino", "eva", "hana"])
def test_who_registers_nobody_has_no_such_page(go: English, world: World, who: str) -> None:
    assert go(who).get(NEW).status_code == 403
    assert "Register a child" not in words(go(who).get("/work/children/"))
