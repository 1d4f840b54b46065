"""In rows for research nobody stands alone, and no key leads back."""

import csv
import io
import json
import zipfile
from collections import Counter

import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zajedno.indicators.logic.extract.anonymous import FEWEST, Anonymous, TooFew, anonymous, diversity
from zajedno.indicators.logic.extract.ladders import ages, places, plain
from zajedno.indicators.logic.extract.parquet import CHILD, CSV, DATA, JSON, packed, under_new_keys, written

TOWNS = ("a1", "a2", "b1", "c1", "nowhere")
LADDERS = [
    plain("sex"), ages("age"),
    places("district", {"a1": "A", "a2": "A", "b1": "B", "c1": "C"}, {"a1": "N", "a2": "N", "b1": "N", "c1": "S"}),
]  # fmt: skip
ROW = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(["girl", "boy", ""]), "age": st.integers(0, 21).map(str) | st.just(""),
        "district": st.sampled_from(TOWNS), "outcome": st.sampled_from(["x", "y"]),
    }
)  # fmt: skip


def groups(told: Anonymous) -> Counter[tuple[str, ...]]:
    return Counter((row["sex"], row["age"], row["district"]) for row in told.rows)


@settings(max_examples=120, deadline=None)
@given(rows=st.lists(ROW, max_size=120), k=st.integers(FEWEST, 12))
def test_at_least_k_share_every_combination(rows: list[dict[str, str]], k: int) -> None:
    try:
        told = anonymous(rows, LADDERS, k)
    except TooFew:
        assert len(rows) < k
        return
    assert min(groups(told).values()) == told.smallest >= k
    assert len(told.rows) + told.left_out == len(rows)
    assert told == anonymous(list(rows), LADDERS, k)
    assert not {row["age"] for row in told.rows} & set(map(str, range(22)))
    assert not {row["district"] for row in told.rows} & {*TOWNS}


def test_only_as_coarse_as_it_must_be() -> None:
    many = [{"sex": "girl", "age": str(age), "district": "a1"} for age in (1, 8) for _number in range(10)]
    assert anonymous(many, LADDERS).rungs == {"sex": 0, "age": 0, "district": 0}
    few = [*many, *({"sex": "girl", "age": "4", "district": "a1"} for _number in range(3))]
    assert anonymous(few, LADDERS).rungs == {"sex": 0, "age": 1, "district": 0}
    apart = [*many, *({"sex": "boy", "age": "20", "district": "c1"} for _number in range(3))]
    assert anonymous(apart, LADDERS).rungs == {"sex": 1, "age": 2, "district": 2}
    assert anonymous(many * 4 + apart[-3:], LADDERS).left_out == 3  # few of many are left out instead
    with pytest.raises(TooFew):
        anonymous(many, LADDERS, k=4)


def test_a_group_of_one_value_is_told() -> None:
    rows = [{"sex": "girl", "age": "8", "district": "a1", "outcome": "x"} for _number in range(9)]
    told = anonymous(rows, LADDERS)
    assert diversity(told.rows, LADDERS, ["outcome"]) == {"outcome": 1}


def test_keys_differ_between_extracts_and_order_tells_nothing() -> None:
    rows = [{"outcome": str(number)} for number in range(50)]
    first, second = (under_new_keys(rows, range(1000, 1050)) for _time in range(2))
    assert not {row[CHILD] for row in first} & {row[CHILD] for row in second}
    assert [row["outcome"] for row in first] != [row["outcome"] for row in second]
    assert len({row[CHILD] for row in first}) == 50
    assert [row["outcome"] for row in under_new_keys(rows[:2], [7, 7])] in (["0", "1"], ["1", "0"])


def test_what_is_packed_is_read_back() -> None:
    rows = [{CHILD: "k1", "sex": "girl", "weeks": "7"}, {CHILD: "k2", "sex": "", "weeks": ""}]
    line = {"column": "sex", "meaning": "Пол", "codes": ["boy", "girl"]}
    whole = packed(written(rows, ["sex", "weeks"], ["weeks"]), [line], {"k": 5})
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        table = parquet.read_table(io.BytesIO(archive.read(DATA)))
        assert table.to_pydict() == {CHILD: ["k1", "k2"], "sex": ["girl", None], "weeks": [7, None]}
        assert json.loads(archive.read(JSON)) == {"about": {"k": 5}, "columns": [line]}
        told = list(csv.DictReader(io.StringIO(archive.read(CSV).decode("utf-8-sig"))))
    assert told == [{"column": "sex", "meaning": "Пол", "codes": "boy | girl"}]
