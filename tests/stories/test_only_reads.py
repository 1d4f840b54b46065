"""Who only reads a case, since it is offered to them or was theirs, does nothing in it, whatever their post carries."""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest

from tests.stories.test_fences import VERBS
from tests.stories.town import Town
from zajedno.access.models import Role
from zajedno.casework import actions
from zajedno.casework.actions import (
    bulk_acts,
    case,
    family,
    flag,
    goal,
    handout,
    letter,
    move,
    note,
    opinion,
    override,
    plan,
    sitting,
    support,
    task,
    transfer,
)
from zajedno.casework.logic.passing import FORMER, TO
from zajedno.casework.models import AgendaItem, Case, Participant
from zajedno.casework.queries import case as cases
from zajedno.casework.queries.case import CaseFile
from zajedno.children.enums import Field
from zajedno.children.models import Tie
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import acting
from zajedno.kernel.refusal import NotFound, NotPermitted
from zajedno.kernel.verbs import known
from zajedno.places.models import Post, Service

pytestmark = pytest.mark.django_db

Act = Callable[[Actor, Town, CaseFile], object]
SPEECH = {"code": "speech_therapy"}


def line(file: CaseFile) -> Any:
    return file.case.measures.get()


def uuid(file: CaseFile) -> dict[str, Any]:
    return {"uuid": file.case.uuid}


@cache
def item_of(town: Town) -> AgendaItem:
    """As who prepares the sitting finds it."""
    with acting("none"):
        return AgendaItem.objects.select_related("sitting").get(case=town.case)


