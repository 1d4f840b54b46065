"""A coordinator's year in a real browser: the body is set up, a protocol signed, people meet, look at themselves,
plan, ask the council for money, run a programme, report, and renew. In both scripts of Serbian, and in Bosnian."""

import re
from datetime import date

import pytest
from django.utils.translation import ngettext, override
from playwright.sync_api import Page, expect

from tests.networks.world import SELF
from tests.web.desk import LANGUAGES
from tests.web.year_world import YEAR, Town, Year, jajce, subotica
from tests.world import World
from zajedno.access.models import Message
from zajedno.networks.models import Agreement, Body, BodyTask, Meeting, Round
from zajedno.programmes.models import Budget, Plan, Programme

pytestmark = pytest.mark.browser
SHEET_GO = "main form button.govuk-button[type=submit]:not([hidden])"
PDF, ZIP = b"%PDF", b"PK"
OWN_NAMES = ("RSD", "BAM", "EUR", "Natural Earth", "English", "Bosanski", "Srpski", "Српски")
POLICE = "Полицијска станица"


@pytest.fixture
def town(request: pytest.FixtureRequest, world: World) -> Town:
    return jajce(world) if request.node.callspec.params["language"] == "bs" else subotica(world)


@pytest.fixture
def desk(language: str, town: Town, page: Page, site: str, monkeypatch: pytest.MonkeyPatch) -> Year:
    made = Year(page, site, language, "year", *town.names, town.place, *OWN_NAMES)
    made.town, made.patch = town, monkeypatch
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_coordinators_year(language: str, desk: Year) -> None:
    body = found(desk)
    protocol(desk)
    meet(desk, body)
    look_at_themselves(desk)
    plan(desk)
    ask_for_money(desk)
    run_a_programme(desk)
    tell_the_map(desk)
    report(desk)
    renew(desk, body)
    assert Agreement.objects.filter(state="signed").exclude(version=1).count() == 1
    assert body.mandate_until == date(YEAR + 2, 1, 7)


def found(desk: Year) -> Body:
    """January: the body has an act, members of three sectors and a deputy, and a page for everybody."""
    desk.on(1, 11)
    desk.section("Bodies", "bodies", "network")
    desk.press("Set up a body", "body-new")
    assert desk.word("Give the body a name.") in desk.send_wrong("body-wrong")
    title = "title_bs" if desk.language == "bs" else "title_sr"
    desk.keep(
        "body", "The body is set up. Say who sits in it.", kind=desk.town.kind, organ=desk.typed("Скупштина"),
        act_number="02-1/2027", established_on=date(YEAR, 1, 8), mandate_from=date(YEAR, 1, 8),
        mandate_until=date(YEAR + 1, 1, 7), rules=desk.typed("Састаје се сваког другог месеца."),
        contact="mreza@demo.invalid", **{title: desk.typed("Мрежа за инклузију")},
    )  # fmt: skip
    desk.says("To be completed", "Nobody sits in it yet.", "No meeting is called yet.")
    return seated(desk)


def seated(desk: Year) -> Body:
    """Who sits in it, the act, and what everybody reads."""
    for number, (who, at) in enumerate(desk.town.signs.items()):
        desk.press("Name a member" if number else "the members", f"member-new-{number}")
        deputy = {"deputy": desk.typed("Заменик Један")} if not number else {}
        desk.keep(
            f"body-seat-{number}", "The seat is taken.", organisation=desk.typed(f"{at}, {desk.town.place}"),
            person=desk.typed("Члан Један"), email=f"{who}@demo.invalid", role="chair" if not number else "member",
            **deputy,
        )  # fmt: skip
    desk.press("Name a member", "member-new")
    desk.keep("body-seats", "The seat is taken.", institution=desk.typed(POLICE), person=desk.typed("Члан Четири"),
              sector=desk.word("Justice and safety"), role="member", email="policija@demo.invalid")  # fmt: skip
    assert not desk.page.locator("#banner-gaps-title").count()
    desk.press("Keep the act", "act-keep")
    desk.page.set_input_files("[name=file]", {"name": "odluka.pdf", "mimeType": "application/pdf",
                                              "buffer": b"%PDF-1.7 odluka"})  # fmt: skip
    desk.keep("body-act", "The act is kept with the body.")
    desk.paper("The act that set it up", PDF)
    desk.press("Public page", "body-public")
    assert desk.typed("Мрежа за инклузију") in desk.text
    return Body.objects.get(established_on=date(YEAR, 1, 8))


