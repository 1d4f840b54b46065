"""Two reports of a year in a real browser: of a programme to who pays for it, and of a school on dropout."""

import io
from datetime import date
from decimal import Decimal

import docx
import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.networks.agreements import Agreements
from tests.programmes.money import Money
from tests.programmes.planning import Planning
from tests.web.desk import Desk
from tests.web.figures_world import Released, country
from tests.world import World
from zajedno.casework.models import OfficeReport
from zajedno.figures.logic.figure import Said
from zajedno.kernel import money
from zajedno.programmes.actions import programme, session
from zajedno.programmes.models import Programme, ProgrammeReport

pytestmark = pytest.mark.browser
YEAR = 2026
THANKS, BESIDE, WHY = "Хвала донатору на подршци.", "Долазило је више очева.", "Исправљен број састанака."
SCHOOL = "Школа прати изостанке сваке недеље."


@pytest.fixture
def desk(world: World, page: Page, site: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("ZAJEDNO_TODAY", f"{YEAR}-11-20")
    country(world)
    figures()
    names = [one.name for one in (*world.organisations.values(), *world.accounts.values())]
    return Desk(page, site, "sr", "donor", *names, "RSD", "EUR")


def figures() -> None:
    """Of the municipality: what both reports say beside what was done."""
    made = Released()
    for code, name in (("p1", "Родитељи који су завршили програм"), ("p2", "Вршњаци који дају подршку"),
                       ("d1", "Осипање"), ("d2", "Планови у року"), ("d3", "Остварене мере")):  # fmt: skip
        made.define(code, name={"en": code, "sr": name})
    made.give("80438", "2025", 61.5, "p1", top=Decimal(16), bottom=Decimal(26))
    made.give("80438", "2025", None, "p2", said=Said.BETWEEN, low=Decimal(70), high=Decimal("93.3"))
    made.give("80438", "2025", None, "d1")


def ran(world: World) -> Programme:
    """Two meetings, of which one was small, a measure before and after, what came of it, and a grant."""
    planning, paid = Planning(world), Money(world, Agreements(world))
    row = planning.programme(begins_on=date(YEAR, 3, 1))
    with planning.at_work() as by:
        for month, adults in ((4, 12), (5, 3)):
            held = session.plan_session(by=by, programme=row, on=date(YEAR, month, 9), place="Вртић „Колибри”",
                                        topic="Говор и игра")  # fmt: skip
            session.count(by=by, session=held, came=session.Came(adults=adults))
        session.measure(by=by, programme=row, values=session.Values(
            "Сигурност родитеља", "бод", Decimal("2.1"), Decimal("3.4"), "Упитник, сви учесници"))  # fmt: skip
        programme.tell(by=by, programme=row, outcome=programme.Outcome(
            "Родитељи траже помоћ раније.", 11, money.Money(Decimal(60000), "RSD"), "Вртић наставља."))  # fmt: skip
    paid.grant()
    return row


def test_a_programme_and_a_school_report_on_their_year(desk: Desk, world: World) -> None:
    row = ran(world)
    donor(desk, row)
    school(desk)
    assert (ProgrammeReport.objects.count(), OfficeReport.objects.count()) == (2, 1)


def donor(desk: Desk, row: Programme) -> None:
    """From the programme to the paper: words beside the numbers, issued, then once more with a reason."""
    desk.come("csaba")
    desk.page.goto(f"{desk.site}/network/programmes/{row.uuid}/")
    desk.page.click(f"main a[href$='/year/{YEAR}/']")
    desk.look("report")
    assert "најмање 13" in desk.text  # 15 would tell how many the three were
    desk.page.click("main a[href$='words/']")
    desk.look("words")
    desk.fill(introduction=THANKS, section_attendance=BESIDE)
    desk.send()
    desk.page.click("main a[href*='/issue/']")
    desk.look("issue")
    desk.send()
    desk.look("issued")
    desk.page.click("main a[href*='/issue/']")
    desk.send_wrong("no-reason")
    desk.fill(reason=WHY)
    desk.send()
    second = ProgrammeReport.objects.get(number=2)
    desk.page.click(f"main a[href$='{second.uuid}/read/']")
    desk.look("edition")
    for said in (THANKS, BESIDE, WHY, "61,5"):
        assert said in desk.text
    papers(desk, str(second.uuid), THANKS, BESIDE, WHY, "61,5")


def papers(desk: Desk, edition: str, *told: str) -> None:
    """PDF and Word say what the page says."""
    pdf = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(file(desk, f"{edition}/"))).pages)
    parts = docx.Document(io.BytesIO(file(desk, f"{edition}/report.docx"))).element.body.iter()
    word = " ".join(one.text or "" for one in parts if one.tag.endswith("}t"))
    for said in told:
        assert said in " ".join(pdf.split())
        assert said in word


def file(desk: Desk, href: str) -> bytes:
    with desk.page.expect_download() as taken:
        desk.page.locator(f"main a[href$='{href}']").first.click()
    return taken.value.path().read_bytes()


def school(desk: Desk) -> None:
    """From the work desk; it counts no pupil of its own."""
    desk.come("ana")
    desk.page.goto(f"{desk.site}/work/classes/")
    desk.page.click("main a[href='/work/school-report/']")
    desk.look("school")
    desk.page.click("main a[href$='words/']")
    desk.page.wait_for_load_state()
    desk.fill(introduction=SCHOOL)
    desk.send()
    desk.page.click("main a[href*='/issue/']")
    desk.page.wait_for_load_state()
    desk.send()
    desk.look("school-issued")
    made = OfficeReport.objects.get()
    desk.page.click(f"main a[href$='{made.uuid}/read/']")
    assert SCHOOL in desk.text
    papers(desk, str(made.uuid), SCHOOL)
