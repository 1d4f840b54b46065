"""A form about a child: who may fill it in, on what consent, who may read it, and that it is never edited."""

import json
from contextlib import suppress
from copy import copy
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction

from tests.children.beside import beside
from tests.world import World, load_forms
from zajedno.access.models import AuditEntry
from zajedno.children.actions import assessment as actions
from zajedno.children.actions.assessment import begin, drop_old_drafts, judge, keep, send, take_in
from zajedno.children.models import Assessment, AssessmentDraft, Tie
from zajedno.children.queries import assessment as assessments
from zajedno.children.queries.subject import subject_export
from zajedno.forms.queries.form import Loaded, loaded
from zajedno.kernel.clock import now, today
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db

GROWTH = {"measured_on": "2026-11-20", "weight_kg": "12.4", "oedema": "n", "lenhei_cm": "88.5", "measure": "h"}


@pytest.fixture
def growth(world: World) -> Loaded:
    form = load_forms("who-growth", enable=["health", "school"])["who-growth"]
    return loaded(form.versions.get().pk)


@pytest.fixture
def child(world: World) -> Any:
    """A boy of two and a half whose file the health centre keeps, with a consent to screening."""
    child = world.child(born=today() - timedelta(days=900), sex="M", registered_by=world.organisations["health"])
    consent = world.consent(child, purpose="screening")
    consent.recipients.set([world.organisations["health"]])
    return child


def test_a_sheet_is_scored_sealed_and_read_back(world: World, growth: Loaded, child: Any) -> None:
    made = take_in(by=world.actor("besa"), child=child, form=growth, answers=GROWTH)
    assert b"12.4" not in bytes(made.sealed)
    assert str(made.holds_on) == "2026-11-20"
    assert made.part == "health"
    read = assessments.find(world.actor("besa"), child, made.uuid)
    assert read.content["answers"]["weight_kg"] == "12.4"
    assert {one.key for one in read.findings} >= {"growth", "zlen", "zwei", "zwfl", "zbmi"}
    entry = AuditEntry.objects.filter(verb="children.assess").get()
    assert entry.subject == str(child.uuid)
    assert "12.4" not in str(entry.detail)


def test_without_consent_nothing_is_kept(world: World, growth: Loaded, child: Any) -> None:
    child.consents.update(withdrawn_on=today())
    with pytest.raises(Refused) as refusal:
        take_in(by=world.actor("besa"), child=child, form=growth, answers=GROWTH)
    assert refusal.value.code == "consent"
    assert not Assessment.objects.exists()