def protocol(desk: Year) -> None:
    """Two institutions sign it; from then on it holds."""
    desk.section("Agreements", "agreements")
    desk.press("Write an agreement", "agreement-new")
    title = "title_bs" if desk.language == "bs" else "title_sr"
    desk.keep(
        "agreement", "The agreement is begun. Name who signs it, and write its clauses.", kind="protocol",
        organ=desk.typed("Скупштина"), valid_from=date(YEAR, 1, 11), valid_until=date(YEAR, 12, 31),
        review_on=date(YEAR, 12, 1), **{title: desk.typed("Протокол о сарадњи")},
    )  # fmt: skip
    signed(desk)


def signed(desk: Year) -> None:
    signing = desk.town.members[:2]
    for who in signing:
        desk.press("Name an institution", f"signatory-{who}")
        desk.keep(f"agreement-{who}", "The institution is asked to sign.",
                  organisation=desk.typed(f"{desk.town.signs[who]}, {desk.town.place}"))  # fmt: skip
    for who in signing:
        desk.on(1, 14, who)
        desk.section("Agreements", f"agreements-{who}")
        desk.press(desk.typed("Протокол о сарадњи"), f"agreement-of-{who}")
        desk.press("Sign", f"sign-{who}")
        desk.keep(f"signed-{who}", "It is signed for your institution.", representative=desk.typed("Директор"),
                  is_read=True)  # fmt: skip
    assert Agreement.objects.get(review_on=date(YEAR, 12, 1)).state == "signed"
    desk.paper("Print (PDF)", PDF)


def meet(desk: Year, body: Body) -> None:
    """February: members get the calendar file; what was decided is on paper in the language of the body."""
    desk.on(2, 1)
    desk.section("Bodies", "bodies-february", "network")
    desk.press(desk.typed("Мрежа за инклузију"), "body-february")
    desk.press("Call a meeting", "meeting-new")
    desk.keep("meeting", "The meeting is called. Write its agenda, then invite the members.", day=date(YEAR, 2, 10),
              begins="10", ends="12", place=desk.typed("Градска кућа"))  # fmt: skip
    desk.says("Nothing is on the agenda yet.", "Nobody has a task.")
    assert not desk.named("Invite the members").count()  # to what?
    desk.press("Put something on the agenda", "item-new")
    desk.keep("meeting-item", "It is written down.", title=desk.typed("План за годину"))
    desk.press("Invite the members", "invite")
    desk.send()
    desk.look("invited")
    with override(desk.language):
        said = ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", 4)
    assert said % {"count": 4} in desk.page.locator("body").inner_text()
    invited = Message.objects.filter(key__startswith="meeting-")
    assert invited.count() == 4  # three with accounts, and an address that is only written
    assert all("DTSTART:20270210T090000Z" in one.calendar for one in invited)
    desk.on(2, 10)
    desk.go(f"/network/meetings/{Meeting.objects.get(body=body).uuid}/", "meeting-held")
    held(desk)


