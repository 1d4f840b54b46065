"""A class is entrusted to its teacher and one form is kept for all its pupils: who may, how long, what is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.children.classes import OTHER_CLASS, RISK, THIS_CLASS, School, risk
from tests.places import factories as places
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.casework.actions import daily
from zajedno.children.actions.assessment import judge
from zajedno.children.actions.consent import withdraw
from zajedno.children.actions.enrolment import leave
from zajedno.children.actions.file import open_file
from zajedno.children.actions.filling import Filling, filling, new_sheet, sealed_content
from zajedno.children.actions.school_class import PupilRow, open_class
from zajedno.children.actions.tie import write_tie
from zajedno.children.enums import Field
from zajedno.children.models import Assessment, Child, Enrolment, Tie
from zajedno.children.queries.assessment import of_child
from zajedno.children.queries.child import visible_to
from zajedno.children.queries.school_class import classes, entrusted, find_class, last_filled, teachers
from zajedno.children.rules import TIE
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, WORKER, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db
SCREENING = "screening"


@pytest.fixture
def school(world: World) -> School:
    return School(world)


@pytest.fixture
def vera(school: School) -> School:
    """The school, with III-2 entrusted to Vera."""
    assert school.entrust() == 3
    return school


def seen(school: School, who: str) -> set[Child]:
    """By the rule, and by the database itself: they must agree."""
    actor = school.world.actor(who)
    with acting(RUNTIME, actor.account):
        found = set(visible_to(actor))
        assert found == set(Child.objects.all())
    return found


def test_the_teacher_sees_her_class_and_nobody_else(vera: School) -> None:
    assert seen(vera, "vera") == set(vera.pupils)
    assert seen(vera, "ivan") == set()
    actor = vera.world.actor("vera")
    assert [(one.name, one.pupils) for one in classes(actor, [vera.place.pk])] == [(THIS_CLASS, 3)]
    assert [one.name for one in classes(vera.world.actor("ana"), [vera.place.pk])] == [OTHER_CLASS, THIS_CLASS]
    assert entrusted(vera.world.actor("ana"), [vera.place.pk]) == {(vera.place.pk, THIS_CLASS): ["Вера Лукић"]}


def test_a_teacher_of_two_schools_writes_for_the_one_of_the_class(vera: School) -> None:
    other = places.organisation("Друга школа", kind=vera.place.kind, code="w-other")
    account = vera.world.accounts["vera"]
    first = Post.objects.get(account=account)
    Post.objects.create(account=account, organisation=other, role_id=first.role_id, since=date(2019, 1, 1))
    Post.objects.filter(pk=first.pk).delete()
    Post.objects.create(account=account, organisation=vera.place, role_id=first.role_id, since=date(2020, 1, 1))
    ready = filling(vera.world.actor("vera"), vera.pupils[0], vera.form())
    assert ready.organisation == vera.place.pk


def test_what_is_opened_ends_with_the_school_year(vera: School) -> None:
    tie = Tie.objects.filter(account=vera.world.accounts["vera"]).first()
    assert tie is not None
    assert (tie.until.month, tie.until.day, tie.purpose, tie.while_at) == (8, 31, "education", vera.place)
    assert sorted(tie.fields) == ["education", "enrolment", "identity"]
    assert (tie.until - clock.today()).days <= 366
    with clock.on(tie.until + timedelta(days=1)):
        assert not visible_to(vera.world.actor("vera")).exists()


def test_only_who_may_entrusts_and_only_to_a_teacher_of_the_school(school: School) -> None:
    other = places.organisation("ОШ „Друга”", kind=school.place.kind)
    stranger = school.teacher("mina", "Мина Ковач")
    Post.objects.filter(account=stranger).update(organisation=other)
    assert school.world.accounts["ana"].pk not in teachers(school.place.pk, clock.today())  # she sees all files anyway
    for teacher in ("mina", "ana", "besa"):
        with pytest.raises(NotFound):
            school.entrust(teacher)
    for by in ("vera", "csaba", "besa", "dino"):
        with pytest.raises(NotPermitted):
            school.entrust(by=by)
    with pytest.raises(Refused, match="empty_class"):
        school.entrust(class_name="VIII-9")
    assert not Tie.objects.filter(account__isnull=False).exists()


def test_entrusting_again_adds_who_came_and_takes_it_from_who_had_it(vera: School) -> None:
    assert vera.entrust() == 0
    fresh = vera.pupil("Mila", "Đukić")
    assert vera.entrust() == 1
    assert fresh in seen(vera, "vera")
    assert vera.entrust("ivan") == 4
    assert seen(vera, "vera") == set()
    assert len(seen(vera, "ivan")) == 4
    assert vera.entrust("") == 0
    assert seen(vera, "ivan") == set()


def test_a_tie_of_another_kind_outlives_the_class(vera: School) -> None:
    """Vera is also a person of trust of one pupil: that is not the school's to end."""
    by, account = vera.world.actor("ana"), vera.world.accounts["vera"]
    write_tie(by=vera.world.actor("csaba"), verb=TIE, child=vera.pupils[0], purpose="education", fields=["identity"],
              account=account, until=by.today + timedelta(days=9))  # fmt: skip
    vera.entrust("ivan")
    assert seen(vera, "vera") == {vera.pupils[0]}
    assert classes(vera.world.actor("vera"), [vera.place.pk]) == []  # it opens no enrolment


