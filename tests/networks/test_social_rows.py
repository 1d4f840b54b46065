"""Sheets of municipalities read as they are: long or crossed, either script, no small number taken."""

from typing import Any

import pytest

from zajedno.kernel.spreadsheets import read_table
from zajedno.networks.logic.social_rows import COLUMNS, Reader, Told, leaves_few

LONG = """Социјална мапа;;;;;
;;;;;
Р. бр.;Ранјива група;Насељено место;Број лица;Извор података;Потребе
1;Ромске породице;Келебија;1.200;Попис 2022;prevoz, школа
2;Siromašne porodice;cela opština;45;;novčana prava
3;Особе са инвалидитетом;Palić;3;Попис;govor
4;летачи;Палић;око 50;Попис;letenje
5;;Палић;;;
6;Породице далеко од услуга;Палић;;;превоз
"""
CROSSED = """Naselje,Broj Roma,Izbegli i raseljeni,Siromašne porodice,Ukupno
Kelebija,"1.200",-,7,1207
Палић,4,12,,16
"""


def rows(text: str, source: str = "") -> list[Told]:
    table = read_table(text.encode(), {name for names in COLUMNS.values() for name in names})
    return list(Reader(table, source, {"other": "Летачи"} if source == "named" else {}, {}).told())


def told(row: Told) -> dict[str, Any]:
    return {"group": row.group, "place": row.place, "people": row.fields["people"], "needs": row.fields["needs"]}


def test_a_row_for_each_group() -> None:
    first, second, *_rest, last = found = rows(LONG)
    assert told(first) == {"group": "roma", "place": "Келебија", "people": 1200, "needs": ["transport", "learning"]}
    assert told(second) == {"group": "poverty", "place": "", "people": 45, "needs": ["money"]}
    assert (last.group, last.faults) == ("remote", [])
    codes = {row.number: {fault.code for fault in row.faults} for row in found if row.faults}
    assert codes == {5: {"no_source"}, 6: {"few"}, 7: {"group_unknown", "not_whole", "need_unknown"}, 8: {"no_group"}}


def test_a_column_for_each_group() -> None:
    found = rows(CROSSED, "Центар за социјални рад")
    assert [(row.group, row.place, row.fields["people"]) for row in found] == [
        ("roma", "Kelebija", 1200), ("poverty", "Kelebija", 7), ("roma", "Палић", None), ("refugee", "Палић", 12),
    ]  # fmt: skip
    assert [fault.code for row in found for fault in row.faults] == ["few"]
    assert {row.fields["source"] for row in found if row.fields["people"]} == {"Центар за социјални рад"}


def test_a_group_may_be_called_as_the_page_calls_it() -> None:
    assert [row.group for row in rows(LONG, "named") if row.number == 7] == ["other"]


@pytest.mark.parametrize(
    ("whole", "parts", "few"),
    [(20, [10, 7], True), (20, [10, 5], False), (20, [20], False), (20, [30], False), (None, [7], False)],
)
def test_what_a_total_leaves_is_not_few(whole: int | None, parts: list[int | None], few: bool) -> None:
    assert leaves_few(whole, [*parts, None]) is few
