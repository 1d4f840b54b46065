"""Pages of forms on the administrators' desk: who finds what, sending, deciding, taking into use, taking out."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pyxform.xls2xform import convert

from tests.forms.small import FACTS, workbook
from tests.web.manage_world import administered, client_of
from tests.world import World, load_forms
from zajedno.forms.actions.upload import upload
from zajedno.forms.logic.book import Book
from zajedno.forms.logic.compile import xform
from zajedno.forms.models import Approval, Enabling, Form, Version

pytestmark = pytest.mark.django_db
CFM, SMALL = "/manage/forms/any/cfm-2-4/", "/manage/forms/any/small/"
PAGES = (
    "/manage/forms/", CFM, f"{CFM}1/", f"{CFM}1/preview/", f"{CFM}1/form.xlsx", f"{CFM}1/form.xml", f"{CFM}1/form.md",
    SMALL, f"{SMALL}1/", f"{SMALL}1/preview/", f"{SMALL}1/form.xlsx",
)  # fmt: skip


@pytest.fixture
def world() -> World:
    return administered()


@pytest.fixture
def forms(world: World) -> dict[str, Form]:
    """One form of a pack, and one that the school's administrator sent."""
    made = load_forms("cfm-2-4")
    version = send(world)
    return {**made, "small": version.form}


def send(world: World, old: str = "", new: str = "") -> Version:
    school = world.organisations["school"].pk
    content = workbook(old, new)
    return upload(by=world.actor("mira"), organisation=school, key="small", content=content, facts=FACTS)


def sent(content: bytes, **changed: Any) -> dict[str, Any]:
    """What the page of sending posts."""
    return {
        "file": SimpleUploadedFile("Читање.xlsx", content), "key": "reading", "about": "child", "purpose": "education",
        "parts": ["education", "health"], "source": "Наш превод, 2026", "licence": "Дозвола аутора",
    } | changed  # fmt: skip


def text(client: Client, path: str, status: int = 200, language: str = "en") -> str:
    client.cookies["language"] = language
    answer = client.get(path)
    assert answer.status_code == status, f"{path}: {answer.status_code}"
    return answer.content.decode()


def test_who_approves_opens_everything(world: World, forms: dict[str, Form]) -> None:
    client = client_of(world, "admin")
    for path in (*PAGES, f"{CFM}use/", f"{CFM}retire/", f"{SMALL}retire/"):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("who", ["ana", "besa", "hana", "dino", "eva"])
def test_nobody_without_the_verbs_opens_any(world: World, forms: dict[str, Form], who: str) -> None:
    client = client_of(world, who)
    for path in (*PAGES, "/manage/forms/upload/", f"{SMALL}use/", f"{SMALL}retire/", f"{SMALL}upload/"):
        assert client.get(path).status_code == 403, path
        assert client.post(path, {"answer": "approve", "on": "x"}).status_code == 403, path


def test_what_another_office_sent_is_not_there_until_it_is_approved(world: World, forms: dict[str, Form]) -> None:
    mira, zoran = client_of(world, "mira"), client_of(world, "zoran")
    assert SMALL in text(mira, "/manage/forms/")
    assert SMALL not in text(zoran, "/manage/forms/")
    for path in (SMALL, f"{SMALL}1/", f"{SMALL}1/form.xlsx", f"{SMALL}1/preview/", f"{SMALL}upload/"):
        assert zoran.get(path).status_code == 404, path
    assert zoran.get(SMALL).content == zoran.get("/manage/forms/any/invented/").content
    Approval.objects.create(version=forms["small"].versions.get(), approved=True, decided_by=world.accounts["admin"].pk)
    send(world, "<= 99", "<= 9")
    assert zoran.get(SMALL).status_code == 200
    assert zoran.get(f"{SMALL}2/").status_code == 404
    assert zoran.get(f"{SMALL}upload/").status_code == 404


