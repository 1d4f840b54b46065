"""Worklists, and what becomes of what is held: who may decide, once, and who cannot even see that it is there."""

from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction

from tests.children.beside import beside
from tests.web.field_world import JPEG, Field, sheet, visit
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.children.actions import field_code as worklist
from zajedno.children.actions import submission as submissions
from zajedno.children.actions.file import erase
from zajedno.children.enums import Held
from zajedno.children.models import Assessment, FieldCode, Submission, SubmissionFile
from zajedno.children.queries.field_code import on_list
from zajedno.children.queries.submission import find_held, held
from zajedno.kernel import sealed
from zajedno.kernel.fence import EXCHANGE, RUNTIME, STATISTICS, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.places.actions import device as devices

pytestmark = pytest.mark.django_db


@pytest.fixture
def field(world: World) -> Field:
    return Field(world)


def waiting(field: Field, code: str = "", **answers: str) -> Submission:
    """A submission that is held, with a picture."""
    assert field.phone.send(sheet(code, **answers), ("a.jpg", "image/jpeg", JPEG)).status_code == 201
    return Submission.objects.latest("pk")


# Worklists


def test_a_child_has_another_code_on_each_phone(field: Field) -> None:
    second = field.new_phone()
    assert field.put_on_list(field.child, second) != field.code
    assert worklist.add(by=field.world.actor("besa"), device=field.phone.device, children=[field.child.uuid]) == 0
    assert FieldCode.objects.count() == 2


def test_children_of_others_do_not_come_onto_a_list(field: Field) -> None:
    other = field.tied("Мина", "Савић", at="school")
    assert worklist.add(by=field.world.actor("besa"), device=field.phone.device, children=[other.uuid]) == 0


def test_a_code_taken_off_fits_nobody_and_comes_back_as_another(field: Field) -> None:
    by, device = field.world.actor("besa"), field.phone.device
    assert worklist.remove(by=by, device=device, children=[field.child.uuid]) == 1
    assert waiting(field, field.code).held == Held.CODE
    field.put_on_list(field.child)
    assert waiting(field, field.code).held in (Held.CODE, "")


@pytest.mark.parametrize("who", ["ana", "csaba", "dino"])
def test_nobody_touches_or_prints_the_list_of_anothers_phone(field: Field, who: str) -> None:
    by, device = field.world.actor(who), field.phone.device
    for act in (worklist.add, worklist.remove):
        with pytest.raises(Refused):
            act(by=by, device=device, children=[field.child.uuid])
    for read in (worklist.print_list, worklist.look, worklist.look_beside):
        with pytest.raises(Refused):
            read(by=by, device=device)


def test_printing_is_recorded_for_every_child_and_shows_what_ties_open(field: Field) -> None:
    by, device = field.world.actor("besa"), field.phone.device
    line = worklist.print_list(by=by, device=device)[0]
    assert (line.name, line.birth_date, line.address) == ("Ђорђе Њежић", date(2023, 5, 4), "Јасенова 7")
    assert worklist.look(by=by, device=device) == [line]
    assert line.code.replace(" ", "") == field.code
    entry = AuditEntry.objects.get(verb="children.print_worklist")
    assert (entry.subject, entry.account) == (str(field.child.uuid), by.account)
    field.child.ties.update(fields=["health"])
    line = worklist.print_list(by=by, device=device)[0]
    assert (line.name, line.birth_date, line.place, line.address) == ("", None, "", "")
    assert worklist.look(by=by, device=device) == [line]


def test_whom_one_may_put_on_a_list_is_named_only_where_that_is_open_and_the_look_is_recorded(field: Field) -> None:
    by, device = field.world.actor("besa"), field.phone.device
    mina = field.tied("Мина", "Савић")
    assert list(worklist.look_beside(by=by, device=device)) == [mina]
    assert AuditEntry.objects.get(verb="children.search").detail == {"browsed": True, "device": str(device.uuid)}
    mina.ties.update(fields=["health"])
    assert list(worklist.look_beside(by=by, device=device)) == []


def test_who_is_no_longer_tied_leaves_the_printed_list(field: Field) -> None:
    field.untie(field.child)
    assert worklist.print_list(by=field.world.actor("besa"), device=field.phone.device) == []


def test_a_stopped_phone_has_no_list(field: Field) -> None:
    by = field.world.actor("besa")
    device = devices.revoke(by=by, device=field.phone.device)
    with pytest.raises(Refused, match="device"):
        worklist.print_list(by=by, device=device)


