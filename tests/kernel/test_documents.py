"""Letters: what goes in comes out as text, in the language asked for, accessible, archivable and the same each time."""

import io
import re
from datetime import date
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import docx
import pypdf
import pytest

from tests.letters import CHILD, HEAD, measures, sample
from zajedno.casework.logic.letters import LETTERS, gaps
from zajedno.kernel.documents import (
    BrokenTemplate,
    IncompleteLetter,
    Rendering,
    letter_languages,
    letter_texts,
    render_pdf,
    render_word,
)
from zajedno.kernel.documents.texts import printable

FOLDER = Path(__file__).parents[2] / "packs" / "rs" / "letters"
DAY = date(2026, 11, 24)
INJECTION = '#read("/etc/passwd") *a* _b_ $x^2$ <b> @ref [c] \\ // d {{ d.head }} {% if %} & "e" =f'


def rendering(language: str = "sr") -> Rendering:
    return Rendering(language, "Заједничко мишљење ИРК-009/2026", "ИРК Суботица", DAY)


def reader(letter: str, language: str = "sr", **changes: object) -> pypdf.PdfReader:
    pdf = render_pdf(FOLDER / f"{letter}.typ", sample(letter, **changes), rendering(language))
    assert pdf.sha256 == sha256(pdf.content).hexdigest()
    return pypdf.PdfReader(io.BytesIO(pdf.content))


def text_of(pdf: pypdf.PdfReader) -> str:
    return squeeze("\n".join(page.extract_text() for page in pdf.pages))


def squeeze(text: str) -> str:
    """Without blanks and line ends: a line may break anywhere, words and digits may not change."""
    return re.sub(r"\s+", "", text)


def leaves(value: object) -> list[str]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() if key != "kind" for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [value] if isinstance(value, str) and value else []


@pytest.mark.parametrize("letter", LETTERS)
def test_the_shape_of_each_letter_is_declared(letter: str) -> None:
    assert gaps(letter, sample(letter)) == []
    incomplete = sample(letter)
    del incomplete["head"]
    assert gaps(letter, incomplete) == ["head"]


@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs", "en"])
@pytest.mark.parametrize("letter", LETTERS)
def test_pdf_is_tagged_titled_archivable_and_in_its_language(letter: str, language: str) -> None:
    pdf = reader(letter, language)
    root = pdf.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert str(root["/MarkInfo"]["/Marked"]) == "True"
    assert root["/StructTreeRoot"]
    assert root["/Lang"].split("-")[0] == language.split("-")[0]
    assert str(root["/ViewerPreferences"]["/DisplayDocTitle"]) == "True"
    assert pdf.metadata is not None
    assert pdf.metadata.title == rendering().title
    assert pdf.metadata.author == "ИРК Суботица"
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    title = letter_texts(FOLDER / f"{letter}.typ", language)["title"]
    assert squeeze(title) in text_of(pdf)


@pytest.mark.parametrize("letter", LETTERS)
def test_every_piece_of_data_is_printed_in_pdf_and_word(letter: str) -> None:
    data = sample(letter)
    pdf = text_of(reader(letter))
    word = squeeze(word_text(render_word(FOLDER / f"{letter}.docx", data, rendering())))
    unused = {
        "invitation": {
            "birth_place",
            "national_number",
            "address",
            "institution",
            "class",
            "given_name",
            "family_name",
        },
        "follow-up-request": {"birth_place", "national_number", "address", "institution", "given_name", "family_name"},
        "joint-opinion": {"birth_place", "given_name", "family_name"},
        "request-form": {"name"},
    }.get(letter, set())
    if "child" in data:
        data["child"] = {key: value for key, value in CHILD.items() if key not in unused}
    data.get("sitting", {}) and data.update(sitting={})
    expected = leaves(printable(data, "sr"))
    assert expected
    assert [piece for piece in expected if squeeze(piece) not in pdf] == []
    assert [piece for piece in expected if squeeze(piece) not in word] == []


def word_text(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    footers = [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells, *footers])


def test_numbers_and_names_keep_their_signs() -> None:
    text = text_of(reader("joint-opinion", "sr-latn"))
    for piece in ("ИРК-009/2026", "0506015825005", "24.11.2026.", "ËrblinaÇelë", "Ђурђица"):
        assert piece in text


def test_names_stay_as_registered_while_words_change_script() -> None:
    text = text_of(reader("invitation", "sr-latn"))
    assert "Ђурђица" in text
    assert squeeze("Poziv na sednicu interresorne komisije") in text


def test_the_number_and_page_stand_on_each_page_and_headings_repeat() -> None:
    pdf = reader("joint-opinion", measures_opinion=measures(40))
    assert len(pdf.pages) > 4
    pages = [squeeze(page.extract_text()) for page in pdf.pages]
    for number, page in enumerate(pages, 1):
        assert "ИРК-009/2026" in page
        assert f"Страна{number}од{len(pages)}" in page
    assert sum("Одговорнолице" in page for page in pages) >= 4