ACTS: dict[str, Act] = {
    "bulk_acts.act_on": lambda by, _town, file: bulk_acts.act_on(
        by, file.case.uuid, seen=file.case.moves_made, act="flag", given={"message": "x"}
    ),
    "case.open_case": lambda by, town, file: case.open_case(
        by=by, child=town.child, keeper=town.world.organisations["zita"], procedure="additional-support",
        initiator="parent",
    ),
    "case.change_request": lambda by, _town, file: case.change_request(by=by, file=file, request={"asked": "x"}),
    "family.add_view": lambda by, _town, file: family.add_view(by=by, **uuid(file), text="x"),
    "family.give_consent": lambda by, _town, file: family.give_consent(by=by, file=file),
    "family.withdraw_consent": lambda by, town, _file: family.withdraw_consent(
        by=by, child=town.child.uuid, consent=town.child.consents.first().uuid
    ),
    "family.answer": lambda by, town, _file: family.answer(
        by=by, uuid=UUID(str(town.ids["asked/uuid"])), granted=True, reply="x"
    ),
    "flag.raise_flag": lambda by, _town, file: flag.raise_flag(by=by, file=file, message="x"),
    "flag.remove_flag": lambda by, _town, file: flag.remove_flag(
        by=by, file=file, flag=file.case.flags.first(), reason="x"
    ),
    "goal.write_goal": lambda by, _town, file: goal.write_goal(
        by=by, file=file, values={"whose": "child"}, text="x", row=None
    ),
    "goal.drop_goal": lambda by, _town, file: goal.drop_goal(by=by, file=file, row=file.case.goals.first()),
    "handout.hand_out": lambda by, _town, file: handout.hand_out(by=by, **uuid(file), receiver="w-health"),
    "letter.issue": lambda by, _town, file: letter.issue(by=by, file=file, kind="request-form"),
    "letter.as_word": lambda by, _town, file: letter.as_word(by=by, file=file, letter=file.case.letters.first()),
    "move.move_case": lambda by, _town, file: move.move_case(
        by=by, **uuid(file), move="withdraw", seen=file.case.moves_made, given={"reason": "x"}
    ),
    "note.write_note": lambda by, _town, file: note.write_note(
        by=by, file=file, kind="note", text="x", happened_on=by.today
    ),
    "note.note_written": lambda by, _town, file: note.note_written(
        by=by, file=file, kind="note", text="x", happened_on=by.today
    ),
    "note.attach_paper": lambda by, _town, file: note.attach_paper(
        by=by, file=file, kind="medical", name="x.pdf", media_type="application/pdf", content=b"x"
    ),
    "note.remove_paper": lambda by, _town, file: note.remove_paper(
        by=by, file=file, paper=file.case.papers.first(), reason="x"
    ),
    "opinion.save_opinion": lambda by, _town, file: opinion.save_opinion(by=by, file=file, text="x"),
    "opinion.submit_opinion": lambda by, _town, file: opinion.submit_opinion(by=by, file=file, text="x"),
    "opinion.save_joint_opinion": lambda by, _town, file: opinion.save_joint_opinion(
        by=by, file=file, content={"findings": "x"}
    ),
    "override.override_need": lambda by, _town, file: override.override_need(
        by=by, **uuid(file), need="consent", reason="Не може да се чека.", seen=file.case.moves_made
    ),
    "plan.write_measure": lambda by, _town, file: plan.write_measure(
        by=by, file=file, values=SPEECH, goal="x", row=None
    ),
    "plan.drop_measure": lambda by, _town, file: plan.drop_measure(by=by, file=file, row=line(file)),
    "plan.revise_measure": lambda by, _town, file: plan.revise_measure(
        by=by, file=file, values=SPEECH, goal="x", row=line(file), reason="x"
    ),
    "plan.count_here": lambda by, _town, file: plan.count_here(by=by, file=file, row=line(file)),
    "sitting.put_on_agenda": lambda by, town, file: sitting.put_on_agenda(
        by=by, file=file, sitting=item_of(town).sitting
    ),
    "sitting.write_minutes": lambda by, town, file: sitting.write_minutes(
        by=by, file=file, item=item_of(town), text="x"
    ),
    "support.report_measure": lambda by, _town, file: support.report_measure(by=by, row=line(file), state="done"),
    "support.match_service": lambda by, _town, file: support.match_service(
        by=by, file=file, row=line(file), service=Service.objects.first()
    ),
    "support.release_service": lambda by, _town, file: support.release_service(by=by, file=file, row=line(file)),
    "support.record_unmet": lambda by, _town, file: support.record_unmet(
        by=by, file=file, row=line(file), why="no_place"
    ),
    "support.write_view": lambda by, _town, file: support.write_view(
        by=by, file=file, whose="child", text="x", told_on=by.today
    ),
    "task.give_task": lambda by, _town, file: task.give_task(
        by=by, file=file, what="x", to=by.account, due_on=by.today
    ),
    "task.change_task": lambda by, _town, file: task.change_task(
        by=by, file=file, task=file.case.tasks.first(), to=by.account, due_on=by.today
    ),
    "task.set_done": lambda by, _town, file: task.set_done(by=by, file=file, task=file.case.tasks.first(), done=True),
    "transfer.offer_transfer": lambda by, town, file: transfer.offer_transfer(
        by=by, **uuid(file), receiver=town.world.organisations["zita"], message="x", seen=file.case.moves_made
    ),
    "transfer.withdraw_transfer": lambda by, _town, file: transfer.withdraw_transfer(by=by, **uuid(file), reason="x"),
}  # fmt: skip
READING = {"letter.read", "note.read_paper", "reading.open_file", "reading.note_reading", "bulk.choose"}
READING |= {"arrival.open_arrival", "radar.look_ahead", "reading.note_list", "register_out.export"}
# Steps inside an act that has asked; a tie asks for the verb of the act once more.
INSIDE = {"case.begin", "clause.under", "given.apply_answers", "letter.keep", "line.add_line", "note.paper_given"}
INSIDE |= {f"participant.{name}" for name in ("join", "let_family_in", "narrow", "hand_over", "let_go")}
# Not about a case that is there: one's own drafts and reports, the sittings and registers of one's own commission.
OWN = {"case.save_draft", "case.drop_draft", "bulk.prepare", "bulk.carry_out", "intake.take_in", "batch.upload"}
# Whoever is offered the case answers: test_behaviours_transfer, X3.
OWN |= {"transfer.accept_transfer", "transfer.reject_transfer"}
OWN |= {"report.write", "report.issue"}
# What another system sent, of which there is no case yet: test_arrival.
OWN |= {"arrival.receive", "arrival.take_in", "arrival.turn_down", "arrival_case.refer"}
OWN |= {f"sitting.{name}" for name in ("call_sitting", "record_attendance", "order_agenda", "cancel", "close")}


