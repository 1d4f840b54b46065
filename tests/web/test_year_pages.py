"""The annual report: its numbers are those of the pages they come from, on the page, as PDF and in Word; what the desk
says of what waits; the way in for who only sits in a body; what everybody reads."""

import io
import re
from datetime import date
from decimal import Decimal
from html import unescape

import docx
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils.translation import gettext as _
from django.utils.translation import override
from pypdf import PdfReader

from tests.indicators.plans import Plans
from tests.networks.agreements import Agreements
from tests.networks.bodies import Bodies, later
from tests.networks.world import SELF, Network
from tests.programmes.money import Money
from tests.programmes.planning import Planning, parts
from tests.refusal import change, refusal
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.indicators.actions import release_cost
from zajedno.kernel import clock
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.money import Money as Cost
from zajedno.networks.actions import agenda, member
from zajedno.networks.actions.sustainability import assess
from zajedno.networks.actions.training import Held, log_training
from zajedno.networks.models import Agreement, Body, Meeting, Round, YearReport, YearWords
from zajedno.programmes.actions import plan as plans
from zajedno.programmes.actions import plan_part
from zajedno.programmes.actions import programme as programmes
from zajedno.programmes.actions import session as sessions
from zajedno.programmes.models import Activity, Budget, Plan, Programme

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
        for day, level in ((later(-3), "1"), (later(0), "2")):
            with clock.on(day):
                row = self.network.open(SELF, "ana", "doctor", "worker", closes_on=day, opens_on=day)
                for who in ("ana", "doctor", "worker"):
                    self.network.answer(row, who, anchoring=level)
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
                cost = Cost(Decimal(12000))
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


def at(row: Body, rest: str = "", year: int | None = None) -> str:
    return f"/network/bodies/{row.uuid}/year/{year or YEAR}/{rest}"


def bare(text: str) -> str:
    """Without blanks: papers break lines where pages do not."""
    return re.sub(r"\s", "", unescape(text))