def end_post(school: School) -> None:
    Post.objects.filter(account=school.world.accounts["vera"]).update(until=clock.today())


def move_to_another_school(school: School) -> None:
    end_post(school)
    other = places.organisation("ОШ „Друга”", kind=school.place.kind)
    places.post(account=school.world.accounts["vera"], organisation=other, role_id="class-teacher")


@pytest.mark.parametrize("ending", [end_post, move_to_another_school])
def test_without_her_post_in_the_school_she_sees_nothing(vera: School, ending: Callable[[School], None]) -> None:
    ending(vera)
    actor = vera.world.actor("vera")
    assert not visible_to(actor).exists()
    with pytest.raises((NotFound, NotPermitted)):
        open_file(by=actor, uuid=vera.pupils[0].uuid)
    with acting(WORKER):
        daily.run()
    assert seen(vera, "vera") == set()
    assert not Tie.objects.filter(while_at=vera.place, until__gte=clock.today()).exists()


def test_a_pupil_who_leaves_the_school_leaves_its_teacher(vera: School) -> None:
    ana, gone = vera.world.actor("ana"), vera.pupils[0]
    with acting(RUNTIME, ana.account):
        leave(by=ana, enrolment=Enrolment.objects.get(child=gone), on=ana.today - timedelta(days=5))
    assert seen(vera, "vera") == set(vera.pupils[1:])
    Enrolment.objects.filter(child=vera.pupils[1]).update(until=ana.today - timedelta(days=1))
    with acting(WORKER):
        daily.run()
    assert seen(vera, "vera") == {vera.pupils[2]}
    assert vera.world.organisations["school"] == Tie.objects.get(child=gone, organisation__isnull=False).organisation


def test_a_post_is_asked_for_of_persons_only(vera: School) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(
            child=vera.other, organisation=vera.place, purpose="education", fields=["identity"], since=clock.today(),
            while_at=vera.place,
        )  # fmt: skip


def test_a_class_has_one_address_that_says_nothing(vera: School) -> None:
    actor = vera.world.actor("vera")
    (mine,) = classes(actor, [vera.place.pk])
    assert find_class(actor, vera.place.pk, mine.key) == mine
    assert len(mine.key) == 12
    assert "iii" not in mine.key
    other = next(one for one in classes(vera.world.actor("ana"), [vera.place.pk]) if one.name == OTHER_CLASS)
    for key in (other.key, "0" * 12, ""):
        with pytest.raises(NotFound):
            find_class(actor, vera.place.pk, key)


def verdicts(school: School, rows: dict[int, Any], **how: Any) -> dict[str, str]:
    return {one.child.given_name: one.code or one.verdict for one in school.take_in(rows, **how)}