def held(desk: Year) -> None:
    """Who came is noted; a decision, a task, and the minutes."""
    desk.press("Note who came", "came")
    for one in desk.page.locator("[name^=member_][value=there]").all():
        one.check()
    desk.page.locator("[name^=member_][value=deputy]").check()
    desk.keep("meeting-came", "It is written down.", guests=desk.typed("Гост Један"))
    desk.says("There is a quorum")
    desk.press(f"1. {desk.typed('План за годину')}", "item")
    desk.keep("meeting-decided", "It is written down.", discussion=desk.typed("Сви су говорили."),
              decision=desk.typed("Пише се акциони план."), votes_for=4, votes_against=0,
              votes_abstained=0)  # fmt: skip
    desk.press("Give a task", "task-new")
    desk.page.locator("[name=member]").first.check()
    desk.keep("meeting-task", "The task is given. Who has an account is told of it.",
              text=desk.typed("Позвати школе"), due_on=date(YEAR, 3, 1))  # fmt: skip
    desk.press("Close the minutes", "close")
    desk.keep("minutes", "The minutes are closed.", chaired_by=desk.typed("Члан Један"),
              recorded_by=desk.typed("Члан Два"))  # fmt: skip
    desk.paper("Minutes (PDF)", PDF)
    desk.paper("Minutes (Word)", ZIP)
    desk.on(2, 25, desk.town.members[0])
    desk.section("Bodies", "bodies-of-member", "network")
    desk.press(desk.typed("Позвати школе"), "task-done")
    desk.keep("bodies-after-task", "The task is done.", outcome=desk.typed("Позване су."))
    assert BodyTask.objects.get().done_on == date(YEAR, 2, 25)


def look_at_themselves(desk: Year) -> None:
    """March: three are asked, two answer, one is missing; the meeting agrees, and a gap gives a next step."""
    desk.on(3, 1)
    desk.section("Rounds", "rounds")
    desk.press("Open a round", "round-new")
    desk.page.locator(f"[name=form][value$=' {SELF}']").check()
    desk.keep("round-people", "The round is there. Now invite who should answer.",
              title=desk.typed("Самовредновање, пролеће"), closes_on=date(YEAR, 3, 20))  # fmt: skip
    desk.page.locator("[name=posts]").first.check()
    for one in desk.page.locator("[name=posts]").all()[:3]:
        one.check()
    desk.send()
    desk.look("round")
    row = Round.objects.get()
    for who in asked(row)[:2]:
        answer(desk, who, row)
    desk.on(3, 22)
    desk.go(f"/network/rounds/{row.uuid}/", "round-over")
    desk.press("Close the round", "round-close")
    desk.keep("results", "The round is closed. This is what it came to.")
    desk.page.locator("main a[href$='/settle/budget/']").first.click()
    desk.look("settle")
    desk.fill(value="1", evidence=desk.typed("Нема линије у буџету."))
    desk.send()
    desk.look("results-agreed")
    desk.press("Next steps", "steps")
    desk.keep("steps-one", "The step is on the list.", text=desk.typed("Предложити буџетску линију"),
              responsible=desk.typed("Скупштина"), due_on=date(YEAR, 9, 1))  # fmt: skip


def asked(row: Round) -> list[str]:
    return [one.account.email.partition("@")[0] for one in row.respondents.select_related("account").order_by("pk")]


def answer(desk: Year, who: str, row: Round) -> None:
    desk.on(3, 5, who)
    desk.section("Rounds", f"asked-{who}")
    desk.press(row.title, f"round-{who}")
    desk.send()
    desk.look(f"sheet-{who}")
    desk.page.click("main a[href$='/2/']")
    for name, level in {"anchoring": "2", "coordination": "2", "budget": "0"}.items():
        desk.page.locator(f"[name$='_{name}'][value='{level}']").check()
        desk.page.fill(f"[name$='{name}_evidence']", desk.typed("Одлука"))
        desk.send("button[name=later]" if name == "budget" else SHEET_GO)
    desk.page.click("main form button[type=submit]")
    desk.page.click("main a[href$='/check/']")
    desk.look(f"check-{who}")
    desk.send()
    desk.look(f"sent-{who}")


