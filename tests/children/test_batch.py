"""A register of children comes in: counts add up, twice is once, nothing is merged, all of it can be taken back."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import permutations
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.messy import FILES, REGISTER, TODAY
from tests.places import factories as places
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.casework.actions.case import open_case
from zajedno.children.actions import batch as batches
from zajedno.children.actions.tie import write_tie
from zajedno.children.models import Alias, Child, ChildBatch, ChildBatchRow, Enrolment, Guardian, Identifier, Tie
from zajedno.children.queries import batch as queries
from zajedno.children.queries.child import visible_to
from zajedno.children.rules import IMPORT
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.kernel.spreadsheets import UnreadableTable

pytestmark = pytest.mark.django_db
HEADER = "шифра;име;презиме;пол;датум рођења;ЈМБГ;мајка;општина;улица\n"
ANA = "К1;Ана;Ђурић;Ж;27.2.2012.;2702012715011;Мара;Суботица;Школска 1"
PLAIN = "К2;Besa;Gashi;Ž;1.3.2015.;;;Nigdjezemska;Lipa 2"
LATIN = "К3;GASHI;Besa;f;01/03/2015;;;;"
VALID = "0405016825018"


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.on(TODAY):
        yield


def lines(*rows: str) -> bytes:
    return (HEADER + "".join(f"{row}\n" for row in rows)).encode()


def send(world: World, content: bytes, who: str = "ana", at: str = "school") -> ChildBatch:
    by = world.actor(who)
    with acting(RUNTIME, by.account):
        found = batches.upload(by=by, organisation=world.organisations[at].pk, name="register.csv", content=content)
        return batches.check(by=by, batch=found)


def bring(world: World, content: bytes, who: str = "ana", at: str = "school") -> ChildBatch:
    found = send(world, content, who, at)
    by = world.actor(who)
    with acting(RUNTIME, by.account):
        return batches.commit(by=by, batch=found)


def do(world: World, act: Callable[..., Any], who: str = "ana", /, **about: Any) -> Any:
    by = world.actor(who)
    with acting(RUNTIME, by.account):
        return act(by=by, **about)


def codes(batch: ChildBatch) -> dict[int, list[str]]:
    return {row.number: [one["code"] for one in row.reasons] for row in batch.rows.order_by("number")}


def verdicts(batch: ChildBatch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("verdict", flat=True))


def test_a_child_comes_in_whole_and_sealed(world: World) -> None:
    batch = bring(world, lines(ANA.replace("2702012715011", VALID).replace("27.2.2012.", "4.5.2016."), PLAIN))
    assert batch.counts == {"read": 2, "created": 2, "unchanged": 0, "possible_duplicate": 0, "refused": 0}
    ana, besa = Child.objects.order_by("pk")
    assert (ana.given_name, ana.family_name, ana.sex, ana.birth_date) == ("Ана", "Ђурић", "F", date(2016, 5, 4))
    assert (ana.residence.name_lat, ana.address, ana.batch) == ("Subotica", "Школска 1", batch)
    assert besa.address == "Lipa 2, Nigdjezemska"
    assert codes(batch)[3] == ["municipality_unknown"]
    assert {row.kind: row.value for row in Identifier.objects.filter(child=ana)} == {"national": VALID, "local": "К1"}
    assert ana.data_key.open()
    assert [(one.name, one.kind) for one in Guardian.objects.all()] == [("Мара", "mother")]
    tie = Tie.objects.get(child=ana)
    assert (tie.organisation, tie.purpose) == (world.organisations["school"], "registration")
    assert not ChildBatchRow.objects.exclude(content=None).exists()
    assert batch.content is None


def test_only_who_came_in_is_seen_and_only_there(world: World) -> None:
    batch = bring(world, lines(ANA, PLAIN))
    by = world.actor("ana")
    with acting(RUNTIME, by.account):
        assert visible_to(by).count() == 2
        assert queries.find(by, batch.uuid) == batch
    for who in ("csaba", "besa", "dino", "eva"):
        by = world.actor(who)
        with acting(RUNTIME, by.account):
            assert not visible_to(by).exists()
            assert not ChildBatch.objects.exists()
            assert not ChildBatchRow.objects.exists()
            with pytest.raises(NotFound):
                queries.find(by, batch.uuid)
            with pytest.raises(NotFound):
                queries.find_row(by, batch.uuid, 2)


def test_what_is_sealed_does_not_stand_in_the_tables(world: World) -> None:
    batch = send(world, lines(ANA, ANA.replace("К1", "К9")))
    with connection.cursor() as cursor:
        cursor.execute(
            "select b.content, r.content, b.columns::text, r.reasons::text from children_childbatch b"
            " join children_childbatchrow r on r.batch_id = b.id"
        )
        kept = b" ".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for row in cursor.fetchall()
            for value in row
        )
    assert batch.state == ChildBatch.State.CHECKED
    for word in ("Ана", "Ђурић", "270201", "2012"):
        assert word.encode() not in kept


def test_checking_writes_no_child(world: World) -> None:
    batch = send(world, lines(ANA, PLAIN))
    assert batch.counts["created"] == 2
    assert verdicts(batch) == ["ready", "ready"]
    assert not Child.objects.exists()


def test_twice_changes_nothing_in_any_order_of_columns_and_any_encoding(world: World) -> None:
    content = lines(ANA, PLAIN, LATIN)
    first = bring(world, content)
    assert verdicts(first) == ["created", "created", "possible_duplicate"]
    turned = "\n".join(";".join(reversed(line.split(";"))) for line in content.decode().splitlines())
    for again in (content, turned.encode("utf-16")):
        second = bring(world, again)
        assert verdicts(second) == ["unchanged", "unchanged", "possible_duplicate"]
    assert Child.objects.count() == 2


def test_the_same_number_or_name_and_birth_anywhere_is_proposed(world: World) -> None:
    world.child(number=VALID, registered_by=world.organisations["school"])
    row = "С{};{};{};;{};{};;;"
    batch = bring(
        world,
        lines(
            row.format(1, "Неко", "Други", "4.5.2016.", VALID),
            row.format(2, "NJEŽIĆ", "đorđe", "4.5.2016.", ""),
            row.format(3, "Đorđe", "Nježić", "5.5.2016.", ""),
        ),
        "csaba",
        "commission",
    )
    assert verdicts(batch) == ["possible_duplicate", "possible_duplicate", "created"]
    found = codes(batch)
    assert found[2][0] == "number_known_elsewhere"
    assert found[3][0] == "name_known_elsewhere"
    mine = bring(world, lines(row.format(1, "Неко", "Други", "4.5.2016.", VALID)))
    assert codes(mine)[2][0] == "number_known"


def test_doubts_within_the_file(world: World) -> None:
    swapped = "К7;Ђурић;Ана;Ж;27.2.2012.;;;;"
    other = "К1;Мира;Ђурић;Ж;27.2.2012.;;;;"
    batch = bring(world, lines(ANA, ANA, swapped, other, swapped))
    found = codes(batch)
    assert verdicts(batch) == ["created", "unchanged"] + ["possible_duplicate"] * 3
    assert [found[number][0] for number in (3, 4, 5, 6)] == [
        "row_in_file", "name_in_file", "record_in_file", "row_in_file",
    ]  # fmt: skip
    later = bring(world, lines(other))
    assert codes(later)[2][0] == "record_known"


def test_a_column_that_counts_rows_is_no_record_number(world: World) -> None:
    header = "р.бр.;име;презиме;датум рођења\n"
    bring(world, (header + "1;Ана;Ђурић;27.2.2012.\n").encode())
    batch = bring(world, (header + "1;Мира;Петровић;1.2.2012.\n2;Ана;Ђурић;27.2.2012.\n").encode())
    assert verdicts(batch) == ["created", "unchanged"]


def test_refused_rows_say_why_without_values_and_come_back_as_a_workbook(world: World) -> None:
    batch = bring(world, lines(ANA, "К2;Ана;;Ж;јуче;;;;", LATIN, PLAIN))
    assert verdicts(batch) == ["created", "refused", "created", "possible_duplicate"]
    assert set(codes(batch)[3]) >= {"family_name_missing", "date_unreadable"}
    sheet = load_workbook(BytesIO(do(world, batches.errors, batch=batch))).active
    table = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in table[1:]] == [3]
    assert "јуче" in table[1]
    assert table[1][1]


def test_a_table_without_names_or_births_is_refused_and_columns_can_be_said(world: World) -> None:
    content = "a;b;c\nАна;Ђурић;27.2.2012.\n".encode()
    by = world.actor("ana")
    with acting(RUNTIME, by.account):
        batch = batches.upload(by=by, organisation=world.organisations["school"].pk, name="x", content=content)
        with pytest.raises(Refused, match="column_missing"):
            batches.check(by=by, batch=batch)
        with pytest.raises(Refused, match="column_twice"):
            batches.match(by=by, batch=batch, columns={"given_name": 0, "family_name": 0, "birth_date": 2})
        with pytest.raises(Refused, match="column_missing"):
            batches.match(by=by, batch=batch, columns={"given_name": 0, "birth_date": 2})
        batch = batches.match(by=by, batch=batch, columns={"given_name": 0, "family_name": 1, "birth_date": 2})
        batch = batches.check(by=by, batch=batch)
    assert batch.counts["created"] == 1


def test_who_may_not_bring_in_and_what_is_no_table(world: World) -> None:
    for who, at in (("besa", "health"), ("dino", "ngo"), ("ana", "health")):
        with pytest.raises(NotPermitted):
            bring(world, lines(ANA), who, at)
    with pytest.raises(UnreadableTable):
        bring(world, b"%PDF-1.7")


def test_entering_twice_is_refused(world: World) -> None:
    batch = bring(world, lines(ANA))
    with pytest.raises(Refused, match="entered"):
        do(world, batches.commit, batch=batch)
    with pytest.raises(Refused, match="entered"):
        do(world, batches.check, batch=batch)


def test_what_came_in_since_the_check_is_seen(world: World) -> None:
    waiting = send(world, lines(ANA))
    bring(world, lines(ANA.replace("К1", "С1")), "csaba", "commission")
    done = do(world, batches.commit, batch=waiting)
    assert verdicts(done) == ["possible_duplicate"]


def test_another_child_is_entered_apart(world: World) -> None:
    batch = bring(world, lines(PLAIN, LATIN))
    row = batch.rows.get(number=3)
    row = do(world, batches.decide, row=row, same=False)
    assert row.verdict == "created"
    assert row.content is None
    assert [(one.child_id, one.state) for one in Alias.objects.all()] == [(row.child_id, "rejected")]
    batch.refresh_from_db()
    assert batch.counts["created"] == 2
    with pytest.raises(Overtaken):
        do(world, batches.decide, row=row, same=False)
    assert verdicts(bring(world, lines(PLAIN, LATIN))) == ["unchanged", "unchanged"]


def test_the_same_child_is_never_merged(world: World) -> None:
    batch = bring(world, lines(PLAIN, LATIN))
    row = do(world, batches.decide, row=batch.rows.get(number=3), same=True)
    alias = Alias.objects.get()
    assert (alias.child, alias.state, alias.decided_by) == (row.child, "confirmed", world.accounts["ana"].pk)
    assert Child.objects.count() == 2


def test_of_a_file_elsewhere_only_a_proposal_is_written_and_its_owner_is_told(world: World) -> None:
    child = world.child(number=VALID)
    row = f"К1;Ђорђе;Њежић;М;4.5.2016.;{VALID};;;"
    batch = bring(world, lines(row), "csaba", "commission")
    row = do(world, batches.decide, "csaba", row=batch.rows.get(), same=True)
    alias = Alias.objects.get()
    assert (alias.child, alias.same_as, alias.state, alias.why) == (row.child, child, "proposed", "number")
    assert Message.objects.count() == 1
    with acting(RUNTIME, world.accounts["csaba"].pk):
        assert not Child.objects.filter(pk=child.pk).exists()


def test_a_record_number_that_is_taken_is_left_out(world: World) -> None:
    batch = bring(world, lines(PLAIN, "К2;Мира;Мирић;Ж;1.4.2015.;;;;"))
    row = do(world, batches.decide, row=batch.rows.get(number=3), same=False)
    assert not Identifier.objects.filter(child=row.child).exists()


def test_undone_as_a_whole_and_can_come_again(world: World) -> None:
    world.child()
    batch = bring(world, lines(ANA, PLAIN, LATIN))
    do(world, batches.decide, row=batch.rows.get(number=4), same=True)
    assert do(world, batches.undo, batch=batch) == 3
    batch.refresh_from_db()
    assert (batch.state, batch.content) == ("undone", None)
    assert Child.objects.count() == 1
    assert not Alias.objects.exists()
    assert Tie.objects.count() == Guardian.objects.count() == 1
    with pytest.raises(Refused, match="not_entered"):
        do(world, batches.undo, batch=batch)
    assert bring(world, lines(ANA, PLAIN, LATIN)).counts["created"] == 2


def test_not_undone_when_a_child_is_known_elsewhere(world: World) -> None:
    batch = bring(world, lines(ANA, PLAIN))
    child = Child.objects.order_by("pk")[0]
    do(world, write_tie, verb=IMPORT, child=child, organisation=world.organisations["commission"],
       purpose="additional-support", fields=["identity"])  # fmt: skip
    refused_to_undo(world, batch)
    assert Child.objects.count() == 2


def test_a_case_of_another_institution_holds_the_child(world: World) -> None:
    """The key from a room above is not named in the function; the database itself refuses."""
    batch = bring(world, lines(ANA))
    with acting(RUNTIME, world.accounts["ana"].pk):
        open_case(
            by=world.actor("ana"), child=Child.objects.get(), keeper=world.organisations["commission"],
            procedure="additional-support",
            initiator="institution", initiated_by=world.organisations["school"], request={"reasons": ["learning"]},
        )  # fmt: skip
    refused_to_undo(world, batch)
    assert Child.objects.count() == 1


def refused_to_undo(world: World, batch: ChildBatch) -> None:
    with pytest.raises(Refused) as refusal:
        do(world, batches.undo, batch=batch)
    assert refusal.value.code == "used"
    batch.refresh_from_db()
    assert batch.state == "committed"


def test_nobody_else_undoes_it(world: World) -> None:
    batch = bring(world, lines(ANA))
    with pytest.raises(NotPermitted):
        do(world, batches.undo, "csaba", batch=batch)
    assert Child.objects.count() == 1


def test_a_class_enrols_where_the_register_is_kept(world: World) -> None:
    content = "име;презиме;датум рођења;одељење;школа\nАна;Ђурић;27.2.2012.;5/2;Друга школа\n".encode()
    batch = bring(world, content)
    assert [one.class_name for one in Enrolment.objects.all()] == ["5/2"]
    assert "institution_left_out" in codes(batch)[2]
    assert do(world, batches.undo, batch=batch) == 1


def test_every_act_and_every_child_is_in_the_audit(world: World) -> None:
    batch = bring(world, lines(ANA, PLAIN))
    rows = AuditEntry.objects.filter(verb="children.import")
    assert [row.detail["step"] for row in rows.filter(subject=str(batch.uuid)).order_by("id")] == [
        "upload", "check", "commit",
    ]  # fmt: skip
    about = set(rows.filter(noun="children.child").values_list("subject", flat=True))
    assert about == {str(child.uuid) for child in Child.objects.all()}


def test_queries_do_not_grow_with_the_rows(world: World) -> None:
    def count(number: int, start: int) -> int:
        rows = [f"Q{start + i};Име{i};Презиме{start};Ж;1.1.2015.;;;;" for i in range(number)]
        batch = send(world, lines(*rows))
        with CaptureQueriesContext(connection) as captured:
            do(world, batches.commit, batch=batch)
        assert batch.counts["created"] == number
        return len(captured)

    assert count(3, 100) == count(60, 200)


needs_data = pytest.mark.skipif(not REGISTER.is_dir(), reason="the shared registers are not here")


@needs_data
@pytest.mark.parametrize("order", list(permutations(FILES))[1::3])
def test_dev_registers_in_any_order_for_one_institution(world: World, order: tuple[str, ...]) -> None:
    entered = _registers(world, [(name, "ana", "school") for name in order])
    assert Child.objects.count() == entered > 0


@needs_data
def test_dev_registers_for_three_institutions(world: World) -> None:
    places.post(account=world.accounts["ana"], organisation=world.organisations["health"], role_id="school-associate")
    work = [("school", "ana", "school"), ("csr", "csaba", "commission"), ("health", "ana", "health")]
    entered = _registers(world, work)
    assert Child.objects.count() == entered > 0


def _registers(world: World, work: list[tuple[str, str, str]]) -> int:
    """Bring all in, twice, with what must hold of each; how many children were entered."""
    total = 0
    for name, who, at in work * 2:
        content = (REGISTER / f"{name}.csv").read_bytes()
        before = ChildBatch.objects.filter(name=name).first()
        batch = bring(world, content, who, at)
        ChildBatch.objects.filter(pk=batch.pk).update(name=name)
        found = Counter(verdicts(batch))
        assert sum(found.values()) == batch.counts["read"] == len(content.decode().splitlines()) - 1
        left = batch.rows.filter(verdict__in=("refused", "possible_duplicate"))
        assert not left.filter(reasons=[]).exists()
        if before:
            assert found["created"] == 0
            assert batch.counts["unchanged"] == before.counts["created"] + before.counts["unchanged"]
            assert batch.counts["possible_duplicate"] == before.counts["possible_duplicate"]
            assert batch.counts["refused"] == before.counts["refused"]
        total += found["created"]
    return total
