"""The form renderer: cleaning, messages, and the ties between label, hint, error and input."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils import translation

from zajedno.web.shared import fields as f
from zajedno.web.shared.forms import Form, kind, problems
from zajedno.web.shared.uploads import safe_name


class Ask(Form):
    name = f.Text(label="Name", help_text="As registered.")
    born = f.DateField(label="Born", latest=date(2026, 11, 24))
    by = f.Radios(label="Asked by", choices=[("parent", "Parent"), ("school", "School")], reveals={"parent": "phone"})
    phone = f.Text(label="Telephone")
    needs = f.Checks(label="Needs", choices=[("a", "Transport"), ("b", "Companion")], required=False)
    cost = f.Money(label="Cost", required=False, least=0)
    agreed = f.Confirm(label="Agreed")


GOOD = {
    "name": "Мила", "born_day": "5", "born_month": "6", "born_year": "2015", "by": "parent", "phone": "024",
    "needs": ["a"], "cost": "1.234,5", "agreed": "on",
}  # fmt: skip


def shown(form: django_forms.Form, name: str) -> str:
    return Template("{% load ui %}{% field one %}").render(Context({"one": form[name]}))


def test_good_answers() -> None:
    with translation.override("sr"):
        form = Ask(GOOD)
        assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(2015, 6, 5)
    assert form.cleaned_data["cost"] == Decimal("1234.5")
    assert form.cleaned_data["needs"] == ["a"]


def test_empty_form_names_each_question() -> None:
    with translation.override("en"):
        found = problems(Ask({}))
    assert [(str(one.text), one.href) for one in found] == [
        ("Fill in “Name”.", "#id_name"),
        ("Fill in “Born”.", "#id_born_day"),
        ("Choose “Asked by”.", "#id_by"),
        ("Tick “Agreed” to go on.", "#id_agreed"),
    ]


def test_what_is_under_a_choice_not_made_is_not_asked_nor_kept() -> None:
    form = Ask({**GOOD, "by": "school", "phone": "024"})
    assert form.is_valid()
    assert form.cleaned_data["phone"] == ""
    assert "phone" in Ask({**GOOD, "phone": ""}).errors


def test_input_is_tied_to_hint_and_error() -> None:
    html = shown(Ask({}), "name")
    assert 'aria-describedby="id_name-hint id_name-error"' in html
    assert 'id="id_name-hint"' in html
    assert 'id="id_name-error"' in html
    assert "govuk-input--error" in html
    assert "required" not in html.replace("id_name", "")


def test_what_people_write_is_escaped() -> None:
    assert "<script>" not in shown(Ask({**GOOD, "name": "<script>"}), "name")


def test_group_of_boxes_is_not_taken_for_radios() -> None:
    assert kind(django_forms.CheckboxSelectMultiple()) == "checkboxes"
    assert kind(django_forms.RadioSelect()) == "radios"
    assert 'type="checkbox"' in shown(Ask(), "needs")
    assert 'type="radio"' in shown(Ask(), "by")


@pytest.mark.parametrize(
    ("boxes", "day"),
    [
        (("5", "6", "2015"), date(2015, 6, 5)),
        (("05.", "јун", "2015."), date(2015, 6, 5)),
        (("5.6.2015.", "", ""), date(2015, 6, 5)),
        (("05/06/2015", "", ""), date(2015, 6, 5)),
        (("2015-06-05", "", ""), date(2015, 6, 5)),
        (("29", "2", "2024"), date(2024, 2, 29)),
    ],
)
def test_dates_that_are_understood(boxes: tuple[str, str, str], day: date) -> None:
    assert f.DateField().clean(boxes) == day


@pytest.mark.parametrize(
    ("boxes", "code"),
    [
        (("", "6", "2015"), "day"),
        (("5", "", "2015"), "month"),
        (("5", "13", "2015"), "month"),
        (("5", "6", "15"), "year"),
        (("30", "2", "2015"), "whole"),
        (("", "", ""), "required"),
    ],
)
def test_dates_that_are_not(boxes: tuple[str, str, str], code: str) -> None:
    with pytest.raises(django_forms.ValidationError) as caught:
        f.DateField().clean(boxes)
    assert caught.value.code == code


def test_only_the_wrong_box_of_a_date_is_marked() -> None:
    form = Ask({**GOOD, "born_month": "13"})
    assert [box.wrong for box in form["born"].boxes] == [False, True, False]
    assert problems(form)[0].href == "#id_born_month"


def test_a_day_after_the_latest_is_refused() -> None:
    assert Ask({**GOOD, "born_year": "2027"}).errors["born"].as_data()[0].code == "late"


@pytest.mark.parametrize(("text", "code"), [("x", "number"), ("-1", "small"), ("1,234", "places")])
def test_amounts_that_are_not(text: str, code: str) -> None:
    with translation.override("sr"):
        assert Ask({**GOOD, "cost": text}).errors["cost"].as_data()[0].code == code


def test_yes_and_no() -> None:
    assert f.YesNo(required=False).clean("yes") is True
    assert f.YesNo(required=False).clean("no") is False
    assert f.YesNo(required=False).clean("") is None


def _packed(*names: str, mimetype: str = "") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


PAPERS = {
    "pdf": b"%PDF-1.7 x",
    "jpg": b"\xff\xd8\xff\xe0 x",
    "png": b"\x89PNG\r\n\x1a\n x",
    "docx": _packed("[Content_Types].xml", "word/document.xml"),
    "xlsx": _packed("[Content_Types].xml", "xl/workbook.xml"),
    "odt": _packed("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
}


@pytest.mark.parametrize("kind_", PAPERS)
def test_paper_is_known_by_its_content(kind_: str) -> None:
    file = f.UploadField().clean(SimpleUploadedFile("налаз.bin", PAPERS[kind_], "text/html"))
    assert file.kind == kind_
    assert file.content_type != "text/html"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><script>", "kind"),
        (b"MZ\x90\x00", "kind"),
        (_packed("x.txt"), "kind"),
        (_packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macros"),
        (_packed("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "macros"),
        (_packed("[Content_Types].xml", "word/document.xml", "word/embeddings/oleObject1.bin"), "macros"),
        (_packed("Basic/Standard/x.xml", mimetype="application/vnd.oasis.opendocument.text"), "macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"PK\x03\x04 broken", "kind"),
        (b"", "empty"),
    ],
)
def test_what_is_no_paper(content: bytes, code: str) -> None:
    with pytest.raises(django_forms.ValidationError) as caught:
        f.UploadField().clean(SimpleUploadedFile("налаз.pdf", content))
    assert caught.value.code == code


def test_a_document_that_fetches_a_template_from_elsewhere_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", "x")
        archive.writestr(
            "word/_rels/settings.xml.rels", '<Relationship Type="attachedTemplate" TargetMode="External" Target="x"/>'
        )
    with pytest.raises(django_forms.ValidationError) as caught:
        f.UploadField().clean(SimpleUploadedFile("налаз.docx", held.getvalue()))
    assert caught.value.code == "macros"


@pytest.mark.parametrize(("name", "parts"), [("word/document.xml", 1), ("mimetype", 1), ("a", 6000)])
def test_what_grows_beyond_measure_when_unpacked_is_refused_unread(name: str, parts: int) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        for number in range(parts):
            with archive.open(name if parts == 1 else f"{name}{number}", "w") as part:
                for _chunk in range(301 if parts == 1 else 0):
                    part.write(bytes(1024 * 1024))
    with pytest.raises(django_forms.ValidationError) as caught:
        f.UploadField().clean(SimpleUploadedFile("налаз.docx", held.getvalue()))
    assert caught.value.code == "packed"


@pytest.mark.parametrize("name", ["налаз.pdf.exe", "налаз.html", "налаз\u202efdp.exe", "налаз"])
def test_a_paper_whose_name_says_something_else_is_refused_where_it_is_kept(name: str) -> None:
    with pytest.raises(django_forms.ValidationError) as caught:
        f.UploadField(strict=True).clean(SimpleUploadedFile(name, PAPERS["pdf"]))
    assert caught.value.code == "ending"


def test_paper_that_is_too_large(settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 5
    with pytest.raises(django_forms.ValidationError) as caught:
        f.UploadField().clean(SimpleUploadedFile("a.pdf", PAPERS["pdf"]))
    assert caught.value.code == "large"


@pytest.mark.parametrize(
    ("name", "safe"),
    [("C:\\x\\налаз.pdf", "налаз.pdf"), ("../../etc/passwd", "passwd"), ('a"\r\nb.pdf', "ab.pdf"), ("...", "file")],
)
def test_name_of_a_paper_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_long_list_opens_with_an_empty_line() -> None:
    html = shown(_Where(), "where")
    assert html.index('value=""') < html.index('value="1"')
    assert "data-filter" in html


class _Where(Form):
    where = f.Suggest(label="Where", choices=[("1", "Суботица")])