def plan(desk: Year) -> None:
    """April: what is known comes first; goal, measure, activity; the council adopts it."""
    desk.on(4, 1)
    desk.section("Action plans", "plans")
    desk.press("Write an action plan", "plan-new")
    desk.keep("plan", "The plan is begun. Look at the situation first, then write goals.",
              title=desk.typed("Акциони план"), first_year=YEAR, years="1")  # fmt: skip
    desk.press("Fill it in with what is known", "situation")
    desk.keep("plan-situation", "The situation analysis is kept.")
    desk.press("Write a goal", "goal-new")
    desk.keep("plan-goal", "It is kept.", text=desk.typed("Свако дете има подршку"))
    desk.press("Add a measure", "measure-new")
    desk.keep("plan-measure", "It is kept.", text=desk.typed("Подршка родитељима"))
    desk.press("Add an activity", "activity-new")
    desk.keep(
        "plan-activity", "It is kept.", text=desk.typed("Радионице за родитеље"),
        indicator=desk.typed("12 радионица"), begins_on=date(YEAR, 5, 1), ends_on=date(YEAR, 11, 30),
        amount="120000", budget_line="0902-0001",
    )  # fmt: skip
    desk.press("Record the adoption", "adopt")
    desk.keep("plan-adopted", "The plan is adopted. From now on you tell how far its activities have come.",
              organ=desk.typed("Скупштина"), number="02-15/2027", on=date(YEAR, 4, 1))  # fmt: skip
    assert Plan.objects.get().is_adopted
    desk.paper("Report (PDF)", PDF)


def ask_for_money(desk: Year) -> None:
    """May: a budget for the next year with a line, on paper for the council; and a grant with its report."""
    desk.on(5, 3)
    desk.section("Money", "money")
    desk.press("Budgets", "budgets")
    desk.press("Begin a budget", "budget-new")
    desk.keep("budget", "The budget is begun. Name its lines.")
    desk.press("Add a line", "line-new")
    desk.keep("budget-line", "The line is added. Enter its plan.", title=desk.typed("Радионице за родитеље"))
    desk.press(desk.typed("Радионице за родитеље"), "line")
    desk.keep("line-planned", "It is entered.", amount="120000.50", day=date(YEAR, 5, 3),
              reason=desk.typed("Акциони план"))  # fmt: skip
    desk.go(f"/network/money/budgets/{Budget.objects.get().uuid}/", "budget-planned")
    assert re.search(r"120[.\s\xa0]?000,50", desk.text), desk.text
    desk.paper("Request (PDF)", PDF)
    desk.paper("Request (Word)", ZIP)
    desk.paper("Excel", ZIP)
    desk.section("Money", "money-again")
    desk.press("Grants", "grants")
    desk.press("Enter a grant", "grant-new")
    desk.keep("grant", "The grant is entered. Write what it asks for.", funder=desk.typed("Донатор"),
              title=desk.typed("Пратиоци"), amount="5000", currency="EUR", agreed_on=date(YEAR, 5, 1),
              ends_on=date(YEAR + 1, 4, 30))  # fmt: skip
    desk.fill(text=desk.typed("Полугодишњи извештај"), is_report="yes", due_on=date(YEAR, 11, 1))
    desk.send()
    desk.look("grant-asked")


def run_a_programme(desk: Year) -> None:
    """June to September: ten places for twelve, two meetings that are counted, a measure before and after."""
    desk.on(6, 1)
    desk.section("Programmes", "programmes")
    desk.press("Begin a programme", "programme-new")
    desk.keep("programme", "The programme is there. Plan its meetings, and take people in.", kind="parents",
              title=desk.typed("Школа за родитеље"), target=desk.typed("Родитељи деце до 6 година"), places=10,
              begins_on=date(YEAR, 6, 1), ends_on=date(YEAR, 9, 30))  # fmt: skip
    desk.press("People come or leave", "places")
    desk.keep("programme-places", "The numbers are kept.", act="take_in", number=12)
    for day in (10, 17):
        desk.press("Plan a meeting", f"session-new-{day}")
        desk.keep(f"programme-session-{day}", "The meeting is planned.", on=date(YEAR, 6, day),
                  place=desk.typed("Вртић"), topic=desk.typed("Говор"))  # fmt: skip
    desk.press("Add a measurement", "measured-new")
    desk.keep("programme-before", "The measurement is kept.", name=desk.typed("Сигурност родитеља"),
              how=desk.typed("Упитник, сви учесници"), before="2,1")  # fmt: skip
    desk.on(9, 20)
    desk.go(f"/network/programmes/{Programme.objects.get().uuid}/", "programme-september")
    for number in range(2):
        desk.page.locator("main a[href*='/sessions/']:not([href$='new/'])").nth(number).click()
        desk.look(f"count-{number}")
        desk.keep(f"programme-counted-{number}", "The meeting is counted.", girls=0, boys=0, adults=9 + number)
    desk.page.locator("main a[href*='/measured/']:not([href$='new/'])").first.click()
    desk.look("measured")
    desk.keep("programme-after", "The measurement is kept.", after="3,4")
    desk.press("Write down what came of it", "result")
    desk.keep("programme-result", "What came of it is kept.", result=desk.typed("Родитељи траже помоћ раније."),
              reached=11, cost="60000", continues=desk.typed("Вртић наставља."))  # fmt: skip


