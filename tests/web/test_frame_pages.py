"""Pages of frameworks of results: who reads, who tells, what comes back filled, what leaves as a file."""

import io
import tomllib

import openpyxl
import pytest
from django.conf import settings
from django.test import Client

from tests.places import factories as places
from tests.programmes.planning import Planning
from tests.web.panel_world import English, words
from tests.web.test_report_figures import bare, pdf, word
from tests.world import World
from zajedno.programmes.actions.frame import load_frame
from zajedno.programmes.models import Frame, Lesson, ProgrammeReport, Reading

pytestmark = pytest.mark.django_db
HERE, OWN = "/monitor/frames/spis/", "/network/frames/spis/"


@pytest.fixture
def frame(db: None) -> Frame:
    here = {"country": places.country("BA"), "kind": "municipality", "spis_phase": "III (2011-2012)"}
    places.territory("Мркоњић Град", "Mrkonjić Grad", "ba-mrkonjic-grad", **here)
    load_frame(tomllib.loads((settings.PACKS_DIR / "ba/frames/spis.toml").read_text()), country="BA", by=None)
    return Frame.objects.get()


def test_eva_reads_the_whole_and_takes_it_out(frame: Frame, go: English) -> None:
    eva = go("eva")
    assert HERE in words(eva.get("/monitor/frames/"))
    page = words(eva.get(HERE))
    for said in ("26 of 142", "over 6000", "10 of 10, that is 100 %.", "72\u00a0%", "Measured by indicator r1",
                 "No figure is released yet.", "Phases and municipalities", "takes part", "eight of ten municipalities",
                 "Places told 1 so far; the target was 11.", "1.2.1 Municipal management boards"):  # fmt: skip
        assert said in page, said
    sheet = openpyxl.load_workbook(io.BytesIO(eva.post(f"{HERE}export/", {"kind": "xlsx"}).content)).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] == "permanent-commissions"]
    assert [(row[6], row[7], row[8]) for row in rows] == [("2010", 8, 10), ("2012", 26, 142)]
    assert b"permanent-commissions;" in eva.post(f"{HERE}export/", {"kind": "csv"}).content
    told = pdf(eva.get(f"{HERE}print.pdf").content)
    assert bare("26 of 142") in told
    assert bare("Draft:") not in told
    assert eva.get(f"{HERE}export/").status_code == 302
    for who in ("dino", "csaba", "ana"):
        assert go(who).get(HERE).status_code == 403


def test_everybody_reads_what_is_public(frame: Frame) -> None:
    anybody = Client(headers={"accept-language": "en"})
    assert "/frames/spis/" in words(anybody.get("/frames/"))
    assert "26 of 142" in words(anybody.get("/frames/spis/"))
    assert 'href="/frames/"' in words(anybody.get("/figures/"))
    assert "/frames/" in words(anybody.get("/sitemap.xml"))
    Frame.objects.update(is_public=False)
    assert 'href="/frames/"' not in words(anybody.get("/figures/"))
    assert anybody.get("/frames/spis/").status_code == 404


def test_a_coordinator_tells_of_the_own_place_and_what_was_typed_comes_back(
    frame: Frame, world: World, go: English
) -> None:  # fmt: skip
    Planning(world)
    csaba, at = go("csaba"), str(world.organisations["network"].territory_id)
    assert "Tell a number of your municipality" in words(csaba.get(OWN))
    sent = {"place": at, "phase": "phase-3", "period": "2026", "value": "1", "source": "Odluka", "evidence": ""}
    told = csaba.post(f"{OWN}results/action-plans/", sent)
    assert (told.status_code, 'value="Odluka"' in words(told)) == (422, True)
    assert csaba.post(f"{OWN}results/action-plans/", sent | {"evidence": "Sl. list"}).status_code == 302
    assert (Reading.objects.get(period="2026").value, Reading.objects.get(period="2026").verified) == (1, False)
    lesson = {"place": at, "phase": "", "text": "Постоји линија у буџету.", "source": "Завршни рачун"}
    assert csaba.post(f"{OWN}lessons/new/", lesson).status_code == 302
    assert Lesson.objects.get(place=at).texts == {"en": "Постоји линија у буџету."}
    page = words(csaba.get(OWN))
    assert "Постоји линија у буџету." in page
    assert "Sl. list" in page
    assert csaba.get(f"{OWN}results/referrals-closed/").status_code == 404
    assert csaba.post(f"{OWN}results/action-plans/", sent | {"place": "999999"}).status_code == 422
    assert go("ana").post(f"{OWN}results/action-plans/", sent).status_code == 403
    assert go("eva").get(OWN).status_code == 403


def test_a_programme_reports_to_who_pays(world: World, go: English) -> None:
    planning = Planning(world)
    run, csaba = planning.programme(title="Школа за родитеље"), go("csaba")
    here = f"/network/programmes/{run.uuid}/year/{planning.year}/"
    assert here in words(csaba.get(f"/network/programmes/{run.uuid}/"))
    assert csaba.post(f"{here}words/", {"introduction": "Хвала донатору."}).status_code == 302
    assert csaba.post(f"{here}issue/").status_code == 302
    made = ProgrammeReport.objects.get()
    told = [pdf(csaba.get(f"{here}issued/{made.uuid}/").content),
            word(csaba.get(f"{here}issued/{made.uuid}/report.docx").content)]  # fmt: skip
    assert all("Хваладонатору." in one and "Школазародитеље" in one for one in told)
    ana = go("ana")
    for rest in ("", "words/", "report.pdf", f"issued/{made.uuid}/"):
        assert ana.get(f"{here}{rest}").status_code == 404
    assert ana.post(f"{here}issue/").status_code == 404
