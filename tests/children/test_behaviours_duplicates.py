"""One child, many institutions: what peers' users rely on, each by its id in `behaviours.csv`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.casework.everyday import Everyday
from tests.children.test_batch import bring
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.casework.models import Case
from zajedno.casework.queries.case import Filter, listed
from zajedno.children.actions import alias, family, pairs
from zajedno.children.actions.child import change, register
from zajedno.children.actions.identifier import set_number
from zajedno.children.actions.likeness import LikelySame
from zajedno.children.actions.search import search
from zajedno.children.enums import Field
from zajedno.children.models import Alias, AliasWord, Child, FamilyLink, Guardian, Tie
from zajedno.children.queries.alias import compared, find, proposals, said, visible
from zajedno.children.queries.child import visible_to
from zajedno.children.queries.family import relatives
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.fence import RUNTIME, WORKER, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.site.demo.cases import national_number

pytestmark = pytest.mark.django_db
BORN = date(2016, 5, 4)
NUMBER = national_number(BORN, "M", 1)


def seek(*, everybody: bool = False) -> pairs.Sought:
    with acting(WORKER):
        return pairs.seek_all() if everybody else pairs.seek_new()


@contextmanager
def at_work(world: World, who: str) -> Iterator[Actor]:
    with acting(RUNTIME, world.accounts[who].pk):
        yield world.actor(who)


def enter(world: World, who: str, at: str, given: str, family_name: str, born: date = BORN, **more: Any) -> Child:
    """Registered by somebody in their own institution, with what they see and confirm."""
    with at_work(world, who) as by:
        return register(
            by=by, organisation=world.organisations[at], given_name=given, family_name=family_name, birth_date=born,
            confirm_distinct=True, **more,
        )  # fmt: skip


def open_to(world: World, child: Child, *fields: Field, at: str = "commission") -> None:
    Tie.objects.create(
        child=child, organisation=world.organisations[at], purpose="additional-support", since=today(),
        fields=[*(fields or (Field.IDENTITY, Field.CONTACT, Field.FAMILY, Field.IDENTIFIERS))],
    )  # fmt: skip


def two(world: World, *, number: str = "") -> tuple[Child, Child]:
    """Ana's pupil, whom Besa's health centre keeps too, in the other script and with a slip."""
    with at_work(world, "ana"):
        numbers = {"national": number} if number else {}
    ana = enter(world, "ana", "school", "Ђорђе", "Његошевић", numbers=numbers, sex="M", address="Школска 1")
    besa = enter(world, "besa", "health", "Djordje", "Njegošvić", numbers=numbers, sex="M", address="Školska 1")
    for child in (ana, besa):
        Guardian.objects.create(child=child, kind="mother", name="Мирјана Његошевић")
    return ana, besa


def alerts(world: World, who: str, child: Child) -> list[Alias]:
    with at_work(world, who) as by:
        return [one.alias for one in proposals(by, child) if not one.alias.decided_on]


def test_D1_a_second_file_with_the_same_number_alerts_on_both_records_and_to_the_owner(world: World) -> None:
    first = enter(world, "ana", "school", "Ђорђе", "Његош", numbers={"national": NUMBER})
    with at_work(world, "besa") as by, pytest.raises(LikelySame):
        register(
            by=by, organisation=world.organisations["health"], given_name="Друго", family_name="Име", birth_date=None,
            numbers={"national": f" {NUMBER[:7]} {NUMBER[7:]}"},
        )  # fmt: skip
    assert not Alias.objects.exists()
    second = enter(world, "besa", "health", "Друго", "Име", numbers={"national": NUMBER})
    row = Alias.objects.get()
    assert (row.why, row.state) == ("number", "proposed")
    assert alerts(world, "ana", first) == alerts(world, "besa", second) == [row]
    letter = Message.objects.get()
    assert letter.account == world.accounts["ana"]
    assert not any(word in letter.subject + letter.body for word in ("Ђорђе", "Његош", NUMBER))
    assert Child.objects.count() == 2
    assert not AliasWord.objects.exists()


def test_D1_a_number_written_later_or_brought_by_a_register_alerts_too(world: World) -> None:
    first = enter(world, "ana", "school", "Ђорђе", "Његош", numbers={"national": NUMBER})
    second = enter(world, "besa", "health", "Друго", "Име", date(2015, 1, 2))
    with at_work(world, "besa") as by:
        set_number(by=by, child=second, kind="national", number=NUMBER, organisation=world.organisations["health"])
        set_number(by=by, child=second, kind="national", number=NUMBER, organisation=world.organisations["health"])
    assert {(row.child, row.same_as) for row in Alias.objects.all()} == {(second, first)}
    header = "шифра;име;презиме;пол;датум рођења;ЈМБГ\n"
    batch = bring(world, f"{header}К1;Ђока;Његош;М;4.5.2016.;{NUMBER}\n".encode(), "csaba", "commission")
    assert [row.verdict for row in batch.rows.all()] == ["possible_duplicate"]
    assert Message.objects.filter(account=world.accounts["ana"]).count() == 1


def test_D1_a_pair_is_written_once_in_either_order(world: World) -> None:
    first = enter(world, "ana", "school", "Ђорђе", "Његош", numbers={"national": NUMBER})
    second = enter(world, "besa", "health", "Друго", "Име", numbers={"national": NUMBER})
    with at_work(world, "ana") as by:
        set_number(by=by, child=first, kind="national", number=NUMBER, organisation=world.organisations["school"])
    assert Alias.objects.get().child == second


def test_D1_the_job_finds_what_intake_did_not_and_says_why(world: World) -> None:
    ana, besa = two(world)
    assert not Alias.objects.exists()
    assert seek().proposed == 1
    row = Alias.objects.get()
    assert (row.why, row.state) == ("likeness", "proposed")
    assert row.probability is not None
    assert row.probability > 0.9
    assert {row.child, row.same_as} == {ana, besa}
    assert {letter.account for letter in Message.objects.all()} == {world.accounts["ana"], world.accounts["besa"]}
    for child in (ana, besa):
        open_to(world, child)
    with at_work(world, "csaba") as by:
        (pair,) = compared(by, visible(by))
        told = {one.field: str(one.kind) for one in pair.why()}
    assert told["birth_date"] == told["parent"] == told["address"] == "agrees"
    assert "number" not in told  # not said in either
    assert seek().proposed == 0
    entry = AuditEntry.objects.get(verb=pairs.SEEK)
    assert entry.detail["proposed"] == 1
    assert not any(name in str(entry.detail) for name in ("Ђорђе", "Djordje"))


def test_D1_a_match_never_merges_by_itself(world: World) -> None:
    ana, besa = two(world, number=NUMBER)
    for _again in range(2):
        seek(everybody=True)
    assert Alias.objects.get().state == "proposed"
    with at_work(world, "ana") as by:
        assert list(visible_to(by)) == [ana]
    with at_work(world, "besa") as by:
        assert list(visible_to(by)) == [besa]


def twins(world: World) -> tuple[Child, Child]:
    """Of one home and day, and somebody typed the one's number for the other."""
    home = {"numbers": {"national": NUMBER}, "sex": "M", "address": "Школска 1"}
    first = enter(world, "csaba", "commission", "Лука", "Његош", **home)
    second = enter(world, "csaba", "commission", "Никола", "Његош", **home)
    for child in (first, second):
        Guardian.objects.create(child=child, kind="mother", name="Мирјана Његош")
    return first, second