def pdf(content: bytes) -> str:
    """Without the foot of each page, which cuts tables."""
    return bare(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def word(content: bytes) -> str:
    found = docx.Document(io.BytesIO(content)).element.body.iter()
    return bare(" ".join(one.text or "" for one in found if one.tag.endswith("}t")))


def texts(page: str) -> list[str]:
    """Words between the tags of a part of a page."""
    found = (" ".join(unescape(one).split()) for one in re.split(r"<[^>]+>", page))
    return [one for one in found if one]


def preview(page: str) -> str:
    return page.partition("<section lang")[2].partition(">")[2].partition("</section>")[0]


def serbian(whole: Whole, who: str = "csaba") -> Client:
    client = Client(headers={"accept-language": "sr"})
    client.force_login(whole.world.accounts[who])
    return client


def test_every_number_is_that_of_its_page_and_papers_say_the_same(whole: Whole) -> None:
    whole.work()
    csaba = serbian(whole)
    sent = {"introduction": "Година сарадње.\nДруги ред.", "conclusion": "Идемо даље."}
    assert csaba.post(at(whole.body, "words/"), sent).status_code == 302
    assert YearWords.objects.get(section="conclusion", year=YEAR).text == "Идемо даље."
    page = preview(words(csaba.get(at(whole.body))))
    told = texts(page)
    for way, numbers in sources(whole).items():
        there = bare(" ".join(texts(words(csaba.get(way)))))
        for number in numbers:
            assert bare(number) in there, (way, number)
            assert bare(number) in bare(" ".join(told)), (way, number)
    said = bare(" ".join(told))
    for counted in ("Одржаних састанака 1", "Одлуке 1", "Задатака са роком у години 2", "Урађено 1", "Још отворено 1"):
        assert bare(counted) in said, counted
    assert "мањеод5" in said
    assert not {"3", "4"} & set(told[told.index("Мала група (Подршка родитељима)") :][:7])
    papers = (
        pdf(csaba.get(at(whole.body, "report.pdf")).content),
        word(csaba.get(at(whole.body, "report.docx")).content),
    )
    for one in told:
        assert all(bare(one) in paper for paper in papers), one
    for person in ("Ана Вуковић", "Besa Krasniqi", "Милан Мунић", "Марко Водитељ"):
        assert not any(bare(person) in paper for paper in (*papers, said))


def sources(whole: Whole) -> dict[str, list[str]]:
    """Pages, each with numbers that stand on it."""
    network, newest = whole.network.organisation, Round.objects.order_by("-opens_on").first()
    assert newest is not None
    return {
        f"/network/bodies/{whole.body.uuid}/": ["Скупштина града", "Састаје се једном месечно."],
        f"/network/meetings/{Meeting.objects.get().uuid}/": ["присутно 2 од 3 чланова, потребно 2", "План се усваја."],
        f"/network/agreements/{Agreement.objects.get().uuid}/": [f"30. 6. {YEAR + 1}."],
        f"/network/results/{newest.uuid}/": ["2,00", "+1,00"],
        f"/network/plans/{Plan.objects.get().uuid}/": ["120.000,50 RSD", "1 од 1 активности"],
        f"/network/programmes/{Programme.objects.get(reached=12).uuid}/": ["12.000,00 RSD", "1.000,00 RSD"],
        f"/network/lasting/{network.uuid}/": ["1: Започето", "Одлука о буџету"],
        f"/network/lasting/{network.uuid}/trainings/": ["Рано препознавање", "11", "7", "4"],
        f"/network/money/budgets/{Budget.objects.get().uuid}/": ["90.000,00 RSD", "45.000,50 RSD", "44.999,50 RSD"],
        "/network/money/grants/": ["5.000,00 €", "Пратиоци"],
    }


def test_a_year_without_anything_says_so_in_the_language_and_script_of_the_paper(whole: Whole) -> None:
    csaba = serbian(whole)
    nothing = {"sr": "За ову годину ништа није уписано.", "sr-latn": "Za ovu godinu ništa nije upisano."}
    page = words(csaba.get(at(whole.body)))
    assert page.count(nothing["sr"]) > 5
    assert 'lang="sr-Latn"' not in preview(page)
    latin = csaba.get(at(whole.body, "report.pdf?script=sr-latn")).content
    assert bare(nothing["sr-latn"]) in pdf(latin)
    assert ("Članovi" in pdf(latin), "Чланови" in pdf(latin)) == (True, False)
    for language, word_of in {"hu": "Éves jelentés", "bs": "Godišnji izvještaj", "sq": "Raporti vjetor"}.items():
        Body.objects.update(language=language)
        assert bare(word_of) in pdf(csaba.get(at(whole.body, "report.pdf?script=sr-latn")).content)
    assert csaba.get(at(whole.body, year=YEAR + 1)).status_code == 404
    assert csaba.get(at(whole.body, year=YEAR - 1)).status_code == 200


def test_the_report_tells_of_need_what_is_released(whole: Whole) -> None:
    """Seven transports, six therapies and, not told apart from them, two places in day care."""
    need = Plans(whole.world)
    span = {"since": date(YEAR, 1, 1), "until": date(YEAR, 12, 31)}
    need.add("transport", 7, cost=Decimal("100.10"), **span)
    need.add("day_care", 2, first=7, cost=Decimal(50), **span)
    need.add("speech_therapy", 6, cost=Decimal(10), **span)
    release_cost(territory=whole.bodies.keeper.territory_id, year=YEAR)
    csaba = serbian(whole)
    page, source = preview(words(csaba.get(at(whole.body)))), words(csaba.get("/network/money/"))
    with override("sr"):
        together = _("Not told apart")
    for text in (together, "860,70 RSD"):
        assert text in page
        assert text in source
    assert " 100,00 RSD" not in page


def test_an_edition_stays_as_it_was_issued(whole: Whole) -> None:
    csaba = serbian(whole)
    assert csaba.post(at(whole.body, "words/"), {"introduction": "Прво.", "conclusion": ""}).status_code == 302
    assert csaba.post(at(whole.body, "issue/")).status_code == 302
    first = YearReport.objects.get()
    assert csaba.post(at(whole.body, "words/"), {"introduction": "Друго.", "conclusion": ""}).status_code == 302
    assert csaba.post(at(whole.body, "issue/?script=sr-latn")).status_code == 422  # why?
    again = {"reason": "Исправљен увод."}
    assert csaba.post(at(whole.body, "issue/?script=sr-latn"), again).status_code == 302
    second = YearReport.objects.get(number=2)
    kept = csaba.get(at(whole.body, f"issued/{first.uuid}/")).content
    assert kept == bytes(first.content)
    assert ("Прво." in pdf(kept), "Издање1" in pdf(kept), "Нацрт" in pdf(kept)) == (True, True, False)
    assert "Izdanje2" in pdf(bytes(second.content))
    ana, far = serbian(whole, "ana"), serbian(whole, "far")
    assert ana.get(at(whole.body, f"issued/{first.uuid}/")).content == kept
    assert ana.get(at(whole.body)).status_code == 302
    assert ana.get(at(whole.body, "report.pdf")).status_code == 302
    for rest, sent in (("words/", {"introduction": "Моје."}), ("issue/", {}), (f"issued/{first.uuid}/show/", {})):
        assert ana.post(at(whole.body, rest), sent).status_code == 403
    assert far.get(at(whole.body, f"issued/{first.uuid}/")).status_code == 404
    assert refusal(change, first, content=b"x") == "an edition stays as it was issued"
    assert refusal(first.delete) == "an edition stays as it was issued"
    with whole.bodies.at_work("ana"):
        assert YearReport.objects.update(is_public=True) == 0
        assert not YearWords.objects.exists()


def test_everybody_reads_what_is_marked_and_nothing_else(whole: Whole) -> None:
    whole.work()
    here, csaba, anybody = f"/networks/{whole.body.slug}/", serbian(whole), Client(headers={"accept-language": "en"})
    first = whole.bodies.issue(whole.body)
    page = words(anybody.get(here))
    assert "No report is shown here yet." in page
    assert anybody.get(f"{here}report.pdf").status_code == 404
    assert csaba.post(at(whole.body, f"issued/{first.uuid}/show/")).status_code == 302
    page = words(anybody.get(here))
    assert f"Annual report {YEAR}" in page
    assert anybody.get(f"{here}report.pdf").content == bytes(first.content)
    for said in ("Акциони план", "1. Свако дете има подршку", "1 of 1 activities", "Школа за родитеље", ">12<"):
        assert said in page
    small = page.partition("Мала група")[2].partition("</tr>")[0]
    assert ">4<" not in small
    for person in ("Ана Вуковић", "Ana Vuković", "Besa", "Милан Мунић"):
        assert person not in page
    assert csaba.post(at(whole.body, f"issued/{first.uuid}/show/")).status_code == 302
    assert anybody.get(f"{here}report.pdf").status_code == 404


def test_public_pages_reach_no_table_behind_it(whole: Whole) -> None:
    whole.bodies.issue(whole.body)
    columns = ("id", "uuid", "body_id", "year", "number", "is_public", "media_type", "size", "content", "added_on")
    with acting(EXCHANGE), connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(columns)} from networks_yearreport")
        assert cursor.fetchall() == []
        for asked in (
            "added_by from networks_yearreport", "name from networks_yearreport", "1 from networks_yearwords",
            "account_id from networks_member", "1 from networks_meeting", "1 from programmes_programme",
            "1 from programmes_session", "1 from programmes_plan", "1 from programmes_activity",
            "1 from programmes_progress", "1 from programmes_budget",
        ):  # fmt: skip
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(f"select {asked}")


