"""Registers that come in by pages: the same stages for a commission's requests and for an institution's children."""

import re
from importlib import import_module
from inspect import signature
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook

from tests.places import factories as places
from tests.web.panel_world import English, words
from tests.web.registers_world import KINDS, Case, batch_at, checked, chosen, entered, upload, work
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.casework.models import Case as CaseOfChild
from zajedno.children.actions.tie import write_tie
from zajedno.children.models import Alias, Child, Tie
from zajedno.children.rules import IMPORT
from zajedno.kernel.clock import today
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import Refused

pytestmark = pytest.mark.django_db
PAGES = ("", "columns/", "enter/", "errors.xlsx", "undo/", "row/4/")


@pytest.fixture(params=KINDS)
def case(request: pytest.FixtureRequest) -> Case:
    return KINDS[request.param]


@pytest.fixture
def client(go: English, case: Case) -> Client:
    """The browser of who brings the register in."""
    return go(case.who)


def main(response: Any) -> str:
    return words(response).split("<main")[1].split("</main>")[0]


def test_both_rooms_have_the_same_verbs_and_reads() -> None:
    of_requests, of_children = (one.kind for one in KINDS.values())
    for name in of_requests.actions.__all__:
        mine, theirs = (list(signature(getattr(kind.actions, name)).parameters) for kind in (of_requests, of_children))
        assert mine == theirs, name
    for name in ("visible_to", "find", "find_row", "rows", "table_of"):
        mine, theirs = (list(signature(getattr(kind.queries, name)).parameters) for kind in (of_requests, of_children))
        assert mine == theirs, name


def test_a_register_comes_in(client: Client, case: Case, world: World) -> None:
    world.child()
    assert "Nothing was brought in yet" in main(client.get(case.kind.at))
    sent = upload(client, case, case.content())
    here = sent["Location"]
    assert here == f"{case.kind.at}{batch_at(case, here).uuid}/"
    page = main(client.get(here))
    assert "Which column is which?" in page
    assert "Ђурић" in page
    assert client.post(f"{here}columns/", chosen(case, here))["Location"] == here
    page = main(client.get(here))
    for said in ("What will be entered", "Rows in the file", "Possibly the same child", "Ђурић", "Change the columns"):
        assert said in page
    assert "Without" not in main(client.get(f"{here}?verdict=ready"))
    client.post(f"{here}enter/")
    page = words(client.get(here))
    assert "Waits for its turn" in page
    assert "data-watch" in page
    assert not CaseOfChild.objects.exists()
    assert Child.objects.count() == 1
    work()
    page = main(client.get(here))
    assert "The register is entered" in page
    assert "1 row waits for you" in page
    assert batch_at(case, here).counts == {
        "read": 3, "created": 1, "unchanged": 0, "possible_duplicate": 1, "refused": 1,
    }  # fmt: skip
    became = Child.objects.get(family_name="Ђурић").uuid if case.place == "school" else CaseOfChild.objects.get().uuid
    assert f"{became}/" in main(client.get(f"{here}?verdict=created"))
    assert batch_at(case, here).name in main(client.get(case.kind.at))
    assert [client.get(f"{here}{rest}").status_code for rest in ("columns/", "enter/")] == [302, 302]


@pytest.mark.parametrize("state", [checked, entered])
def test_rows_that_are_not_taken_come_back_as_a_workbook(client: Client, case: Case, world: World, state: Any) -> None:
    world.child()
    here = state(client, case)
    answer = client.get(f"{here}errors.xlsx")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    table = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[0] for row in table[1:]] == [3]
    assert table[1][1]
    assert any("Без" in str(cell) for cell in table[1])
    assert AuditEntry.objects.filter(detail__step="errors", subject=str(batch_at(case, here).uuid)).count() == 1


def test_without_refused_rows_there_is_no_workbook(client: Client, case: Case) -> None:
    here = upload(client, case, case.content(case.new))["Location"]
    assert client.get(f"{here}errors.xlsx").status_code == 404
    here = entered(client, case, case.new)
    assert client.get(f"{here}errors.xlsx").status_code == 404
    assert "errors.xlsx" not in main(client.get(here))