def test_each_row_is_judged_for_itself(vera: School) -> None:
    pera, djordje, ana = (child.pk for child in vera.pupils)
    rows = {pera: risk(attendance=2, attainment=1), djordje: risk(attendance=7), ana: risk(attainment=0)}
    rows[vera.other.pk] = risk(attendance=1)
    assert verdicts(vera, rows) == {"Ana": "saved", "Ђорђе": "answers", "Пера": "saved"}
    assert {row.child_id for row in Assessment.objects.all()} == {pera, ana}
    row = Assessment.objects.get(child=pera)
    assert (row.organisation, row.part, row.consent, row.filled_by) == (
        vera.place, "education", None, vera.world.accounts["vera"].pk,
    )  # fmt: skip
    assert AuditEntry.objects.filter(verb="children.assess").count() == 2
    assert last_filled(vera.world.actor("ana"), [vera.place.pk]) == {(vera.place.pk, THIS_CLASS, RISK): clock.today()}


def test_what_is_kept_is_scored_as_the_form_says(vera: School) -> None:
    levels = {"attendance": 2, "seasonal": 0, "attainment": 2, "repetition": 2}
    vera.take_in({vera.pupils[0].pk: risk(**levels)})
    (read,) = of_child(vera.world.actor("vera"), vera.pupils[0])
    answered, weights = {"attendance": 3, "seasonal": 2, "attainment": 3, "repetition": 3}, 43
    assert sum(answered.values()) * 2 < weights  # below half: no index, but its groups are told
    assert read.findings[0].value is None
    assert {one.key: one.value for one in read.findings}["presence"] == 60
    assert len(read.content["missing"]) == 20


def test_a_row_like_the_newest_sheet_changes_nothing(vera: School) -> None:
    pera = vera.pupils[0].pk
    assert verdicts(vera, {pera: risk(attendance=1)}) == {"Пера": "saved"}
    assert verdicts(vera, {pera: risk(attendance=1)}) == {"Пера": "unchanged"}
    assert Assessment.objects.count() == 1


def test_written_again_the_same_day_it_puts_right_later_it_is_new(vera: School) -> None:
    pera = vera.pupils[0]
    vera.take_in({pera.pk: risk(attendance=1)})
    vera.take_in({pera.pk: risk(attendance=2)})
    first, second = Assessment.objects.order_by("pk")
    assert second.corrects == first
    assert second.reason
    vera.take_in({pera.pk: risk(attendance=0)}, by="ana")  # another's sheet is never put right this way
    with clock.on(clock.today() + timedelta(days=1)):
        vera.take_in({pera.pk: risk(attendance=2)}, by="ana")
    assert list(Assessment.objects.order_by("pk").values_list("corrects", flat=True)) == [None, first.pk, None, None]


def test_what_people_have_judged_is_not_put_right_in_passing(vera: School) -> None:
    pera, ana = vera.pupils[0], vera.world.actor("ana")
    vera.take_in({pera.pk: risk(attendance=1)}, by="ana")
    judge(by=ana, assessment=Assessment.objects.get(), led_to="talk")
    vera.take_in({pera.pk: risk(attendance=2)}, by="ana")
    assert not Assessment.objects.filter(corrects__isnull=False).exists()


def test_nobody_writes_over_what_they_have_not_seen(vera: School) -> None:
    pera = vera.pupils[0].pk
    vera.take_in({pera: risk(attendance=1)}, by="ana")
    assert verdicts(vera, {pera: PupilRow(risk(attendance=2))}) == {"Пера": "overtaken"}
    assert verdicts(vera, {pera: PupilRow(risk(attendance=1))}) == {"Пера": "unchanged"}
    assert verdicts(vera, {pera: PupilRow(risk(attendance=2), Assessment.objects.get().uuid)}) == {"Пера": "saved"}


def test_who_may_fill_in_for_a_class(vera: School) -> None:
    rows = {vera.pupils[0].pk: risk(attendance=1)}
    assert verdicts(vera, rows, by="ana") == {"Пера": "saved"}
    with pytest.raises(NotFound):
        vera.take_in(rows, by="ivan")
    for who in ("besa", "csaba", "dino", "eva"):  # at work elsewhere, or with nothing to do with forms
        with pytest.raises(NotPermitted):
            vera.take_in(rows, by=who)
    assert vera.take_in({}, by="vera") == []