def test_who_only_sits_in_a_body_finds_the_way_in(world: World) -> None:
    """Jelena's and Hana's posts have no verb of networks; only Jelena sits in a body."""
    bodies = Bodies(world)
    row = bodies.set_up()
    seat = bodies.seat(row, "jelena", "commission")
    held = bodies.meet(row, 3)
    with bodies.at_work("csaba") as by:
        agenda.give(by=by, meeting=held, member=seat, text="Позвати школе", due_on=by.today)
    bodies.issue(row)
    jelena, hana = English(world)("jelena"), English(world)("hana")
    bodies.seat(row, "ana", "school")
    assert "Bodies in which you sit" in words(English(world)("ana").get("/work/"))
    for way in ("/panel/", "/account/"):
        assert "Bodies in which you sit" in words(jelena.get(way))
        assert "Bodies in which you sit" not in words(hana.get(way))
    page = words(jelena.get("/network/"))
    for said in ("What you have taken on", "Позвати школе", f"/network/meetings/{held.uuid}/calendar.ics"):
        assert said in page
    assert 'href="/network/"' in page.partition("<main")[0]
    assert 'href="/network/money/"' not in page
    assert f"Annual report {YEAR}" in words(jelena.get("/network/bodies/"))
    assert hana.get("/network/").status_code == 403


def test_the_desk_says_what_waits(whole: Whole) -> None:
    quiet = words(English(whole.world)("csaba").get("/network/"))
    assert "Meetings to prepare" not in quiet
    with clock.on(later(-40)):
        row = whole.bodies.set_up(mandate_until=later(60), titles={"sr": "Радна група"})
        seat = whole.bodies.seat(row, "ana", "school")
        held = whole.bodies.meet(row)
        with whole.bodies.at_work("csaba") as by:
            agenda.give(by=by, meeting=held, member=seat, text="Писати општини", due_on=by.today)
        whole.network.ask(whole.network.open(SELF, closes_on=later(60)), "ana", "doctor")
        plan = whole.planning.plan(first_year=clock.today().year)
        Activity.objects.update(ends_on=later(30), begins_on=later(0))
        with whole.planning.at_work() as by:
            plans.adopt(by=by, plan=plan, organ="Скупштина", number="1", on=by.today)
        whole.money.agreements.sign(whole.money.agreements.draft("school", "health", valid_until=later(60)))
    coming = whole.bodies.meet(row, 5)
    page = words(English(whole.world)("csaba").get("/network/"))
    lines = {
        "Meetings to prepare": f"/network/meetings/{coming.uuid}/",
        "Minutes to close": f"/network/meetings/{held.uuid}/",
        "Tasks overdue": "/network/duties/", "Agreements that end or are to be reviewed": "/network/agreements/",
        "Mandates that end": f"/network/bodies/{row.uuid}/", "Activities of plans that are late": "/network/plans/",
        "2 people have not answered": "/network/rounds/",
    }  # fmt: skip
    waits = page.partition("What waits now")[2].partition("Asked of you")[0]
    for said, way in lines.items():
        assert said in waits
        assert way in waits
    assert ("is not asked for yet" in waits) is (clock.today().month >= 7)
    ana = words(English(whole.world)("ana").get("/network/"))
    assert "What waits now" not in ana