def workbook(*rows: list[Any]) -> bytes:
    book, buffer = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def test_a_whole_number_of_a_spreadsheet_is_shown_as_one(client: Client, case: Case) -> None:
    cells = [17 if "Школска" in cell else cell for cell in case.content(case.new).decode().split("\n")[1].split(";")]
    here = upload(client, case, workbook(case.header.strip().split(";"), cells))["Location"]
    assert re.search(r">\s*17\s*<", main(client.get(here)))


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04broken", b"<html><table>", b"", workbook()])
def test_what_is_no_table_is_refused(client: Client, case: Case, content: bytes) -> None:
    answer = upload(client, case, content)
    assert answer.status_code == 422
    assert "govuk-error-summary" in main(answer)
    assert not case.batches.objects.exists()


def test_nothing_is_sent(client: Client, case: Case) -> None:
    assert client.post(case.kind.at).status_code == 422


def test_wrong_columns_come_back_filled(client: Client, case: Case) -> None:
    here = upload(client, case, case.content())["Location"]
    twice = chosen(case, here, address="1", parent="1")
    missing = dict.fromkeys(case.kind.fields, "")
    for sent, said in ((twice, "the same column"), (missing, "columns"), (chosen(case, here, parent="99"), "valid")):
        answer = client.post(f"{here}columns/", sent)
        assert answer.status_code == 422
        assert said in main(answer)
    answer = main(client.post(f"{here}columns/", twice))
    assert answer.count('<option value="1" selected>') >= 2
    assert batch_at(case, here).state == "uploaded"


def test_columns_can_be_changed_after_the_check(client: Client, case: Case) -> None:
    here = checked(client, case)
    assert "Which column is which?" in main(client.get(f"{here}columns/"))
    client.post(f"{here}columns/", chosen(case, here, parent=""))
    assert "parent" not in batch_at(case, here).columns
    assert batch_at(case, here).state == "checked"


def test_entering_is_asked_twice_and_done_once(client: Client, case: Case) -> None:
    here = checked(client, case)
    for _turn in range(2):
        client.post(f"{here}enter/")
    work()
    assert batch_at(case, here).state == "committed"
    assert Child.objects.count() == 2
    assert client.post(f"{here}enter/").status_code == 422


def test_what_was_broken_off_may_begin_again(client: Client, case: Case) -> None:
    here = checked(client, case)
    client.post(f"{here}enter/")
    assert "Begin again" not in main(client.get(here))
    batch = batch_at(case, here)
    batch.started_on = batch.added_on.replace(year=2020)
    batch.save()
    assert "Begin again" in main(client.get(here))


def test_what_is_refused_on_the_way_leaves_nothing(client: Client, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: Any) -> None:
        raise Refused("Not today.")

    here = checked(client, case)
    client.post(f"{here}enter/")
    with monkeypatch.context() as patch:
        patch.setattr(import_module(f"{case.kind.actions.__name__}.enter"), "enter_judged", refuse)
        work()
    assert batch_at(case, here).state == "failed"
    assert not Child.objects.exists()
    assert "The last time nothing was entered" in main(client.get(here))
    client.post(f"{here}columns/", chosen(case, here))
    client.post(f"{here}enter/")
    work()
    assert batch_at(case, here).state == "committed"


@pytest.fixture
def elsewhere(world: World) -> Child:
    other = places.organisation("ОШ „Друга”", kind=world.organisations["school"].kind)
    return world.child(registered_by=other, address="Тајна 5")


