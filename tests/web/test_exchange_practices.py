"""Pages of who writes, translates, reviews and edits practices, with right and wrong people."""

import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.exchange.practice_world import FACTS, MARKS, TEXTS, Authors
from tests.exchange.test_practice import JPEG
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.exchange.enums import State
from zajedno.exchange.logic import template
from zajedno.exchange.models import Practice, PracticeFile, PracticeMove, PracticeText, PracticeVersion, Review
from zajedno.kernel import clock

pytestmark = pytest.mark.django_db
MINE = "/exchange/mine/"


@pytest.fixture
def authors(world: World) -> Authors:
    return Authors(world)


def said(page: Any) -> str:
    return html.unescape(words(page))


def at(row: Practice, rest: str = "", desk: str = "mine") -> str:
    return f"/exchange/{desk}/{row.uuid}/{rest}"


def sent(step: str) -> dict[str, Any]:
    """What a browser sends for a step of the practice of these tests."""
    keys = {field.key for field in template.of_step(step)}
    told: dict[str, Any] = {key: text for key, text in TEXTS.items() if key in keys}
    extra = {
        "about": ("themes",),
        "why": ("targets",),
        "how": ("sectors", "cost"),
        "results": ("evidence", "validated_by"),
    }
    told |= {name: FACTS[name] for name in extra.get(step, ())}
    if step == "about":
        told["begins_on"] = "1. 3. 2024."
    if step == "end":
        told["contact"] = FACTS["contact"]
    return told


def test_the_desk_opens_by_verb(authors: Authors, go: English) -> None:
    for who, parts in (
        ("dino", {"mine", "translations"}), ("rade", {"mine", "reviews"}),
        ("edita", {"mine", "reviews", "translations", "editing"}), ("eva", set()),
    ):  # fmt: skip
        for part in ("mine", "reviews", "translations", "editing"):
            page = go(who).get(f"/exchange/{part}/")
            assert page.status_code == (200 if part in parts else 403), (who, part)
    assert Client().get(MINE).headers["Location"] == f"/login/?next={MINE}"
    assert go("dino").get("/after-login/").headers["Location"] == MINE
    assert f'href="{MINE}" aria-current="true"' in words(go("edita").get("/exchange/editing/"))


def test_a_practice_from_begin_to_public(authors: Authors, go: English) -> None:
    dino = go("dino")
    ngo = authors.world.organisations["ngo"].pk
    begun = dino.post(f"{MINE}new/", {"organisation": ngo, "title": TEXTS["title"], "language": "bs"})
    row = Practice.objects.get()
    assert begun.headers["Location"] == at(row, "step/about/")
    assert "To write" in said(dino.get(at(row)))
    for step in template.STEPS:
        answer = dino.post(at(row, f"step/{step}/"), {**sent(step), "on": "1"})
        assert answer.status_code == 302, said(answer)
    page = said(dino.get(at(row)))
    assert "To write" not in page
    assert 'lang="bs"' in page
    assert "Procedure that belongs to it" in said(dino.get(at(row, "step/end/")))
    assert "Everything that must be there" in said(dino.get(at(row, "check/")))
    assert dino.post(at(row, "check/")).headers["Location"] == at(row)
    assert dino.get(at(row, "step/about/")).status_code == 404
    edita = go("edita")
    assert TEXTS["title"] in said(edita.get("/exchange/editing/"))
    (chosen,) = re.findall(r'value="([0-9a-f-]{36})"', said(edita.get(at(row, "reviewers/?q=rade", "editing"))))
    assert edita.post(at(row, "reviewers/?q=rade", "editing"), {"posts": [chosen]}).status_code == 302
    review = Review.objects.get()
    rade = go("rade")
    assert "To review" in said(rade.get("/exchange/reviews/"))
    assert "can be read here once your own" in said(rade.get(f"/exchange/reviews/{review.uuid}/"))
    told = {
        **{key: "none" if mark is None else str(mark) for key, mark in MARKS.items()},
        "advice": "publish",
        "remarks": "Jasno.",
    }
    assert rade.post(f"/exchange/reviews/{review.uuid}/write/", told | {"ethics": "5"}).status_code == 422
    assert rade.post(f"/exchange/reviews/{review.uuid}/write/", told).status_code == 302
    assert "Jasno." in said(edita.get(at(row, "", "editing")))
    assert edita.post(at(row, "publish/", "editing"), follow=True).status_code == 200
    row.refresh_from_db()
    assert row.state == State.PUBLISHED
    assert "As the public reads it" in said(dino.get(at(row)))
    assert "Version 1" in said(dino.get(at(row, "history/")))


