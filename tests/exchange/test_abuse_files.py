"""Files that tell where somebody was, eat memory, or are something else than they say; and posts without an end."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.exchange.practice_world import Authors
from tests.kernel.test_pictures import GPS, TOLD, exif, jpeg, png, segment
from tests.world import World
from zajedno.exchange.models import Practice, PracticeFile

pytestmark = pytest.mark.django_db
HTML = b"<html><script>alert(1)</script>%PDF-1.4"
WORDS = {"alternative": "Амбуланта", "consent": "Нико се не препознаје."}


@pytest.fixture
def practice(world: World) -> Practice:
    return Authors(world).written()


@pytest.fixture
def dino(world: World) -> Client:
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    client.force_login(world.accounts["dino"])
    return client


def sent(client: Client, practice: Practice, name: str, content: bytes, kind: str = "image/jpeg") -> Any:
    given = {**WORDS, "file": SimpleUploadedFile(name, content, content_type=kind)}
    return client.post(f"/exchange/mine/{practice.uuid}/files/add/", given)


@pytest.mark.parametrize("told", TOLD)
def test_a_picture_comes_out_without_its_place(practice: Practice, dino: Client, told: str) -> None:
    assert sent(dino, practice, "a.jpg", jpeg(TOLD[told], behind=GPS)).status_code == 302
    row = PracticeFile.objects.get()
    page = dino.get(f"/exchange/mine/{practice.uuid}/files/{row.uuid}/")
    content = b"".join(page.streaming_content) if page.streaming else page.content
    assert content.startswith(b"\xff\xd8")
    assert GPS not in content + bytes(row.content)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "This kind of file cannot be kept here"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "This kind of file cannot be kept here"),
        ("a.jpg", b"GIF89a" + bytes(40), "This kind of file cannot be kept here"),
        ("a.html", HTML, "Name it .pdf"),
        ("a.pdf.exe", b"%PDF-1.7", "Name it .pdf"),
        ("a.png", jpeg(segment(0xE1, exif())), "Name it .jpg"),
        ("a.jpg", png(), "Name it .png"),
        ("a", jpeg(), "Name it .jpg"),
        ("a.png", png(size=(30_000, 30_000)), "more than 50 million pixels"),
        ("a.jpg", jpeg(size=(60_000, 1_000)), "more than 50 million pixels"),
        ("a.jpg", jpeg()[:-30], "damaged"),
        ("a.zip", b"PK\x03\x04" + bytes(100), "This kind of file cannot be kept here"),
        ("a.jpg", b"", "The file is empty"),
    ],
)
def test_what_it_is_not_is_refused_in_words(
    practice: Practice, dino: Client, name: str, content: bytes, sentence: str
) -> None:
    answer = sent(dino, practice, name, content)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert WORDS["alternative"] in page
    assert not PracticeFile.objects.exists()


def test_a_picture_that_is_also_a_paper_is_a_picture(practice: Practice, dino: Client) -> None:
    """Letters of a PDF in a comment, an archive and a page behind its end: none of them comes out."""
    both = jpeg(segment(0xFE, b"%PDF-1.7 " + GPS), behind=b"PK\x03\x04" + HTML + GPS)
    assert sent(dino, practice, "a.jpg", both).status_code == 302
    row = PracticeFile.objects.get()
    assert row.media_type == "image/jpeg"
    assert not any(sign in bytes(row.content) for sign in (b"%PDF", b"PK\x03\x04", b"<script>", GPS))


def test_a_paper_is_never_shown_inside_a_page(practice: Practice, dino: Client) -> None:
    assert sent(dino, practice, "a.pdf", HTML, "text/html").status_code == 302
    answer = dino.get(f"/exchange/mine/{practice.uuid}/files/{PracticeFile.objects.get().uuid}/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("size", [1_000_000, 3_000_000])
def test_a_post_without_an_end_is_answered(practice: Practice, dino: Client, size: int) -> None:
    """One that is read comes back with what was wrong; one that is not read is told so."""
    answer = dino.post(f"/exchange/mine/{practice.uuid}/step/about/", {"title": "x" * size})
    assert answer.status_code == (422 if size < 2_000_000 else 400)
    assert b"<h1" in answer.content
    stranger = Client(raise_request_exception=False).post("/exchange/champions/nominate/x/", {"story": "x" * size})
    assert stranger.status_code in (400, 404)
