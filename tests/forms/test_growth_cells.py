"""WHO growth of cells as offices write them: what is read, what is refused and why, and what a bad cell takes along."""

import pytest

from tests.forms.growing import Cells, line, scored
from zajedno.forms.logic.scores.growth_file import UNDER_FIVE


@pytest.mark.parametrize(
    ("cells", "reason", "lost"),
    [
        ({"weight_kg": "11,1"}, "", set()),
        ({"weight_kg": " 1.11e1 ", "sex_1m_2f": "F", "age_days": "+700.0"}, "", set()),
        ({"sex_1m_2f": "2.0", "measure": " L "}, "", set()),
        ({"weight_kg": "11.1 kg"}, "weight_kg is not a number", {"zwei", "zwfl", "zbmi"}),
        ({"weight_kg": "1.011,1"}, "weight_kg is not a number", {"zwei", "zwfl", "zbmi"}),
        ({"weight_kg": "1_1"}, "weight_kg is not a number", {"zwei", "zwfl", "zbmi"}),
        ({"weight_kg": "nan"}, "weight_kg is not a number", {"zwei", "zwfl", "zbmi"}),
        ({"weight_kg": "-inf"}, "weight_kg is not a number", {"zwei", "zwfl", "zbmi"}),
        ({"weight_kg": "1e999"}, "weight_kg is not a number", {"zwei", "zwfl", "zbmi"}),
        ({"weight_kg": "-11.1"}, "weight_kg is less than 0.1", {"zwei", "zwfl", "zbmi"}),
        ({"weight_kg": "0"}, "weight_kg is less than 0.1", {"zwei", "zwfl", "zbmi"}),
        ({"weight_kg": "11100"}, "weight_kg is more than 1000: wrong unit?", {"zwei", "zwfl", "zbmi"}),
        ({"weight_kg": "NA"}, "", {"zwei", "zwfl", "zbmi"}),
        ({"lenhei_cm": "осамдесет"}, "lenhei_cm is not a number", {"zlen", "zwfl", "zbmi"}),
        ({"age_days": "-1"}, "age_days is negative", {"zlen", "zwei", "zwfl", "zbmi"}),
        ({"age_days": "1,700"}, "age_days has a comma that may part thousands", {"zlen", "zwei", "zwfl", "zbmi"}),
        ({"age_days": "two years"}, "age_days is not a number", {"zlen", "zwei", "zwfl", "zbmi"}),
        ({"sex_1m_2f": ""}, "sex_1m_2f is empty", {"zlen", "zwei", "zwfl", "zbmi"}),
        ({"sex_1m_2f": "3"}, "sex_1m_2f is none of 1, 2, m, f", {"zlen", "zwei", "zwfl", "zbmi"}),
        ({"measure": "sitting"}, "measure is none of l, h", set()),
        ({"oedema": "maybe"}, "oedema is none of n, y, 0, 1, 2", {"zwei", "zwfl", "zbmi"}),
        ({"headc_cm": "x", "armc_cm": "-"}, "headc_cm is not a number; armc_cm is not a number", set()),
    ],
)
def test_a_bad_cell_has_its_reason_and_takes_only_what_rests_on_it(cells: Cells, reason: str, lost: set[str]) -> None:
    usual = scored()[0]
    found, why = scored(**cells)
    assert why == reason
    assert {name: cell for name, cell in found.items() if name[0] == "z"} == {
        name: "" if name in lost else cell for name, cell in usual.items() if name[0] == "z"
    }


def test_a_bad_row_changes_nothing_of_its_neighbours() -> None:
    good, bad = line(), line(weight_kg="?", age_days="1,700")
    (alone,) = UNDER_FIVE.rows([good])
    assert [one.cells for one in UNDER_FIVE.rows([good, bad, good])][::2] == [alone.cells] * 2
    assert UNDER_FIVE.rows([]) == []


def test_digits_of_any_script_are_read_whatever_stands_beside_them() -> None:
    wide = line(weight_kg="１１.1")
    (alone,) = UNDER_FIVE.rows([wide])
    assert alone == UNDER_FIVE.rows([wide, line(weight_kg="?")])[0] == UNDER_FIVE.rows([line(weight_kg="11.1")])[0]
