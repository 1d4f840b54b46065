"""Expressions mean what ODK means by them; what they read is known, what cannot be meant is refused, nothing raises."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from zajedno.forms.logic.expressions import Scope, Unreadable, expression
from zajedno.forms.logic.functions import FUNCTIONS
from zajedno.forms.logic.values import day_number, figures, number, text

ROOT = etree.fromstring(
    "<data><a>3</a><day>2026-11-20</day><many>x y z</many><empty/><rep><x>1</x><in><k>p</k></in></rep>"
    "<rep><x>2</x><in><k>q</k></in><in><k>r</k></in></rep><when>2026-11-26T12:00:00.000+01:00</when></data>"
)
LIST = etree.fromstring(
    "<instance><root><item><name>p</name><k>3</k></item><item><name>q</name><k>4</k></item></root></instance>"
)
SCOPE = Scope(
    "2026-11-26", "2026-11-26T10:30:00.000+01:00", ROOT, {"list": LIST}, lambda _node, path, name: f"{path}:{name}"
)


def value(source: str, at: str = "/data/a") -> Any:
    node = ROOT.find(at.removeprefix("/data/")) if at != "/data" else ROOT
    return expression(source, at).value(node, SCOPE)


def said(source: str, at: str = "/data/a") -> str:
    node = ROOT.find(at.removeprefix("/data/"))
    return expression(source, at).text(node, SCOPE)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (". <= today()", True), ("/data/day <= today()", True), ("../day = today() - 6", True),
        ("/data/day = '2026-11-20'", True), ("today() = date('2026-11-26')", True), ("/data/day != today()", True),
        ("/data/day < date('2026-11-21') and not(/data/day < '2026-11-20')", True), ("now() > today()", True),
        ("../empty < 1", False), ("../empty > 1", False), ("../empty = ''", True), ("../empty != ''", False),
        ("../nowhere = ''", False), ("/data/rep/x > 1", True), ("/data/rep/x = 3", False), ("'b' > 'a'", False),
        ("true() = 'x'", True), ("selected(../many, 'y')", True), ("selected(../many, 'w')", False),
        ("selected(../empty, '')", True), ("selected(../many, '')", False),
        ("regex(., '^[0-9]$')", True), ("regex('12\n', '^[0-9]+$')", False), ("regex(., '[')", False),
        ("checklist(1, 2, true(), false(), ../empty)", True), ("checklist(2, -1, true(), true(), true())", True),
        ("boolean-from-string('1') and not(boolean-from-string('yes'))", True), ("../empty", True),
    ],
)  # fmt: skip
def test_conditions(source: str, expected: bool) -> None:
    node = ROOT.find("a")
    assert expression(source, "/data/a").truth(node, SCOPE) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("(today() - ../day) div 2", "3"), ("today()", "2026-11-26"), ("date(today() + 7)", "2026-12-03"),
        ("date(../day + 0.9)", "2026-11-20"), ("date('2026-1-5')", "2026-01-05"), ("date('2026-02-30')", ""),
        ("number(../day)", "20777"), ("decimal-date-time(../when)", "20783.5"), ("decimal-time('06:00:00')", "0.25"),
        ("decimal-time('24:00')", ""), ("format-date(../day, '%e. %n. %Y.')", "20. 11. 2026."),
        ("format-date-time(../when, '%d %m %y %H:%M:%S.%3 %h %a %b')", "26 11 26 12:00:00.000 12 Thu Nov"),
        ("format-date('soon', '%Y')", ""), ("date-time(../day)", "2026-11-20T00:00:00.000"),
        ("if(. > 2, 'more', 'less')", "more"), ("coalesce(../empty, ../a)", "3"), ("coalesce('', '')", ""),
        ("selected-at(../many, 1)", "y"), ("selected-at(../many, 9)", ""), ("count-selected(../many)", "3"),
        ("round(2.5)", "3"), ("round(-2.5)", "-3"), ("round(1.005, 2)", "1"), ("round(1234, -2)", "1200"),
        ("int(-3.7)", "-3"), ("floor(-3.2)", "-4"), ("ceiling(3.2)", "4"), ("7 mod 3", "1"), ("-7 mod 3", "-1"),
        ("1 div 0", "Infinity"), ("../empty + 1", ""), ("0.1 + 0.2", "0.30000000000000004"), ("10 * 10", "100"),
        ("1 div 8", "0.125"), ("min(3, ../a, 7)", "3"), ("max(/data/rep/x)", "2"), ("max(../empty, 1)", ""),
        ("sum(/data/rep/x)", "3"), ("count(/data/rep)", "2"), ("count-non-empty(/data/*)", None),
        ("pow(2, 10)", "1024"), ("pow(-1, 0.5)", ""), ("sqrt(16)", "4"), ("log(0)", "-Infinity"), ("abs(-3)", "3"),
        ("concat('a', ., ../empty, 1.50)", "a31.5"), ("join('-', /data/rep/x, 'z')", "1-2-z"),
        ("substr('hello', 1, 3)", "el"), ("substr('hello', -3)", "llo"), ("substring('12345', 1.5, 2.6)", "234"),
        ("substring-before('a-b', '-')", "a"), ("substring-after('a-b--c', '--')", "c"),
        ("translate('aabc', 'ab', 'x')", "xxc"), ("string-length('ђак')", "3"), ("normalize-space(' a  b ')", "a b"),
        ("contains('abc', 'b') and starts-with('abc', 'a') and ends-with('abc', 'c')", "true"),
        ("indexed-repeat(/data/rep/x, /data/rep, 2)", "2"), ("indexed-repeat(/data/rep/x, /data/rep, 3)", ""),
        ("indexed-repeat(/data/rep/in/k, /data/rep, 2, /data/rep/in, 2)", "r"),
        ("indexed-repeat(/data/rep/in/k, /data/rep/in, 1, /data/rep, 2)", "q"),
        ("/data/rep[position() = 2]/x", "2"), ("/data/rep[x > 1]/x", "2"), ("/data/rep[last()]/x", "2"),
        ("instance('list')/root/item[k = /data/a]/name", "p"), ("instance('list')/root/item[k = current()]/name", "p"),
        ("instance('list')/root/item[k > current()/../a]/name", "q"), ("count(instance('list')/root/item)", "2"),
        ("instance('none')/root/item", ""), ("jr:choice-name(., ' /data/a ')", " /data/a :3"),
        ("once('new')", "3"), ("string(.)", "3"), ("string-length()", "1"), ("'it\"s'", 'it"s'), ("2 * (3 + 4)", "14"),
        ("- - 3", "3"), ("count(/data/rep/x | /data/a)", "3"), ("../div", ""), ("../many[. != '']", "x y z"),
    ],
)  # fmt: skip
def test_values(source: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(Unreadable):
            said(source)
    else:
        assert said(source) == expected


def test_a_repeat_counts_its_turns() -> None:
    second = ROOT.findall("rep")[1].find("x")
    found = expression("position(..)", "/data/rep/x").number(second, SCOPE)
    assert found == 2


@pytest.mark.parametrize(
    ("source", "paths"),
    [
        ("../b + /data/g/c", {"/data/g/b", "/data/g/c"}),
        (". > 1 and ../../up", {"/data/g/a", "/data/up"}),
        ("/data/rep[k = current()/../b]/x", {"/data/rep/x", "/data/rep/k", "/data/g/b"}),
        ("instance('list')/root/item[name = current()/../b and k = /data/c]/name", {"/data/g/b", "/data/c"}),
        ("jr:choice-name(../b, ' /data/b ')", {"/data/g/b", "/data/b"}),
        ("indexed-repeat(/data/rep/x, /data/rep, 1)", {"/data/rep/x", "/data/rep"}),
        ("indexed-repeat(../rep, /data/rep, 1)/x", {"/data/g/rep", "/data/rep", "/data/g/rep/x"}),
        ("today()", set()),
    ],
)
def test_what_it_reads_is_known(source: str, paths: set[str]) -> None:
    assert expression(source, "/data/g/a").reading.paths == paths


def test_calls_in_one_another_are_walked_once() -> None:
    source = "/data/rep/x"
    for _call in range(30):
        source = f"indexed-repeat({source}, /data/rep, 1)"
    assert said(source) == "1"
    reading = expression(source, "/data/a").reading
    assert reading.indexed == [["/data/rep/x", "/data/rep", ""]] * 30
    assert len(reading.calls) == 30


@pytest.mark.parametrize(
    ("source", "code", "what"),
    [
        ("nothing(1)", "function", "nothing"), ("jr:itext('x')", "function", "itext"),
        ("choice-name(1, 2)", "function", "choice-name"), ("selected(.)", "arguments", "selected"),
        ("if(1, 2)", "arguments", "if"), ("count()", "arguments", "count"),
        ("coalesce(1, 2, 3)", "arguments", "coalesce"), ("indexed-repeat(., ., 1, .)", "arguments", "indexed-repeat"),
        ("//a", "unsupported", "//"), ("/data/*", "unsupported", "*"), ("@id", "unsupported", "@"),
        ("$x", "unsupported", "x"), ("child::a", "unsupported", "child"), ("count('a')", "unsupported", "count"),
        ("'a' | ../b", "unsupported", "|"), ("text()", "unsupported", "text"),
        ("jr:choice-name(., ../b)", "unsupported", "jr:choice-name"), ("1 +", "syntax", ""), ("a b", "syntax", ""),
        ("1e3", "syntax", ""), ("'a", "syntax", ""), ("", "syntax", ""), ("../a[", "syntax", ""), ("a:b", "syntax", ""),
        ("(" * 5000 + "1" + ")" * 5000, "syntax", ""), ("1" * 30_000, "syntax", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(source: str, code: str, what: str) -> None:
    with pytest.raises(Unreadable) as refused:
        expression(source, "/data/a")
    assert refused.value.code == code
    assert what in refused.value.what


ANYTHING = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["2026-11-26", "2026-02-30", "9999-12-31T23:59:59.999", "10:30", "-", "1e400", "%Y%3", "[", "x y"]),
    st.floats(),
    st.booleans(),
    st.sampled_from([[], ROOT.findall("rep"), ROOT.findall("rep/x"), ROOT.findall("many")]),
)


@pytest.mark.parametrize(
    "name", sorted(set(FUNCTIONS) - {"instance", "jr:choice-name", "now", "today", "current", "once"})
)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_function_raises_and_each_gives_what_it_says(name: str, data: st.DataObject) -> None:
    function = FUNCTIONS[name]
    most = function.most if function.most is not None else function.least + 3
    values = data.draw(
        st.lists(ANYTHING, min_size=max(function.least, 1 if most else 0), max_size=max(most, function.least))
    )
    given_ = function.call(*values)
    kinds = {"number": float | int, "truth": bool, "text": str, "nodes": list, "any": object}
    assert isinstance(given_, kinds[function.gives]), (values, given_)


@settings(max_examples=200, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_and_read_is_the_same(one: float) -> None:
    assert number(figures(one)) == one
    assert "e" not in figures(one)


@settings(max_examples=200, deadline=None)
@given(st.dates())
def test_a_day_is_its_number(day: Any) -> None:
    days = day_number(day.isoformat())
    assert days is not None
    assert text(FUNCTIONS["date"].call(days)) == day.isoformat()
    assert math.isclose(days, (day - type(day)(1970, 1, 1)).days)
