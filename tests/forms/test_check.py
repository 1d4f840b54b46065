"""The check explains each planted fault once, where it stands, in a sentence that helps."""

from pathlib import Path

import pytest

from zajedno.forms.logic.book import Book
from zajedno.forms.logic.check import SENTENCES, Fault, faults

ROOT = Path(__file__).parents[2]
GOOD = """
## survey

| type | name | label::Српски (sr) | label::English (en) | required | relevant | constraint | calculation | choice_filter | default | repeat_count | parameters | appearance | read_only | required_message::English (en) |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| integer | age | Године | Age | yes | | . < 120 | | | 5 | | | | | |
| begin_group | home | Кућа | Home | | ${age} > 3 | | | | | | | field-list | | |
| select_one town | town | Место | Town | | | | | land = 'rs' | sombor | | | minimal | | |
| select_multiple food | eats | Једе | Eats, ${age} | | | not(selected(., 'none')) | | | bread | | | | | |
| end_group | | | | | | | | | | | | | | |
| calculate | older | | | | | | ${age} + 1 | | | | | | | |
| begin_repeat | visit | Посета | Visit | | | | | | | ${age} | | | | |
| date | day | Дан | Day | | | . <= today() | | | 2026-01-01 | | | | | |
| end_repeat | | | | | | | | | | | | | | |
| range | mood | Воља | Mood | | | | | | | | start=1 end=5 step=1 | | | |
| note | end_note | Хвала | Thanks | | | | | | | | | | | |

## choices

| list_name | name | label::Српски (sr) | label::English (en) | land |
| --- | --- | --- | --- | --- |
| town | sombor | Сомбор | Sombor | rs |
| town | jajce | Јајце | Jajce | ba |
| food | bread | Хлеб | Bread | |
| food | none | Ништа | None | |

## settings

| form_title | form_id | default_language |
| --- | --- | --- |
| Visits | visits | Српски (sr) |
"""  # noqa: E501


def found(old: str, new: str) -> list[Fault]:
    assert GOOD.count(old) >= 1, old
    return faults(Book.from_markdown(GOOD.replace(old, new, 1)), ["sr", "English (en)"])


def test_the_good_form_and_those_of_the_packs_have_no_fault() -> None:
    assert faults(Book.from_markdown(GOOD), ["sr", "en"]) == []
    for path in ROOT.glob("packs/*/forms/*.xlsform.md"):
        assert faults(Book.from_markdown(path.read_text(encoding="utf-8")), ["sr", "bs", "en"]) == [], path


