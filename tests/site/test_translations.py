"""Catalogues: every text in every complete language, with its placeholders, in its own script."""

import os
import re
import shutil
import time
from datetime import date
from pathlib import Path

import polib
import pytest
from django.utils import translation

from zajedno.kernel.script import latin
from zajedno.site.translations import LOCALE, SCRIPTS, WRITTEN, catalogue, collecting, compile_all, forms, read
from zajedno.site.translations.sources import Text, of_python, of_template, texts
from zajedno.web.shared.dates import day
from zajedno.web.shared.language import COMPLETE

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w[^>]*>")
ONLY_LATIN = re.compile(
    r"\b(PDF|Excel|CSV|Word|ODS|JPG|PNG|JSON|XML|TOTP|QR|MB|cm|xlsx|xml|LibreOffice|EUPL|WCAG|AA|mail|ime@primer.rs"
    r"|ODK|Collect|Kobo|KoboCollect|XLSForm|XForm|XPath|Markdown"  # what forms are written in, and its words:
    r"|JPEG|ODT|iCal|Atom|https|RSD|HSDS|Open Referral|CC BY"  # kinds, addresses, codes, standards, licences,
    r"|Natural Earth|see-me-subotica|Open Database Licence|ODbL"  # sources
    r"|FHIR|ServiceRequest|Patient|Organization|RelatedPerson|Consent|Authorization|Bearer|OpenAPI|RFC|CSVW|SDMX|ADX|DHIS2"
    r"|status|detail|application|problem|json|manage|extracts|mine"  # what programs say to each other
    r"|sex|age_group|settlement|town|village"  # names of the answers of a survey, as quotas are typed
    r"|survey|choices|settings|choice_filter|form_id|or_other|select_one|calculate|last-saved|pulldata|once|reading)\b"
)


def shown(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("language", WRITTEN)
def test_every_text_of_the_code_is_there(language: str) -> None:
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in read(language)}
    missing = [
        text
        for text in texts()
        if (entry := known.get((text.context, text.text))) is None or "fuzzy" in entry.flags or not all(shown(entry))
    ]
    assert not missing, "run `python -m zajedno.site.translations collect` and translate what is empty"
    assert all(bool(known[text.context, text.text].msgid_plural) == bool(text.plural) for text in texts())


@pytest.mark.parametrize("language", [*WRITTEN, *SCRIPTS])
def test_placeholders_and_ends_are_kept(language: str) -> None:
    wrong = []
    for entry in read(language):
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in shown(entry):
            same = sorted(PLACEHOLDER.findall(text)) == wanted
            if not same or text[-1:].isspace() != entry.msgid[-1:].isspace():
                wrong.append(f"{entry.msgid} → {text}")
    assert not wrong


@pytest.mark.parametrize("language", WRITTEN)
def test_a_day_has_one_full_stop(language: str) -> None:
    """Where a date ends in one (5. 3. 2026.), no sentence adds another."""
    with translation.override(language):
        if day(date(2026, 3, 5)).endswith("."):
            assert not [text for entry in read(language) for text in shown(entry) if "%(day)s." in text]


@pytest.mark.parametrize("language", WRITTEN)
def test_each_form_of_a_number(language: str) -> None:
    assert all(set(entry.msgstr_plural) == set(forms(language)) for entry in read(language) if entry.msgid_plural)


def test_each_language_keeps_to_its_script() -> None:
    cyrillic, other = re.compile("[Ѐ-ӿ]"), re.compile("[A-Za-zčćžšđ]{2,}")
    bare = {
        language: [PLACEHOLDER.sub("", text) for entry in read(language) for text in shown(entry)]
        for language in (*WRITTEN, *SCRIPTS)
    }
    latin_alone = [text for language in bare if language != "sr" for text in bare[language]]
    assert not [text for text in latin_alone if cyrillic.search(text.replace("č, ђ, ő", ""))]  # how letters look
    assert not [text for text in bare["sr"] if other.search(ONLY_LATIN.sub("", text))]


def test_serbian_latin_is_made_from_cyrillic_but_for_its_own_file(tmp_path: Path) -> None:
    shutil.copytree(LOCALE, tmp_path, dirs_exist_ok=True)
    own = polib.POFile()
    own.append(polib.POEntry(msgid="Help", msgstr="Posebno"))
    own.save(str(catalogue("sr_Latn", tmp_path)))
    cyrillic = {(entry.msgctxt, entry.msgid): entry for entry in read("sr", tmp_path)}
    for entry in read("sr_Latn", tmp_path):
        source = cyrillic[entry.msgctxt, entry.msgid]
        assert shown(entry) == (["Posebno"] if entry.msgid == "Help" else [latin(text) for text in shown(source)])


def test_what_is_compiled_is_compiled_again_when_its_source_changes(tmp_path: Path) -> None:
    shutil.copytree(LOCALE, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.mo"))
    assert compile_all(tmp_path) == len(WRITTEN) + len(SCRIPTS)
    assert compile_all(tmp_path) == 0
    os.utime(catalogue("sr", tmp_path), (later := time.time() + 60, later))
    assert compile_all(tmp_path) == 2


@pytest.mark.parametrize(
    "text",
    [
        "This field is required.",
        "Enter a valid email address.",
        "This password is too common.",
        "The email address and/or password you specified are not correct.",
        "Too many failed login attempts. Try again later.",
        "Incorrect code.",
    ],
)
@pytest.mark.parametrize("language", [code for code in COMPLETE if code != "en"])
def test_what_libraries_say_is_translated_too(language: str, text: str) -> None:
    with translation.override(language):
        assert translation.gettext(text) != text


def test_collecting_keeps_what_is_translated_and_drops_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "catalogue", lambda language: catalogue(language, tmp_path))
    monkeypatch.setattr(collecting, "texts", lambda: {Text("One"): ["a.py"], Text("Two", context="x"): ["a.py"]})
    assert collecting.collect("bs") == 2
    path = catalogue("bs", tmp_path)
    made = polib.pofile(str(path))
    made[0].msgstr = "Jedan"
    made.append(polib.POEntry(msgid="Gone", msgstr="Nestalo"))
    made.append(polib.POEntry(msgid="Elsewhere", msgstr="Drugdje", comment=collecting.ELSEWHERE))
    made.save(str(path))
    assert collecting.collect("bs") == 1
    assert [(entry.msgid, entry.msgstr) for entry in polib.pofile(str(path))] == [
        ("One", "Jedan"), ("Two", ""), ("Elsewhere", "Drugdje"),
    ]  # fmt: skip


def test_texts_are_found_in_python_and_in_templates() -> None:
    python = '_("a")\nngettext("b", "c", n)\npgettext("x", "d")\n_(name)\n'
    assert list(of_python(python)) == [Text("a"), Text("b", "c"), Text("d", context="x")]
    template = (
        '{% load i18n %}{% translate "e" context "y" %}'
        "{% blocktranslate count n=n %}f{% plural %}g{% endblocktranslate %}"
    )
    assert set(of_template(template)) == {Text("e", context="y"), Text("f", "g")}
