"""Individual plans, transitions and dropping out, by the people of two schools: whose doors open, and what is told."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.forms.filler import filled_in
from tests.places import factories as places
from tests.world import World, load_forms
from zajedno.access.models import Account, Message
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.daily import run
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.note import attach_paper, write_note
from zajedno.casework.models import Case
from zajedno.casework.queries.case import CaseFile, find, visible_to
from zajedno.children.actions.assessment import take_in
from zajedno.forms.queries.form import find as find_form
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.procedures.actions.load import load_definition

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
STAFF = {
    "petra": ("Петра Симић", "school-principal", "school"),
    "toma": ("Тома Ракић", "inclusion-team-member", "school"),
    "dara": ("Дара Ковач", "dropout-team-member", "school"),
    "vera": ("Вера Лукић", "class-teacher", "school"),
    "mila": ("Мила Барић", "school-associate", "kindergarten"),
    "nena": ("Нена Орлић", "class-teacher", "kindergarten"),
    "sava": ("Сава Пантић", "commission-coordinator", "social"),
    "tanja": ("Тања Лазић", "body-officer", "town"),
}


class Schools:
    """A school with its bodies, a kindergarten and a centre for social work; one case that moves on with the days."""

    def __init__(self, world: World, procedure: str, *forms: str) -> None:
        content = tomllib.loads((settings.PACKS_DIR / "rs" / "procedures" / f"{procedure}.toml").read_text())
        load_definition(content, by=None, key=procedure, country="RS")
        self.world, self.purpose, self.today = world, content["purpose"], MONDAY
        for name, kind, sector in (("kindergarten", "kindergarten", "education"),
                                   ("social", "social_work_centre", "social_protection"),
                                   ("town", "municipality", "local_government")):  # fmt: skip
            place = places.organisation(name, kind=places.kind(kind, sector), code=f"w-{name}")
            world.organisations[name] = place
        for who, (name, role, at) in STAFF.items():
            world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=name)
            places.post(account=world.accounts[who], organisation=world.organisations[at], role_id=role,
                        since=date(2020, 1, 1))  # fmt: skip
        load_forms(*forms, enable=("school", "kindergarten"))
        with clock.on(self.today):
            self.child = world.child()
        with self.at("ana"):
            self.case = open_case(
                by=self.actor("ana"), child=self.child, keeper=world.organisations["school"], procedure=procedure,
                initiated_by=world.organisations["school"],
            )  # fmt: skip

    def actor(self, who: str) -> Any:
        return self.world.actor(who, self.today)

    @contextmanager
    def at(self, who: str) -> Iterator[None]:
        """On the day of the story, under the database role of who acts."""
        with clock.on(self.today), acting(RUNTIME, self.world.accounts[who].pk):
            yield

    def move(self, who: str, move: str, **given: Any) -> Case:
        seen = Case.objects.get(pk=self.case.pk).moves_made
        with self.at(who):
            move_case(by=self.actor(who), uuid=self.case.uuid, move=move, seen=seen, given=given)
        self.case.refresh_from_db()
        return self.case

    def fill(self, who: str, *forms: str) -> None:
        for key in forms:
            with self.at(who):
                at = [seat.organisation for seat in self.actor(who).seats]
                form = find_form(key, at, "child", self.today)
                take_in(by=self.actor(who), child=self.child, form=form, answers=filled_in(form.form, self.today))

    def note(self, who: str, *kinds: str) -> None:
        for kind in kinds:
            with self.at(who):
                write_note(by=self.actor(who), file=self.file(who), kind=kind, text="Разговор.", happened_on=self.today)

    def consent(self) -> None:
        with clock.on(self.today):
            self.world.consent(self.child, purpose=self.purpose).recipients.set([self.world.organisations["school"]])

    def file(self, who: str) -> CaseFile:
        return find(self.actor(who), self.case.uuid)

    def fields(self, who: str) -> set[str]:
        """What the case opens to somebody; nothing where they do not even find it."""
        with self.at(who):
            found = visible_to(self.actor(who)).filter(pk=self.case.pk).exists()
            return set(self.file(who).fields) if found else set()

    def later(self, days: int) -> None:
        self.today += timedelta(days=days)


def individual(world: World) -> Schools:
    """Up to a plan that the parent has been given."""
    one = Schools(
        world, "individual-education", "pedagogical-profile", "individualisation-plan", "iop", "iop-evaluation"
    )
    one.fill("ana", "pedagogical-profile", "individualisation-plan")
    one.note("ana", "informed")
    one.move("ana", "plan_individualisation", **{"part:teacher": world.accounts["vera"]})
    one.later(28)
    one.move("vera", "evaluate_individualisation", note="Помогло је само делимично.")
    one.move("vera", "propose_iop1", reason="Потребни су други услови рада.")
    one.later(1)
    one.move("toma", "accept_proposal", **{"part:support_team": world.accounts["vera"]})
    one.fill("vera", "iop")
    one.note("toma", "parent")
    one.move("vera", "offer_plan")
    return one


def test_a_class_teacher_carries_a_plan_to_the_parent(world: World) -> None:
    one = individual(world)
    assert (one.case.step, one.case.beside) == ("individualisation", ["awaiting_consent"])
    assert one.case.clocks.get(key="consent").due_on == one.today + timedelta(days=8)
    assert one.fields("vera") == {"identity", "family", "enrolment", "education", "plan"}
    assert list(one.case.letters.values_list("kind", flat=True)) == ["individualisation-notice", "consent-call"]


def test_a_missed_consent_is_told_once_and_nobody_adopts_without_it(world: World) -> None:
    one = individual(world)
    Message.objects.all().delete()
    for _day in range(3):
        one.later(4)
        with clock.on(one.today):
            run()
            run()
    told = Message.objects.filter(key__startswith="missed-").values_list("account__email", flat=True)
    assert {"toma@demo.invalid", "ana@demo.invalid"} <= set(told)
    assert len(told) == len(set(told))
    with pytest.raises(Refused, match="not_joined"):
        one.move("petra", "adopt_iop1")
    one.move(
        "toma", "inform_social_work", reason="Не одазива се.", **{"part:social_work": world.organisations["social"]}
    )
    assert one.fields("sava") == {"identity", "contact", "family"}
    one.note("ana", "informed")
    one.consent()
    one.move("ana", "record_consent")
    assert one.fields("sava") == set()


def test_iop1_holds_while_iop2_is_prepared(world: World) -> None:
    one = individual(world)
    one.later(2)
    one.note("ana", "informed")
    one.consent()
    one.move("ana", "record_consent")
    with pytest.raises(NotPermitted):
        one.move("toma", "adopt_iop1")
    assert one.move("petra", "adopt_iop1").step == "iop1"
    with pytest.raises(Refused, match="missing_need"):
        one.move("vera", "propose_iop2", reason="Исходи су превисоки.")
    one.later(90)
    one.fill("vera", "iop-evaluation")
    one.move("vera", "evaluate")
    with one.at("ana"):
        attach_paper(by=one.actor("ana"), file=one.file("ana"), kind="other", name="mišljenje.pdf",
                     media_type="application/pdf", content=b"%PDF-1.4 x")  # fmt: skip
    one.move("ana", "enter_opinion", paper=str(one.case.papers.get().uuid))
    one.move("vera", "propose_iop2", reason="Исходи су превисоки.")
    assert (one.case.step, one.case.beside) == ("iop1", ["first_year", "proposed"])
    assert one.move("toma", "decline_proposal", reason="Још једном тромесечје.").beside == ["first_year"]


def transition(world: World) -> Schools:
    """Up to the consent. The keeper is the school, the receiver a kindergarten: who receives does not matter here."""
    one = Schools(world, "transition", "transition-plan", "transition-checkpoint", "transition-evaluation")
    one.move("ana", "special_regular")
    one.move("ana", "name_coordinator", **{"part:sending_coordinator": world.accounts["vera"]})
    one.fill("vera", "transition-plan")
    one.note("ana", "parent")
    one.move("vera", "offer_plan")
    return one


def consented(one: Schools) -> Schools:
    one.note("ana", "informed")
    one.consent()
    one.move("ana", "record_consent")
    return one


def test_a_plan_without_consent_is_not_shared(world: World) -> None:
    one = transition(world)
    with pytest.raises(Refused, match="missing_need"):
        one.move("ana", "record_consent")
    one.move("vera", "refuse_consent")
    with pytest.raises(Overtaken):
        one.move("ana", "share", **{"part:receiver": world.organisations["kindergarten"]})
    one.move("vera", "prepare_alone", note="Разговор у одељењу.")
    assert one.move("ana", "close_without_sharing").outcome == "refused_consent"
    assert one.fields("mila") == set()


def test_the_receiver_sees_the_plan_after_accepting_and_nothing_after_the_withdrawal(world: World) -> None:
    one = consented(transition(world))
    one.move("ana", "share", **{"part:receiver": world.organisations["kindergarten"]})
    assert one.fields("mila") == {"identity", "enrolment"}
    one.move("mila", "accept", **{"part:receiving_coordinator": world.accounts["nena"]})
    assert one.fields("mila") == one.fields("nena") == {
        "identity", "contact", "family", "enrolment", "education", "plan",
    }  # fmt: skip
    one.move("nena", "record_activity", note="Посета.")
    one.move("vera", "hand_over")
    one.move("mila", "begin_there", happened_on=one.today)
    one.later(14)
    one.fill("mila", "transition-checkpoint")
    one.move("nena", "check_two_weeks")
    with pytest.raises(Refused, match="missing_need"):
        one.move("nena", "check_six_weeks")
    assert one.move("ana", "withdraw_consent").step == "no_consent"
    assert one.fields("mila") == one.fields("nena") == set()
    with pytest.raises(NotFound):
        one.move("mila", "check_six_weeks")


def test_who_declines_sees_nothing_from_that_moment(world: World) -> None:
    one = consented(transition(world))
    one.move("ana", "share", **{"part:receiver": world.organisations["kindergarten"]})
    assert one.move("mila", "decline", reason="Немамо места.").step == "consented"
    assert one.fields("mila") == set()


def test_silence_of_the_parents_is_told_to_the_authorities_on_the_same_day(world: World) -> None:
    one = Schools(world, "dropout-prevention", "dropout-risk")
    one.move("ana", "name_teacher", **{"part:teacher": world.accounts["vera"]})
    one.move("vera", "record_absence", happened_on=one.today)
    assert one.case.clocks.get(key="parents").due_on == one.today + timedelta(days=2)
    one.move("vera", "tell_parents")
    one.later(8)
    one.move("vera", "record_no_answer")
    assert one.case.clocks.get(key="authorities").due_on == one.today
    both = {"part:municipality": world.organisations["town"], "part:social_work": world.organisations["social"]}
    one.move("ana", "inform_authorities", reason="Родитељ се не јавља.", **both)
    assert (one.case.step, one.case.beside) == ("marking", [])
    assert one.fields("sava") == {"identity", "contact", "family", "enrolment"}


def test_the_team_may_decide_otherwise_than_the_index_but_says_why(world: World) -> None:
    one = Schools(world, "dropout-prevention", "dropout-risk")
    one.fill("ana", "dropout-risk")
    one.move("ana", "hand_in_risk")
    with pytest.raises(NotPermitted):
        one.move("ana", "decide_plan", reason="Видимо да је теже него што лист каже.")
    with pytest.raises(Refused, match="missing_answer"):
        one.move("dara", "decide_plan")
    assert one.move("dara", "decide_plan", reason="Видимо да је теже него што лист каже.").step == "planning"