@pytest.mark.parametrize(
    ("old", "new", "sheet", "row", "column", "said"),
    [
        # Types and groups.
        ("| integer | age", "| intager | age", "survey", 2, "type", "“intager” is not known. Did you mean “integer”?"),
        ("| integer | age", "| rank town | age", "survey", 2, "type", "“rank” is not supported"),
        ("| integer | age", "| audio | age", "survey", 2, "type", "“audio” is not supported"),
        ("| integer | age", "| | age", "survey", 2, "type", "no type"),
        ("select_one town |", "select_one_from_file t.csv |", "survey", 4, "type", "from a file"),
        ("select_one town |", "select_one towns |", "survey", 4, "type", "“towns” is not in the sheet"),
        ("select_one town |", "select_one town or_other |", "survey", 4, "type", "“or_other” is not supported"),
        ("select_one town |", "select_one |", "survey", 4, "type", "a word too many or too few"),
        ("| date | day", "| csv-external | day", "survey", 9, "type", "“csv-external” is not supported"),
        ("| end_repeat |", "| end_group |", "survey", 10, "type", "“begin_repeat” of row 8 must be ended first"),
        ("| end_group |", "| note | x | Н | N |", "survey", 3, "type", "never ended"),
        ("| note | end_note |", "| end_group | |", "survey", 12, "type", "ends what was not begun"),
        ("| note | end_note |", "| begin_group | last |", "survey", 12, "type", "never ended"),
        # Names.
        ("| integer | age |", "| integer | |", "survey", 2, "name", "no name"),
        ("| date | day |", "| date | first day |", "survey", 9, "name", "“first day” is no name"),
        ("| note | end_note |", "| note | Mood |", "survey", 12, "name", "already a name in this group, in row 11"),
        ("| note | end_note |", "| note | meta |", "survey", 12, "name", "kept for what a sheet says"),
        # Columns and sheets.
        ("| constraint | calc", "| constrainte | calc", "survey", 1, "constrainte", "Did you mean “constraint”?"),
        ("label::English (en) | required", "label:English (en) | required", "survey", 1, "label:English (en)",
         "Did you mean “label::English (en)”?"),
        ("| read_only |", "| trigger |", None, 0, "", ""),
        ("## choices", "## choises", "choises", 0, "", "Did you mean “choices”?"),
        ("| land |", "| country |", "survey", 4, "choice_filter", "no column “land”"),
        ("land = 'rs'", "", "choices", 1, "land", "neither known nor used"),
        ("form_title | form_id", "form_title | submission_url", "settings", 2, "submission_url", "not supported here"),
        ("form_title | form_id", "form_title | form_idd", "settings", 1, "form_idd", "Did you mean “form_id”?"),
        ("| visits | Српски", "| my visits | Српски", "settings", 2, "form_id", "“my visits” is no form_id"),
        ("visits | Српски", "visits | Srpski", "settings", 2, "default_language", "“Srpski (sr)” is none"),
        ("| form_title | form_id | default_language |\n| --- | --- | --- |\n| Visits |",
         "| instance_name | form_id | default_language |\n| --- | --- | --- |\n| concat('a', ${agee}) |",
         "settings", 2, "instance_name", "Did you mean “age”?"),
        # Texts.
        ("| Age |", "| |", "survey", 2, "label::English (en)", "missing in “English (en)”"),
        ("| Дан | Day |", "| | |", "survey", 9, "label", "label is missing"),
        ("| Sombor |", "| |", "choices", 2, "label::English (en)", "missing in “English (en)”"),
        ("Eats, ${age}", "Eats, ${agee}", "survey", 5, "label::English (en)", "Did you mean “age”?"),
        ("Eats, ${age}", "Eats, ${age", "survey", 5, "label::English (en)", "a name must stand in braces"),
        ("| Bread |", "| Bread of ${nobody} |", "choices", 4, "label::English (en)", "No row has the name “nobody”"),
        ("| Thanks | | |", "| Thanks | | | ", None, 0, "", ""),
        # Cells that mean nothing where they stand.
        ("| Thanks | | | | |", "| Thanks | | | | 1 |", "survey", 12, "calculation", "of the type “note”"),
        ("| Home | |", "| Home | yes |", "survey", 3, "required", "of the type “begin_group”"),
        ("${age} + 1 |", "|", "survey", 7, "calculation", "needs a calculation"),
        ("| Mood | | | | | | | |", "| Mood | | | | | | | 3 |", "survey", 11, "repeat_count", "of the type “range”"),
        # Parameters, appearances, defaults.
        ("step=1", "stepp=1", "survey", 11, "parameters", "“stepp” is not known for the type “range”. Did you mean"),
        ("start=1 end=5", "start=1 end", "survey", 11, "parameters", "written as name=value"),
        ("start=1 end=5", "start=one end=5", "survey", 11, "parameters", "“start” must be a number"),
        ("start=1 end=5", "start=5 end=5", "survey", 11, "parameters", "an end other than its start"),
        ("| minimal |", "| minmal |", "survey", 4, "appearance", "“minmal” is not known. Did you mean “minimal”?"),
        ("| minimal |", "| image-map |", "survey", 4, "appearance", "changes what is asked"),
        ("| minimal |", "| search('x') |", "survey", 4, "appearance", "changes what is asked"),
        ("| 5 |", "| five |", "survey", 2, "default", "“five” cannot be an answer"),
        ("| sombor | | | minimal", "| belgrade | | | minimal", "survey", 4, "default", "“belgrade” cannot be"),
        ("| 2026-01-01 |", "| 2026-13-01 |", "survey", 9, "default", "“2026-13-01” cannot be an answer"),
        # Expressions.
        ("${age} > 3", "${agee} > 3", "survey", 3, "relevant", "No row has the name “agee”. Did you mean “age”?"),
        ("${age} > 3", "${age} > ", "survey", 3, "relevant", "no XPath expression"),
        ("${age} > 3", "${age} > 3)", "survey", 3, "relevant", "no XPath expression"),
        ("${age} > 3", "selectd(${town}, 'x')", "survey", 3, "relevant", "Did you mean “selected”?"),
        ("${age} > 3", "selected(${town})", "survey", 3, "relevant", "too many or too few values"),
        ("${age} > 3", "/data/agee > 3", "survey", 3, "relevant", "no place “/data/agee”"),
        ("${age} > 3", "//age > 3", "survey", 3, "relevant", "“//” is not supported"),
        ("${age} > 3", "${last-saved#age} > 3", "survey", 3, "relevant", "earlier sheet"),
        ("${age} > 3", "count(instance('towns')/root/item) > 3", "survey", 3, "relevant", "no list “towns”"),
        ("${age} > 3", "count(instance('towns')) > 3", "survey", 3, "relevant", "no list “towns”"),
        ("${age} + 1", "pulldata('towns', 'x', 'y', ${age})", "survey", 7, "calculation", "file from outside"),
        ("${age} + 1", "randomize(${age})", "survey", 7, "calculation", "“randomize” is not supported"),
        ("${age} + 1", "uuid()", "survey", 7, "calculation", "something else each time"),
        ("${age} + 1", "${day} + ${eats} + ${mood}", None, 0, "", ""),
        ("${age} + 1", "once(uuid())", None, 0, "", ""),
        (". < 120", "regex(., '[0-9')", "survey", 2, "constraint", "“[0-9” is no pattern"),
        (". < 120", "indexed-repeat(${day}, ${visit}) > 1", "survey", 2, "constraint", "too many or too few values"),
        ("${age} + 1", "indexed-repeat(${day}, ${visit}, 1)", None, 0, "", ""),
        ("${age} + 1", "indexed-repeat(${mood}, ${visit}, 1)", "survey", 7, "calculation", "indexed-repeat(mood, vis"),
        ("${age} + 1", "indexed-repeat(${day}, ${home}, 1)", "survey", 7, "calculation", "indexed-repeat(day, home"),
        ("${age} + 1", "indexed-repeat('day', ${visit}, 1)", "survey", 7, "calculation", "indexed-repeat(?, visit"),
        ("land = 'rs'", "lend = 'rs'", "survey", 4, "choice_filter", "no column “lend”. Did you mean “land”?"),
        ("| ${age} | | | | |\n", "| ${ages} | | | | |\n", "survey", 8, "repeat_count", "Did you mean “age”?"),
        ("| ${age} | | | | |\n", "| ${day} | | | | |\n", "survey", 8, "repeat_count", "depends on itself"),
        ("${age} > 3", "${eats} = 'x'", "survey", 3, "relevant", "depends on itself"),
        ("${age} + 1", "${older} + 1", "survey", 7, "calculation", "depends on itself"),
        ("${age} + 1", "${ age } + 1", "survey", 7, "calculation", "Did you mean “age”?"),
        # What stands under no name, as where names are merged over two columns.
        ("| food | none | Ништа | None | |", "| food | none | Ништа | None | | |", None, 0, "", ""),
        (" default |", " |", "survey", 1, "(J)", "“(J)” is not known"),
        ("| food | none | Ништа | None | |", "| food | none | Ништа | None | | x |", "choices", 1, "(F)", "“(F)”"),
        # Choices.
        ("| food | none |", "| food | bread |", "choices", 5, "name", "“bread” twice, first in row 4"),
        ("| food | none |", "| food | no bread |", "choices", 5, "name", "has a blank in it"),
        ("| food | none |", "| | none |", "choices", 5, "list_name", "names no list"),
        ("| food | none |", "| food | |", "choices", 5, "name", "has no name"),
    ],
)  # fmt: skip
def test_each_fault_is_told_where_it_is(
    old: str, new: str, sheet: str | None, row: int, column: str, said: str
) -> None:
    told = found(old, new)
    if sheet is None:  # does no harm
        assert told == []
        return
    assert [(one.sheet, one.row, one.column) for one in told if said in one.sentence] == [(sheet, row, column)], told
    others = [one for one in told if said not in one.sentence]
    assert all(one.code in CONSEQUENCES for one in others), others