@pytest.mark.parametrize("answer", ["same", "another"])
def test_of_a_child_elsewhere_nothing_is_told_but_that_there_is_one(
    client: Client, case: Case, elsewhere: Child, answer: str
) -> None:
    here = entered(client, case)
    page = client.get(f"{here}row/4/")
    for said in ("registered in another institution", "Nježić", "Is it the same child?"):
        assert said in main(page)
    for hidden in ("Known to you", "Њежић", "Тајна", str(elsewhere.uuid)):
        assert hidden not in words(page)
    assert not AuditEntry.objects.filter(verb="children.compare").exists()
    assert client.post(f"{here}row/4/", {"answer": "perhaps"}).status_code == 422
    assert client.post(f"{here}row/4/", {"answer": answer})["Location"] == here
    assert "The row is entered." in main(client.get(here))
    row = batch_at(case, here).rows.get(number=4)
    assert (row.verdict, row.content) == ("created", None)
    is_decided = answer == "another" and case.place == "commission"
    assert Alias.objects.get().state == ("rejected" if is_decided else "proposed")
    assert client.get(f"{here}row/4/")["Location"] == here


@pytest.fixture
def seen(world: World, case: Case) -> Child:
    """A child of the school; the commission may see the name only."""
    child = world.child(address="Улица 1")
    with acting(RUNTIME, world.accounts["ana"].pk):
        write_tie(by=world.actor("ana"), verb=IMPORT, child=child, organisation=world.organisations["commission"],
                  purpose="additional-support", fields=["identity"])  # fmt: skip
    return child


@pytest.mark.parametrize("answer", ["same", "another"])
def test_a_child_whom_one_may_see_is_shown_beside_the_row(client: Client, case: Case, seen: Child, answer: str) -> None:
    here = entered(client, case)
    page = main(client.get(f"{here}row/4/"))
    beside = page.split("Known to you")[1].split("<form")[0]
    assert "Ђорђе Њежић" in beside
    assert ("Улица 1" in beside) == (case.place == "school")
    assert "registered in another institution" not in page
    entry = AuditEntry.objects.get(verb="children.compare")
    assert (entry.subject, entry.organisation) == (str(seen.uuid), batch_at(case, here).organisation)
    client.post(f"{here}row/4/", {"answer": answer})
    became = batch_at(case, here).rows.get(number=4)
    child = became.child if case.place == "school" else became.case.child
    assert (child == seen) == ((answer, case.place) == ("same", "commission"))
    if child != seen:
        assert Alias.objects.get(child=child, same_as=seen).state == ("confirmed" if answer == "same" else "rejected")
    brought = AuditEntry.objects.filter(detail__batch=str(batch_at(case, here).uuid)).values_list("subject", flat=True)
    assert str(became.child.uuid if case.place == "school" else became.case.uuid) in brought


def test_who_came_in_meanwhile_is_not_entered_twice(client: Client, case: Case, elsewhere: Child) -> None:
    first, second = (entered(client, case) for _turn in range(2))
    client.post(f"{first}row/4/", {"answer": "another"})
    client.post(f"{second}row/4/", {"answer": "another"})
    assert "Already here." in main(client.get(second))
    assert batch_at(case, second).rows.get(number=4).verdict == "unchanged"


def test_a_row_is_decided_on_only_after_the_register_is_entered(client: Client, case: Case, elsewhere: Child) -> None:
    here = checked(client, case)
    assert client.get(f"{here}row/4/")["Location"] == here
    assert client.get(f"{here}row/2/")["Location"] == here
    assert client.get(f"{here}row/99/").status_code == 404


def test_it_is_taken_back_as_a_whole(client: Client, case: Case) -> None:
    here = entered(client, case)
    page = main(client.get(f"{here}undo/"))
    assert str(case.kind.undoing) in page
    assert Child.objects.exists()
    assert client.post(f"{here}undo/")["Location"] == here
    assert not Child.objects.exists()
    page = main(client.get(here))
    assert "The register was taken back." in page
    assert "This register was taken back" in page
    assert client.get(f"{here}undo/")["Location"] == here
    assert client.get(f"{here}errors.xlsx").status_code == 404
    assert entered(client, case) != here