def tell_the_map(desk: Year) -> None:
    """October: a group for which nothing is there."""
    desk.on(10, 5)
    desk.section("Social map", "social")
    desk.press("Add a group", "social-new")
    desk.keep("social-one", "The line is kept.", group=desk.word("Families far from services"), people=40,
              source=desk.typed("Попис мреже"), gap=desk.typed("Нема превоза."))  # fmt: skip


def report(desk: Year) -> None:
    """December: the activity is done; the plan is a report, and the year of the body another, issued and shown."""
    desk.on(12, 6)
    desk.section("Action plans", "plans-december")
    desk.press(desk.typed("Акциони план"), "plan-december")
    desk.press(f"1.1.1 {desk.typed('Радионице за родитеље')}", "progress")
    desk.keep("plan-done", "It is told.", state="done", reached=desk.typed("12 радионица"))
    desk.paper("Report (PDF)", PDF)
    desk.paper("Report (Word)", ZIP)
    desk.section("Bodies", "bodies-report", "network")
    desk.press(desk.typed("Мрежа за инклузију"), "body-report")
    desk.press("Annual report", "year")
    for told in ("Школа за родитеље", "Акциони план", "Пратиоци", "Протокол о сарадњи"):
        assert desk.typed(told) in desk.text, told
    desk.press("Write the text", "year-words")
    desk.keep("year-written", "It is written down.", introduction=desk.typed("Година је била добра."))
    desk.paper("Draft (PDF)", PDF)
    desk.paper("Draft (Word)", ZIP)
    desk.press("Issue the report", "year-issue")
    desk.keep("year-issued", "The report is issued. It is kept as it is; a later edition stands beside it.")
    desk.press("Show it to everybody", "year-show")
    desk.keep("year-shown", "It is written down.")


def renew(desk: Year, body: Body) -> None:
    """The agreement is to be looked at again: the next version is signed; the mandate is prolonged."""
    desk.section("Agreements", "agreements-december")
    desk.press(desk.typed("Протокол о сарадњи"), "agreement-december")
    desk.press("Make a new version", "version")
    desk.press("Change the agreement", "version-change")
    desk.keep("version-changed", "The agreement is changed.", valid_from=date(YEAR + 1, 1, 1),
              valid_until=date(YEAR + 1, 12, 31), review_on=date(YEAR + 1, 12, 1))  # fmt: skip
    for who in desk.town.members[:2]:
        desk.on(12, 8, who)
        desk.section("Agreements", f"agreements-again-{who}")
        desk.press(desk.typed("Протокол о сарадњи"), f"agreement-again-{who}")
        desk.press("Sign", f"sign-again-{who}")
        desk.keep(f"signed-again-{who}", "It is signed for your institution.",
                  representative=desk.typed("Директор"), is_read=True)  # fmt: skip
    assert Agreement.objects.get(version=2, review_on=date(YEAR + 1, 12, 1)).state == "signed"
    desk.on(12, 9)
    desk.section("Bodies", "bodies-december", "network")
    desk.press(desk.typed("Мрежа за инклузију"), "body-december")
    expect(desk.page.locator("#banner-ends-title")).to_have_count(1)
    desk.press("Change the body", "body-change")
    desk.keep("body-renewed", "The body is changed.", mandate_until=date(YEAR + 2, 1, 7))
    assert not desk.page.locator("#banner-ends-title").count()
    body.refresh_from_db()