@pytest.mark.parametrize("language", ["sr", "sr-latn"])
def test_data_is_never_read_as_markup(language: str) -> None:
    changes = {"opinion": INJECTION, "child": {**CHILD, "name": INJECTION}, "president": INJECTION}
    assert text_of(reader("joint-opinion", language, **changes)).count(squeeze(INJECTION)) == 3
    word = word_text(
        render_word(FOLDER / "joint-opinion.docx", sample("joint-opinion", **changes), rendering(language))
    )
    assert squeeze(word).count(squeeze(INJECTION)) == 3


def test_a_place_in_data_is_not_filled_again() -> None:
    head = {**HEAD, "number": "{request.number}"}
    assert "{request.number}" in text_of(reader("joint-opinion", head=head))


def test_a_sentence_that_ends_with_a_day_has_one_full_stop() -> None:
    text = text_of(reader("follow-up-request"))
    assert squeeze("до 24. 5. 2027.") in text
    assert ".." not in text


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = (render_pdf(FOLDER / "minutes.typ", sample("minutes"), rendering()) for _ in range(2))
    other = render_pdf(FOLDER / "minutes.typ", sample("minutes", quorum=False), rendering())
    assert first.content == second.content
    assert first.sha256 != other.sha256


def test_a_letter_is_refused_in_a_language_it_does_not_have() -> None:
    for render, kind in ((render_pdf, "typ"), (render_word, "docx")):
        with pytest.raises(IncompleteLetter):
            render(FOLDER / f"invitation.{kind}", sample("invitation"), rendering("hu"))
    assert letter_languages(FOLDER / "invitation.typ", ("sr", "sr-latn", "bs", "hu")) == ["sr", "sr-latn", "bs"]


def test_a_letter_is_refused_while_one_text_is_missing(tmp_path: Path) -> None:
    texts = (FOLDER / "texts.toml").read_text(encoding="utf-8")
    (tmp_path / "texts.toml").write_text(texts.replace(', en = "Minutes taken by"', ""), encoding="utf-8")
    for name in ("minutes.typ", "_letter.typ"):
        (tmp_path / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    assert render_pdf(tmp_path / "minutes.typ", sample("minutes"), rendering("sr")).content
    with pytest.raises(IncompleteLetter):
        render_pdf(tmp_path / "minutes.typ", sample("minutes"), rendering("en"))


def test_a_letter_is_refused_while_the_case_lacks_what_it_says() -> None:
    request = {"number": "", "date": DAY, "initiator": "родитељ"}
    with pytest.raises(IncompleteLetter):
        reader("joint-opinion", request=request)


def test_a_sign_no_font_has_is_refused_not_printed_as_a_box() -> None:
    with pytest.raises(IncompleteLetter) as caught:
        reader("joint-opinion", president="Горан \U0001f98a")
    assert caught.value.code == "sign"


def test_a_template_reads_nothing_outside_its_folder_and_its_mistakes_tell_no_data(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "texts.toml").write_text('[bad]\ntitle = { sr = "Наслов" }\n', encoding="utf-8")
    (folder / "bad.typ").write_text('#read("../secret.txt")')
    with pytest.raises(BrokenTemplate) as caught:
        render_pdf(folder / "bad.typ", {"name": "Ђурђица"}, rendering())
    (folder / "bad.typ").write_text("#panic(sys.inputs.letter)")
    with pytest.raises(BrokenTemplate) as told:
        render_pdf(folder / "bad.typ", {"name": "Ђурђица"}, rendering())
    assert "Ђурђица" not in str(told.value)
    assert "bad.typ" in str(caught.value)


def test_a_blank_form_can_be_printed_for_the_counter() -> None:
    data = sample("request-form")
    blank = dict.fromkeys(CHILD, "")
    person = {"name": "", "relation": "", "address": "", "contact": ""}
    empty = {
        **data,
        "head": {**HEAD, "number": "", "date": ""},
        "child": blank,
        "parents": [person, person],
        "initiator": {"kind": "", "name": ""},
        "reasons": "",
        "requested_support": "",
        "doctor": {"name": "", "institution": "", "note": ""},
        "enclosures": [],
        "applicant": "",
    }
    text = text_of(reader("request-form", **empty))
    assert "Образац1" in text
    assert CHILD["family_name"] not in text


def test_word_says_its_language_title_and_headings() -> None:
    document = docx.Document(io.BytesIO(render_word(FOLDER / "minutes.docx", sample("minutes"), rendering("sr-latn"))))
    assert document.core_properties.title == rendering().title
    assert document.core_properties.language == "sr-Latn-RS"
    assert 'w:lang w:val="sr-Latn-RS"' in document.styles.element.xml
    assert {"Heading 1", "Heading 2"} <= {paragraph.style.name for paragraph in document.paragraphs}
    assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml


def test_word_templates_are_what_their_builder_builds() -> None:
    spec = spec_from_file_location("build_word", FOLDER / "build_word.py")
    assert spec
    assert spec.loader
    builder = module_from_spec(spec)
    spec.loader.exec_module(builder)
    for build in builder.LETTERS:
        committed = docx.Document(str(FOLDER / f"{build.__name__.replace('_', '-')}.docx"))
        assert build().page.element.xml == committed.element.xml
