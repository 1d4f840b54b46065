"""Pairs of files at the work desk: who is shown what, what is said, and what a form that is not whole answers."""

from datetime import date

import pytest

from tests.children.test_behaviours_duplicates import at, enter, open_to, seek, text, two
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.children.enums import Field
from zajedno.children.models import Alias, AliasWeight
from zajedno.kernel.script import fold

pytestmark = pytest.mark.django_db
LIST = "/work/pairs/"
OTHERS = ("Djordje", "Njegosvic", "Skolska", "Дом здравља", "Dom zdravlja")


def pair(world: World, *fields: Field) -> str:
    """Ana's and Besa's file, both open to the commission; the address of the pair."""
    for child in two(world):
        open_to(world, child, *fields)
    seek()
    return f"{LIST}{Alias.objects.get().uuid}/"


def alone(world: World) -> str:
    two(world)
    seek()
    return f"{LIST}{Alias.objects.get().uuid}/"


def test_who_sees_both_sees_them_side_by_side_with_the_reasons(world: World) -> None:
    address = pair(world)
    csaba = at(world, "csaba")
    assert address in text(csaba.get(LIST))
    page = text(csaba.get(address))
    for said in ("Ђорђе", "Djordje", "Школска 1", "Školska 1", "Мирјана Његошевић", "99 %"):
        assert said in page
    assert "The family names differ by one slip." in page
    assert "One file is written in Cyrillic, the other in Latin letters." in page
    assert AuditEntry.objects.filter(verb="children.compare", detail__has_key="alias").count() == 2


def test_a_field_that_one_tie_does_not_open_is_neither_shown_nor_spoken_of(world: World) -> None:
    address = pair(world, Field.IDENTITY)
    page = text(at(world, "csaba").get(address))
    for hidden in ("Школска", "Školska", "Мирјана", "The address is the same", "parent&#x27;s names are"):
        assert hidden not in page
    assert page.count("Not open to you in both files") == 8  # number, parents, municipality, address: on both sides
    assert "Ђорђе" in page


def test_two_open_in_one_file_and_closed_in_the_other_is_closed(world: World) -> None:
    ana, besa = two(world)
    open_to(world, ana)
    open_to(world, besa, Field.CONTACT)
    seek()
    page = text(at(world, "csaba").get(f"{LIST}{Alias.objects.get().uuid}/"))
    assert "Школска 1" in page
    for hidden in ("Ђорђе", "Djordje", "Мирјана", " %"):
        assert hidden not in page
    assert "Ђорђе" not in text(at(world, "csaba").get(LIST))


def test_a_school_sees_nothing_of_the_health_side_and_asks_without_being_told_whom(world: World) -> None:
    address = alone(world)
    ana = at(world, "ana")
    for page in (text(ana.get(LIST)), text(ana.get(address))):
        assert "Ђорђе" in page
        assert not any(word in page for word in OTHERS)
        assert " %" not in page
    asked = ana.post(address, {"ask": "1"})
    assert asked["Location"] == address
    assert "You have asked." in text(ana.get(address))
    besa = at(world, "besa")
    assert "You are asked" in text(besa.get(f"{LIST}?which=asked"))
    page = text(besa.get(address))
    for said in ("Ана Вуковић", "ana@demo.invalid", "Djordje"):
        assert said in page
    assert not any(word in page for word in ("Ђорђе", "Школска"))
    sent = {"decide": "1", "answer": "different", "reason": "Друго дете."}
    assert besa.post(address, sent).status_code == 302
    page = text(ana.get(address))
    assert "Different children" in page
    assert "Друго дете." not in page


def test_a_form_that_is_not_whole_comes_back_filled(world: World) -> None:
    address = pair(world)
    csaba = at(world, "csaba")
    answer = csaba.post(address, {"decide": "1", "answer": "same", "reason": ""})
    assert answer.status_code == 422
    assert 'value="same" checked' in text(answer).replace('checked=""', "checked") or "checked" in text(answer)
    answer = csaba.post(address, {"decide": "1", "reason": "Изводи."})
    assert answer.status_code == 422
    assert "Изводи." in text(answer)
    assert csaba.post(address, {"ask": "1"}).status_code == 422
    assert Alias.objects.get().state == "proposed"


def test_decided_then_undone_and_who_comes_second_is_told(world: World) -> None:
    address = pair(world)
    csaba, goran = at(world, "csaba"), at(world, "goran")
    assert csaba.post(address, {"decide": "1", "answer": "same", "reason": "Исти извод."}).status_code == 302
    late = goran.post(address, {"decide": "1", "answer": "different", "reason": "Мој разлог."})
    assert late.status_code == 409
    assert "Somebody has decided about these two files meanwhile" in text(late)
    assert address in text(csaba.get(f"{LIST}?which=same"))
    assert "Nothing to decide" in text(csaba.get(LIST))
    assert "No such pair" in text(csaba.get(f"{LIST}?which=different"))
    ana = Alias.objects.get().child
    assert "Somebody confirmed that these files are of the same child" in text(csaba.get(f"/work/child/{ana.uuid}/"))
    assert csaba.post(address, {"undo": "1", "reason": ""}).status_code == 422
    assert csaba.post(address, {"undo": "1", "reason": "Извод брата."}).status_code == 302
    page = text(csaba.get(address))
    for said in ("Исти извод.", "Извод брата.", "The decision was undone"):
        assert said in page


def test_a_child_s_file_leads_to_the_pair(world: World) -> None:
    address = pair(world)
    child = Alias.objects.get().child
    page = text(at(world, "csaba").get(f"/work/child/{child.uuid}/"))
    assert address in page
    assert "1 pair of files waits for somebody to decide." in text(at(world, "csaba").get("/work/"))


def test_foreign_and_invented_pairs_are_answered_alike(world: World) -> None:
    address = alone(world)
    invented = f"{LIST}00000000-0000-4000-8000-000000000000/"
    for who in ("dino", "eva", "csaba", "hana"):
        for where in (address, invented):
            client = at(world, who)
            assert client.get(where).status_code == client.post(where, {"ask": "1"}).status_code == 404, who
    for who in ("dino", "eva"):
        assert at(world, who).get(LIST).status_code == 403
    assert text(at(world, "csaba").get(LIST)).count(LIST) >= 1
    assert not any(fold(word) in fold(text(at(world, "csaba").get(LIST))) for word in ("Djordje", "Njegosvic"))


def test_a_long_list_is_paged_the_likeliest_first(world: World) -> None:
    for number in range(27):
        born = date(2015, 1, 1 + number)
        first = enter(world, "csaba", "commission", "Маја", f"Савић{'абвгдђежз'[number % 9]}", born)
        second = enter(world, "csaba", "commission", "Нина", f"Илић{'абвгдђежз'[number % 9]}", born)
        row = Alias.objects.create(child=first, same_as=second, why="likeness")
        AliasWeight.objects.create(alias=row, probability=number / 100)
    pages = [text(at(world, "csaba").get(f"{LIST}?page={page}")) for page in (1, 2)]
    assert [page.count("/work/pairs/") - page.count('"/work/pairs/"') for page in pages] == [25, 2]
    assert pages[0].index("26 %") < pages[0].index("25 %") < pages[0].index("3 %")
