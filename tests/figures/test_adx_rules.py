"""The rules of ADX: what each says of a broken document, and of the files with which DHIS2 tests itself."""

from pathlib import Path

import pytest

from zajedno.figures.logic.formats.adx_rules import Value, check, parsed, values

ADX = Path(__file__).parents[3] / "shared" / "data" / "interop" / "adx"
needs_examples = pytest.mark.skipif(not ADX.is_dir(), reason="../shared/data is not here")
GOOD = """<adx xmlns="urn:ihe:qrph:adx:2015" exported="2026-02-01T08:00:00Z">
<group orgUnit="80438" period="2025-01-01/P1Y" dataSet="YEAR">
<dataValue dataElement="x" value="66.7" sex="girl"><annotation>Some text</annotation></dataValue>
<dataValue dataElement="x" value="50" sex="boy"/>
</group></adx>"""


def faults(old: str, new: str) -> list[str]:
    return [str(one) for one in check(GOOD.replace(old, new).encode())]


def test_a_good_document_has_no_faults():
    assert check(GOOD.encode()) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (' exported="2026-02-01T08:00:00Z"', "", "“exported” is missing"),
        ("2026-02-01T08:00:00Z", "2026-02-01", "“exported” is no moment"),
        (' orgUnit="80438"', "", "no “orgUnit”"),
        (' dataSet="YEAR"', "", "no “dataSet”"),
        ("80438", " ", "no “orgUnit”"),
        ("2025-01-01/P1Y", "2025", "no first day with a length"),
        ("2025-01-01/P1Y", "2025-01-01/P1", "no first day with a length"),
        ("2025-01-01/P1Y", "2025-02-30/P1M", "no such day"),
        ("2025-01-01/P1Y", "2014-02-01/P6M", "No period of this length begins"),
        ("2025-01-01/P1Y", "2014-02-01/P1Y", "No period of this length begins"),
        ("2025-01-01/P1Y", "2025-01-01/P5M", "No system knows"),
        ('value="50"', "", "“value” is missing"),
        ('value="50"', 'value="1e3"', "“value” is no number"),
        ('value="50"', 'value="NaN"', "“value” is no number"),
        ('value="50"', 'value="*"', "“value” is no number"),
        ('dataElement="x" value="50"', 'value="50"', "no “dataElement”"),
        ('sex="boy"', 'sex="girl"', "stands twice"),
        ("<annotation>", "<annotation/><annotation>", "one annotation"),
        ("<group", "<other/><group", "only groups do"),
        ("urn:ihe:qrph:adx:2015", "urn:other", "The root is not “adx”"),
        ("</adx>", "", "It is no XML"),
    ],
)  # fmt: skip
def test_each_rule_is_told_in_a_sentence(old: str, new: str, told: str):
    assert [sentence for sentence in faults(old, new) if told in sentence]


@pytest.mark.parametrize(
    "period", ["2015-01-01/P1M", "2015-01-01/P1D", "2015-04-01/P1Q", "2015-01-05/P7D",
               "2015-04-01/P1Y", "2015-10-01/P6M", "2021-01-01/P3M", "2025-09-01/P1Y"],
)  # fmt: skip
def test_periods_that_dhis2_knows_are_taken(period: str):
    assert faults("2025-01-01/P1Y", period) == []


def test_nothing_outside_the_document_is_read():
    bomb = '<!DOCTYPE adx [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + GOOD.replace("Some text", "&a;")
    check(bomb.encode())
    assert not any("root:" in text for text in parsed(bomb.encode()).itertext())


def read(name: str) -> list[Value]:
    return list(values(parsed((ADX / name).read_bytes())))


@needs_examples
@pytest.mark.parametrize("path", sorted(ADX.glob("*.xml")), ids=lambda path: path.name)
def test_files_of_dhis2_are_read_and_judged(path: Path):
    """Its own files leave out `exported` and `dataSet`; only the first sample, which was written for the conversion of
    attributes alone, breaks the profile: it says one thing four times."""
    found = check(path.read_bytes())
    if path.name == "adx_data_sample1.xml":
        assert {one.sentence for one in found} == {"“MAL04” stands twice for the same place, period and parts."}
        assert len(found) == 5
    else:
        assert all(one.is_usual for one in found)
    assert len(read(path.name)) >= 1


@needs_examples
def test_the_second_of_the_dated_files_replaces_the_first():
    """`created` and `lastUpdated` are when a value was written, not what it is of: the key stays, the number moves."""
    (first,), (second,) = read("importDates.adx.xml"), read("importDatesUpdate.adx.xml")
    assert (first.key, first.number, second.number) == (second.key, "33", "55")
    assert first.by == (("ageeeeeeeee", "over5555555"), ("sexxxxxxxxx", "MMMMMMMMMMM"))


@needs_examples
def test_one_message_in_three_ways_of_naming():
    """A, B and C say the same numbers by code, id and name; a part is told by its categories or by their pair alone."""
    told = [[one.number for one in read(f"import{letter}.adx.xml")] for letter in "ABC"]
    assert told[0] == told[1] == told[2] == ["1", "2", "3", "4", "0", "6", "10", "20", "30"]
    assert read("importA.adx.xml")[2].by == (("categoryOptionCombo", "FOver555555"),)


@needs_examples
def test_what_was_taken_in_is_what_goes_out():
    """exportB has the same pairs of key and number for what both speak of, whatever the order of attributes."""
    brought = {(one.element, one.by, one.number) for one in read("importB.adx.xml")}
    assert (read("exportB.adx.xml")[0].element, read("exportB.adx.xml")[0].by, "1") in brought