def test_D1_twins_with_one_number_are_not_proposed_as_likely_and_are_answered_as_twins(world: World) -> None:
    first, second = twins(world)
    seek(everybody=True)
    row = Alias.objects.get()
    assert (row.why, row.state) == ("number", "proposed")
    page = text(at(world, "csaba").get(f"/work/pairs/{row.uuid}/"))
    assert "This looks like two children of one family:" in page
    assert "They are twins" in page
    sent = {"decide": "1", "answer": "twin", "reason": "Мајка је донела изводе."}
    assert at(world, "csaba").post(f"/work/pairs/{row.uuid}/", sent).status_code == 302
    row.refresh_from_db()
    assert row.state == "rejected"
    assert FamilyLink.objects.get().kind == "twin"
    seek(everybody=True)
    row.refresh_from_db()
    assert row.state == "rejected"
    with at_work(world, "csaba") as by:
        assert [one.child for one in relatives(by, first)] == [second]
        alias.undo(by=by, uuid=row.uuid, reason="Погрешни изводи.")
    assert not FamilyLink.objects.exists()


def test_D1_who_sees_both_decides_with_a_reason_and_it_can_be_undone(world: World) -> None:
    ana, besa = two(world)
    seek()
    for child in (ana, besa):
        open_to(world, child)
    row = Alias.objects.get()
    with at_work(world, "csaba") as by:
        with pytest.raises(Refused, match="reason"):
            alias.decide(by=by, uuid=row.uuid, answer="same", reason="  ")
        with pytest.raises(Refused, match="answer"):
            alias.decide(by=by, uuid=row.uuid, answer="merged", reason="x")
        alias.decide(by=by, uuid=row.uuid, answer="same", reason="Исти извод.")
        with pytest.raises(Overtaken):
            alias.decide(by=by, uuid=row.uuid, answer="different", reason="x")
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("confirmed", world.accounts["csaba"].pk)
    with at_work(world, "csaba") as by:
        alias.undo(by=by, uuid=row.uuid, reason="Извод је од брата.")
        with pytest.raises(Overtaken):
            alias.undo(by=by, uuid=row.uuid, reason="x")
        lines = [(one.said, one.reason) for one in said(compared(by, [find(by, row.uuid)])[0])]
    assert lines == [("undone", "Извод је од брата."), ("same", "Исти извод.")]
    row.refresh_from_db()
    assert (row.state, row.decided_by, row.decided_on) == ("proposed", None, None)
    assert {ana.given_name, besa.given_name} == set(Child.objects.values_list("given_name", flat=True))
    assert AuditEntry.objects.filter(verb="children.decide_alias").count() == 4  # each file, each act