CONSEQUENCES = {
    "filter_unknown", "begin_without_end", "list_unknown", "end_crossed", "column_unused", "default_wrong",
    "sheet_missing", "text_missing", "label_missing", "column_missing", "reference_unknown", "path_unknown",
    "end_without_begin",
}  # fmt: skip
"""What follows from a fault of another kind, such as all that used a list when its sheet has a wrong name."""


@pytest.mark.parametrize(
    ("rows", "row", "column", "chain"),
    [
        ([("a", "", "${b}"), ("b", "", "${c} + 1"), ("c", "", "${a}")], 2, "calculation", "a → b → c → a"),
        ([("a", "${b} = 1", ""), ("b", "", "${a} * 2")], 2, "relevant", "a → b → a"),
    ],
)
def test_what_depends_on_itself_is_told_with_its_circle(
    rows: list[tuple[str, str, str]], row: int, column: str, chain: str
) -> None:
    lines = [
        f"| {'calculate' if reckoned else 'integer'} | {name} | {'' if reckoned else 'L'} | {relevant} | {reckoned} |"
        for name, relevant, reckoned in rows
    ]
    head = "| type | name | label | relevant | calculation |\n| --- | --- | --- | --- | --- |\n"
    told = faults(Book.from_markdown("## survey\n\n" + head + "\n".join(lines)))
    assert [(one.row, one.column, one.code) for one in told] == [(row, column, "circular")]
    assert set(told[0].params["value"].split(" → ")) == set(chain.split(" → "))