def test_codes_are_unique_on_a_phone(field: Field) -> None:
    other = field.tied("Мина", "Савић")
    for twice in ({"child": field.child, "code": "0000001"}, {"child": other, "code": field.code}):
        with pytest.raises(IntegrityError, match="field_code_"), transaction.atomic():
            FieldCode.objects.create(device=field.phone.device, **twice)


# Deciding


def test_it_is_given_to_a_child_with_its_picture_under_the_childs_key(field: Field) -> None:
    row, by = waiting(field, note="Мирно"), field.world.actor("besa")
    made = submissions.give(by=by, submission=row, child=field.child)
    row.refresh_from_db()
    assert (row.held, row.content, row.assessment, row.decided_by) == ("", None, made, by.account)
    assert made.open(field.child.data_key.open())["answers"]["note"] == "Мирно"
    picture = row.files.get()
    assert submissions.read_file(by=by, row=picture) == JPEG
    assert picture.content[1:3] == b"\0\0"  # a data key, not the master's
    entry = AuditEntry.objects.get(verb="children.take_held")
    assert entry.subject == str(row.uuid)
    erase(by=field.world.actor("goran"), uuid=_seen_by_goran(field), reason="На захтев родитеља.")
    with pytest.raises(sealed.BrokenSeal):
        submissions.read_file(by=by, row=SubmissionFile.objects.get())


@pytest.mark.parametrize("why", ["no tie any more", "erased"])
def test_a_picture_that_comes_too_late_is_kept_under_no_other_key(field: Field, why: str) -> None:
    xml = sheet(field.code)
    assert field.phone.send(xml, ("a.jpg", "image/jpeg", JPEG)).status_code == 201
    assert AuditEntry.objects.filter(verb=submissions.RECEIVED).last().detail == {"files": 1}  # type: ignore[union-attr]
    if why == "erased":
        erase(by=field.world.actor("goran"), uuid=_seen_by_goran(field), reason="На захтев родитеља.")
    else:
        field.untie(field.child)
    with acting(RUNTIME, field.world.accounts["besa"].pk):
        answer = field.phone.send(xml, ("b.jpg", "image/jpeg", JPEG))
    assert (answer.status_code, SubmissionFile.objects.count()) == (403, 1)


def _seen_by_goran(field: Field) -> object:
    field.child.ties.create(
        organisation=field.world.organisations["commission"], purpose="additional-support", fields=["identity"],
        since=date(2020, 1, 1),
    )  # fmt: skip
    return field.child.uuid


def test_it_is_put_aside_with_a_reason_and_may_still_be_given(field: Field) -> None:
    row, by = waiting(field), field.world.actor("besa")
    with pytest.raises(Refused, match="reason"):
        submissions.put_aside(by=by, submission=row, reason="  ")
    submissions.put_aside(by=by, submission=row, reason="Проба")
    assert (list(held(by)), list(held(by, aside=True))) == ([], [row])
    assert find_held(by, row.uuid).reason == "Проба"
    submissions.give(by=by, submission=row, child=field.child)
    assert list(held(by, aside=True)) == []


def test_it_is_decided_once(field: Field) -> None:
    row, by = waiting(field), field.world.actor("besa")
    submissions.give(by=by, submission=row, child=field.child)
    for again in (
        lambda: submissions.give(by=by, submission=row, child=field.child),
        lambda: submissions.put_aside(by=by, submission=row, reason="Касно"),
    ):
        with pytest.raises((NotFound, Overtaken)):
            again()
    assert Assessment.objects.count() == 1


def test_giving_asks_for_all_that_a_sheet_needs(field: Field) -> None:
    by, other = field.world.actor("besa"), field.tied("Мина", "Савић")
    with pytest.raises(Refused, match="consent"):
        submissions.give(by=by, submission=waiting(field), child=other)
    with pytest.raises(NotFound):
        submissions.give(by=by, submission=waiting(field), child=field.tied("Ена", "Илић", at="school"))
    with pytest.raises(Refused, match="answers"):
        submissions.give(by=by, submission=waiting(field, sleeps=""), child=field.child)
    field.phone.send(sheet(field.code, form="nothing"))
    with pytest.raises(Refused, match="form"):
        submissions.give(by=by, submission=Submission.objects.latest("pk"), child=field.child)
    assert not Assessment.objects.exists()
    assert held(by).count() == 4


def test_a_form_that_is_loaded_later_can_be_given_then(field: Field) -> None:
    field.phone.send(sheet(field.code, version="2"))
    row = Submission.objects.get()
    assert row.held == Held.FORM
    visit(2)
    assert not submissions.give(by=field.world.actor("besa"), submission=row, child=field.child).retired


