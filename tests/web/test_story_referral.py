"""Emina of the referral team in Jajce refers a child under a clause of a signed protocol: declined, the door closes;
sent elsewhere, it is accepted, helped and closed. In a real browser, in Bosnian, each page looked at."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from tests.web.desk import Desk
from tests.web.jajce_world import NARROW, WIDE, Jajce
from tests.world import World
from zajedno.access.models import Message
from zajedno.casework.models import Case
from zajedno.children.models import Child, Consent
from zajedno.kernel import clock

pytestmark = pytest.mark.browser
WHY = "Kasni s govorom. Molimo procjenu logopeda."
NO = "Nemamo logopeda do proljeća. Pokušajte u domu zdravlja."
MAILED = ("senad", "lana", "emina")


def begin(desk: Desk, jajce: Jajce) -> Case:
    """Emina begins it from the child's file, tells the mother, and writes down two answers of hers."""
    desk.enter("emina")
    desk.go(f"/work/child/{jajce.child.uuid}/", "child")
    desk.page.click("main a[href$='/begin/']")
    desk.look("begin-choose")
    desk.page.click("main a[href$='/begin/referral/']")
    desk.look("begin")
    desk.send()
    desk.look("begun")
    case = Case.objects.get()
    assert (case.step, case.organisation) == ("created", jajce.world.organisations["team"])
    for name in ("request", "plan", "papers", "tasks", "people", "history", "procedure", "deadlines"):
        if desk.page.locator(f"main a[href$='/{name}/']").count():
            desk.go(f"/work/case/{case.uuid}/{name}/", f"case-{name}")
    desk.note(case, "informed", "Majci je objašnjeno kome i zašto se šalje uput.")
    for receiver in ("Centar za rani rast Jajce, Jajce", "Dom zdravlja Jajce, Jajce"):
        desk.go(f"/work/case/{case.uuid}/consent/", "consent")
        desk.page.check("[name=answer][value=given]")
        desk.page.check("[name=giver]")
        desk.fill(recipient=receiver.rpartition(",")[0])
        desk.send()
    assert Consent.objects.filter(purpose="referral", withdrawn_on=None).count() == 2
    assert desk.move(case, "record_consent").step == "consented"
    return case


def send(desk: Desk, case: Case, receiver: str, clause: str, told: str) -> None:
    """Not without saying to whom and why; then under a clause of the protocol, which is told there and then."""
    desk.go(f"/work/case/{case.uuid}/move/send/", "send")
    assert re.search(r"Potvrda prijema, do \S+ \S+ \S+ / ", desk.text), desk.text  # either clause has a time of its own
    desk.send_wrong("send-empty")
    desk.fill(part__receiver=f"{receiver}, Jajce", note=WHY)
    desk.page.click("button[name=find]")
    desk.look("send-narrowed")
    assert desk.page.input_value("[name=note]") == WHY
    assert "Protokol o saradnji Jajce" in desk.send_wrong("send-no-clause")  # two hold: one is to be chosen
    desk.fill(clause=f"Protokol o saradnji Jajce, odredba {clause}")
    desk.send()
    desk.look("sent")
    case.refresh_from_db()
    assert case.step == "sent"
    assert Message.objects.filter(account__email=f"{told}@demo.invalid").exists()


def declined(desk: Desk, case: Case) -> None:
    """Senad reads what came to him, acknowledges it and declines; with the next look there is nothing for him."""
    here = f"/work/case/{case.uuid}/"
    desk.enter("senad")
    assert "Amar Hadžić" in desk.text
    desk.move(case, "acknowledge")
    tie = case.participants.get(part="receiver").tie
    assert set(tie.fields) == set(WIDE)
    desk.go(f"/work/child/{case.child.uuid}/", "child-of-receiver")
    desk.go(f"{here}move/decline/", "decline")
    desk.send_wrong("decline-empty")
    desk.fill(reason=NO)
    desk.send()
    desk.look("declined")
    assert desk.page.url == f"{desk.site}/work/"
    assert "Hadžić" not in desk.text
    assert [desk.status(path) for path in (here, f"{here}history/", f"/work/child/{case.child.uuid}/")] == [404] * 3
    tie.refresh_from_db()
    assert tie.until == clock.today() - timedelta(days=1)


def helped(desk: Desk, case: Case) -> None:
    """Lana, who may know less, takes it over and reports."""
    desk.enter("lana")
    desk.go(f"/work/child/{case.child.uuid}/", "child-narrow")
    assert "Azra" not in desk.text
    for move, step in (("acknowledge", "acknowledged"), ("accept", "accepted"), ("meet", "first_contact"),
                       ("begin_service", "in_service")):  # fmt: skip
        assert desk.move(case, move).step == step
    assert case.due_key == "feedback"
    assert desk.move(case, "send_feedback", report="Šest susreta; govori u rečenicama.").step == "feedback"


def test_a_referral_is_declined_sent_elsewhere_and_helped(site: str, page: Page, world: World) -> None:
    jajce = Jajce(world)
    desk = Desk(page, site, "bs", "referral")
    case = begin(desk, jajce)
    send(desk, case, "Centar za rani rast Jajce", "1: Puni podaci za procjenu.", "senad")
    declined(desk, case)
    desk.enter("emina")
    desk.go(f"/work/case/{case.uuid}/", "refused")
    assert NO in desk.text
    send(desk, case, "Dom zdravlja Jajce", "2: Samo za prvi kontakt.", "lana")
    known = case.participants.get(part="receiver", tie__organisation=world.organisations["clinic"]).tie.fields
    assert set(known) == set(NARROW)
    helped(desk, case)
    desk.enter("emina")
    desk.go(f"/work/case/{case.uuid}/history/", "history")
    assert "Šest susreta" in desk.text
    assert desk.move(case, "close").outcome == "closed"
    assert [row.move for row in case.moves.order_by("position")][-3:] == ["begin_service", "send_feedback", "close"]
    desk.enter("lana")
    assert desk.status(f"/work/case/{case.uuid}/") == 404
    desk.enter("nura")
    assert desk.status(f"/work/case/{case.uuid}/") == 404
    assert not Message.objects.filter(subject__contains="Hadžić").exists()


def test_a_child_is_registered_by_hand_and_looked_for_first(site: str, page: Page, world: World) -> None:
    Jajce(world)
    desk = Desk(page, site, "bs", "register")
    desk.enter("emina")
    desk.page.click("main a[href='/work/children/new/']")
    desk.look("new")
    assert "„Ime”" in desk.send_wrong("new-empty")
    desk.fill(given_name="Amar", family_name="Hadžić", birth_date=date(2021, 5, 4), parent_kind="Majka",
              parent_name="Azra Hadžić")  # fmt: skip
    assert desk.send_wrong("new-likely-same")
    assert desk.page.locator(".govuk-notification-banner a").inner_text() == "Amar Hadžić"
    desk.send("main button[name=another]")
    desk.look("registered")
    child = Child.objects.order_by("-pk")[0]
    assert (Child.objects.count(), child.guardians.get().represents) == (2, True)
    assert desk.page.url == f"{site}/work/child/{child.uuid}/"