def test_a_name_used_twice_is_refused_only_where_it_is_meant() -> None:
    rows = "| begin_group | {0} | L | |\n| integer | day | L | |\n| end_group | | | |\n"
    head = "## survey\n\n| type | name | label | relevant |\n| --- | --- | --- | --- |\n"
    twice = head + rows.format("one") + rows.format("two")
    assert faults(Book.from_markdown(twice)) == []
    told = faults(Book.from_markdown(twice + "| note | n | L | ${day} > 1 |\n"))
    assert [(one.row, one.column, one.code) for one in told] == [(8, "relevant", "reference_ambiguous")]


def test_what_only_the_converter_refuses_is_told_with_its_row() -> None:
    text = "## survey\n\n| type | name | label | parameters |\n| --- | --- | --- | --- |\n| text | a | L | |\n"
    told = faults(Book.from_markdown(text + "| geopoint | b | L | allow-mock-accuracy=perhaps |\n"))
    assert [(one.sheet, one.row, one.column, one.code) for one in told] == [("survey", 3, "parameters", "converter")]
    assert told[0].sentence.startswith("The converter of ODK refuses the form: ")


def test_every_code_has_a_sentence_that_is_used_and_can_be_filled() -> None:
    source = "\n".join(path.read_text() for path in (ROOT / "zajedno/forms/logic").rglob("*.py"))
    for code, sentence in SENTENCES.items():
        assert source.count(f'"{code}"') >= 2, f"nobody says {code}"
        assert sentence.endswith((".", "{value}")), sentence
    for one in found("| integer | age", "| intager | agé!"):
        assert one.sentence
        assert str(one).startswith("survey, row ")
