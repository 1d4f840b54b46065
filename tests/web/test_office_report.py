"""The annual report of a commission and of a school: pages, papers, who may, and that figures come from releases."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pytest

from tests.web.panel_world import English, words
from tests.web.test_report_figures import bare, pdf, word
from tests.world import World
from zajedno.casework.models import OfficeReport, Sitting
from zajedno.figures.logic.figure import Figure, Said
from zajedno.kernel import clock
from zajedno.web.shared.report import released

pytestmark = pytest.mark.django_db
YEAR = clock.today().year
HERE = f"/panel/report/w-commission/year/{YEAR}/"
SCHOOL = f"/work/school-report/w-school/year/{YEAR}/"


class Released:
    """Figures as the room tells them; `late` is what a later edition says."""

    def __init__(self) -> None:
        self.share, self.edition = Decimal("62.5"), "1"

    def __call__(self, codes: Any, places: Any, periods: Any) -> list[Figure]:
        return [one for code in codes for one in self.of(code, places, periods)]

    def of(self, code: str, places: Any, periods: Any) -> list[Figure]:
        if code == "k4":
            return [Figure(code, place, period, Said.WITHHELD) for place in places for period in periods]
        return [
            Figure(code, place, periods[0], Said.EXACT, unit="%", value=self.share, top=Decimal(10), bottom=Decimal(16),
                   reported=17, expected=20, edition=self.edition, released_on=date(YEAR, 1, 9))
            for place in places
        ]  # fmt: skip


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Released:
    found = Released()
    monkeypatch.setattr(released.queries, "figures_of_many", found)
    return found


def test_a_coordinator_writes_issues_and_corrects(world: World, go: English, figures: Released) -> None:
    commission = world.organisations["commission"]
    for month, state in ((1, "held"), (2, "held"), (3, "cancelled")):
        begins = clock.now().replace(year=YEAR, month=month, day=10)
        Sitting.objects.create(organisation=commission, begins=begins, place="Сала", state=state)
    csaba = go("csaba")
    assert csaba.get("/panel/report/").headers["Location"] == HERE.replace(str(YEAR), str(YEAR - 1))  # it is over
    page = words(csaba.get(HERE))
    assert "62,5\xa0%" in page or "62,5 %" in page
    assert "мање од пет" in page or "fewer than five, or none" in page
    assert "Одржаних седница</dt><dd" in page.replace(' class="govuk-summary-list__key"', "").replace("\n", "")
    assert csaba.post(f"{HERE}words/", {"introduction": "Година рада.", "section_opinions": "Боље."}).status_code == 302
    assert csaba.post(f"{HERE}issue/").status_code == 302
    first = OfficeReport.objects.get()
    figures.share, figures.edition = Decimal(75), "2"
    again = csaba.post(f"{HERE}issue/", {"reason": " "})
    assert (again.status_code, "Why is a new edition made?" in words(again)) == (422, True)
    assert csaba.post(f"{HERE}issue/", {"reason": "Стигли су касни подаци."}).status_code == 302
    second = OfficeReport.objects.get(number=2)
    for row, share in ((first, "62,5%"), (second, "75%")):
        kept = f"{HERE}issued/{row.uuid}/"
        told = [pdf(csaba.get(kept).content), word(csaba.get(f"{kept}report.docx").content),
                bare(words(csaba.get(f"{kept}read/")))]  # fmt: skip
        assert all(bare(share) in one for one in told)
        sheet = openpyxl.load_workbook(io.BytesIO(csaba.get(f"{kept}report.xlsx").content)).worksheets[0]
        assert bare(str(sheet["G2"].value)) == bare(share)
    assert "Стиглисукасниподаци." in pdf(bytes(second.content))
    assert "Ана" not in words(csaba.get(HERE)).partition("<section lang")[2]
    foot = docx.Document(io.BytesIO(csaba.get(f"{HERE}report.docx").content)).sections[0].footer.paragraphs[0]
    assert "Страна" in foot.text
    assert f"Годишњи извештај о раду комисије {YEAR}" in foot.text
    assert foot._p.xpath(".//w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]


def test_a_member_reads_what_is_issued_and_no_draft(world: World, go: English, figures: Released) -> None:
    assert go("csaba").post(f"{HERE}issue/").status_code == 302
    made, hana = OfficeReport.objects.get(), go("hana")
    page = words(hana.get(HERE))
    assert f"issued/{made.uuid}/" in page
    assert f"{HERE}issue/" not in page
    assert hana.get(f"{HERE}issued/{made.uuid}/").content == bytes(made.content)
    for rest in ("report.pdf", "words/", "issue/"):
        assert hana.get(f"{HERE}{rest}").status_code == 403
    assert hana.post(f"{HERE}words/", {"introduction": "Моје."}).status_code == 403
    for who in ("ana", "dino", "eva"):
        assert go(who).get(HERE).status_code in (403, 404)
        assert go(who).get(f"{HERE}issued/{made.uuid}/").status_code in (403, 404)


def test_what_was_typed_comes_back(go: English, figures: Released) -> None:
    told = go("csaba").post(f"{HERE}words/", {"introduction": "а" * 10_001, "section_requests": "Остаје."})
    assert (told.status_code, "Остаје." in words(told)) == (422, True)
    assert go("csaba").get(f"/panel/report/w-commission/year/{YEAR + 1}/").status_code == 404


def test_a_school_reports_on_dropout_and_counts_no_pupil(world: World, go: English, figures: Released) -> None:
    world.child()
    ana = go("ana")
    assert ana.get("/work/school-report/").headers["Location"] == SCHOOL.replace(str(YEAR), str(YEAR - 1))
    page = words(ana.get(SCHOOL))
    assert "Бројеве о ученицима једне школе овај извештај не наводи" in page
    assert "Њежић" not in page
    assert ana.post(f"{SCHOOL}issue/").status_code == 302
    assert OfficeReport.objects.get().organisation == world.organisations["school"]
    for who in ("csaba", "hana", "dino", "eva"):
        assert go(who).get(SCHOOL).status_code in (403, 404)
    assert ana.get(f"/work/school-report/w-commission/year/{YEAR}/").status_code == 404