def test_the_list_is_searched_and_narrowed(world: World, forms: dict[str, Form]) -> None:
    client = client_of(world, "admin")
    Enabling.objects.create(form=forms["cfm-2-4"], organisation=world.organisations["school"].pk, since="2026-01-01")
    for query, there, gone in (
        ("q=čitanje", SMALL, CFM),
        ("q=ЧИТАЊЕ", SMALL, CFM),
        ("q=cfm", CFM, SMALL),
        ("state=waiting", SMALL, CFM),
        ("state=here", CFM, SMALL),
        ("state=pack", CFM, SMALL),
        ("about=child", CFM, "nothing"),
    ):
        said = text(client, f"/manage/forms/?{query}", language="sr")
        assert there in said, query
        assert gone not in said, query
    assert "No form fits." in text(client, "/manage/forms/?about=network")
    Form.objects.filter(key="small").update(retired_on="2026-01-01")
    assert SMALL not in text(client, "/manage/forms/")
    assert SMALL in text(client, "/manage/forms/?state=retired")


def test_a_form_says_what_it_asks_and_who_published_it(world: World, forms: dict[str, Form]) -> None:
    client = client_of(world, "admin")
    said = text(client, CFM)
    for words in ("Not verified", "UNICEF/Washington Group", "it decides no right", "Difficulty in at least one area",
                  "Working", "${UCF2} = &#x27;1&#x27;", "One of", "Complete", "Not in the form"):  # fmt: skip
        assert words.lower() in said.lower(), words
    latin = text(client, CFM, language="sr-latn")
    assert "UCF2: nosi naočare" in latin
    assert "UCF2: носи" not in latin


def test_a_language_that_lacks_texts_says_where(world: World) -> None:
    send(world, "How many pages a day?", "")
    assert "1 text missing" in text(client_of(world, "mira"), SMALL)