def test_D1_who_sees_one_side_learns_nothing_of_the_other_and_asks(world: World) -> None:
    ana, _besa = two(world)
    seek()
    Message.objects.all().delete()
    row = Alias.objects.get()
    with at_work(world, "ana") as by:
        (pair,) = compared(by, visible(by))
        assert {pair.first, pair.second} == {ana, None}
        assert (pair.open, pair.why()) == (frozenset(), ())
        alias.ask_other(by=by, uuid=row.uuid)
        with pytest.raises(Refused, match="one_side"):
            alias.decide(by=by, uuid=row.uuid, answer="twin", reason="x")
        assert alias.decide(by=by, uuid=row.uuid, answer="same", reason="Мајка је рекла.").state == "proposed"
    assert [letter.account for letter in Message.objects.all()] == [world.accounts["besa"]]
    with at_work(world, "besa") as by:
        (pair,) = compared(by, visible(by, "asked"))
        assert said(pair) == []  # Ana's reason is not Besa's to read
        assert not AliasWord.objects.exists()
        assert alias.decide(by=by, uuid=row.uuid, answer="same", reason="Договорено телефоном.").state == "confirmed"
    for who in ("ana", "besa"):
        with at_work(world, who) as by:
            assert visible_to(by).count() == 1  # a decision opens no file