@pytest.mark.parametrize("who", ["dino", "eva", "hana"])
def test_who_has_not_the_verb_decides_nothing(field: Field, who: str) -> None:
    row, by = waiting(field), field.world.actor(who)
    for act in (
        lambda: submissions.open_held(by=by, uuid=row.uuid),
        lambda: submissions.give(by=by, submission=row, child=field.child),
        lambda: submissions.put_aside(by=by, submission=row, reason="x"),
    ):
        with pytest.raises(NotPermitted):
            act()


@pytest.mark.parametrize("who", ["ana", "csaba"])
def test_another_institution_finds_it_no_more_than_an_invented_one(field: Field, who: str) -> None:
    row, by = waiting(field), field.world.actor(who)
    assert list(held(by)) == []
    with pytest.raises(NotFound):
        submissions.open_held(by=by, uuid=row.uuid)
    with pytest.raises(NotFound):
        submissions.give(by=by, submission=row, child=field.child)


def test_reading_is_recorded(field: Field) -> None:
    row = waiting(field)
    opened = submissions.open_held(by=field.world.actor("besa"), uuid=row.uuid)
    assert opened.sheet("sr").values()["sleeps"] == "yes"
    assert AuditEntry.objects.get(verb="children.read_held").subject == str(row.uuid)


# The last fence


TABLES = (Submission, SubmissionFile, FieldCode)


def test_row_level_security_shows_submissions_to_their_institution_only(field: Field) -> None:
    waiting(field)
    accounts = field.world.accounts
    with acting(RUNTIME, accounts["besa"].pk):
        assert [model.objects.count() for model in TABLES] == [1, 1, 1]
    for who in ("ana", "csaba", "dino", "eva"):
        with acting(RUNTIME, accounts[who].pk):
            assert [model.objects.count() for model in TABLES] == [0, 0, 0], who
    with acting(RUNTIME):
        assert [model.objects.count() for model in TABLES] == [0, 0, 0]


@pytest.mark.parametrize("role", [EXCHANGE, STATISTICS])
@pytest.mark.parametrize("model", TABLES)
def test_public_pages_and_numbers_cannot_even_ask(field: Field, role: str, model: type) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), acting(role, field.world.accounts["besa"].pk):
        model.objects.count()


def test_nobody_stores_for_another_institution(field: Field) -> None:
    row = waiting(field)
    with acting(RUNTIME, field.world.accounts["ana"].pk):
        fields = {"device": field.phone.device, "organisation": field.here, "form": "x", "held": Held.FORM}
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Submission.objects.create(instance=field.child.uuid, **fields)
        assert Submission.objects.filter(pk=row.pk).update(held=Held.REFUSED) == 0


def test_whose_phone_it_is_still_sees_the_code_of_a_child_who_left_but_not_the_child(field: Field) -> None:
    field.untie(field.child)
    with acting(RUNTIME, field.world.accounts["besa"].pk):
        assert FieldCode.objects.get().code == field.code
        assert list(on_list(field.world.actor("besa"), field.phone.device)) == []


def test_a_submission_is_held_or_given(field: Field) -> None:
    row = waiting(field)
    with pytest.raises(IntegrityError, match="submission_held_or_given"), transaction.atomic():
        Submission.objects.filter(pk=row.pk).update(held="")
    row.held = "somehow"
    with pytest.raises(ValidationError):
        row.full_clean()


# At the same time


@pytest.mark.django_db(transaction=True)  # two connections have to see each other's rows
def test_a_sheet_sent_twice_at_the_same_time_is_stored_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have looked and found nothing before either writes."""
    field = Field(world)
    xml, both = sheet(field.code), Barrier(2, timeout=30)
    first = submissions._first

    def together(*given: object) -> object:
        both.wait()
        return first(*given)

    monkeypatch.setattr(submissions, "_first", together)
    told = beside(*[lambda: field.phone.send(xml, ("a.jpg", "image/jpeg", JPEG)).status_code] * 2)
    assert told == [201, 201]
    assert (Submission.objects.count(), Assessment.objects.count(), SubmissionFile.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)  # two connections have to see each other's rows
def test_two_who_decide_at_the_same_time_decide_once(world: World) -> None:
    field = Field(world)
    row = waiting(field)
    account = world.accounts["besa"].pk

    def give() -> object:
        with acting(RUNTIME, account):
            return submissions.give(by=world.actor("besa"), submission=row, child=field.child)

    told = beside(give, give)
    assert sorted(type(one).__name__ for one in told)[0] == "Assessment"
    assert any(isinstance(one, NotFound | Overtaken) for one in told)
    assert Assessment.objects.count() == 1
