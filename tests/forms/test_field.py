"""A form on its way to a phone and a sheet on its way back."""

import shutil
import subprocess
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from lxml import etree
from pyxform.validators import odk_validate

from tests.forms.small import small
from zajedno.forms.logic import form as forms
from zajedno.forms.logic.book import Book
from zajedno.forms.logic.compile import xform
from zajedno.forms.logic.field import Words, for_phone, read
from zajedno.forms.logic.submission import BadSubmission

PACKS = Path(__file__).parents[2] / "packs"
X = {"x": "http://www.w3.org/2002/xforms", "h": "http://www.w3.org/1999/xhtml"}
RULE = "regex(., '^[0-9]{7}$') and number(.) mod 97 = 1"
SHEET = """<?xml version='1.0' ?><data id="reading" version="3" xmlns:orx="http://openrosa.org/xforms">
<child_code>4711 0</child_code><phone_day>2026-09-14</phone_day><reads>yes</reads>
<meta><instanceID>uuid:7d9c2f5e-0a41-4f0e-9c3e-0b7a6d1c2e3f</instanceID></meta></data>"""


def words(language: str) -> Words:
    return Words(f"Code, {language}", "From the list", "Not a code")


def served() -> etree._Element:
    return etree.fromstring(for_phone(xform(small().with_latin(), version=3), RULE, words))


def test_the_code_is_asked_first_in_every_language_of_the_form():
    root = served()
    model, body = root.find("h:head/x:model", X), root.find("h:body", X)
    question = body[0]
    assert (question.get("ref"), question.get("appearance")) == ("/data/child_code", "numbers")
    for translation in model.findall("x:itext/x:translation", X):
        said = {text.get("id"): text.find("x:value", X).text for text in translation}
        assert said["/data/child_code:label"] == f"Code, {translation.get('lang')}"
        assert said["/data/child_code:jr:constraintMsg"] == "Not a code"
    bind = next(one for one in model.findall("x:bind", X) if one.get("nodeset") == "/data/child_code")
    assert (bind.get("required"), bind.get("constraint")) == ("true()", RULE)
    day = next(one for one in model.findall("x:bind", X) if one.get("nodeset") == "/data/phone_day")
    assert day.get("{http://openrosa.org/javarosa}preload") == "date"
    assert [one.get("ref") for one in body].count("/data/phone_day") == 0  # nobody is asked


def test_what_leaves_is_a_form_of_the_same_identity_that_the_engine_reads_too():
    xml = for_phone(xform(small(), version=3), RULE, words).decode().partition("?>")[2]
    form = forms.read(xml)
    assert (form.key, form.version) == ("reading", "3")
    assert next(one.name for one in form.questions() if one.asks) == "child_code"
    assert form.question("phone_day").kind == "today"


def test_a_form_of_one_language_is_asked_in_it():
    plain = xform(small()).replace("<itext>", "<!--").replace("</itext>", "-->")
    root = etree.fromstring(for_phone(plain, RULE, words))
    assert root.find("h:body/x:input/x:label", X).text == "Code, "


def test_a_form_with_a_question_of_that_name_cannot_be_served():
    with pytest.raises(ValueError, match="child_code"):
        for_phone(xform(small("| text | note |", "| text | child_code |")), RULE, words)


def test_a_sheet_comes_back_without_what_was_added():
    sheet = read(SHEET.encode())
    assert (sheet.form, sheet.version, sheet.code, sheet.day) == ("reading", "3", "4711 0", date(2026, 9, 14))
    assert sheet.instance == UUID("7d9c2f5e-0a41-4f0e-9c3e-0b7a6d1c2e3f")
    assert [one.tag for one in etree.fromstring(sheet.xml)] == ["reads", "meta"]


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251"])
def test_a_sheet_is_read_in_the_encoding_it_says(encoding: str):
    xml = SHEET.replace("'1.0' ", f"'1.0' encoding='{encoding}'").replace(">yes<", ">Ђорђе<")
    assert "Ђорђе" in read(xml.encode(encoding)).xml.decode()


def test_a_sheet_without_an_id_of_its_own_is_known_by_what_it_holds():
    def bare(answer: str) -> UUID:
        return read(f'<data id="reading"><reads>{answer}</reads></data>'.encode()).instance

    assert bare("yes") == bare("yes") != bare("no")
    odd = [read(f'<d id="a"><meta><instanceID>{name}</instanceID></meta></d>'.encode()).instance for name in "xyx"]
    assert odd[0] == odd[2] != odd[1]


BOMB = "<!DOCTYPE d [<!ENTITY a 'x'>" + "".join(f"<!ENTITY a{n} '{'&a;' * 10}'>" for n in range(9)) + "]>"
NO_SHEETS = {
    "nothing": b"",
    "no xml": b"PK\x03\x04 a packed file",
    "html": b"<!doctype html><html><body>Log in to the network</body></html>",
    "xhtml": b"<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
    "no form": b"<data version='3'><reads>yes</reads></data>",
    "cut off": SHEET.encode()[:-20],
    "bomb": f'{BOMB}<data id="reading">&a8;</data>'.encode(),
    "file": b"<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><data id='reading'>&e;</data>",
    "outside": b"<!DOCTYPE data SYSTEM 'http://example.invalid/x.dtd'><data id='reading'/>",
    "deep": b"<data id='reading'>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</data>",
    "nul": b"<data id='reading'><reads>\x00</reads></data>",
}


@pytest.mark.parametrize("what", NO_SHEETS)
def test_what_is_no_sheet_is_refused(what: str):
    with pytest.raises(BadSubmission):
        read(NO_SHEETS[what])


@pytest.mark.skipif(shutil.which("java") is None, reason="no Java: the validator of ODK inside pyxform cannot run")
@pytest.mark.parametrize(
    "path", [None, *sorted(PACKS.glob("*/forms/*.xlsform.md"))], ids=lambda path: path.name if path else "small"
)
def test_the_library_inside_odk_collect_takes_what_is_served(path: Path | None, tmp_path: Path):
    """JavaRosa reads the form, the code's rule included, and walks through it."""
    book = Book.from_markdown(path.read_text()) if path else small()
    served = tmp_path / "form.xml"
    served.write_bytes(for_phone(xform(book.with_latin(), version=1), RULE, words))
    jar = Path(odk_validate.__file__).with_name("bin") / "ODK_Validate.jar"
    said = subprocess.run(["java", "-jar", str(jar), str(served)], capture_output=True, text=True, timeout=120)
    assert said.returncode == 0, said.stderr
