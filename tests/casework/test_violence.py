"""Violence is a file in a pack too: who reports sees no more, nobody but the team and whom it names reads it."""

import tomllib
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings

from tests.places import factories as places
from tests.world import World, load_forms
from zajedno.access.models import Account, Message
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.daily import run
from zajedno.casework.actions.move import move_case
from zajedno.casework.models import Case
from zajedno.casework.queries.case import CaseFile, visible_to
from zajedno.children.actions.assessment import take_in
from zajedno.children.models import Assessment
from zajedno.children.queries import assessment as assessments
from zajedno.children.queries.tie import fields_open
from zajedno.forms.queries.form import loaded
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.procedures.actions.load import load_definition
from zajedno.web.work.case import outline
from zajedno.web.work.people import staff_for

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
INCIDENT = {
    "what": {"day": "2026-03-02", "place": "yard", "reporter": "child", "description": "Гурнут.", "forms": "physical"},
    "people": {"child_role": "suffers", "involved": [{"initials": "П. П.", "role": "does", "who": "child"}]},
    "judged": {"repeated": "no", "group": "no", "employee": "no", "injury": "no", "level": "1", "risk": "low",
               "parents": "informed"},
}  # fmt: skip
NEW = {
    "petra": ("school-principal", "body"), "tijana": ("protection-team-member", "body"),
    "vera": ("class-teacher", "school"), "mina": ("class-teacher", "school"), "nada": ("network-coordinator", "school"),
    "lena": ("inclusion-team-member", "school"), "olga": ("body-officer", "administration"),
}  # fmt: skip


class Violence:
    """Ana's school has a protection team; Vera teaches the child, Mina another class."""

    def __init__(self, world: World) -> None:
        for key in ("violence-response", "referral"):
            path = settings.PACKS_DIR / "rs" / "procedures" / f"{key}.toml"
            load_definition(tomllib.loads(path.read_text()), by=None, key=key, country="RS")
        self.world, self.today, school = world, MONDAY, world.organisations["school"]
        world.organisations["body"] = places.organisation(
            "Тим", kind=places.kind("protection_team"), code="w-body", parent=school
        )
        world.organisations["administration"] = places.organisation(
            "Управа", kind=places.kind("school_administration"), code="w-administration"
        )
        for who, (role, at) in NEW.items():
            world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=who)
            places.post(account=world.accounts[who], organisation=world.organisations[at], role_id=role, since=MONDAY)
        with clock.on(MONDAY), self.as_("ana"):
            self.child = world.child()
            self.case = open_case(
                by=self.actor("ana"), child=self.child, keeper=world.organisations["body"],
                procedure="violence-response", initiated_by=school,
            )  # fmt: skip

    def actor(self, who: str) -> Any:
        return self.world.actor(who, self.today)

    def as_(self, who: str) -> Any:
        return acting(RUNTIME, self.world.accounts[who].pk)

    def move(self, who: str, move: str, **given: Any) -> Case:
        seen = Case.objects.get(pk=self.case.pk).moves_made
        with clock.on(self.today), self.as_(who):
            move_case(by=self.actor(who), uuid=self.case.uuid, move=move, seen=seen, given=given)
        self.case.refresh_from_db()
        return self.case

    def sees(self, who: str) -> bool:
        with clock.on(self.today), self.as_(who):
            return visible_to(self.actor(who)).filter(pk=self.case.pk).exists()

    def fill_in(self, who: str, form: str, answers: dict[str, Any]) -> Assessment:
        made = load_forms(form, enable=["body"])[form]
        with clock.on(self.today):
            return take_in(by=self.actor(who), child=self.child, form=loaded(made.versions.get().pk), answers=answers)

    def at(self, hour: int) -> datetime:
        return datetime(2026, 3, 2, hour, tzinfo=clock.ZONE)

    def to_consultation(self) -> "Violence":
        self.move("ana", "report_suspicion", happened_at=self.at(9), note="Дете је дошло уплакано.")
        self.move("tijana", "name_educator", **{"part:educator": self.world.accounts["vera"]})
        self.move("vera", "stop_and_calm", note="Раздвојени су.")
        self.move("vera", "inform_parents", note="Отац је дошао.")
        self.move("vera", "consult_inside", note="Договор са психологом.")
        return self


@pytest.fixture
def violence(world: World) -> Violence:
    return Violence(world)


def test_who_reports_sees_nothing_afterwards(violence: Violence) -> None:
    assert violence.sees("ana")
    assert not violence.sees("tijana")
    violence.move("ana", "report_suspicion", happened_at=violence.at(9), note="Дете је дошло уплакано.")
    assert [who for who in violence.world.accounts if violence.sees(who)] == ["petra", "tijana"]
    with pytest.raises(NotFound):
        violence.move("ana", "stop_and_calm", note="x")