def test_what_is_too_long_comes_back_as_it_was_written(authors: Authors, go: English) -> None:
    row = authors.written()
    long = "Vrijeme " * 10_000
    page = go("dino").post(at(row, "step/learned/"), {**sent("learned"), "lessons": long, "constraints": "Novo."})
    assert page.status_code == 422
    assert "6000 characters" in said(page)
    assert long.strip() in said(page)
    assert "Novo." in said(page)
    assert PracticeText.objects.get().fields["constraints"] == TEXTS["constraints"]


def test_a_missing_field_and_a_name_are_said_before_handing_in(authors: Authors, go: English) -> None:
    row = authors.written(texts={"lessons": "Dječak Amar je krenuo.", "ethics": ""})
    dino = go("dino")
    page = said(dino.get(at(row, "check/")))
    assert "Ethics and consent" in page
    assert "Hand in</button>" not in page
    dino.post(at(row, "step/end/"), {**sent("end"), "back": "1"})
    page = said(dino.get(at(row, "check/")))
    assert "Amar – a name?" in page
    assert dino.post(at(row, "check/")).status_code == 422
    assert dino.post(at(row, "check/"), {"confirmed": "on"}).status_code == 302


def test_html_stays_text_on_every_page(authors: Authors, go: English) -> None:
    evil = "<script>alert(1)</script>"
    row = authors.written(texts={"lessons": evil, "title": f"A {evil}", "activities": evil})
    go("dino").post(at(row, "check/"), {"confirmed": "on"})
    review = authors.reviewed(row, remarks=evil)
    for who, path in (
        ("dino", MINE), ("dino", at(row)), ("dino", at(row, "read/")), ("edita", "/exchange/editing/"),
        ("edita", at(row, "", "editing")), ("rade", "/exchange/reviews/"),
        ("rade", f"/exchange/reviews/{review.uuid}/"),
    ):  # fmt: skip
        page = go(who).get(path)
        assert page.status_code == 200
        assert evil not in words(page), path


def test_pictures_come_and_go(authors: Authors, go: English) -> None:
    row = authors.written()
    dino, about = go("dino"), {"alternative": "Ambulanta", "consent": "Nema ljudi"}
    for wrong in ({"file": SimpleUploadedFile("a.jpg", b"GIF89a")}, {"file": SimpleUploadedFile("a.jpg", JPEG[:-9])}):
        assert dino.post(at(row, "files/add/"), about | wrong).status_code == 422
    assert dino.post(at(row, "files/add/"), {"file": SimpleUploadedFile("a.jpg", JPEG)}).status_code == 422
    assert dino.post(at(row, "files/add/"), about | {"file": SimpleUploadedFile("a.jpg", JPEG)}).status_code == 302
    kept = PracticeFile.objects.get()
    answer = dino.get(at(row, f"files/{kept.uuid}/"))
    assert b"GPS" not in answer.content
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert go("petra").get(at(row, f"files/{kept.uuid}/")).status_code == 404
    assert dino.post(at(row, f"files/{kept.uuid}/remove/")).status_code == 302
    assert dino.get(at(row, f"files/{kept.uuid}/")).status_code == 404


def test_an_anonymous_practice_names_nobody_to_its_reviewers(authors: Authors, go: English) -> None:
    row = authors.written(anonymous=True)
    dino, about = (
        go("dino"),
        {"alternative": "Ambulanta", "consent": "Dino Hodžić", "file": SimpleUploadedFile("tutin.jpg", JPEG)},
    )
    assert dino.post(at(row, "files/add/"), about).status_code == 302
    dino.post(at(row, "check/"), {"confirmed": "on"})
    for review in authors.asked(row, "rade", "edita"):
        who = "rade" if review.reviewer == authors.world.accounts["rade"] else "edita"
        told = [said(go(who).get(f"/exchange/reviews/{review.uuid}/{rest}")) for rest in ("", "write/")]
        file = go(who).get(f"/exchange/reviews/{review.uuid}/files/{PracticeFile.objects.get().uuid}/")
        told.append(file.headers["Content-Disposition"])
        told.append(said(go(who).get("/exchange/reviews/")))
        if who == "edita":
            told += [said(go(who).get("/exchange/editing/")), said(go(who).get(at(row, "", "editing")))]
        for page in told:
            assert not [sign for sign in ("Dino", "Удружење", "Udruženje", "utin") if sign in page]
    assert "Udruženje Tutin" in said(go("dino").get(MINE))