def test_a_workbook_with_faults_comes_back_with_all_of_them(world: World) -> None:
    client = client_of(world, "mira")
    broken = workbook("integer | pages", "integr | pages")
    client.cookies["language"] = "en"
    answer = client.post("/manage/forms/upload/", sent(broken))
    assert answer.status_code == 422
    said = answer.content.decode()
    assert not Form.objects.exists()
    rows = answer.context["faults"].rows
    assert [row[:3] for row in rows] == [["survey", "3", "type"]]
    assert "Наш превод, 2026" in said  # what was written stands there again
    assert 'value="education" checked' in said or "checked" in said
    listed = client.post("/manage/forms/faults/", {"faults": answer.context["signed"]})
    assert listed.headers["Content-Disposition"].endswith('.xlsx"')
    assert client.post("/manage/forms/faults/", {"faults": "made-up"}).status_code == 404


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"key": "Моја форма"}, "small letters, digits and hyphens"),
        ({"key": "cfm-2-4"}, "taken by another form"),
        ({"parts": []}, "Choose at least one part"),
        ({"about": ""}, "About whom"),
        ({"licence": ""}, "Licence"),
        ({"file": SimpleUploadedFile("x.xlsx", b"no workbook")}, "This kind of file cannot be kept here"),
    ],
)
def test_what_is_missing_is_asked_for(world: World, changed: dict[str, Any], words: str) -> None:
    load_forms("cfm-2-4")
    client = client_of(world, "mira")
    client.cookies["language"] = "en"
    answer = client.post("/manage/forms/upload/", sent(workbook(), **changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Form.objects.exclude(owner=None).exists()


def test_a_good_workbook_waits_and_the_next_version_knows_the_last(world: World) -> None:
    load_forms("cfm-2-4")
    client = client_of(world, "mira")
    client.cookies["language"] = "en"
    other = client.post("/manage/forms/upload/", sent(workbook(), scored="cfm-2-4"))
    assert "must also ask: UCF11, UCF12," in other.content.decode()
    cfm = Book.from_json(Version.objects.get().book).to_xlsx()
    answer = client.post("/manage/forms/upload/", sent(cfm, scored="cfm-2-4"))
    assert answer.headers["Location"] == "/manage/forms/any/reading/"
    version = Version.objects.get(form__key="reading")
    assert version.facts["about"] == "child"
    assert version.facts["parts"] == ["education", "health"]
    assert version.facts["source"] == {
        "text": "Наш превод, 2026", "licence": "Дозвола аутора", "verified": False, "note": "",
    }  # fmt: skip
    assert version.facts["score"] == "cfm"
    assert version.facts["score_options"]["age"] == "2-4"
    assert "not a diagnosis" in text(client, "/manage/forms/any/reading/")
    assert "our own working labels" not in text(client, "/manage/forms/any/reading/")
    assert "waits for an administrator" in text(client, "/manage/forms/any/reading/")
    page = text(client, "/manage/forms/any/reading/upload/")
    assert "Наш превод, 2026" in page
    assert 'name="key"' not in page
    again = client.post("/manage/forms/any/reading/upload/", sent(workbook()))
    assert again.status_code == 302
    assert Version.objects.get(form__key="reading", number=2).facts.get("score") is None


def test_an_office_that_sends_for_no_child_is_not_asked_for_a_purpose(world: World) -> None:
    client = client_of(world, "mira")
    data = {
        name: value for name, value in sent(workbook(), about="network").items() if name not in ("parts", "purpose")
    }
    assert client.post("/manage/forms/upload/", data).status_code == 302
    facts = Version.objects.get().facts
    assert (facts["about"], facts.get("parts"), facts.get("purpose")) == ("network", None, None)


def test_an_administrator_reads_the_difference_and_decides_once(world: World, forms: dict[str, Form]) -> None:
    admin, mira = client_of(world, "admin"), client_of(world, "mira")
    assert "everything in it is new" in text(admin, f"{SMALL}1/")
    assert "Your answer" not in text(mira, f"{SMALL}1/")
    refused = admin.post(f"{SMALL}1/", {"answer": "refuse", "reason": ""})
    assert (refused.status_code, Approval.objects.count()) == (422, 0)
    assert admin.post(f"{SMALL}1/", {"answer": "approve", "reason": ""}).status_code == 302
    send(world, "<= 99", "<= 50")
    page = text(admin, f"{SMALL}2/")
    assert "survey pages › constraint: . &gt;= 0 and . &lt;= 99 → . &gt;= 0 and . &lt;= 50" in page
    assert admin.post(f"{SMALL}2/", {"answer": "refuse", "reason": "Зашто 50?"}).status_code == 302
    assert "Зашто 50?" in text(mira, f"{SMALL}2/")
    again = admin.post(f"{SMALL}2/", {"answer": "approve"})
    assert again.status_code == 200  # nothing is asked any more
    assert Approval.objects.get(version__number=2).approved is False


def test_ones_own_form_is_read_by_somebody_else(world: World, forms: dict[str, Form]) -> None:
    first = forms["small"].versions.get()
    same = {"form": first.form, "book": first.book, "facts": first.facts, "xml": first.xml, "digest": "x"}
    Version.objects.create(number=2, loaded_by=world.accounts["admin"].pk, **same)
    client = client_of(world, "admin")
    assert "Somebody else must read" in text(client, f"{SMALL}2/")
    assert client.post(f"{SMALL}2/", {"answer": "approve"}).status_code == 403
    assert not Approval.objects.exists()


def test_an_institution_takes_a_form_into_use_and_out(world: World, forms: dict[str, Form]) -> None:
    school, health = world.organisations["school"], world.organisations["health"]
    mira = client_of(world, "mira")
    assert "Not in use in" in text(mira, CFM)
    assert mira.post(f"{CFM}use/", {"on": str(school.uuid)}).status_code == 302
    assert "In use in" in text(mira, CFM)
    assert mira.post(f"{CFM}use/", {"on": str(health.uuid)}).status_code == 403
    assert mira.post(f"{CFM}use/", {"on": "00000000-0000-4000-8000-000000000000"}).status_code == 404
    assert mira.post(f"{SMALL}use/", {"on": str(school.uuid)}).status_code == 422
    assert mira.post(f"{CFM}use/", {"off": str(school.uuid)}).status_code == 302
    assert Enabling.objects.get().until is not None


def test_the_administrator_of_the_platform_finds_the_institution(world: World, forms: dict[str, Form]) -> None:
    admin, health = client_of(world, "admin"), world.organisations["health"]
    assert str(health.uuid) in text(admin, f"{CFM}use/?q=dom zdravlja")
    assert "No institution fits." in text(admin, f"{CFM}use/?q=nema")
    assert admin.post(f"{CFM}use/", {"on": str(health.uuid)}).status_code == 302
    assert health.name in text(admin, CFM, language="sr")
    assert health.name not in text(client_of(world, "mira"), CFM, language="sr")
    assert text(client_of(world, "mira"), f"{CFM}use/?q=dom").count('<form method="post" novalidate') == 0


def test_a_form_goes_out_as_it_came_in(world: World, forms: dict[str, Form]) -> None:
    admin = client_of(world, "admin")
    version = Version.objects.get(form__key="cfm-2-4")
    paper = admin.get(f"{CFM}1/paper/")
    assert paper.content.startswith(b"%PDF")
    xlsx = admin.get(f"{CFM}1/form.xlsx")
    again = Book.from_xlsx(xlsx.content)
    assert again.to_json() == version.book
    assert xform(again.with_latin(), version=1) == version.xml
    assert convert(BytesIO(xlsx.content), file_type=".xlsx").xform.startswith("<?xml")  # as others read it
    assert xlsx.headers["Content-Disposition"] == 'attachment; filename="cfm-2-4-1.xlsx"'
    assert admin.get(f"{CFM}1/form.xml").content.decode() == version.xml
    assert Book.from_markdown(admin.get(f"{CFM}1/form.md").content.decode()).to_json() == version.book
    assert admin.get(f"{CFM}1/form.exe").status_code == 404


def test_a_form_is_tried_before_it_is_decided_on(world: World, forms: dict[str, Form]) -> None:
    client = client_of(world, "admin")
    assert "How many pages a day?" not in text(client, f"{SMALL}1/preview/")
    tried = client.post(f"{SMALL}1/preview/", {"data_reads": "yes"}).content.decode()
    assert "How many pages a day?" in tried


def test_retiring_is_for_ever_and_says_so(world: World, forms: dict[str, Form]) -> None:
    mira = client_of(world, "mira")
    assert mira.post(f"{CFM}retire/").status_code == 403
    assert "never used again" in text(mira, f"{SMALL}retire/")
    assert Form.objects.get(key="small").retired_on is None
    assert mira.post(f"{SMALL}retire/").status_code == 302
    assert Form.objects.get(key="small").retired_on is not None
    assert "Retired on" in text(mira, SMALL)
    assert mira.get(f"{SMALL}upload/").status_code == 404


def test_other_pages_of_the_desk_know_forms(world: World, forms: dict[str, Form]) -> None:
    admin = client_of(world, "admin")
    assert "1 form waits for you" in text(admin, "/manage/")
    assert CFM in text(admin, "/manage/packs/")
    assert "UNICEF/Washington Group" in text(admin, "/manage/packs/unverified/?page=2") + text(
        admin, "/manage/packs/unverified/"
    )
    assert SMALL not in text(admin, "/manage/packs/unverified/")  # it waits; nobody may rely on it yet


def test_whoever_only_sends_forms_has_the_desk(world: World) -> None:
    """A coordinator of a commission comes to administration for forms, and to nothing else there."""
    client = client_of(world, "csaba")
    assert "/manage/forms/upload/" in text(client, "/manage/forms/")
    assert client.get("/manage/institutions/").status_code == 403
