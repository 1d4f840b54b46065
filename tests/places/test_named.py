"""Names written a little otherwise than here."""

import pytest

from zajedno.places.logic.named import Names

HERE = {
    1: "ОШ „Јован Јовановић Змај”", 2: "Дом здравља Суботица", 3: "Центар за социјални рад Града Суботице",
    4: "Предшколска установа „Наша радост”", 5: "ОШ „Мајшански пут”", 6: "Удружење „Мост”",
}  # fmt: skip
AROUND = ("Суботица", "Subotica")


@pytest.fixture
def names() -> Names[int]:
    found: Names[int] = Names()
    for key, name in HERE.items():
        found.add(key, [name], AROUND)
    return found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("OŠ Jovan Jovanović Zmaj", {1}), ("Основна школа „Јован Јовановић - Змај“, Суботица", {1}),
        ("Osnovna škola Jovan Jovanovic Zmaj", {1}), ("ДЗ Суботица", {2}), ("Dom zdravlja", {2}),
        ("ЈЗУ Дом здравља Суботица", {2}), ("CSR Subotica", {3}), ("Centar za soc. rad", {3}),
        ("Centar za socijalni rad Subotica", {3}), ("ПУ Наша радост", {4}), ("Pu Naša Radost Subotica", {4}),
        ("OŠ Majšanski put", {5}), ("Osnovna škola Majsanksi put", {5}), ("Udruga Most", {6}), ("НВО Мост", {6}),
        # and what is somebody else
        ("Дом здравља Кикинда", set()), ("ОШ Змај", set()), ("Dom za stare", set()), ("ОШ", set()), ("", set()),
        ("Udruženje Mostar", set()), ("Полицијска станица Суботица", set()), ("Суботица", set()),
    ],
)  # fmt: skip
def test_institutions(names: Names[int], text: str, meant: set[int]) -> None:
    assert names.find(text) == meant


def test_several_are_all_given_back(names: Names[int]) -> None:
    names.add(7, ["Дом здравља „Суботица”"], AROUND)
    assert names.find("DZ Subotica") == {2, 7}


def test_a_part_is_enough_where_it_may_be() -> None:
    names: Names[str] = Names(part=True)
    names.add("companion", ["Лични пратилац детета"])
    names.add("transport", ["Превоз (такси, комби)"])
    assert names.find("LIČNI PRATILAC") == {"companion"}
    assert names.find("prevoz") == {"transport"}
    assert names.find("лични асистент") == set()
