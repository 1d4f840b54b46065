"""Pages of models: read by everybody, taken over, told of, answered by the source, published by who keeps them."""

import gzip
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page

from tests.exchange.site_world import Sites
from tests.web.browser import NARROW, PASSWORD, check_page, log_in
from tests.world import World
from zajedno.exchange.models import Adaptation, Lesson, ModelPackage, ModelVersion, Result, Site

pytestmark = pytest.mark.django_db
MODEL = "/exchange/models/spi/"
WEIGHT = 15_000  # bytes of HTML, gzipped
GO = "main form:not(.z-filters) button.govuk-button[type=submit]"


@pytest.fixture
def sites(world: World) -> Sites:
    return Sites(world)


def text(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def as_(sites: Sites, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(sites.world.accounts[who])
    return client


def of(site: Site, rest: str = "") -> str:
    return f"/exchange/sites/{site.uuid}/{rest}"


@pytest.fixture
def anybody() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs", "en"])
def test_public_pages_are_light_and_kept(sites: Sites, language: str) -> None:
    first = sites.begun(needs=["referral"])
    sites.begun("mirza", "other", parent=first.uuid)
    anybody = Client(headers={"accept-language": language})
    for path in ("/exchange/models/", MODEL, f"{MODEL}lineage/", f"{MODEL}sites/{first.uuid}/", "/exchange/neglected/"):
        answer = anybody.get(path)
        assert answer.status_code == 200, path
        assert len(gzip.compress(answer.content)) < WEIGHT
        assert anybody.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_a_model_says_what_it_needs_and_what_is_not_verified(sites: Sites, anybody: Client) -> None:
    assert "Taken over by 0 places" in text(anybody.get("/exchange/models/"))
    page = text(anybody.get(MODEL))
    for words in (
        "Core components", "Referral team in charge of case management", "What must be there before you begin",
        "The budget has room for at least one service", "Not verified", "No place has begun yet.",
        "The whole text was not read.",
    ):  # fmt: skip
        assert words in page, words
    assert "Take it over" not in page
    assert "No place has begun yet." in text(anybody.get(f"{MODEL}lineage/"))
    for path in ("/exchange/models/none/", "/exchange/models/none/lineage/", f"{MODEL}sites/{sites.package.uuid}/"):
        assert anybody.get(path).status_code == 404


def test_the_lineage_is_drawn_and_told_in_words(sites: Sites, anybody: Client) -> None:
    first = sites.begun()
    sites.begun("mirza", "other", parent=first.uuid)
    page = text(anybody.get(f"{MODEL}lineage/"))
    assert "2 places took it over." in page
    page, listed = page.split("The same in words")
    assert page.count("z-chart__label") == 3
    assert page.index("1. Izmišljeno</a>") < page.index("2. Drugo Izmišljeno</a>")
    inner = listed[listed.index("Izmišljeno</a>") : listed.index("Drugo Izmišljeno</a>")]
    assert "<ul" in inner  # a list inside the list


def test_a_place_begins_answers_and_moves(sites: Sites) -> None:
    amra = as_(sites, "amra")
    assert "Take it over" in text(amra.get(MODEL))
    assert "You take nothing over yet." in text(amra.get("/exchange/sites/"))
    sent = {"organisation": str(sites.at("town").pk), "origin": "model", "mentor": "", "needs": ["referral"]}
    answer = amra.post("/exchange/sites/begin/spi/", sent)
    site = Site.objects.get()
    assert answer["Location"] == of(site)
    assert amra.post("/exchange/sites/begin/spi/", sent).status_code == 422
    page = text(amra.get(of(site)))
    assert of(site, "readiness/") in page  # what is missing leads to where it is met
    keys = [part["key"] for part in site.model.conditions]
    told = {f"c-{key}": "yes" for key in keys} | {f"c-{keys[0]}": "no"}
    answer = amra.post(of(site, "readiness/"), told)
    assert answer.status_code == 422
    assert "Not met: The mayor or council is willing to appoint a commission." in text(answer)
    assert amra.post(of(site, "readiness/"), told | {"in_spite": "U martu."}).status_code == 302
    move = of(site, "move/settle_readiness/")
    assert amra.get(move).status_code == 200
    assert amra.post(move, {"seen": 0}).status_code == 302
    assert amra.post(move, {"seen": 0}).status_code == 409
    assert amra.get(of(site, "move/nothing/")).status_code == 404
    assert "Agreement" in text(amra.get(of(site)))


def test_what_it_tells_is_public_and_a_child_is_looked_for(sites: Sites, anybody: Client) -> None:
    site = sites.begun()
    amra = as_(sites, "amra")
    sent = {"component": "services-kind", "what": "<b>Igraonica</b>", "reason": "Učenik Marko nije imao kuda."}
    answer = amra.post(of(site, "adapt/"), sent)
    assert answer.status_code == 422
    assert "Marko" in text(answer)
    assert amra.post(of(site, "adapt/"), sent | {"reason": "Nema prostora."}).status_code == 302
    core = [part["key"] for part in site.model.core]
    judged = {f"p-{key}": "yes" for key in core} | {f"e-{key}": "Odluka." for key in core}
    assert amra.post(of(site, "fidelity/"), judged | {f"e-{core[0]}": ""}).status_code == 422
    assert amra.post(of(site, "fidelity/"), judged).status_code == 302
    numbers = {"indicator": "services", "before": "1", "after": "2,5", "source": "Izvještaj", "evidence": "counted"}
    assert amra.post(of(site, "result/"), numbers | {"after": "mnogo"}).status_code == 422
    assert amra.post(of(site, "result/"), numbers).status_code == 302
    page = anybody.get(f"{MODEL}sites/{site.uuid}/").content.decode()
    assert "&lt;b&gt;Igraonica" in page
    for words in ("Nema prostora.", "100 %", "2.5", "Odluka."):
        assert words in page, words
    assert (Adaptation.objects.count(), Result.objects.count()) == (1, 1)


def test_a_lesson_comes_back_and_is_answered(sites: Sites, anybody: Client) -> None:
    first = sites.begun("mirza", "other")
    site = sites.begun(parent=first.uuid)
    assert as_(sites, "amra").post(of(site, "lesson/"), {"text": "Protokol prije plana."}).status_code == 302
    row = Lesson.objects.get()
    mirza = as_(sites, "mirza")
    path = f"/exchange/sites/lessons/{row.uuid}/"
    assert path in text(mirza.get("/exchange/sites/"))
    assert as_(sites, "amra").get(path).status_code == as_(sites, "edita").get(path).status_code == 404
    assert "Protokol prije plana." in text(mirza.get(path))
    assert mirza.post(path, {"text": "Hvala, i mi ćemo."}).status_code == 302
    assert mirza.get(path).status_code == 404
    assert "Hvala, i mi ćemo." in text(anybody.get(f"{MODEL}sites/{site.uuid}/"))


def test_only_who_takes_it_over_reports(sites: Sites, anybody: Client) -> None:
    site = sites.begun(mentor=sites.at("other").pk)
    paths = [of(site, rest) for rest in ("readiness/", "adapt/", "fidelity/", "result/", "lesson/")]
    assert {as_(sites, "mirza").get(path).status_code for path in paths} == {404}  # the mentor
    assert as_(sites, "mirza").get(of(site)).status_code == 200
    assert {as_(sites, "dino").get(path).status_code for path in [of(site), *paths]} == {404}
    assert {as_(sites, "eva").get(path).status_code for path in [of(site), "/exchange/sites/"]} == {403}
    assert {anybody.get(path).status_code for path in [of(site), *paths, "/exchange/sites/begin/spi/"]} == {302}
    sites.move(site, "give_up", reason="Nema novca.")
    assert {as_(sites, "amra").get(path).status_code for path in paths} == {404}
    assert "Nema novca." in text(anybody.get(f"{MODEL}sites/{site.uuid}/"))


def test_a_keeper_publishes_a_model_and_its_next_version(sites: Sites) -> None:
    edita = as_(sites, "edita")
    assert as_(sites, "amra").get("/exchange/sites/models/new/").status_code == 403
    sent: dict[str, Any] = {
        "organisation": str(sites.at("ministry").pk), "title_en": "Open doors", "core": "Врата | Vrata | Doors",
        "conditions": "Kuća",
    }  # fmt: skip
    assert edita.post("/exchange/sites/models/new/", sent | {"core": ""}).status_code == 422
    assert edita.post("/exchange/sites/models/new/", sent)["Location"] == "/exchange/models/open-doors/"
    package = ModelPackage.objects.get(slug="open-doors")
    assert "Publish a new version" in text(edita.get("/exchange/models/open-doors/"))
    path = "/exchange/sites/models/open-doors/version/"
    more = sent | {"core": "Врата | Vrata | Doors\nProzori", "seen": 1}
    assert edita.post(path, more).status_code == 302
    assert edita.post(path, more | {"core": "Krov"}).status_code == 409
    assert [part["key"] for part in package.versions.first().core] == ["doors", "prozori"]
    assert edita.get("/exchange/sites/models/spi/version/").status_code == 404  # of a pack
    assert ModelVersion.objects.filter(package=package).count() == 2


class Desk:
    """A browser used by one person after another, in Bosnian."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def enter(self, who: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto(self.site)
        self.page.context.add_cookies([{"name": "language", "value": "bs", "url": self.site}])
        log_in(self.page, self.site, f"{who}@demo.invalid", PASSWORD)
        self.page.wait_for_url("**/exchange/**")

    def look(self, path: str) -> None:
        self.page.goto(self.site + path)
        check_page(self.page)

    def send(self, **texts: str) -> None:
        for name, words in texts.items():
            self.page.fill(f"textarea[name={name}]", words)
        with self.page.expect_navigation():
            self.page.locator(GO).first.click()
        assert not self.page.locator(".govuk-error-summary").count(), self.page.locator("main").inner_text()
        check_page(self.page)


def take_over(desk: Desk, first: Site) -> Site:
    """Amra begins from a place that has it, and answers what must be there before."""
    desk.enter("amra")
    desk.look(MODEL)
    desk.page.click("main a.govuk-button")
    check_page(desk.page)
    desk.page.check(f"input[name=origin][value='{first.uuid}']")
    desk.send()
    site = Site.objects.get(parent=first)
    desk.look(of(site, "readiness/"))
    for key in (part["key"] for part in site.model.conditions):
        desk.page.check(f"input[name=c-{key}] >> nth=0")
    desk.send()
    desk.look(of(site, "move/settle_readiness/"))
    desk.send()
    return site


def tell(desk: Desk, site: Site) -> None:
    """She changes a part and returns a lesson."""
    desk.look(of(site, "adapt/"))
    desk.page.select_option("select[name=component]", "services-kind")
    desk.send(what="Igraonica u domu kulture.", reason="Vrtića nema.")
    desk.look(of(site, "fidelity/"))
    desk.look(of(site, "lesson/"))
    desk.send(text="Protokol potpisati prije plana.")


def answer(desk: Desk) -> None:
    """Mirza, from whom she took it, answers."""
    desk.enter("mirza")
    desk.look("/exchange/sites/")
    desk.page.click("a[href*='/lessons/']")
    desk.send(text="Hvala, i mi ćemo.")


@pytest.mark.browser  # axe looks at every page, and the lineage is drawn at 320 px
def test_a_municipality_takes_a_model_over_and_a_lesson_comes_back(sites: Sites, page: Page, site: str) -> None:
    for account in sites.world.accounts.values():
        account.set_password(PASSWORD)
        account.save()
    desk = Desk(page, site)
    taken = take_over(desk, sites.begun("mirza", "other"))
    tell(desk, taken)
    answer(desk)
    page.context.clear_cookies()
    own = f"{MODEL}sites/{taken.uuid}/"
    for path in ("/exchange/models/", MODEL, f"{MODEL}lineage/", "/exchange/neglected/", own):
        desk.look(path)
    told = page.locator("main").inner_text()
    for words in ("Igraonica u domu kulture.", "Protokol potpisati prije plana.", "Hvala, i mi ćemo."):
        assert words in told, words
    page.set_viewport_size(NARROW)
    desk.look(f"{MODEL}lineage/")