def every_act() -> Iterator[str]:
    """Functions of the room that somebody does: those with `by` by name, and the acts on many cases."""
    for found in pkgutil.iter_modules(actions.__path__):
        module = import_module(f"{actions.__name__}.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            taken = inspect.signature(function).parameters
            own = inspect.unwrap(function).__module__ == module.__name__ and not name.startswith("_")
            if own and "by" in taken and taken["by"].kind == inspect.Parameter.KEYWORD_ONLY:
                yield f"{found.name}.{name}"


def test_every_act_has_its_story() -> None:
    assert {*every_act(), "bulk_acts.act_on"} - READING - INSIDE - OWN == set(ACTS)


@pytest.fixture(params=[TO, FORMER])
def reader(town: Town, request: pytest.FixtureRequest) -> CaseFile:
    """Zita's commission is offered the case, or kept it before: every part of the file is open, every verb is hers."""
    here = town.world.organisations["zita"]
    Role.objects.create(key="all", verbs=sorted(known()), opens_files=True, labels={"sr": "Све"})
    Post.objects.filter(account=town.world.accounts["zita"]).update(role="all")
    tie = Tie.objects.create(
        child=town.child, organisation=here, purpose="additional-support", fields=Field.values, since=clock.today(),
        reads=True,
    )  # fmt: skip
    Participant.objects.create(case=town.case, tie=tie, key=here.pk, part=request.param)
    return cases.find(town.world.actor("zita"), town.case.uuid)


@pytest.mark.parametrize("act", ACTS)
def test_who_only_reads_a_case_does_nothing_in_it(town: Town, reader: CaseFile, act: str) -> None:
    before = Case.objects.values_list("moves_made", flat=True).get(pk=town.case.pk)
    with town.at_work("zita") as by, pytest.raises((NotPermitted, NotFound)):
        ACTS[act](by, town, cases.find(by, town.case.uuid))
    assert Case.objects.values_list("moves_made", flat=True).get(pk=town.case.pk) == before


@pytest.mark.parametrize("verb", sorted(key for key in VERBS if key.startswith("children.")))
def test_who_only_reads_a_case_does_nothing_about_the_child(town: Town, reader: CaseFile, verb: str) -> None:
    with town.at_work("zita") as by:
        if verb in ("children.open_file", "children.search"):
            VERBS[verb](by, town, reader)
            return
        with pytest.raises((NotPermitted, NotFound)):
            VERBS[verb](by, town, reader)


def test_who_only_reads_is_offered_nothing_about_the_child(town: Town, reader: CaseFile) -> None:
    """The same page offers it to who works with the child."""
    acts = re.compile(f'href="/work/child/{town.child.uuid}/(change|guardian|enrol|consent|family|begin)')
    for who, offered in (("zita", False), ("ana", True)):
        page = town.visit(who, "get", f"/work/child/{town.child.uuid}/")
        assert bool(acts.search(page.content.decode())) is offered, who


def test_a_verb_counts_where_one_takes_part(town: Town, reader: CaseFile) -> None:
    """A second post at the school, which takes part, without any verb: what the first one carries is of no use here."""
    Role.objects.create(key="none", verbs=["children.open_file"], opens_files=True, labels={"sr": "Ништа"})
    zita, school = town.world.accounts["zita"], town.world.organisations["school"]
    Post.objects.create(account=zita, organisation=school, role_id="none", since=clock.today())
    with town.at_work("zita") as by:
        file = cases.find(by, town.case.uuid)
        assert not file.only_reads
        for act in ("note.write_note", "flag.raise_flag", "task.give_task", "letter.issue", "move.move_case"):
            with pytest.raises(NotPermitted):
                ACTS[act](by, town, file)
