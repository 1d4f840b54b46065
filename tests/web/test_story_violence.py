"""A school meets violence: Ana reports, the team and Vera act, the level is raised, the bodies are told, it ends. In a
real browser, in Serbian Cyrillic; each page looked at, also at 320 px. Who has no part in it never finds it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from tests.places import factories as places
from tests.web.browser import PASSWORD
from tests.web.desk import Desk
from tests.web.jajce_world import hire, load
from tests.world import World, load_forms
from zajedno.access.models import Message
from zajedno.casework.actions.family import enter
from zajedno.casework.models import Case
from zajedno.children.actions.assessment import take_in
from zajedno.children.actions.invitation import invite_by_letter
from zajedno.children.models import Child, Guardian
from zajedno.forms.queries.form import loaded
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.site.demo.tale.sheet import answers_to
from zajedno.site.settings import PACKS_DIR

pytestmark = pytest.mark.browser
PEOPLE = {
    "petra": ("Петра Илић", "school-principal", "body"), "tijana": ("Тијана Савић", "protection-team-member", "body"),
    "vera": ("Вера Лукић", "class-teacher", "school"), "nada": ("Нада Крстић", "network-coordinator", "school"),
    "olga": ("Олга Пешић", "body-officer", "administration"),
}  # fmt: skip
SEEN = "Дете је дошло уплакано; каже да су га гурнули у дворишту."


class School:
    """`world` with a protection team, a class teacher and the school administration; Filip has come in by a letter."""

    def __init__(self, world: World) -> None:
        self.world = world
        load(PACKS_DIR / "rs", "violence-response", country="RS")
        for key, kind, name, parent in (
            ("body", "protection_team", "Тим за заштиту ОШ „Пример”", world.organisations["school"]),
            ("administration", "school_administration", "Школска управа Суботица", None),
        ):
            made = places.kind(kind, "education")
            world.organisations[key] = places.organisation(name, kind=made, code=f"w-{key}", parent=parent)
        for who, (name, role, at) in PEOPLE.items():
            hire(world, who, name, role, at)
        self.forms = load_forms("violence-incident", "violence-plan", enable=["body"])
        self.child: Child = world.child()
        Guardian.objects.filter(child=self.child).update(represents=True)
        self._parent()

    def _parent(self) -> None:
        with acting(RUNTIME, self.world.accounts["ana"].pk):
            by = self.world.actor("ana")
            secret = invite_by_letter(by=by, guardian=self.child.guardians.get())[1]
        with acting(RUNTIME):
            enter(secret=secret, account=None, email="filip@demo.invalid", password=PASSWORD)

    def fill_in(self, who: str, form: str) -> str:
        """By the verb; the sheet's id."""
        version = loaded(self.forms[form].versions.get().pk)
        with acting(RUNTIME, self.world.accounts[who].pk):
            answers = answers_to(version.form, clock.today())
            row = take_in(by=self.world.actor(who), child=self.child, form=version, answers=answers)
        return str(row.uuid)


@pytest.fixture
def school(world: World) -> School:
    return School(world)


@pytest.fixture
def desk(site: str, page: Page) -> Desk:
    return Desk(page, site, "sr", "violence", "IV-1")


def report(desk: Desk, school: School) -> Case:
    """Ana begins it for the team, and from the moment she has reported it is closed to her."""
    desk.enter("ana")
    desk.go(f"/work/child/{school.child.uuid}/begin/", "begin-choose")
    desk.page.click("main a[href$='/begin/violence-response/']")
    desk.look("begin")
    desk.fill(keeper="Тим за заштиту ОШ „Пример”")
    desk.send()
    case = Case.objects.get()
    assert (case.organisation, case.initiated_by) == (
        school.world.organisations["body"], school.world.organisations["school"]
    )  # fmt: skip
    desk.look("begun")
    desk.page.click("main a[href$='/move/report_suspicion/']")
    desk.send_wrong("report-empty")
    desk.fill(happened_at=clock.today(), happened_hour="0.05", note=SEEN)
    desk.send()
    desk.look("reported")
    assert desk.page.url == f"{desk.site}/work/"
    assert [desk.status(f"/work/case/{case.uuid}/{rest}") for rest in ("", "history/", "papers/")] == [404] * 3
    case.refresh_from_db()
    assert (case.step, case.due_key) == ("stopping", "parents")
    told = Message.objects.filter(account__email__in=["petra@demo.invalid", "tijana@demo.invalid"])
    assert told.count() == 2
    assert not [one for one in told if "Њежић" in one.subject + one.body or "насиљ" in (one.subject + one.body).lower()]
    return case


def first_level(desk: Desk, school: School, case: Case) -> None:
    """Tijana names Vera; Vera stops it, tells the parents, and after the record of the incident sets the level."""
    desk.enter("tijana")
    assert "Поступање у случају насиља" in desk.text
    desk.move(case, "name_educator", part__educator="Вера Лукић, ОШ „Пример”")
    desk.go(f"/work/case/{case.uuid}/history/", "history-of-team")
    assert SEEN in desk.text
    assert case.participants.get(part="educator").tie.account == school.world.accounts["vera"]
    desk.enter("vera")
    for move, note, step in (("stop_and_calm", "Раздвојени су.", "parents"),
                             ("inform_parents", "Отац долази у подне.", "consultation"),
                             ("consult_inside", "Са психологом: ризик је мали.", "consultation")):  # fmt: skip
        assert desk.move(case, move, note=note).step == step
    assert case.letters.get().kind == "parents-notice"
    assert not case.clocks.filter(key="parents", stopped_on=None).exists()
    desk.go(f"/work/case/{case.uuid}/", "missing-record")
    sheet = school.fill_in("tijana", "violence-incident")
    desk.go(f"/work/child/{school.child.uuid}/assessments/{sheet}/", "record")
    assert desk.move(case, "set_level_1", note="Први пут, без повреде.").step == "level_1"