def test_a_purpose_that_needs_consent_is_asked_for_each_pupil(vera: School) -> None:
    form = replace(vera.form(), facts=replace(vera.form().facts, purpose=SCREENING))
    pera, djordje = vera.pupils[:2]
    consent = vera.world.consent(pera, purpose=SCREENING)
    consent.recipients.set([vera.place])
    rows = {pera.pk: risk(attendance=1), djordje.pk: risk(attendance=1)}
    assert verdicts(vera, rows, form=form) == {"Пера": "saved", "Ђорђе": "consent"}
    assert Assessment.objects.get().consent == consent
    withdraw(by=vera.world.actor("ana"), consent=consent)
    assert verdicts(vera, {pera.pk: risk(attendance=2)}, form=form) == {"Пера": "consent"}


def test_a_sheet_of_a_part_that_is_not_open_is_neither_shown_nor_hinted_at(vera: School) -> None:
    pera, besa, form = vera.pupils[0], vera.world.actor("besa"), vera.form()
    ready = Filling(pera, form, vera.world.organisations["health"].pk, Field.HEALTH, None, pera.data_key.open(), False)
    content, day = sealed_content(ready, risk(attendance=1), clock.today())
    sheet = new_sheet(ready, besa.account, day)
    sheet.seal(content, ready.key)
    sheet.save()
    actor = vera.world.actor("vera")
    pupils = open_class(by=actor, organisation=vera.place, class_name=THIS_CLASS, form=form)
    assert [one.newest for one in pupils] == [None] * 3
    assert verdicts(vera, {pera.pk: risk(attendance=1)}) == {"Пера": "saved"}


def test_reading_a_class_is_written_down_for_each_file(vera: School) -> None:
    actor = vera.world.actor("vera")
    with acting(RUNTIME, actor.account):
        pupils = open_class(by=actor, organisation=vera.place, class_name=THIS_CLASS, form=vera.form())
    assert [one.child.full_name for one in pupils] == ["Ana Čavić", "Ђорђе Њежић", "Пера Перић"]
    entries = AuditEntry.objects.filter(verb="children.open_file", account=actor.account)
    assert {entry.subject for entry in entries} == {str(child.uuid) for child in vera.pupils}
    assert {entry.organisation for entry in entries} == {vera.place.pk}
    with pytest.raises(NotFound):
        open_class(by=vera.world.actor("ivan"), organisation=vera.place, class_name=THIS_CLASS, form=vera.form())


def test_an_erased_file_is_left_out(vera: School) -> None:
    key = vera.pupils[0].data_key
    key.wrapped, key.destroyed_on = None, clock.now()
    key.save()
    assert verdicts(vera, {child.pk: risk(attendance=1) for child in vera.pupils}) == {"Ana": "saved", "Ђорђе": "saved"}


def counted(school: School, rows: dict[int, Any], act: Callable[..., Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act(rows)
    return len(queries)


@pytest.mark.parametrize("again", [False, True])
def test_thirty_pupils_cost_as_many_queries_as_three(vera: School, again: bool) -> None:
    few = {child.pk: risk(attendance=1) for child in vera.pupils}
    vera.take_in(few)  # definitions are in memory now
    rows = [{pk: risk(attendance=1 + turn % 2) for pk in few} for turn in (1, 0)]
    before = counted(vera, rows[0], vera.take_in)
    more = [vera.pupil(f"Ученик{number}", "Многи") for number in range(27)]
    vera.entrust()
    many = {child.pk: risk(attendance=1) for child in [*vera.pupils, *more]}
    if again:
        vera.take_in(many)
        many = {pk: risk(attendance=2) for pk in many}
    assert counted(vera, many, vera.take_in) == before
    assert Assessment.objects.filter(corrected_by=None).count() == 30


def test_dates_are_those_of_the_clock(vera: School) -> None:
    day = date(clock.today().year + 1, 1, 15)
    Tie.objects.filter(while_at=vera.place).update(until=day)
    with clock.on(day):
        vera.take_in({vera.pupils[0].pk: risk(attendance=1)})
    assert Assessment.objects.get().holds_on == day