def test_what_somebody_works_with_is_not_taken_back(client: Client, case: Case, world: World) -> None:
    here = entered(client, case, case.new)
    if case.place == "commission":
        CaseOfChild.objects.update(moves_made=2)
    else:
        Tie.objects.create(child=Child.objects.get(), organisation=world.organisations["health"],
                           purpose="registration", fields=["identity"], since=today())  # fmt: skip
    answer = client.post(f"{here}undo/")
    assert answer.status_code == 422
    assert "no longer be undone" in main(answer)
    assert batch_at(case, here).state == "committed"
    assert Child.objects.count() == 1


@pytest.fixture
def stranger(world: World, go: English, case: Case) -> Client:
    """Somebody with the same work in another institution."""
    role = world.actor(case.who).seats[0].role
    other = places.organisation("Друга", kind=world.organisations[case.place].kind)
    places.post(account=world.accounts["eva"], organisation=other, role_id=role)
    return go("eva")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("state", [checked, entered])
def test_a_foreign_register_is_as_one_that_nobody_has(
    client: Client, stranger: Client, case: Case, elsewhere: Child, state: Any, method: str
) -> None:
    here = state(client, case)
    for rest in PAGES:
        invented = f"{case.kind.at}{uuid4()}/{rest}"
        one, two = (getattr(stranger, method)(address) for address in (f"{here}{rest}", invented))
        assert one.status_code == two.status_code == 404
        assert one.content == two.content
    assert batch_at(case, here).name not in words(stranger.get(case.kind.at))
    assert getattr(client, method)(f"{here}row/{10**12}/").status_code == 404


def test_nobody_else_opens_a_page(client: Client, go: English, case: Case) -> None:
    here = checked(client, case)
    for who in ("dino", "hana", "besa"):
        for address in (case.kind.at, *(f"{here}{rest}" for rest in PAGES)):
            assert go(who).get(address).status_code == go(who).post(address).status_code == 403
    assert Client().get(here)["Location"] == f"/login/?next={here}"


def test_who_only_takes_out_brings_nothing_in(go: English) -> None:
    here = checked(go("csaba"), KINDS["requests"])
    page = main(go("goran").get("/panel/register/"))
    assert "Take out" in page
    assert "Read the file" not in page
    assert go("goran").post("/panel/register/").status_code == 200
    assert go("goran").get(here).status_code == 404


def test_the_institution_is_chosen_by_who_has_more_than_one(client: Client, case: Case, world: World) -> None:
    assert 'name="organisation"' not in main(client.get(case.kind.at))
    role = world.actor(case.who).seats[0].role
    other = places.organisation("Друга", kind=world.organisations[case.place].kind)
    places.post(account=world.accounts[case.who], organisation=other, role_id=role)
    assert "Druga" in main(client.get(case.kind.at))
    for wrong in ({}, {"organisation": str(world.organisations["health"].pk)}):
        assert upload(client, case, case.content(), **wrong).status_code == 422
    here = upload(client, case, case.content(), organisation=str(other.pk))["Location"]
    assert batch_at(case, here).organisation == other.pk


def test_my_work_leads_to_the_register_of_children(go: English) -> None:
    assert 'href="/work/register/"' in main(go("ana").get("/work/"))
    assert 'href="/work/register/"' not in main(go("besa").get("/work/"))


def test_no_page_has_a_child_in_its_title_and_children_are_no_cases(
    client: Client, case: Case, elsewhere: Child
) -> None:
    here = upload(client, case, case.content())["Location"]
    pages = [client.get(case.kind.at), client.get(here)]
    client.post(f"{here}columns/", chosen(case, here))
    pages.append(client.get(here))
    client.post(f"{here}enter/")
    pages.append(client.get(here))
    work()
    pages += [client.get(f"{here}{rest}") for rest in ("", "row/4/", "undo/")]
    for page in pages:
        assert page.status_code == 200
        title = words(page).split("<title>")[1].split("</title>")[0]
        assert not {"Ђорђе", "Nježić", "Ђурић"} & set(title.split())
        if case.place == "school":
            assert not re.search(r"\b(cases?|request|commission)\b", re.sub(r"<[^>]+>", " ", main(page)).lower())
