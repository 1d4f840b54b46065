"""Pages of communities: asked, answered, moderated, followed; right and wrong people; bad input comes back filled."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.exchange.community_world import Talk
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.exchange.actions import community
from zajedno.exchange.models import Contribution, ContributionMove, Subscription
from zajedno.exchange.queries.digest import token
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db
HOME = "/exchange/community/"
ASKED = {"theme": "peers", "title": "Ko čuva kutak?", "text": "Kad pada kiša.", "language": "bs"}
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def talk(world: World) -> Talk:
    return Talk(world)


def at(row: Contribution, rest: str = "") -> str:
    return f"{HOME}{row.uuid}/{rest}"


def test_only_who_holds_a_post_comes_in(talk: Talk, go: English) -> None:
    topic = talk.asked()
    for path in (HOME, f"{HOME}ask/", f"{HOME}themes/", at(topic), at(topic, "answer/"), at(topic, "report/")):
        assert Client().get(path).headers["Location"] == f"/login/?next={path}"
        answer = go("eva").get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), path
    assert Client().get(f"{HOME}reports/").status_code == 302
    assert go("eva").get(f"{HOME}reports/").status_code == 403
    Post.objects.filter(account=talk.world.accounts["eva"]).delete()
    for path in (HOME, f"{HOME}ask/", f"{HOME}themes/", at(topic)):
        assert go("eva").get(path).status_code == 403, path


def test_a_question_is_asked_answered_and_solved(talk: Talk, go: English) -> None:
    dino, besa = go("dino"), go("besa")
    assert 'value="peers" selected' in words(dino.get(f"{HOME}ask/?theme=peers"))
    sent = dino.post(f"{HOME}ask/", ASKED)
    topic = Contribution.objects.get()
    assert sent.headers["Location"] == at(topic)
    assert "Without an answer" in words(besa.get(HOME))
    assert 'lang="bs">Ko čuva kutak?' in words(besa.get(at(topic)))
    assert besa.post(at(topic, "answer/"), {"text": "Дежурни.", "language": "sr"}).headers["Location"] == at(topic)
    row = Contribution.objects.get(topic=topic)
    page = words(dino.get(at(topic)))
    assert '<div class="govuk-body" lang="sr-Cyrl"><p>Дежурни.' in page
    assert "Besa Krasniqi" in page
    assert dino.get(at(row)).headers["Location"] == at(topic)
    assert dino.post(at(row, "accept/")).headers["Location"] == at(topic)
    assert "Solved" in words(besa.get(HOME))
    assert besa.get(at(row, "accept/")).status_code == 404


def test_what_may_name_a_child_comes_back_with_a_box(talk: Talk, go: English) -> None:
    dino = go("dino")
    assert 'name="checked"' not in words(dino.get(f"{HOME}ask/"))
    told = ASKED | {"text": "Šta radi učenik M. P. poslije?"}
    answer = dino.post(f"{HOME}ask/", told)
    page = words(answer)
    assert answer.status_code == 422
    for kept in (told["text"], told["title"], 'value="peers" selected', "M. P.", 'name="checked"'):
        assert kept in page, kept
    answer = dino.post(f"{HOME}ask/", told | {"text": "Broj 0405016825018", "checked": "on"})
    assert (answer.status_code, "national number" in words(answer)) == (422, True)
    long = "riječ " * 10_000
    answer = dino.post(f"{HOME}ask/", ASKED | {"text": long})
    assert (answer.status_code, long.strip() in words(answer)) == (422, True)
    assert not Contribution.objects.exists()
    assert dino.post(f"{HOME}ask/", told | {"checked": "on"}).status_code == 302
    topic = Contribution.objects.get()
    answer = go("besa").post(at(topic, "answer/"), {"text": "Пита А. Б.", "language": "sr"})
    assert (answer.status_code, "Пита А. Б." in words(answer), 'name="checked"' in words(answer)) == (422, True, True)


def test_an_editor_hides_with_a_reason_that_the_author_reads(talk: Talk, go: English) -> None:
    topic = talk.asked()
    row = talk.said(topic)
    edita, besa, ana = go("edita"), go("besa"), go("ana")
    assert edita.post(at(row, "hide/"), {"reason": ""}).status_code == 422
    assert edita.post(at(row, "hide/"), {"reason": "Imenuje nekoga."}).status_code == 302
    assert "Дежурни" not in words(ana.get(at(topic)))
    for client in (besa, edita):
        page = words(client.get(at(topic)))
        for told in ("Дежурни", "Hidden by an editor:", "Imenuje nekoga."):
            assert told in page
    assert ana.get(at(row, "restore/")).status_code == 404
    assert edita.post(at(row, "restore/"), {"reason": "Ipak ne."}).status_code == 302
    assert edita.post(at(topic, "close/"), {"reason": "Riješeno."}).status_code == 302
    page = words(ana.get(at(topic)))
    assert "Riješeno." in page
    assert at(topic, "answer/") not in page
    assert ana.get(at(topic, "answer/")).status_code == 404
    assert edita.post(at(row, "take-back/")).status_code == 404
    assert besa.post(at(row, "take-back/")).headers["Location"] == at(topic)
    assert "Дежурни" not in words(edita.get(at(topic)))


def test_a_report_waits_until_an_editor_has_looked(talk: Talk, go: English) -> None:
    topic = talk.asked()
    assert go("besa").post(at(topic, "report/"), {"reason": "Vidi se o kome je riječ."}).status_code == 302
    assert go("besa").post(at(topic, "report/"), {"reason": "Opet."}).status_code == 409
    edita = go("edita")
    assert f"{HOME}reports/" in words(edita.get(HOME))
    assert f"{HOME}reports/" not in words(go("dino").get(HOME))
    page = words(edita.get(f"{HOME}reports/"))
    assert "Vidi se o kome je riječ." in page
    assert "Besa" not in page
    assert go("dino").get(at(topic, "leave/")).status_code == 404
    assert edita.post(at(topic, "leave/")).headers["Location"] == f"{HOME}reports/"
    assert "Nothing waits" in words(edita.get(f"{HOME}reports/"))
    assert edita.get(at(topic, "leave/")).status_code == 404


def test_foreign_and_invented_addresses_answer_alike(talk: Talk, go: English) -> None:
    topic = talk.asked()
    talk.moderated(topic, "hide")
    for rest in ("", "answer/", "report/", "hide/", "take-back/", "xyz/"):
        for method in ("get", "post"):
            told = [getattr(go("ana"), method)(f"{HOME}{uuid}/{rest}") for uuid in (topic.uuid, uuid4())]
            assert [one.status_code for one in told] == [404, 404], rest
            assert told[0].content == told[1].content
    assert go("dino").get(at(topic)).status_code == 200


def test_the_list_is_narrowed_and_paged(talk: Talk, go: English, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(community, "MOST", 99)
    for number in range(25):
        talk.asked(title=f"Pitanje {number}")
    talk.asked(title="Превоз деце", theme="early", language="sr")
    ana = go("ana")
    assert "26 topics" in words(ana.get(HOME))
    assert "Pitanje 0" in words(ana.get(f"{HOME}?page=2"))
    for query, number in (
        ("q=prevoz", 1), ("theme=early", 1), ("show=waiting", 26), ("show=answered", 0), ("theme=followed", 0),
        ("show=mine", 0), ("theme=zzz&show=zzz", 26), ("q=!!!", 0),
    ):  # fmt: skip
        page = ana.get(f"{HOME}?{query}")
        told = f"<strong>{number} topic{'' if number == 1 else 's'}</strong>"
        assert (page.status_code, told in words(page)) == (200, True), query
    talk.follows("ana", "early", often="none")
    assert "<strong>1 topic</strong>" in words(ana.get(f"{HOME}?theme=followed"))


def test_no_page_asks_more_for_more(talk: Talk, go: English) -> None:
    topic = talk.asked()

    def cost(path: str) -> int:
        client = go("edita")
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    row = talk.said(topic)
    talk.does("ana", community.report, row=row, why="Zbog nečega.")
    paths = (HOME, f"{HOME}?q=kutak&show=answered", at(topic), f"{HOME}reports/")
    before = {path: cost(path) for path in paths}
    for number in range(6):
        talk.does("ana", community.report, row=talk.said(topic, text=f"Još {number}"), why="Zbog nečega.")
        talk.moderated(talk.said(talk.asked(title=f"Kutak {number}"), "ana"), "hide")
    assert {path: cost(path) for path in paths} == before


def test_html_stays_text(talk: Talk, go: English) -> None:
    topic = talk.asked(title=f"A {EVIL}", text=EVIL)
    row = talk.said(topic, text=EVIL)
    talk.does("ana", community.report, row=row, why=EVIL)
    talk.moderated(topic, "close", reason=EVIL)
    for path in (HOME, at(topic), at(row, "hide/"), f"{HOME}reports/"):
        page = go("edita").get(path)
        assert (page.status_code, EVIL in words(page), "&lt;script" in words(page)) == (200, False, True), path


def test_themes_are_chosen_and_the_letter_is_off_until_then(talk: Talk, go: English) -> None:
    ana = go("ana")
    (chosen,) = re.findall(r"<input[^>]*checked[^>]*>", words(ana.get(f"{HOME}themes/")))
    assert 'name="digest"' in chosen
    assert 'value="none"' in chosen
    answer = ana.post(f"{HOME}themes/", {"digest": "daily"})
    assert (answer.status_code, "at least one theme" in words(answer)) == (422, True)
    assert ana.post(f"{HOME}themes/", {"themes": ["peers", "x"], "digest": "daily"}).status_code == 422
    assert not Subscription.objects.exists()
    assert ana.post(f"{HOME}themes/", {"themes": ["peers", "early"], "digest": "weekly"}).headers["Location"] == HOME
    row = Subscription.objects.get()
    assert (row.themes, row.digest, row.site) == (["peers", "early"], "weekly", "http://testserver")
    assert "You follow 2 themes" in words(ana.get(HOME))


def test_letters_end_without_log_in_by_a_button_or_by_a_mail_program(talk: Talk) -> None:
    row = talk.follows()
    link = f"{HOME}unsubscribe/{row.uuid}/{token(row)}/"
    strict = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)

    def often() -> Any:
        return Subscription.objects.get(pk=row.pk).digest

    page = strict.get(link)
    assert (page.status_code, often(), "<form" in words(page)) == (200, "daily", True)
    assert not page.cookies
    for wrong in (f"{HOME}unsubscribe/{row.uuid}/x/", f"{HOME}unsubscribe/{uuid4()}/{token(row)}/"):
        for method in ("get", "post"):
            assert getattr(strict, method)(wrong).status_code == 404
    assert often() == "daily"
    for _time in range(2):
        page = strict.post(link, {"List-Unsubscribe": "One-Click"})
        assert (page.status_code, "no more of these letters" in words(page), often()) == (200, True, "none")
    assert "<form method" not in words(strict.get(link))


def test_a_move_is_a_row(talk: Talk, go: English) -> None:
    topic = talk.asked()
    for act in ("hide", "restore", "close", "reopen"):
        go("edita").post(at(topic, f"{act}/"), {"reason": f"Razlog {act}"})
    assert list(ContributionMove.objects.order_by("pk").values_list("act", flat=True)) == [
        "hide", "restore", "close", "reopen",
    ]  # fmt: skip