def test_D1_one_side_that_says_different_parts_them_at_once(world: World) -> None:
    two(world)
    seek()
    row = Alias.objects.get()
    with at_work(world, "ana") as by:
        alias.decide(by=by, uuid=row.uuid, answer="same", reason="Чини ми се.")
    with at_work(world, "besa") as by:
        assert alias.decide(by=by, uuid=row.uuid, answer="different", reason="Друго дете.").state == "rejected"
        alias.undo(by=by, uuid=row.uuid, reason="Погрешила сам картон.")
    row.refresh_from_db()
    assert (row.state, row.agreed, row.asked) == ("proposed", 0, 0)


def test_D1_a_declined_pair_comes_back_only_when_the_data_change(world: World) -> None:
    ana, _besa = two(world)
    seek()
    row = Alias.objects.get()
    with at_work(world, "ana") as by:
        alias.decide(by=by, uuid=row.uuid, answer="different", reason="Друго дете.")
    for _night in range(2):
        seek(everybody=True)
    row.refresh_from_db()
    assert row.state == "rejected"
    with at_work(world, "ana") as by:
        change(by=by, child=ana, given_name="Djordje")
    assert seek().again == 0  # the same name in the other script says nothing new
    with at_work(world, "ana") as by:
        change(by=by, child=ana, family_name="Njegošvić")
        change(by=by, child=ana, address="Нова 5")
    assert seek().again == 1
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("proposed", None)
    assert list(AliasWord.objects.filter(alias=row).values_list("said", flat=True)) == ["different", "again"]


def test_D1_what_no_longer_holds_is_dropped_by_night(world: World) -> None:
    ana, _besa = two(world)
    seek()
    with at_work(world, "ana") as by:
        change(
            by=by, child=ana, given_name="Милица", family_name="Савић", birth_date=date(2011, 1, 2), address="Друга 2"
        )
    assert seek(everybody=True).dropped == 1
    assert not Alias.objects.exists()


def test_D1_nobody_without_a_tie_or_the_verb_decides(world: World) -> None:
    two(world)
    seek()
    row = Alias.objects.get()
    for who in ("dino", "eva", "csaba"):
        with at_work(world, who) as by:
            assert not visible(by).exists()
            for act in (
                lambda by=by: alias.open_pair(by=by, uuid=row.uuid),
                lambda by=by: alias.ask_other(by=by, uuid=row.uuid),
                lambda by=by: alias.decide(by=by, uuid=row.uuid, answer="same", reason="x"),
            ):
                with pytest.raises(NotFound):
                    act()
    open_to(world, row.child)
    open_to(world, row.same_as)
    with at_work(world, "hana") as by, pytest.raises(NotPermitted):
        alias.open_pair(by=by, uuid=row.uuid)


FOUND = [
    ("Ђорђе Његош", "Ђорђе", "Његош"), ("djordje njegos", "Ђорђе", "Његош"), ("Džorđe Njegoš", "Ђорђе", "Његош"),
    ("Gjorgje", "Ђорђе", "Његош"), ("Šaćiri", "Arben", "Shaqiri"), ("Шаћири", "Arben", "Shaqiri"),
    ("Ковач", "Ágnes", "Kovács"), ("JOVANOVIC petrovic", "Ана", "Петровић-Јовановић"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "given", "family_name"), FOUND)
def test_D4_search_by_name_is_phonetic_and_script_blind(world: World, asked: str, given: str, family_name: str) -> None:
    world.child(given, family_name)
    world.child("Стеван", "Обрадовић")
    with at_work(world, "ana") as by:
        assert [hit.given_name for hit in search(by=by, text=asked)] == [given]


@pytest.mark.parametrize("asked", ["7", "007", " 0 07 ", "00007", "7 "])
def test_D4_a_short_number_is_found_with_and_without_zeros_and_blanks(world: World, asked: str) -> None:
    enter(world, "ana", "school", "Ђорђе", "Његош", numbers={"local": "007"})
    enter(world, "ana", "school", "Маја", "Савић", numbers={"local": "70"})
    with at_work(world, "ana") as by:
        for way in ({"text": asked}, {"number": asked}):
            assert [hit.given_name for hit in search(by=by, **way)] == ["Ђорђе"]
    with at_work(world, "besa") as by:
        assert search(by=by, number=asked) == []  # a number of another institution's register