def test_a_class_teacher_who_is_named_sees_this_case_and_no_colleague_does(violence: Violence) -> None:
    violence.to_consultation()
    assert [who for who in violence.world.accounts if violence.sees(who)] == ["petra", "tijana", "vera"]
    with pytest.raises(NotPermitted):
        violence.move("vera", "set_level_3", happened_at=violence.at(11), note="x")


def test_only_class_teachers_are_offered_those_of_the_school_first(violence: Violence) -> None:
    file = CaseFile(Case.objects.select_related("organisation").get(pk=violence.case.pk), violence.actor("tijana"))
    offered = staff_for(file, file.definition.part["educator"])
    assert [name.split(",")[0] for _key, name in offered] == ["mina", "vera"]


def test_the_record_of_an_incident_is_read_by_who_the_violence_file_is_open_to(violence: Violence) -> None:
    violence.to_consultation()
    with pytest.raises(Refused, match="missing_need"):
        violence.move("vera", "set_level_1", note="Први пут.")
    sheet = violence.fill_in("tijana", "violence-incident", INCIDENT)
    assert sheet.part == "violence"
    read = {who for who in ("ana", "petra", "vera", "lena", "nada", "mina")
            if assessments.readable(violence.actor(who), violence.child).filter(pk=sheet.pk).exists()}  # fmt: skip
    assert read == {"petra", "vera"}
    assert violence.move("vera", "set_level_1", note="Први пут.").step == "level_1"


def test_the_third_level_is_told_within_24_hours_and_missed_once(violence: Violence) -> None:
    violence.to_consultation()
    violence.move("petra", "treat_employee_violence", happened_at=violence.at(11), reason="Починио је запослени.")
    running = violence.case.clocks.get(key="school_administration", stopped_on=None)
    assert running.due_at == violence.at(11) + timedelta(hours=24)
    Message.objects.all().delete()
    for day in (2, 3, 3, 4):  # each round is made at noon
        with clock.on(date(2026, 3, day)):
            run()
    missed = Message.objects.filter(key__startswith=f"missed-{running.pk}-").values_list("account__name", flat=True)
    assert sorted(missed) == ["petra", "tijana"]
    violence.today += timedelta(days=1)
    told = {"part:school_administration": violence.world.organisations["administration"], "note": "Извештај."}
    violence.move("petra", "notify_school_administration", happened_at=violence.at(11) + timedelta(days=1), **told)
    assert not violence.case.clocks.filter(key="school_administration", stopped_on=None).exists()
    assert fields_open(violence.actor("olga"), violence.child) == {"identity", "violence"}


def test_parents_are_told_on_the_same_day(violence: Violence) -> None:
    violence.move("ana", "report_suspicion", happened_at=violence.at(9), note="Дете је дошло уплакано.")
    assert (violence.case.due_on, violence.case.due_key) == (MONDAY, "parents")
    with clock.on(MONDAY + timedelta(days=1)):
        assert run().missed == 1


def test_a_referral_begins_that_says_nothing_of_violence(violence: Violence) -> None:
    violence.to_consultation()
    violence.fill_in("tijana", "violence-incident", INCIDENT)
    violence.move("tijana", "set_level_2", note="Поновило се.")
    violence.move("tijana", "open_referral", reason="Потребан је психолог.")
    linked = Case.objects.get(repeats=violence.case)
    assert (linked.version.definition.key, linked.organisation) == ("referral", violence.world.organisations["body"])
    assert "violence" not in linked.participants.get().tie.fields


def test_a_second_report_is_taken_without_a_word_of_the_first(violence: Violence) -> None:
    """Ana may not learn that the team works on something already, also where the database would not keep it from her;
    the team sees both reports, one beside the other."""
    violence.move("ana", "report_suspicion", happened_at=violence.at(9), note="Дете је дошло уплакано.")
    first, body = violence.case, violence.world.organisations["body"]
    with clock.on(MONDAY):
        again = partial(
            open_case, by=violence.actor("ana"), child=violence.child, keeper=body, procedure="violence-response",
            initiated_by=violence.world.organisations["school"],
        )  # fmt: skip
        violence.case = again()
        with pytest.raises(Refused, match="open_already"):  # that one she sees
            again()
    violence.move("ana", "report_suspicion", happened_at=violence.at(10), note="Опет.")
    with clock.on(MONDAY), violence.as_("tijana"):
        assert {row.pk for row in visible_to(violence.actor("tijana"))} == {first.pk, violence.case.pk}
        rows = outline(CaseFile(violence.case, violence.actor("tijana")))
    assert f"/work/case/{first.uuid}/" in [link.href for row in rows for link in row.actions]
