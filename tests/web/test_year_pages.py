"""The annual report: its numbers are those of the pages they come from, on the page, as PDF and in Word."""

import io
from datetime import date
from decimal import Decimal

import docx
import pytest
from pypdf import PdfReader

from tests.networks.agreements import Agreements
from tests.networks.bodies import Bodies, later
from tests.networks.world import SELF, Network
from tests.programmes.money import Money
from tests.programmes.planning import Planning, parts
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.kernel import clock
from zajedno.kernel import money as amount
from zajedno.networks.actions import agenda, member
from zajedno.networks.actions.sustainability import assess
from zajedno.networks.actions.training import Held, log_training
from zajedno.networks.models import Body
from zajedno.programmes.actions import plan_part
from zajedno.programmes.actions import programme as programmes
from zajedno.programmes.actions import session as sessions

pytestmark = pytest.mark.django_db
YEAR = clock.today().year


class Whole:
    """A network in the middle of its work, all of it in this year."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.network = Network(world)
        self.bodies, self.planning = Bodies(world), Planning(world)
        self.money = Money(world, Agreements(world))
        self.body: Body = self.bodies.seated()

    def work(self) -> None:
        self._meet()
        self._agree()
        self._plan()
        self._spend()
        with self.network.at_work("csaba") as by:
            at = self.network.organisation.pk
            assess(by=by, organisation=at, dimension="budget", level=1, evidence="Одлука о буџету", holds_on=by.today)
            held = Held("training", "Рано препознавање", by.today, "Марко Водитељ", {"education": 7, "health": 4})
            log_training(by=by, organisation=at, held=held)
        for day in (later(-3), later(0)):
            with clock.on(day):
                row = self.network.open(SELF, "ana", "doctor", "worker", closes_on=day, opens_on=day)
                for who in ("ana", "doctor", "worker"):
                    self.network.answer(row, who, anchoring="1" if day == later(-3) else "2")
                self.network.close(row)

    def _meet(self) -> None:
        held = self.bodies.meet(self.body, 0, "План за јесен", "Разно")
        self.bodies.came(held, *self.body.members.filter(seat__lte=2))
        with self.bodies.at_work("csaba") as by:
            said = agenda.Said("План за јесен", decision="План се усваја.")
            agenda.write(by=by, item=held.items.get(position=1), said=said)
            for text in ("Позвати школе", "Писати општини"):
                agenda.give(by=by, meeting=held, member=self.body.members.get(seat=1), text=text, due_on=by.today)
            agenda.finish(by=by, task=held.tasks.get(text="Позвати школе"), outcome="")
            member.leave(by=by, member=self.body.members.get(seat=3), last=by.today)
        self.bodies.close(held)

    def _agree(self) -> None:
        row = self.money.agreements.draft("school", "health", valid_until=date(YEAR + 1, 6, 30))
        self.money.agreements.sign(row)

    def _plan(self) -> None:
        row = self.planning.adopted(years=3)
        with self.planning.at_work() as by:
            plan_part.report(by=by, plan=row, activity=parts(row)[2], state="done", reached="12 радионица")
        for title, came, reached in (("Школа за родитеље", 9, 12), ("Мала група", 3, 4)):
            run = self.planning.programme(title=title)
            with self.planning.at_work() as by:
                met = sessions.plan_session(by=by, programme=run, on=by.today, place="Школа")
                sessions.count(by=by, session=met, came=sessions.Came(came, 0, 0))
                cost = amount.Money(Decimal(12000))
                programmes.tell(by=by, programme=run, outcome=programmes.Outcome("Лакше им је.", reached, cost))

    def _spend(self) -> None:
        budget = self.money.budget(year=YEAR)
        line = self.money.line(budget)
        for kind, amount in (("plan", "120000"), ("revision", "90000"), ("execution", "45000.50")):
            self.money.enter(line, kind, amount)
        self.money.grant()


@pytest.fixture
def whole(world: World) -> Whole:
    return Whole(world)


def at(row: Body, rest: str = "", year: int = YEAR) -> str:
    return f"/network/bodies/{row.uuid}/year/{year}/{rest}"


def pdf(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def word(content: bytes) -> str:
    """Paragraphs and tables in the order of the page."""
    found = docx.Document(io.BytesIO(content))
    return " ".join(" ".join(one.text for one in found.element.body.iter() if one.tag.endswith("}t")).split())


def sections(page: str) -> dict[str, str]:
    """Text of the preview by heading."""
    import re

    text = re.sub(r"<[^>]+>", " ", page.partition("<section")[2].partition("</section>")[0].replace("<h2", "@@<h2"))
    parts = [" ".join(one.split()) for one in text.split("@@")[1:]]
    return {one: one for one in parts}


def test_look(whole: Whole, go: English) -> None:
    whole.work()
    csaba = go("csaba")
    page = csaba.get(at(whole.body))
    assert page.status_code == 200
    for one in sections(words(page)):
        print(one)
    for ending in ("pdf", "docx"):
        made = csaba.get(at(whole.body, f"report.{ending}"))
        assert made.status_code == 200
        open(f"/tmp/r_report.{ending}", "wb").write(made.content)
