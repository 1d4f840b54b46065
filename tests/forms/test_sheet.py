"""A sheet of answers: what is shown, what counts, what is wrong, what leaves it and comes back."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.forms.answering import shown
from zajedno.forms.logic.book import Book
from zajedno.forms.logic.compile import xform
from zajedno.forms.logic.form import Form, read
from zajedno.forms.logic.parts import Group, Question, Repeat
from zajedno.forms.logic.places import MOST_PLACES, MOST_TURNS
from zajedno.forms.logic.settling import Tree
from zajedno.forms.logic.sheet import Sheet, UnknownPlace
from zajedno.forms.logic.submission import MOST_BYTES, BadSubmission

BOOKS = Path(__file__).parent / "books"
TODAY = date(2026, 11, 26)


def form_of(text: str) -> Form:
    return read(xform(Book.from_markdown(text).with_latin(), version=1))


def book(name: str) -> Form:
    return form_of((BOOKS / f"{name}.xlsform.md").read_text(encoding="utf-8"))


def small(
    *rows: str, columns: str = "relevant | required | constraint | calculation | default", more: str = ""
) -> Form:
    head = f"| type | name | label | {columns} |"
    return form_of(
        "\n".join(["## survey", "", head, "|---" * head.count("|"), *(f"| {row} |" for row in rows), "", more])
    )


def sheet(form: Form, answers: dict[str, Any] | None = None, language: str = "") -> Sheet:
    return Sheet(form, answers, today=TODAY, language=language or form.language)


def sent(one: Sheet) -> bytes:
    """The answers that count, as a phone sends them."""
    root = etree.Element(one.form.root.name, {"id": one.form.key, "version": one.form.version})
    write(root, one.answers())
    return etree.tostring(root)


def write(element: Any, answers: dict[str, Any]) -> None:
    for name, answer in answers.items():
        for turn in answer if isinstance(answer, list) else [answer]:
            child = etree.SubElement(element, name)
            if isinstance(turn, dict):
                write(child, turn)
            else:
                child.text = turn


def wrong(one: Sheet) -> dict[str, str]:
    return {problem.path: problem.code for problem in one.problems()}


def test_what_is_shown_follows_from_the_answers_in_every_language() -> None:
    form = book("tongues")
    one = sheet(form, language="en")
    (name,) = one.shown()
    assert (name.path, name.label, name.hint, name.required) == (
        "/data/ime",
        "What is your name?",
        "First and last",
        True,
    )
    one.put("/data/ime", "Ђорђе")
    _name, reads = one.shown()
    assert (reads.label, reads.choices) == ("Does Ђорђе read?", (("да", "Yes"), ("не", "No")))
    one.put("/data/чита", "да")
    assert [place.label for place in one.shown()][2] == "Ђорђе: Yes"
    latin = sheet(form, one.answers(), language="sr-latn")
    labels = [" ".join(place.label.split()) for place in latin.shown()]
    assert labels == ["Kako se zoveš?", "Čita li Ђорђе?", "Ђорђе: Da, Ђорђе čita"]
    assert latin.shown()[0].required_message == "Upiši ime."
    assert sheet(form, language="hu").shown()[0].hint == "Име и презиме"  # where a language has none: the default one
    assert sheet(form, language="xx").shown()[0].label == "Како се зовеш?"


def test_the_tree_of_a_form_has_kinds_types_and_texts() -> None:
    form = book("household")
    kinds = {node.path: node.kind for node in form.nodes.values() if isinstance(node, Question)}
    assert (kinds["/data/home/people"], kinds["/data/person/told"]) == ("range", "note")
    assert (kinds["/data/person/visit/day"], kinds["/data/years"]) == ("date", "calculate")
    person = form.nodes["/data/person"]
    assert isinstance(person, Repeat)
    assert person.count is not None
    assert isinstance(form.nodes["/data/home"], Group)
    assert form.nodes["/data/home"].appearance == ("field-list",)
    assert [child.name for child in form.root.children][:2] == ["home", "person"]
    assert form.question("age") is form.nodes["/data/person/age"]
    assert read.cache_info().currsize >= 1


def test_answers_that_do_not_count_are_kept_and_left_out() -> None:
    one = sheet(
        small("integer | age | Age", "integer | work | Works | ${age} > 15", "note | n | Works: ${work} | ${work} > 1")
    )
    one.put("/data/age", "20")
    one.put("/data/work", "8")
    assert [place.path for place in one.shown()] == ["/data/age", "/data/work", "/data/n"]
    one.put("/data/age", "3")
    assert (one.answers(), one.draft()) == ({"age": "3"}, {"age": "3", "work": "8"})
    assert one.values() == {"age": "3", "work": "", "n": ""}
    assert (one.relevant("/data/work"), one.value("/data/work")) == (False, "")
    again = sheet(one.form, one.draft())
    again.put("/data/age", "30")
    assert again.answers() == {"age": "30", "work": "8"}


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("integer", ["0", "-12", "+7", "2147483647"], ["1.0", "1,5", "x", "2147483648", "1e3", " 1", "٣"]),
        ("decimal", ["0", "-12.50", ".5", "3."], ["1,5", "1e3", "NaN", "x", "--1", "1.2.3"]),
        ("date", ["2026-11-26", "2024-02-29"], ["2026-02-29", "26.11.2026", "2026-11-26T10:00", "2026-1-1"]),
        ("time", ["10:30", "10:30:00", "23:59:59.999+01:00"], ["24:00", "10:60", "10", "10.30", "10:30+25:00"]),
        ("geopoint", ["45.8 19.6", "45.8 19.6 100 4.5", "-90 180 0 0"], ["45.8", "91 0", "45.8 181", "1 2 3 4 5"]),
        ("acknowledge", ["OK"], ["yes", "true"]),
        ("text", ["anything", "1", " "], []),
    ],
)  # fmt: skip
def test_an_answer_must_be_one_of_its_kind(kind: str, good: list[str], bad: list[str]) -> None:
    one = sheet(small(f"{kind} | a | A"))
    for text in good:
        one.put("/data/a", text)
        assert wrong(one) == {}, text
        assert one.answers() == {"a": text}
    for text in bad:
        one.put("/data/a", text)
        assert wrong(one) == {"/data/a": "type"}, text
        assert one.value("/data/a") == ""
        assert one.shown()[0].value == text


def test_a_range_and_choices_take_only_what_they_offer() -> None:
    lists = "## choices\n\n| list_name | name | label |\n|---|---|---|\n| l | a | A |\n| l | b | B |\n"
    rows = ("range | r | R | start=0 end=1 step=0.25", "select_one l | one | One", "select_multiple l | many | Many")
    one = sheet(small(*rows, columns="parameters", more=lists))
    for path, good, bad in (
        ("/data/r", ["0", "0.75", "1.0"], ["0.3", "1.25", "-0.25", "x"]),
        ("/data/one", ["a"], ["c", "a b"]),
        ("/data/many", ["a", "b a"], ["a c", "a a"]),
    ):
        for text in good:
            one.put(path, text)
            assert wrong(one) == {}
        for text in bad:
            one.put(path, text)
            assert wrong(one) == {path: "type" if path == "/data/r" else "choice"}, text
        one.put(path, "")


def test_each_place_tells_the_first_thing_that_is_wrong_with_it() -> None:
    rows = ("integer | a | A | | yes | . > 1 | Write A | Above 1, not ${a}", "integer | b | B | | ${a} = 2 | | |")
    columns = "relevant | required | constraint | required_message | constraint_message"
    one = sheet(small(*rows, columns=columns))
    for text, problems in (
        ("", [("/data/a", "required", "Write A")]),
        ("1", [("/data/a", "constraint", "Above 1, not 1")]),
        ("x", [("/data/a", "type", "")]),
        ("2", [("/data/b", "required", "")]),
        ("3", []),
    ):
        one.put("/data/a", text)
        assert [(problem.path, problem.code, problem.sentence) for problem in one.problems()] == problems


def test_a_cascade_offers_what_fits_and_forgets_what_does_not() -> None:
    one = sheet(book("cascade"))
    one.put("/data/region", "north")
    one.put("/data/town", "sombor")
    town = next(place for place in one.shown() if place.path == "/data/town")
    assert town.choices == (("subotica", "Subotica"), ("sombor", "Sombor"))
    assert town.label == "Town of north"
    assert one.answers()["town_name"] == "Sombor"
    one.put("/data/region", "west")
    assert "town" not in one.answers()
    assert one.draft()["town"] == "sombor"
    assert "/data/town" not in wrong(one)
    one.put("/data/town", "atlantis")
    assert wrong(one)["/data/town"] == "choice"


def test_a_filter_may_look_into_another_list() -> None:
    lists = "## choices\n\n| list_name | name | label |\n|---|---|---|\n" + "".join(
        f"| {name} | {name}{at} | L |\n" for name in ("l", "m") for at in range(3)
    )
    looks = "count(instance('m')/root/item) = 3 and name != 'l1'"
    one = sheet(small(f"select_one l | a | A | {looks}", "select_one m | b | B |", columns="choice_filter", more=lists))
    assert [name for name, _label in one.shown()[0].choices] == ["l0", "l2"]


def test_turns_of_repeats_come_and_go() -> None:
    one = sheet(book("household"))
    assert [place.turns for place in one.shown() if isinstance(place.node, Repeat)] == [
        ("/data/person[1]", "/data/person[2]"), ("/data/pet[1]",), ("/data/box[1]",),
        ("/data/fixed[1]", "/data/fixed[2]", "/data/fixed[3]"),
    ]  # fmt: skip
    assert one.add("/data/pet") == "/data/pet[2]"
    one.put("/data/pet[1]/kind", "cat")
    one.put("/data/pet[2]/kind", "dog")
    assert one.values()["last_pet"] == "dog"
    assert one.values()["legs_all"] == "8"
    one.remove("/data/pet", 1)
    assert one.answers()["pet"] == [{"kind": "dog", "order": "1", "legs": "4", "so_far": "4"}]
    one.put("/data/home/people", "3")
    assert len(one.answers()["person"]) == 3
    assert one.add("/data/person") == "/data/person[3]"  # its count says how many
    one.remove("/data/person", 1)
    assert len(one.answers()["person"]) == 3
    one.put("/data/person[2]/called", "Ана")
    one.put("/data/person[2]/age", "30")
    one.add("/data/person[2]/visit")
    one.put("/data/person[2]/visit[1]/day", "2026-11-01")
    assert [place.label for place in shown(one) if place.path == "/data/person[2]/told"] == ["Ана is the 2. of 3"]
    again = sheet(one.form, one.draft())
    assert again.answers() == one.answers()
    assert again.unknown == ()


@pytest.mark.parametrize(
    "path",
    ["/data/nothing", "/data/home", "/data/person[9]/called", "/data/person[0]/called", "/other/home", "/data/x[", ""],
)
def test_places_that_are_not_there_are_refused(path: str) -> None:
    one = sheet(book("household"))
    with pytest.raises(UnknownPlace):
        one.put(path, "1")
    with pytest.raises(UnknownPlace):
        one.add(path)
    with pytest.raises(UnknownPlace):
        one.remove(path, 1)


def test_a_count_out_of_all_proportion_is_held_back() -> None:
    columns = "repeat_count"
    rows = ("integer | n | N | ", "begin_repeat | a | A | ${n}", "begin_repeat | b | B | ${n}", "text | c | C | ",
            "end_repeat | | | ", "end_repeat | | | ")  # fmt: skip
    one = sheet(small(*rows, columns=columns))
    one.put("/data/n", "1000000")
    turns = one.draft()
    assert sum(1 for _ in one.places()) <= MOST_PLACES + MOST_TURNS
    one.put("/data/n", "-3")
    assert "a" not in one.answers(), turns


def test_a_count_in_every_turn_walks_the_sheet_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ("integer | n | N | ", "begin_repeat | a | A | ${n}", "begin_repeat | b | B | ${n}", "text | c | C | ",
            "end_repeat | | | ", "end_repeat | | | ")  # fmt: skip
    one = sheet(small(*rows, columns="repeat_count"))
    walks: list[Tree] = []
    register = Tree._register
    monkeypatch.setattr(Tree, "_register", lambda tree: (walks.append(tree), register(tree)))
    one.put("/data/n", "30")
    assert sum(len(turn["b"]) for turn in one.draft()["a"]) == 900
    assert len(walks) == 2  # of a, and of all b


def test_defaults_stand_in_a_new_sheet_only() -> None:
    late = "text | t | T | ${a} > 9 | | | | concat('x', ${a})"
    form = small(
        "integer | a | A | | | | | 5", "date | d | D | | | | | today()", late, "start | started", "today | day"
    )
    at = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    new = Sheet(form, today=TODAY, now=at)
    assert new.answers() == {
        "a": "5",
        "d": "2026-11-26",
        "started": "2026-11-26T09:30:00.000+00:00",
        "day": "2026-11-26",
    }
    assert Sheet(form, {}, today=TODAY).answers() == {}
    assert Sheet(form, {"a": "12"}, today=TODAY).answers() == {"a": "12"}


def test_the_form_answers_itself_and_nobody_else_does() -> None:
    form = small("integer | a | A", "calculate | c | | | | | ${a} * 2")
    one = sheet(form)
    one.put("/data/a", "4")
    one.put("/data/c", "99")
    assert one.answers()["c"] == "8"
    locked = sheet(small("text | a | A | yes | x", columns="read_only | default"))
    locked.put("/data/a", "y")
    assert locked.answers() == {"a": "x"}
    assert locked.shown()[0].read_only


def test_what_is_made_anew_each_time_is_made_once() -> None:
    dice = "calculate | dice | | ${a} != '' | | | once(random())"
    form = small("text | a | A", "calculate | code | | | | | once(uuid())", dice)
    one = sheet(form)
    code = one.values()["code"]
    assert len(code) == 36
    one.put("/data/a", "x")
    thrown = one.values()["dice"]
    again = sheet(form, one.answers())
    assert (again.values()["code"], again.values()["dice"]) == (code, thrown)
    again.put("/data/a", "")
    again.put("/data/a", "y")
    assert again.values()["dice"] == thrown


def test_a_sheet_comes_from_a_phone() -> None:
    one = sheet(book("household"))
    one.put("/data/home/place/street", "Нова")
    for turn in "12":
        one.put(f"/data/person[{turn}]/called", "<Ана & co>")
        one.put(f"/data/person[{turn}]/age", "30")
    one.add("/data/pet")
    again = Sheet.from_xml(one.form, sent(one), today=TODAY)
    assert again.answers() == one.answers()
    assert again.unknown == ()


def test_what_a_phone_sends_beside_the_form_is_told_and_not_taken() -> None:
    form = small("text | a | A", "begin_group | g | G", "text | b | B", "end_group | |")
    content = (
        b'<data id="data" xmlns:orx="http://openrosa.org/xforms"><a>1</a><g><b>2</b><strange/></g><new><x>3</x></new>'
        b"<orx:meta><orx:instanceID>uuid:7</orx:instanceID></orx:meta></data>"
    )
    one = Sheet.from_xml(form, content, today=TODAY)
    assert one.answers() == {"a": "1", "g": {"b": "2"}}
    assert set(one.unknown) == {"/data/g/strange", "/data/new"}


BOMB = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><data id="data"><a>&b;</a></data>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_xml"), (b"<data", "not_xml"), (b"{}", "not_xml"), (BOMB, "not_xml"),
        (b'<!DOCTYPE data SYSTEM "file:///etc/passwd"><data id="data"/>', "not_xml"),
        (b"<a>" * 10_000, "not_xml"), (b" " * (MOST_BYTES + 1), "too_large"),
        (b'<data id="other"><a/></data>', "wrong_form"), (b'<other id="data"><a/></other>', "wrong_form"),
        (b"<data><a/></data>", "wrong_form"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_of_the_form_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(BadSubmission) as refused:
        Sheet.from_xml(small("text | a | A"), content, today=TODAY)
    assert refused.value.code == code


def test_characters_that_xml_cannot_hold_are_dropped() -> None:
    one = sheet(small("text | a | A"))
    one.put("/data/a", "a\x00b\x0bc\ud800d\ufffe")
    assert one.answers() == {"a": "abcd"}
    assert Sheet.from_xml(one.form, sent(one), today=TODAY).answers() == {"a": "abcd"}


@pytest.mark.parametrize(
    "answers",
    [{"a": 1}, {"a": ["x"]}, {"a": {"b": "c"}}, {"g": "x"}, {"g": {"b": None}}, {"r": "x"}, {"r": ["x"]}, {"zz": "1"}],
)
def test_stored_answers_of_another_shape_are_told_and_not_taken(answers: dict[str, Any]) -> None:
    groups = (
        "begin_group | g | G",
        "text | b | B",
        "end_group | |",
        "begin_repeat | r | R",
        "text | c | C",
        "end_repeat | |",
    )
    form = small("text | a | A", *groups)
    one = sheet(form, answers)
    assert one.answers() in ({}, {"r": [{}]})
    assert len(one.unknown) == 1