def test_a_child_of_others_is_not_found(world: World, growth: Loaded, child: Any) -> None:
    with pytest.raises(NotFound):
        take_in(by=world.actor("ana"), child=child, form=growth, answers=GROWTH)
    with pytest.raises(NotPermitted):
        take_in(by=world.actor("dino"), child=child, form=growth, answers=GROWTH)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"weight_kg": "hundred"}, "answers"), ({"oedema": ""}, "answers"), ({"measured_on": "2020-01-01"}, "day")],
)
def test_what_does_not_fit_is_refused(
    world: World, growth: Loaded, child: Any, change: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        take_in(by=world.actor("besa"), child=child, form=growth, answers=GROWTH | change)
    assert refusal.value.code == code
    assert not Assessment.objects.exists()


def test_an_empty_form_is_no_assessment(world: World) -> None:
    form = load_forms("dropout-risk", enable=["school"])["dropout-risk"]
    with pytest.raises(Refused) as refusal:
        take_in(by=world.actor("ana"), child=world.child(), form=loaded(form.versions.get().pk), answers={})
    assert refusal.value.code == "answers"


def test_others_read_it_only_when_their_tie_opens_its_part(world: World, growth: Loaded, child: Any) -> None:
    made = take_in(by=world.actor("besa"), child=child, form=growth, answers=GROWTH)
    tie = Tie.objects.create(
        child=child, organisation=world.organisations["school"], purpose="education", since=today(),
        fields=["identity", "education"],
    )  # fmt: skip
    ana = world.actor("ana")
    assert assessments.of_child(ana, child) == []
    with pytest.raises(NotFound):
        assessments.find(ana, child, made.uuid)
    tie.fields = ["identity", "health"]
    tie.save()
    assert [read.row.pk for read in assessments.of_child(ana, child)] == [made.pk]


def test_a_draft_is_ones_own(world: World, growth: Loaded, child: Any) -> None:
    besa = world.actor("besa")
    draft = begin(by=besa, child=child, form=growth)
    keep(by=besa, draft=draft, answers={"weight_kg": "not yet"})
    assert begin(by=besa, child=child, form=growth).pk == draft.pk
    assert assessments.draft(besa, draft.uuid).answers == {"weight_kg": "not yet"}
    Tie.objects.create(child=child, organisation=world.organisations["school"], purpose="education", since=today(),
                       fields=["identity", "health"])  # fmt: skip
    with pytest.raises(NotFound):
        assessments.draft(world.actor("ana"), draft.uuid)
    with acting(RUNTIME, world.accounts["ana"].pk):
        assert not AssessmentDraft.objects.exists()
    with acting(RUNTIME, world.accounts["besa"].pk):
        assert AssessmentDraft.objects.exists()


def test_a_draft_is_sent_once(world: World, growth: Loaded, child: Any) -> None:
    besa = world.actor("besa")
    draft = keep(by=besa, draft=begin(by=besa, child=child, form=growth), answers=GROWTH)
    send(by=besa, draft=draft)
    with pytest.raises(Overtaken):
        send(by=besa, draft=draft)
    assert Assessment.objects.count() == 1
    assert not AssessmentDraft.objects.exists()


def test_a_correction_is_another_sheet_with_a_reason(world: World, growth: Loaded, child: Any) -> None:
    besa = world.actor("besa")
    first = take_in(by=besa, child=child, form=growth, answers=GROWTH)
    draft = begin(by=besa, child=child, form=growth, corrects=first)
    assert draft.answers["weight_kg"] == "12.4"
    keep(by=besa, draft=draft, answers=GROWTH | {"weight_kg": "14.2"})
    with pytest.raises(Refused):
        send(by=besa, draft=draft, reason="  ")
    second = send(by=besa, draft=draft, reason="Погрешно прочитана вага")
    assert second.corrects_id == first.pk
    assert assessments.find(besa, child, first.uuid).content["answers"]["weight_kg"] == "12.4"
    again = begin(by=besa, child=child, form=growth, corrects=first)
    with pytest.raises(Overtaken):
        send(by=besa, draft=again, reason="Још једном")


def test_a_correction_stays_in_the_part_of_the_sheet_that_it_puts_right(
    world: World, growth: Loaded, child: Any
) -> None:
    """Else who may read of the child's education would read there what was written of the child's health."""
    wide = replace(growth, facts=replace(growth.facts, parts=("health", "education")))
    first = take_in(by=world.actor("besa"), child=child, form=wide, answers=GROWTH)
    Tie.objects.create(child=child, organisation=world.organisations["school"], purpose="education", since=today(),
                       fields=["identity", "education", "health"])  # fmt: skip
    child.consents.get().recipients.add(world.organisations["school"])
    ana = world.actor("ana")
    assert take_in(by=ana, child=child, form=wide, answers=GROWTH).part == "education"
    second = take_in(by=ana, child=child, form=wide, answers=GROWTH, corrects=first, reason="Погрешна вага")
    assert (second.part, second.organisation) == ("health", world.organisations["school"])


def test_only_a_sheet_that_one_reads_can_be_put_right(world: World, growth: Loaded, child: Any) -> None:
    first = take_in(by=world.actor("besa"), child=child, form=growth, answers=GROWTH)
    Tie.objects.create(child=child, organisation=world.organisations["school"], purpose="education", since=today(),
                       fields=["identity", "education"])  # fmt: skip
    child.consents.get().recipients.add(world.organisations["school"])
    with pytest.raises(NotFound):
        begin(by=world.actor("ana"), child=child, form=growth, corrects=first)


@pytest.mark.django_db(transaction=True)  # two connections have to see each other's rows
def test_two_who_put_the_same_sheet_right_at_the_same_time(
    world: World, growth: Loaded, child: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second waits, and is told; without the wait both would meet where the sheet is made."""
    besa, both = world.actor("besa"), Barrier(2, timeout=1)
    first = take_in(by=besa, child=child, form=growth, answers=GROWTH)
    drafts = [begin(by=besa, child=child, form=growth, corrects=first)]
    drafts.append(copy(drafts[0]))
    drafts[1].pk, drafts[1].uuid, drafts[1]._state.adding = None, uuid4(), True
    drafts[1].answers = drafts[0].answers
    drafts[1].save()
    make = actions.take_in

    def together(**given: Any) -> Assessment:
        with suppress(BrokenBarrierError):
            both.wait()
        return make(**given)

    monkeypatch.setattr(actions, "take_in", together)
    told = beside(*(partial(send, by=besa, draft=draft, reason="Погрешна вага") for draft in drafts))
    assert sorted(type(one).__name__ for one in told) == ["Assessment", "Overtaken"]


def test_the_export_holds_what_was_written_and_no_seal(world: World, growth: Loaded, child: Any) -> None:
    besa = world.actor("besa")
    made = take_in(by=besa, child=child, form=growth, answers=GROWTH)
    judge(by=besa, assessment=made, led_to="talk", reason="Дете је било болесно.")
    child.refresh_from_db()
    (row,) = subject_export(child)["assessment"]
    assert row["sealed"]["answers"]["weight_kg"] == "12.4"
    assert [one["reason"] for one in row["judgements"]] == ["Дете је било болесно."]
    child.data_key.wrapped = None
    export = subject_export(child)
    assert (export["assessment"][0]["sealed"], export["assessment"][0]["judgements"][0]["sealed"]) == (None, None)
    assert "memory at" not in json.dumps(export)


def test_people_decide(world: World, growth: Loaded, child: Any) -> None:
    besa = world.actor("besa")
    made = take_in(by=besa, child=child, form=growth, answers=GROWTH)
    with pytest.raises(Refused):
        judge(by=besa, assessment=made, led_to="talk", finding="growth", band="attention")
    judge(by=besa, assessment=made, led_to="talk", finding="growth", band="attention", reason="Дете је било болесно.")
    read = assessments.find(besa, child, made.uuid)
    assert read.band(read.findings[0]) == "attention"
    assert read.judgements[0]["reason"] == "Дете је било болесно."
    with pytest.raises(NotPermitted):
        judge(by=world.actor("eva"), assessment=made, led_to="talk")


def test_the_same_submission_cannot_stand_twice(world: World, growth: Loaded, child: Any) -> None:
    instance = uuid4()
    take_in(by=world.actor("besa"), child=child, form=growth, answers=GROWTH, instance=instance)
    with pytest.raises(IntegrityError), transaction.atomic():
        take_in(by=world.actor("besa"), child=child, form=growth, answers=GROWTH, instance=instance)


def test_the_database_refuses_to_change_a_sheet(world: World, growth: Loaded, child: Any) -> None:
    made = take_in(by=world.actor("besa"), child=child, form=growth, answers=GROWTH)
    judgement = judge(by=world.actor("besa"), assessment=made, led_to="talk")
    for row in (made, judgement):
        with pytest.raises((InternalError, ProgrammingError, IntegrityError)), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(sealed=b"other")
        with pytest.raises((InternalError, ProgrammingError, IntegrityError)), transaction.atomic():
            row.delete()


def test_a_correction_without_reason_cannot_stand(world: World, growth: Loaded, child: Any) -> None:
    made = take_in(by=world.actor("besa"), child=child, form=growth, answers=GROWTH)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(
            child=child, version_id=growth.pk, organisation=made.organisation, part="health", holds_on=today(),
            corrects=made, sealed=b"x",
        )  # fmt: skip


def test_the_fence_hides_sheets_of_other_children(world: World, growth: Loaded, child: Any) -> None:
    take_in(by=world.actor("besa"), child=child, form=growth, answers=GROWTH)
    with acting(RUNTIME, world.accounts["ana"].pk):
        assert not Assessment.objects.exists()
    with acting(RUNTIME, world.accounts["besa"].pk):
        assert Assessment.objects.count() == 1


def test_forgotten_drafts_go(world: World, growth: Loaded, child: Any) -> None:
    besa = world.actor("besa")
    old, new = begin(by=besa, child=child, form=growth), AssessmentDraft
    new.objects.filter(pk=old.pk).update(saved_on=now() - timedelta(days=31))
    assert drop_old_drafts() == 1
    assert not AssessmentDraft.objects.exists()
