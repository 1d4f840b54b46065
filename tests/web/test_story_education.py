"""A school tries individualisation, then a plan of the first kind with the mother's consent, and evaluates it; a
kindergarten and the school plan a passage together. In a real browser, in Serbian Latin; each page looked at."""

from datetime import date

import pytest
from playwright.sync_api import Page

from tests.places import factories as places
from tests.web.desk import Desk, in_days
from tests.web.jajce_world import child_of, hire, load
from tests.world import World, load_forms
from zajedno.access.models import Account, Message
from zajedno.casework.models import Case
from zajedno.children.actions.assessment import take_in
from zajedno.children.models import Child
from zajedno.forms.queries.form import loaded
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.site.demo.tale.sheet import answers_to
from zajedno.site.settings import PACKS_DIR

pytestmark = pytest.mark.browser
FORMS = ("pedagogical-profile", "individualisation-plan", "iop", "iop-evaluation", "transition-plan",
         "transition-checkpoint")  # fmt: skip
PEOPLE = {
    "toma": ("Toma Rakić", "inclusion-team-member", "school"), "petra": ("Petra Simić", "school-principal", "school"),
    "vera": ("Vera Lukić", "class-teacher", "school"), "mila": ("Mila Barić", "school-associate", "kindergarten"),
    "nena": ("Nena Orlić", "class-teacher", "kindergarten"),
    "nikola": ("Nikola Tot", "inclusion-team-member", "kindergarten"),
}  # fmt: skip
SCHOOL, KINDERGARTEN = "OŠ „Primer”", "Vrtić „Primer”"


class Schools:
    """`world` with a kindergarten and the bodies of the school; Luka is a pupil, Iva goes to the kindergarten."""

    def __init__(self, world: World) -> None:
        self.world = world
        load(PACKS_DIR / "rs", "individual-education", "transition", country="RS")
        kind = places.kind("kindergarten", "education")
        world.organisations["kindergarten"] = places.organisation("Вртић „Пример”", kind=kind, code="w-kindergarten")
        Account.objects.filter(pk=world.accounts["ana"].pk).update(name="Ana Vuković")
        for who, (name, role, at) in PEOPLE.items():
            hire(world, who, name, role, at)
        self.forms = load_forms(*FORMS, enable=["school", "kindergarten"])
        self.pupil = child_of(world.organisations["school"], "Luka", "Savić", date(2016, 5, 4), "Maja")
        self.younger = child_of(world.organisations["kindergarten"], "Iva", "Tot", date(2020, 9, 4), "Sanja")

    def fill_in(self, who: str, child: Child, *forms: str) -> None:
        for key in forms:
            form = loaded(self.forms[key].versions.get().pk)
            with acting(RUNTIME, self.world.accounts[who].pk):
                answers = answers_to(form.form, clock.today())
                take_in(by=self.world.actor(who), child=child, form=form, answers=answers)


@pytest.fixture
def schools(world: World) -> Schools:
    return Schools(world)


@pytest.fixture
def desk(site: str, page: Page) -> Desk:
    return Desk(page, site, "sr-latn", "education", "Српски")  # as letters name their language


def begin(desk: Desk, child: Child, procedure: str) -> Case:
    desk.go(f"/work/child/{child.uuid}/", "child")
    desk.page.click("main a[href$='/begin/']")
    desk.page.click(f"main a[href$='/begin/{procedure}/']")
    desk.look("begin")
    desk.send()
    desk.look("begun")
    return Case.objects.get(child=child)


def consent(desk: Desk, case: Case) -> None:
    """The mother was told, and answers."""
    desk.note(case, "informed", "Majci je objašnjen plan.")
    desk.go(f"/work/case/{case.uuid}/consent/", "consent")
    desk.fill(answer="given", giver=True)
    desk.send()


def individualised(desk: Desk, schools: Schools) -> Case:
    """Ana describes the child, tells the mother, and names Vera, who sees whether it helps."""
    desk.enter("ana")
    case = begin(desk, schools.pupil, "individual-education")
    desk.page.click("main a[href$='/assessments/']")  # what is missing leads to where it is filled in
    desk.look("assessments")
    schools.fill_in("ana", schools.pupil, "pedagogical-profile", "individualisation-plan")
    desk.note(case, "informed", "Majka zna šta ćemo raditi.")
    assert desk.move(case, "plan_individualisation", part__teacher=f"Vera Lukić, {SCHOOL}").step == "individualisation"
    assert case.letters.get().kind == "individualisation-notice"
    desk.enter("vera")
    desk.move(case, "evaluate_individualisation", note="Kraći zadaci pomažu, čitanje i dalje zaostaje.")
    desk.move(case, "propose_iop1", reason="Samo prilagođen način rada nije dovoljan.")
    assert (case.step, case.beside) == ("individualisation", ["proposed"])
    assert "Istovremeno: Plan je predložen" in desk.text
    return case


