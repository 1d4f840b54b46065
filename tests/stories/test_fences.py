"""Three fences stand one behind the other: each is taken away in turn, and the next one holds."""

import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Count

from tests.stories.addresses import routes
from tests.stories.test_access import found_by
from tests.stories.town import Town
from zajedno.access.queries.batch import Reads
from zajedno.casework.actions import batch as cases_in
from zajedno.casework.actions import bulk, given, register_out, report
from zajedno.casework.actions import letter as letters
from zajedno.casework.actions.case import change_request, open_case
from zajedno.casework.actions.family import add_view
from zajedno.casework.actions.flag import raise_flag
from zajedno.casework.actions.handout import hand_out
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.note import attach_paper, write_note
from zajedno.casework.actions.opinion import save_joint_opinion, save_opinion
from zajedno.casework.actions.override import override_need
from zajedno.casework.actions.plan import write_measure
from zajedno.casework.actions.sitting import call_sitting
from zajedno.casework.actions.support import report_measure
from zajedno.casework.actions.task import give_task
from zajedno.casework.actions.transfer import accept_transfer, offer_transfer, reject_transfer
from zajedno.casework.models import Bulk, DraftRequest, Flag, Participant, Sitting, Task
from zajedno.casework.queries import batch as case_batches
from zajedno.casework.queries import bulk as bulks
from zajedno.casework.queries import case as case_queries
from zajedno.casework.queries import draft, panel, sitting
from zajedno.casework.queries import flag as flags
from zajedno.casework.queries import task as tasks
from zajedno.casework.queries.case import CaseFile
from zajedno.children import rules
from zajedno.children.actions import (
    alias,
    assessment,
    child,
    consent,
    enrolment,
    family,
    family_request,
    file,
    invitation,
    marks,
    school_class,
    search,
    submission,
    tie,
)
from zajedno.children.actions import batch as children_in
from zajedno.children.enums import Field
from zajedno.children.models import Assessment, Child, Tie
from zajedno.children.queries import batch as child_batches
from zajedno.children.queries import child as child_queries
from zajedno.children.queries import guardian as guardian_queries
from zajedno.children.queries import marks as marks_batches
from zajedno.children.queries import tie as tie_queries
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted
from zajedno.kernel.verbs import known
from zajedno.web.shared import fence as of_requests

pytestmark = pytest.mark.django_db
STRANGERS = ("dino", "milica", "zita")


def replace(patch: pytest.MonkeyPatch, old: object, new: object) -> None:
    """In the module that made it and wherever it was imported."""
    for name, module in list(sys.modules.items()):
        if name.startswith("zajedno."):
            for key, value in list(vars(module).items()):
                if value is old:
                    patch.setattr(module, key, new)


def without_queries(patch: pytest.MonkeyPatch) -> None:
    """Every query finds everything that is."""
    routes()  # the pages are loaded before, else they would keep what is put in here
    for old, rows in {
        case_queries._standing: Participant.objects.all(),
        child_queries.visible_to: Child.objects.all(),
        tie_queries.living: Tie.objects.all(),
        guardian_queries.children_of: Child.objects.all(),
        sitting.visible_to: Sitting.objects.annotate(cases=Count("agenda", distinct=True)),
        draft.own: DraftRequest.objects.select_related("organisation"),
        flags.readable: Flag.objects.all(),
        tasks.visible: Task.objects.all(),
        bulks.own: Bulk.objects.all(),
    }.items():
        replace(patch, old, lambda by, rows=rows: rows.all())
    patch.setattr(Reads, "visible_to", lambda self, by: self.of.objects.order_by("-added_on"))
    for room in (case_batches, child_batches, marks_batches):
        replace(patch, room.visible_to, room.visible_to.__self__.visible_to)
    replace(patch, panel.taking_part, lambda by: True)
    replace(patch, panel.commissions, lambda by: list(Sitting.objects.values_list("organisation", flat=True)))
    patch.setattr(CaseFile, "fields", frozenset(Field.values))


def without_verbs(patch: pytest.MonkeyPatch) -> None:
    """Whoever holds any post may do everything."""
    patch.setattr(Actor, "seats_for", lambda self, verb, organisation=None: iter(self.seats))
    patch.setattr(rules, "ask_about", lambda by, verb, keys: by.seats[0])


def without_database(patch: pytest.MonkeyPatch) -> None:
    """Requests run as the owner of the tables."""
    patch.setattr(of_requests, "role_of", lambda path: "none")