@pytest.mark.parametrize("asked", ["ИРК-009/2026", "irk-9/2026", " 9/2026 ", "009 / 2026", "9", "irk009", "IRK 0009"])
def test_D4_a_registry_number_is_found_with_and_without_zeros_and_blanks(world: World, asked: str) -> None:
    everyday = Everyday(world)
    other = everyday.another("Савић")
    Case.objects.filter(pk=everyday.case.pk).update(number="ИРК-009/2026")
    Case.objects.filter(pk=other.pk).update(number="ИРК-190/2025")
    with at_work(world, "csaba") as by:
        assert list(listed(by, Filter(text=asked))) == [everyday.case]
    answer = at(world, "csaba").post("/work/", {"number": asked})
    assert answer["Location"] == f"/work/case/{everyday.case.uuid}/"


def test_D4_nothing_typed_leaves_the_desk(world: World) -> None:
    Everyday(world)
    assert "No case of yours has this number" in text(at(world, "csaba").post("/work/", {"number": "77777"}))


def test_D5_family_relations_exclude_self_and_unknown_kinds_and_show_without_the_child_itself(world: World) -> None:
    first, second, third = (world.child(name, "Његош") for name in ("Лука", "Маја", "Нина"))
    hidden = world.child("Скривена", "Његош", registered_by=world.organisations["health"])
    with at_work(world, "ana") as by:
        with pytest.raises(Refused, match="self"):
            family.link(by=by, child=first, other=first, kind="sibling")
        for kind in ("cousin", "", "same"):
            with pytest.raises(Refused, match="kind"):
                family.link(by=by, child=first, other=second, kind=kind)
        with pytest.raises(NotFound):
            family.link(by=by, child=first, other=hidden, kind="sibling")
        family.link(by=by, child=first, other=second, kind="twin")
        family.link(by=by, child=third, other=first, kind="sibling")
        family.link(by=by, child=second, other=first, kind="twin")
    FamilyLink.objects.create(first=first, second=hidden, kind="half_sibling")
    with at_work(world, "ana") as by:
        shown = {(str(one.kind), one.child.given_name) for one in relatives(by, first)}
    assert shown == {("twin", "Маја"), ("sibling", "Нина")}
    page = text(at(world, "ana").get(f"/work/child/{first.uuid}/"))
    assert "Маја" in page
    assert "Скривена" not in page


def at(world: World, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.accounts[who])
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def test_D5_at_the_desk_a_child_is_found_by_name_linked_and_parted(world: World) -> None:
    first, second = world.child("Лука", "Његош"), world.child("Маја", "Његош")
    ana, page = at(world, "ana"), f"/work/child/{first.uuid}/family/"
    found = text(ana.post(page, {"find": "1", "text": "njegos"}))
    assert str(second.uuid) in found
    assert f'value="{first.uuid}"' not in found  # never the child itself
    offered = {"link": "1", "offered": str(second.uuid)}
    assert ana.post(page, offered | {"other": str(second.uuid), "kind": "cousin"}).status_code == 422
    itself = {"link": "1", "offered": str(first.uuid), "other": str(first.uuid), "kind": "twin"}
    assert ana.post(page, itself).status_code == 422
    assert not FamilyLink.objects.exists()
    assert ana.post(page, offered | {"other": str(second.uuid), "kind": "twin"})["Location"] == page
    assert "Маја" in text(ana.get(page))
    assert "Лука" in text(ana.get(f"/work/child/{second.uuid}/family/"))
    assert at(world, "besa").get(page).status_code == 404
    assert at(world, "dino").get(page).status_code in (403, 404)
    assert ana.post(page, {"part": str(second.uuid)}).status_code == 302
    assert ana.post(page, {"part": str(second.uuid)}).status_code == 404
    assert not FamilyLink.objects.exists()