def planned(desk: Desk, schools: Schools, case: Case) -> None:
    """Toma's team writes the plan, the mother consents, and Petra's collegium adopts it."""
    desk.enter("toma")
    desk.go(f"/work/case/{case.uuid}/history/", "proposal")
    assert "čitanje i dalje zaostaje" in desk.text
    desk.move(case, "accept_proposal", part__support_team=f"Ana Vuković, {SCHOOL}")
    schools.fill_in("ana", schools.pupil, "iop")
    desk.note(case, "parent", "Majka traži duže vreme za zadatke.")
    assert desk.move(case, "offer_plan").beside == ["awaiting_consent"]
    assert case.due_key == "consent"
    consent(desk, case)
    assert desk.move(case, "record_consent").beside == ["adoption"]
    desk.enter("petra")
    assert desk.move(case, "adopt_iop1").step == "iop1"
    assert (case.beside, case.due_key) == (["first_year"], "evaluation")
    desk.go(f"/work/case/{case.uuid}/procedure/", "drawing")
    desk.go(f"/work/case/{case.uuid}/papers/", "papers")


def test_from_individualisation_to_an_evaluated_plan(desk: Desk, schools: Schools) -> None:
    case = individualised(desk, schools)
    planned(desk, schools, case)
    schools.fill_in("ana", schools.pupil, "iop-evaluation")
    desk.enter("toma")
    desk.move(case, "evaluate", note="Napreduje u čitanju.")
    assert [row.kind for row in case.letters.order_by("id")] == [
        "individualisation-notice", "consent-call", "adoption-notice", "evaluation-notice"
    ]  # fmt: skip
    assert case.clocks.get(key="evaluation", stopped_on=None).due_on > in_days(80)
    desk.go(f"/work/case/{case.uuid}/", "iop1")
    desk.go("/work/calendar/", "calendar")
    assert not Message.objects.filter(subject__contains="Savić").exists()


def offered(desk: Desk, schools: Schools) -> Case:
    """Mila begins the passage and names Nena; Nikola writes a measure; the mother consents; the school is called."""
    desk.enter("mila")
    desk.go("/work/transitions/", "radar")
    case = begin(desk, schools.younger, "transition")
    desk.move(case, "kindergarten_school")
    desk.move(case, "name_coordinator", part__sending_coordinator=f"Nena Orlić, {KINDERGARTEN}")
    desk.enter("nikola")
    desk.go(f"/work/case/{case.uuid}/plan/new/", "measure")
    desk.fill(code="Pedagoški asistent", goal="Asistent je uz Ivu prvih nedelja.", responsible=SCHOOL)
    desk.send()
    desk.look("plan")
    desk.enter("mila")
    schools.fill_in("mila", schools.younger, "transition-plan")
    desk.note(case, "parent", "Iva želi da krene sa drugaricom.")
    assert desk.move(case, "offer_plan").step == "awaiting_consent"
    consent(desk, case)
    desk.move(case, "record_consent")
    assert desk.move(case, "share", part__receiver=f"{SCHOOL}, Subotica").step == "shared"
    return case


def test_two_institutions_on_one_plan(desk: Desk, schools: Schools) -> None:
    case = offered(desk, schools)
    desk.enter("ana")
    assert desk.status(f"/work/case/{case.uuid}/plan/") == 404  # until she accepts, only who the child is
    assert desk.move(case, "accept", part__receiving_coordinator=f"Vera Lukić, {SCHOOL}").step == "preparing"
    desk.go(f"/work/case/{case.uuid}/plan/", "plan-of-receiver")
    assert "Asistent je uz Ivu prvih nedelja." in desk.text
    desk.enter("vera")
    desk.move(case, "record_activity", note="Iva je provela dan u školi.")
    desk.enter("nena")
    assert desk.move(case, "hand_over").step == "handed_over"
    desk.go(f"/work/case/{case.uuid}/people/", "people")
    for name in ("Vera Lukić", "Nena Orlić", SCHOOL, KINDERGARTEN):
        assert name in desk.text
    desk.enter("ana")
    assert desk.move(case, "begin_there", happened_on=clock.today()).step == "settling"
    schools.fill_in("ana", schools.younger, "transition-checkpoint")
    desk.move(case, "check_two_weeks", note="Navikla se.")
    running = case.clocks.filter(stopped_on=None).order_by("due_on")
    assert [row.key for row in running] == ["six_weeks", "half_year"]