def found(town: Town, who: str) -> dict[str, str]:
    """What somebody now meets of the children at the addresses of the desks."""
    desks = [route for route in routes() if route.text.startswith(("/work/", "/panel/", "/family/"))]
    told = {str(one): found_by(town, one, town.visit(who, "get", one.filled(town.ids))) for one in desks}
    return {where: what for where, what in told.items() if what}


@pytest.mark.parametrize("who", STRANGERS)
def test_row_level_security_alone_holds(town: Town, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    without_queries(monkeypatch)
    without_verbs(monkeypatch)
    assert found(town, who) == {}
    assert "/work/child/" not in town.visit(who, "post", "/work/search/", text="Ђурђица").content.decode()


@pytest.mark.parametrize("who", STRANGERS)
def test_queries_alone_hold(town: Town, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    without_database(monkeypatch)
    without_verbs(monkeypatch)
    assert found(town, who) == {}


@pytest.mark.parametrize("who", STRANGERS)
def test_without_any_fence_the_children_are_found(town: Town, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    """Else the two stories above would prove nothing."""
    for take_away in (without_queries, without_verbs, without_database):
        take_away(monkeypatch)
    assert len(found(town, who)) > 40
    assert "/work/child/" in town.visit(who, "post", "/work/search/", text="Ђурђица").content.decode()


VERBS: dict[str, Callable[[Any, Town, CaseFile], object]] = {
    "children.open_file": lambda by, town, _file: file.open_file(by=by, uuid=town.child.uuid),
    "children.search": lambda by, town, _file: search.search(by=by, text="Ђурђица"),
    "children.register": lambda by, town, _file: child.register(
        by=by, organisation=town.world.organisations["ngo"], given_name="Нова", family_name="Особа", birth_date=None
    ),
    "children.change": lambda by, town, _file: child.change(by=by, child=town.child, address="Друга 1"),
    "children.record_consent": lambda by, town, _file: consent.record(
        by=by, child=town.child, purpose="giving-support", recipients=[], giver=town.child.guardians.get()
    ),
    "children.withdraw_consent": lambda by, town, _file: consent.withdraw(by=by, consent=town.child.consents.first()),
    "children.link_family": lambda by, town, _file: family.unlink(by=by, child=town.child, other=town.brother),
    "children.enrol": lambda by, town, _file: enrolment.enrol(
        by=by, child=town.child, organisation=town.world.organisations["ngo"]
    ),
    "children.import": lambda by, town, _file: children_in.upload(
        by=by, organisation=town.world.organisations["school"].pk, name="x.csv", content=b"x"
    ),
    "children.import_school": lambda by, town, _file: marks.upload(
        by=by, organisation=town.world.organisations["school"].pk, name="x.csv", content=b"x"
    ),
    "children.decide_alias": lambda by, town, _file: alias.propose_alias(by=by, child=town.child, other=town.brother),
    "children.tie": lambda by, town, _file: tie.share(
        by=by, child=town.child, organisation=town.world.organisations["ngo"], purpose="guardianship", country="RS"
    ),
    "children.erase": lambda by, town, _file: file.erase(by=by, uuid=town.child.uuid, reason="На захтев родитеља."),
    "children.assess": lambda by, town, _file: assessment.begin(by=by, child=town.child, form=town.risk),
    "children.judge": lambda by, town, _file: assessment.judge(
        by=by, assessment=Assessment.objects.get(uuid=town.ids["assessments/sheet"]), led_to="talk"
    ),
    "children.entrust_class": lambda by, town, _file: school_class.entrust(
        by=by,
        organisation=town.world.organisations["school"].pk,
        class_name="IV-1",
        teacher=town.world.accounts["dino"].pk,
    ),
    "children.take_held": lambda by, town, _file: submission.open_held(by=by, uuid=town.ids["held/uuid"]),
    "children.invite_family": lambda by, town, _file: invitation.invite_by_letter(
        by=by, guardian=town.child.guardians.get()
    ),
    "children.answer_family": lambda by, town, _file: family_request.asked(by, town.ids["asked/uuid"]),
    "children.ask_about_file": lambda by, town, _file: family_request.ask(
        by=by, child=town.child.uuid, kind="copy", text=""
    ),
    "casework.add_view": lambda by, town, file: add_view(by=by, uuid=file.case.uuid, text="x"),
    "casework.open_case": lambda by, town, _file: open_case(
        by=by,
        child=town.child,
        keeper=town.world.organisations["zita"],
        procedure="additional-support",
        initiator="parent",
    ),
    "casework.move_case": lambda by, town, file: move_case(
        by=by, uuid=file.case.uuid, move="withdraw", seen=file.case.moves_made
    ),
    "casework.change_request": lambda by, town, file: change_request(by=by, file=file, request={"asked": "друго"}),
    "casework.appoint_member": lambda by, town, file: given.deputy(
        by, file, "replace_member", {"member": town.world.accounts["hana"], "deputy": town.world.accounts["dino"]}
    ),
    "casework.write_opinion": lambda by, town, file: save_opinion(by=by, file=file, text="Мишљење."),
    "casework.hold_sitting": lambda by, town, file: call_sitting(
        by=by, organisation=file.case.organisation_id, begins=clock.now() + timedelta(days=1), place="Сала"
    ),
    "casework.decide": lambda by, town, file: save_joint_opinion(by=by, file=file, content={"findings": "x"}),
    "casework.plan_support": lambda by, town, file: write_measure(by=by, file=file, values={}, goal="x", row=None),
    "casework.report_follow_up": lambda by, town, file: report_measure(
        by=by, row=file.case.measures.get(), state="done"
    ),
    "casework.write_note": lambda by, town, file: write_note(
        by=by, file=file, kind="note", text="x", happened_on=by.today
    ),
    "casework.attach_paper": lambda by, town, file: attach_paper(
        by=by, file=file, kind="medical", name="x.pdf", media_type="application/pdf", content=b"x"
    ),
    "casework.flag_case": lambda by, town, file: raise_flag(by=by, file=file, message="x"),
    "casework.give_task": lambda by, town, file: give_task(by=by, file=file, what="x", to=by.account, due_on=by.today),
    "casework.act_on_many": lambda by, town, file: bulk.choose(by=by, cases=[file.case.uuid]),
    "casework.write_health": lambda by, town, file: write_note(
        by=by, file=file, kind="note", text="x", happened_on=by.today, seal="health"
    ),
    "casework.write_violence": lambda by, town, file: write_note(
        by=by, file=file, kind="note", text="x", happened_on=by.today, seal="violence"
    ),
    "casework.refer": lambda by, town, file: given._joined(
        by, file, "transfer", "receiving_commission", {"part:receiving_commission": town.world.organisations["zita"]}
    ),
    "casework.refer_service": lambda by, town, file: given._joined(
        by, file, "transfer", "receiving_commission", {"part:receiving_commission": town.world.organisations["zita"]}
    ),
    "casework.transfer": lambda by, town, file: offer_transfer(
        by=by, uuid=file.case.uuid, receiver=town.world.organisations["zita"], message="x", seen=file.case.moves_made
    ),
    "casework.hand_out": lambda by, town, file: hand_out(by=by, uuid=file.case.uuid, receiver="w-health"),
    "casework.receive": lambda by, town, file: accept_transfer(by=by, uuid=file.case.uuid),
    "casework.receive_for": lambda by, town, file: reject_transfer(by=by, uuid=file.case.uuid, reason="x"),
    "casework.issue_report": lambda by, town, file: report.write(
        by=by, organisation=file.case.organisation_id, year=by.today.year, texts={"introduction": "x"}
    ),
    "casework.override_need": lambda by, town, file: override_need(
        by=by, uuid=file.case.uuid, need="consent", reason="Не може да се чека.", seen=file.case.moves_made
    ),
    "casework.issue_letter": lambda by, town, file: letters.issue(by=by, file=file, kind="request-form"),
    "casework.import_cases": lambda by, town, file: cases_in.upload(
        by=by, organisation=file.case.organisation_id, name="x.csv", content=b"x"
    ),
    "casework.export_register": lambda by, town, file: register_out.export(
        by=by, organisation=file.case.organisation_id, kind="csv", script="sr"
    ),
}


def test_every_verb_on_children_has_its_story() -> None:
    assert {key for key in known() if key.startswith(("children.", "casework."))} == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_a_tie_without_a_post_that_has_the_verb_is_not_enough(town: Town, verb: str) -> None:
    """Dino is let into the file and the case by name, with every part of the file; his post still carries no verb."""
    dino = town.world.accounts["dino"]
    let_in = Tie.objects.create(
        child=town.child, account=dino, purpose="giving-support", fields=Field.values, since=clock.today()
    )
    Participant.objects.create(case=town.case, tie=let_in, key=-dino.pk, part="person_of_trust")
    with town.at_work("dino") as by:
        assert child_queries.find(by, town.child.uuid) == town.child
        found = case_queries.find(by, town.case.uuid)
        with pytest.raises(NotPermitted):
            VERBS[verb](by, town, found)