def test_foreign_and_invented_addresses_answer_alike(authors: Authors, go: English) -> None:
    row = authors.submitted()
    (review,) = authors.asked(row, "rade")
    for who, desk, real, rests in (
        ("petra", "mine", row.uuid, ("", "step/about/", "check/", "read/", "history/", "files/", "files/add/")),
        ("petra", "translations", row.uuid, ("", "en/", "en/check/")),
        ("nada", "reviews", review.uuid, ("", "write/", "decline/")),
        ("edita", "editing", authors.written("petra").uuid, ("", "reviewers/", "publish/", "return/", "retire/")),
    ):  # fmt: skip
        for rest in rests:
            for method in ("get", "post"):
                told = [getattr(go(who), method)(f"/exchange/{desk}/{uuid}/{rest}") for uuid in (real, uuid4())]
                assert [one.status_code for one in told] == [404, 404], rest
                assert told[0].content == told[1].content


def test_a_translation_beside_its_source(authors: Authors, go: English) -> None:
    row, petra = authors.published(), go("petra")
    assert TEXTS["title"] in said(petra.get("/exchange/translations/"))
    assert petra.post(at(row, "", "translations"), {"language": "en"}).status_code == 302
    address = at(row, "en/", "translations")
    page = said(petra.get(address))
    assert page.count("Not translated yet") == len(TEXTS)
    seen = re.search(r'name="seen" value="(\w{64})"|value="(\w{64})"[^>]*name="seen"', page)
    assert seen
    told = {key: f"In English: {key}" for key in TEXTS} | {"seen": seen[1] or seen[2]}
    assert petra.post(address, told).status_code == 302
    assert "I have checked this translation" in said(petra.get(address))
    assert petra.post(f"{address}check/").status_code == 302
    assert PracticeText.objects.get(language="en").state == "checked"
    long = petra.post(address, told | {"lessons": "x" * 10_000})
    assert long.status_code == 422
    assert "x" * 10_000 in said(long)


def test_a_decision_asks_for_its_reason(authors: Authors, go: English) -> None:
    row = authors.submitted()
    edita = go("edita")
    assert edita.post(at(row, "publish/", "editing")).status_code == 422
    assert edita.post(at(row, "return/", "editing"), {"reason": ""}).status_code == 422
    assert edita.post(at(row, "return/", "editing"), {"reason": "Nema troškova."}).status_code == 302
    assert "Nema troškova." in said(go("dino").get(at(row)))
    assert edita.post(at(row, "return/", "editing"), {"reason": "Još nešto."}).status_code == 409
    assert edita.post(at(row, "retire/", "editing"), {"reason": "Nije za nas."}).status_code == 302


def many(authors: Authors, count: int) -> None:
    """Submissions as rows: made one by one they would take minutes."""
    world = authors.world
    rows = Practice.objects.bulk_create(
        Practice(
            slug=f"p-{count}-{number}", state="submitted", author=world.accounts["dino"], submitted_on=clock.now(),
            organisation=world.organisations["ngo"], territory=world.organisations["ngo"].territory,
        )
        for number in range(count)
    )  # fmt: skip
    versions = PracticeVersion.objects.bulk_create(
        PracticeVersion(practice=row, number=1, language="bs", themes=["early"], frozen_on=clock.now()) for row in rows
    )
    title = "Savjetovalište koje dolazi u svako selo općine i radi sa roditeljima najmlađe djece"
    PracticeText.objects.bulk_create(
        PracticeText(version=one, language="bs", title=f"{title} {one.pk}", written_by=1) for one in versions
    )
    reviewer = world.accounts["rade"]
    Review.objects.bulk_create(Review(version=one, reviewer=reviewer) for one in versions)
    PracticeMove.objects.bulk_create(
        PracticeMove(practice=row, version=version, state="submitted", moved_by=1)
        for row, version in zip(rows, versions, strict=True)
    )


def test_1400_submissions_are_a_light_page_and_as_many_queries_as_thirty(authors: Authors, go: English) -> None:
    edita, counts = go("edita"), []
    edita.get("/exchange/editing/")  # once, for what is read once
    for count in (30, 1_370):
        many(authors, count)
        for path in ("/exchange/editing/", "/exchange/editing/?q=selo&state=all&theme=early&page=2"):
            with CaptureQueriesContext(connection) as asked:
                page = edita.get(path)
            assert page.status_code == 200
            assert len(page.content) <= 30_000, len(page.content)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert "1400 practices" in said(edita.get("/exchange/editing/"))
