"""Two people act on one case at the same moment, each in a browser of their own: one wins; the other is told who did
what, keeps every word, and goes on. In three languages and scripts; each page looked at, also at 320 px."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.casework.everyday import Everyday
from tests.web.browser import PASSWORD
from tests.web.desk import GO, Desk, another
from tests.web.panel_world import Another
from tests.world import World
from zajedno.casework.models import Measure, Note
from zajedno.kernel import clock

pytestmark = pytest.mark.browser
NAMES = (
    "Ђорђе Њежић", "Hana Jakšić", "Јелена Марић", "Csaba Nagy", "Горан Илић", "Ана Вуковић", "ИРК", "Школа",
    "Градска кућа", "Чита са разумевањем.", "ОШ „Пример”", "Интерресорна комисија Суботица", "Дом здравља Суботица",
)  # fmt: skip


@pytest.fixture
def other(browser: Browser) -> Iterator[Page]:
    context = another(browser)
    yield context.new_page()
    context.close()


def both(site: str, page: Page, other: Page, language: str, *who: str) -> tuple[Desk, Desk]:
    """Two people at their desks."""
    desks = tuple(
        Desk(one, site, language, f"two-{name}", *NAMES) for one, name in zip((page, other), who, strict=True)
    )
    for desk, name in zip(desks, who, strict=True):
        desk.enter(name)
    return desks[0], desks[1]


def test_who_is_too_late_for_a_step_is_told_and_loses_no_word(site: str, page: Page, other: Page, world: World) -> None:
    everyday = Everyday(world)
    world.accounts["maja"].set_password(PASSWORD)
    world.accounts["maja"].save()
    case = Another(world, world.child("Ива", "Савић")).case
    ana, maja = both(site, page, other, "sr", "ana", "maja")
    for desk, text in ((ana, "Мајка је донела налаз."), (maja, "Налаз је код разредног.")):
        desk.go(f"/work/case/{case.uuid}/move/submit/", "open")
        desk.fill(note=text)
    for desk in (ana, maja):  # neither waits for the other
        desk.page.evaluate("() => document.querySelector('main form').requestSubmit()")
    for desk in (ana, maja):
        desk.page.wait_for_function("() => !document.querySelector('main form [name=note]')"
                                    " || document.querySelector('.govuk-error-summary')")  # fmt: skip
    late, first = (ana, maja) if ana.page.locator(".govuk-error-summary").count() else (maja, ana)
    assert not first.page.locator(".govuk-error-summary").count()
    late.look("too-late")
    name = {ana: "Маја Симић", maja: "Ана Вуковић"}[late]
    assert f"У међувремену: „Поднеси захтев“ ({name})." in late.text
    assert late.page.input_value("[name=note]") in ("Мајка је донела налаз.", "Налаз је код разредног.")
    assert not late.page.locator(f"{GO}").count()  # there is nothing to send any more
    late.page.click("main form a.govuk-button")
    late.look("where-it-stands")
    case.refresh_from_db()
    assert (case.step, case.moves.filter(move="submit").count()) == ("submitted", 1)
    assert everyday.case.pk != case.pk


def test_who_was_overtaken_looks_and_sends_again(site: str, page: Page, other: Page, world: World) -> None:
    story = Another(world, world.child())
    story.to_consented()
    story.move("goran", "appoint_interim_member", **{"part:interim_member": world.accounts["ana"]})
    story.move("csaba", "schedule", date=clock.today(), place="Школа")
    story.move("csaba", "begin_assessment")
    hana, jelena = both(site, page, other, "sr-latn", "hana", "jelena")
    for desk, text in ((hana, "Otac je saslušan."), (jelena, "Dete voli da crta.")):
        desk.go(f"/work/case/{story.case.uuid}/move/hear_family/", "open")
        desk.fill(note=text)
    hana.send()
    said = jelena.send_wrong("overtaken")
    assert "Hana Jakšić" in said
    assert jelena.page.input_value("[name=note]") == "Dete voli da crta."
    jelena.send()
    jelena.look("sent-again")
    rows = story.case.moves.filter(move="hear_family").order_by("position")
    assert [row.account for row in rows] == [world.accounts["hana"].pk, world.accounts["jelena"].pk]
    assert "Dete voli da crta." in jelena.text


@pytest.mark.parametrize("adopted", [False, True])
def test_two_change_one_measure(site: str, page: Page, other: Page, world: World, adopted: bool) -> None:
    story = Another(world, world.child())
    story.to_deciding()
    story.write_opinion_and_plan()
    if adopted:
        story.move("goran", "adopt_opinion")
    row = story.case.measures.get()
    csaba, goran = both(site, page, other, "bs", "csaba", "goran")
    values: dict[str, Any] = {"reason": "Novi raspored."} if adopted else {}
    for desk, often in ((csaba, "jednom sedmično"), (goran, "triput sedmično")):
        desk.go(f"/work/case/{story.case.uuid}/plan/{row.uuid}/change/", "measure-open")
        desk.fill(frequency=often, **values)
    csaba.send()
    assert "Csaba Nagy" in goran.send_wrong("measure-overtaken")
    assert "jednom sedmično" in goran.text  # how it stands now, beside what was typed
    assert goran.page.input_value("[name=frequency]") == "triput sedmično"
    assert Measure.objects.get(case=story.case, superseded_on=None).frequency == "jednom sedmično"
    goran.send()
    goran.look("measure-sent-again")
    now = Measure.objects.get(case=story.case, superseded_on=None)
    assert (now.frequency, now.version, now.written_by) == (
        "triput sedmično", 3 if adopted else 1, world.accounts["goran"].pk
    )  # fmt: skip


def test_a_task_that_somebody_has_done_and_two_notes_at_once(site: str, page: Page, other: Page, world: World) -> None:
    everyday = Everyday(world)
    world.accounts["maja"].set_password(PASSWORD)
    world.accounts["maja"].save()
    task = everyday.task("ana", "maja", days=2, what="Позвати мајку.")
    ana, maja = both(site, page, other, "sr", "ana", "maja")
    here = f"/work/case/{everyday.case.uuid}/"
    for desk in (ana, maja):
        desk.go(f"{here}tasks/{task.uuid}/", "task-open")
    maja.send("main form[action$='/done/'] button")
    assert "међувремену" in ana.send_wrong("task-done", "main form:not([action]) button")
    assert "datetime" not in ana.page.content()
    task.refresh_from_db()
    assert task.done_by == world.accounts["maja"].pk
    for desk, text in ((ana, "Отац је звао."), (maja, "Мајка је звала.")):
        desk.go(f"{here}note/parent/", "note-open")
        desk.fill(text=text)
    for desk in (ana, maja):
        desk.send()
    assert Note.objects.filter(case=everyday.case, kind="parent").count() == 2
