"""The demo as a newcomer meets it: everybody named in the README logs in, and no link of their pages is broken."""

import re
from collections import deque

import pytest
from django.test import Client

from zajedno.access.models import Message
from zajedno.access.queries.audit import verify
from zajedno.casework.models import Case
from zajedno.exchange.models import Site
from zajedno.forms.queries.form import in_use
from zajedno.forms.queries.office import waiting
from zajedno.kernel.clock import today
from zajedno.places.models import Organisation
from zajedno.procedures.queries.definition import current
from zajedno.site.command.pack_check import chosen
from zajedno.site.demo import PASSWORD, PEOPLE, cases, seed
from zajedno.web.manage.packs import load

pytestmark = [pytest.mark.django_db, pytest.mark.pages]  # follows every link of the demo
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)"')
MANY = 40  # pages a person opens
RARE = {"transferred", "discarded", "repeated", "reassessment"}
DESKS = {
    "ana": "/work/", "besa": "/work/", "emina": "/work/", "csaba": "/panel/", "goran": "/panel/", "hana": "/panel/",
    "jelena": "/panel/", "marko": "/panel/", "admin": "/manage/", "dino": "/exchange/mine/",
    "eva": "/monitor/", "vera": "/work/classes/",
}  # fmt: skip


def test_everybody_finds_their_desk_and_no_link_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "OTHERS", ())  # Subotica has every step; the other towns only take time
    load(chosen([]), by=None, progress=lambda text: None)
    seed(lambda text: None)
    steps = {step.key for step in current("additional-support", "RS").definition.steps}
    assert steps - set(Case.objects.values_list("step", flat=True)) <= RARE
    assert not Message.objects.filter(sent_on=None).exists()
    school = Organisation.objects.get(code="school-subotica").pk
    assert {one.key for one in in_use([school], "child", today())} >= {"cfm-5-17", "dropout-risk"}
    assert waiting() == 1
    assert "It worked, as far as these figures show" in page_of_the_model()
    for person in PEOPLE:
        walk(person.email)
    start_a_request()
    assert verify().broken is None


def page_of_the_model() -> str:
    """Of the place where it was taken over, as everybody reads it."""
    site = Site.objects.exclude(indicator="").get()
    path = f"/exchange/models/{site.model.package.slug}/sites/{site.uuid}/"
    return Client(headers={"accept-language": "en"}).get(path).content.decode()


def walk(email: str) -> None:
    """From the page after log-in along the links, breadth first."""
    who = email.split("@")[0]
    client = logged_in(email)
    landed = client.get("/after-login/", follow=True)
    assert landed.redirect_chain[-1][0] == DESKS[who], who
    waiting, seen = deque([DESKS[who]]), {DESKS[who], "/logout/"}
    opened = 0
    while waiting and opened < MANY:
        path = waiting.popleft()
        answer = client.get(path)
        opened += 1
        assert answer.status_code in (200, 302), f"{who}: {path} answers {answer.status_code}"
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        text = answer.content.decode()
        if who in ("dino", "eva"):
            assert not re.search(r"/(work/(case|child)|panel)/", text), f"{who} sees {path}"
        fresh = [link.replace("&amp;", "&") for link in LINK.findall(text)]
        waiting.extend(link for link in dict.fromkeys(fresh) if link not in seen)
        seen |= set(fresh)


def logged_in(email: str) -> Client:
    client = Client()
    answer = client.post("/login/", {"login": email, "password": PASSWORD})
    assert answer.status_code == 302, f"{email} cannot log in"
    return client


def start_a_request() -> None:
    """Ana is offered the commission of her municipality, and comes to the next step."""
    client = logged_in("ana@demo.invalid")
    draft = client.post("/work/request/", follow=True)
    page = draft.redirect_chain[-1][0]
    assert re.search(r'<option value="\d+" selected>[^<]*Суботица', draft.content.decode())
    values = dict(re.findall(r'name="(asker|received_on_\w+)" value="([^"]*)"', draft.content.decode()))
    values |= dict(re.findall(r'name="(received_on_\w+)"[^>]*value="([^"]*)"', draft.content.decode()))
    asker = re.search(r'name="asker"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="asker"', draft.content.decode())
    commission = re.search(r'<option value="(\d+)" selected>', draft.content.decode())
    assert asker
    assert commission
    sent = values | {"asker": asker[1] or asker[2], "commission": commission[1]}
    assert client.post(page, sent).headers["Location"].endswith("/child/")