def parent_looks(desk: Desk, case: Case) -> None:
    """Filip is let in: each page of it can be left at once, and says nothing of what was written on violence."""
    desk.enter("tijana")
    desk.move(case, "admit_parent", part__parent="Филип Њежић")
    desk.enter("filip")
    for rest in ("", "papers/", "history/"):
        desk.go(f"/family/case/{case.uuid}/{rest}", f"family-{rest.strip('/') or 'case'}")
        assert desk.page.locator("a[data-quick-exit]").count() == 1, rest
        assert SEEN not in desk.text


def third_level(desk: Desk, school: School, case: Case) -> None:
    """It is repeated: Petra raises the level, two times of 24 hours run, and the bodies are told."""
    desk.enter("petra")
    desk.move(case, "raise_to_level_3", happened_at=clock.today(), happened_hour="0:10", reason="Поновило се, група.")
    assert case.step == "level_3"
    running = set(case.clocks.filter(stopped_on=None).values_list("key", flat=True))
    assert running == {"bodies", "protection_plan", "school_administration"}
    for rest in ("deadlines", "procedure", "people"):
        desk.go(f"/work/case/{case.uuid}/{rest}/", f"level-3-{rest}")
    desk.move(case, "notify_school_administration", part__school_administration="Школска управа Суботица, Суботица",
              happened_at=clock.today(), happened_hour="0:20", note="Јављамо трећи ниво.")  # fmt: skip
    desk.move(case, "notify_health_institution", part__health_institution="Дом здравља Суботица, Суботица",
              note="Молимо разговор с дететом.")  # fmt: skip
    desk.go(f"/work/case/{case.uuid}/papers/", "papers")
    for title in ("Обавештење школској управи о трећем нивоу насиља", "Обавештење надлежном органу"):
        assert title in desk.text
    assert set(case.clocks.filter(stopped_on=None).values_list("key", flat=True)) == {"protection_plan"}
    desk.enter("olga")
    desk.move(case, "answer_school", note="Просветни саветник долази сутра.")
    assert set(case.participants.get(part="school_administration").tie.fields) == {"identity", "violence"}


def ended(desk: Desk, school: School, case: Case) -> None:
    """A plan of protection, its effect, and the end, after which nobody but the team reads it."""
    desk.enter("petra")
    assert desk.status(f"/work/case/{case.uuid}/move/close_level_3/") == 200
    desk.look("close-too-early")
    school.fill_in("tijana", "violence-plan")
    desk.move(case, "adopt_protection_plan")
    desk.move(case, "review_effect", report="Није се поновило. Дете је мирније.")
    assert desk.move(case, "close_level_3", reason="План је спроведен.").outcome == "closed"
    desk.go(f"/work/case/{case.uuid}/history/", "history")
    assert SEEN in desk.text
    for who in ("olga", "vera"):
        desk.enter(who)
        assert desk.status(f"/work/case/{case.uuid}/") == 404
    tie = case.participants.get(part="educator").tie
    assert tie.until == clock.today() - timedelta(days=1)


def test_from_a_suspicion_to_the_end(desk: Desk, school: School) -> None:
    case = report(desk, school)
    first_level(desk, school, case)
    parent_looks(desk, case)
    third_level(desk, school, case)
    ended(desk, school, case)
    assert [row.move for row in case.moves.order_by("position")][-1] == "close_level_3"


def test_the_network_coordinator_never_finds_it(desk: Desk, school: School) -> None:
    case = report(desk, school)
    desk.enter("nada")
    nothing = uuid4()
    for kind, known in (("case", case.uuid), ("child", school.child.uuid)):
        for rest in ("", "history/", "move/set_level_1/") if kind == "case" else ("", "assessments/"):
            invented = desk.status(f"/work/{kind}/{nothing}/{rest}")
            assert invented in (403, 404)
            assert desk.status(f"/work/{kind}/{known}/{rest}") == invented, rest
    assert desk.status(f"/family/case/{case.uuid}/") == 404
    for path in ("/work/", "/work/calendar/", "/work/children/", "/network/", "/network/agreements/"):
        if desk.status(path) == 200:
            desk.look(f"nada{path.replace('/', '-')}")
            assert "Њежић" not in desk.text
            assert "насиљ" not in desk.text.lower()


def test_a_second_step_is_asked_of_everybody_who_comes_to_it(desk: Desk, school: School, settings: Any) -> None:
    case = report(desk, school)
    desk.enter("tijana")
    desk.move(case, "name_educator", part__educator="Вера Лукић, ОШ „Пример”")
    for who in ("tijana", "vera"):
        settings.REQUIRE_SECOND_FACTOR = False
        desk.enter(who)
        settings.REQUIRE_SECOND_FACTOR = True
        assert desk.status(f"/work/case/{case.uuid}/") == 200
        assert desk.page.url == f"{desk.site}/account/second-factor/"
        assert "Њежић" not in desk.text
    desk.look("second-step")
