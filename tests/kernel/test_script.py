"""Script: exact Latin, one search key, alphabetical order; Python and SQL say the same."""

import csv
import importlib
import unicodedata
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from zajedno.kernel import script_sql
from zajedno.kernel.script import fold, fold_lines, latin, latin_lines, loose, sort_key

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "text"
MIGRATIONS = Path(script_sql.__file__).parent / "migrations"
OTHER_ORTHOGRAPHY = {"Gjergj", "Xhevdet", "Shaqiri", "Kovács"}
ALPHABET = st.text("абвљњџЉЊЏЂИЊЕГОПРСpoAbcčćšžđĐDžjlnJLN 'ё́̌Щщéß\u00a0\u200b-\n1.", max_size=24)
ANY = st.text(
    st.characters(max_codepoint=0xFFFF, exclude_categories=("Cs", "Cn"), exclude_characters="\0"), max_size=20
)
FUNCTIONS = {"latin": latin, "fold": fold, "loose": loose, "sort_key": sort_key}


def shared(name: str) -> list[dict[str, str]]:
    if not SHARED.is_dir():
        pytest.skip(f"the shared data folder {SHARED} is missing")
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_latin_agrees_with_every_row_of_the_shared_file() -> None:
    wrong = [row for row in shared("translit_dev.csv") if latin(row["cyrillic"]) != row["latin"]]
    assert not wrong


def test_latin_keeps_latin() -> None:
    kept = [row["latin"] for row in shared("translit_dev.csv")] + ["Z\u030carko", "Ǆ", "PDF – 12 %", ""]
    assert [latin(text) for text in kept] == kept


@pytest.mark.parametrize(
    ("cyrillic", "expected"),
    [
        ("ЉУБАВ", "LJUBAV"),
        ("Љубав", "Ljubav"),
        ("Џ. Љ.", "Dž. Lj."),
        ("ЊЕГОШ", "NJEGOŠ"),
        ("КОЊ", "KONJ"),
        ("КОЊ, КОЊ-1 и коЊ", "KONJ, KONJ-1 i koNj"),
        ("Њ", "Nj"),
        ("ЉЊЏ", "LJNJDŽ"),
        ("Џ2", "Dž2"),
        ("МЛ. ЊЕГА Његова", "ML. NJEGA Njegova"),
        ("ДžЊ", "DžNj"),
        ("PDF документ ОШ „Џон“", "PDF dokument OŠ „Džon“"),
        ("ја\u0301ње", "jánje"),
        ("КО\u0311Њ", "KȎNJ"),
        ("и\u0306", "j"),
        ("Ѓорѓи Ќосев", "Đorđi Ćosev"),
        ("ЩУКА Щука", "ŠČUKA Ščuka"),
        ("Любовь", "Ljubov"),
    ],
)
def test_latin_looks_at_the_neighbours(cyrillic: str, expected: str) -> None:
    assert latin(cyrillic) == expected


def test_fold_agrees_with_every_row_of_the_shared_file() -> None:
    rows = [row for row in shared("search_key_normalisation.csv") if row["input"] not in OTHER_ORTHOGRAPHY]
    wrong = [row for row in rows if fold(row["input"]) not in map(fold, row["expected_match"].split("|"))]
    assert not wrong


def test_loose_brings_every_orthography_together() -> None:
    rows = shared("search_key_normalisation.csv")
    assert len([row for row in rows if row["input"] in OTHER_ORTHOGRAPHY]) == len(OTHER_ORTHOGRAPHY)
    assert not [row for row in rows if loose(row["input"]) not in map(loose, row["expected_match"].split("|"))]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ђорђе Џамић", "djordje dzamic"),
        ("  O'Connor–Љубић\u200b ", "oconnor ljubic"),
        ("Пeтpовић", "petrovic"),  # Latin e and p in a Cyrillic word
        ("Рetrović", "petrovic"),  # Cyrillic Р in a Latin word
        ("Ｎｉｋｏｌａ", "nikola"),
        ("Çela Ştefan Łukasz İbrahim Müller Strauß", "cela stefan lukasz ibrahim muller strauss"),
        ("č\u0323 Ӂ", "c z"),
        ("北京 7", "7"),
        ("", ""),
    ],
)
def test_fold_makes_one_key(text: str, key: str) -> None:
    assert fold(text) == key


@given(ALPHABET)
def test_fold_is_the_same_of_both_scripts_and_of_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    cyrillic = "".join(c for c in text if not c.isascii() and "а" <= c.lower() <= "џ")
    assert fold(latin(cyrillic)) == fold(cyrillic)
    assert sort_key(latin(cyrillic)) == sort_key(cyrillic)


@given(st.lists(ALPHABET | ANY))
def test_a_block_of_lines_is_its_lines(lines: list[str]) -> None:
    block = "\n".join(lines)
    assert latin_lines(block).split("\n") == [latin(line) for line in block.split("\n")]
    assert fold_lines(block).split("\n") == [fold(line) for line in block.split("\n")]


def test_sort_key_orders_by_the_alphabet_whatever_the_script() -> None:
    letters = "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š t u v w x y z ž"
    in_order = [f"{letter}{rest}" for letter in letters.split() for rest in ("", "a", "ž")]
    backwards = in_order[::-1]
    assert sorted(backwards, key=sort_key) == in_order
    mixed = ["Ана Зец", "Ana Žutić", "Ћоса", "Dunja", "Џана", "Đorđe", "Ljubica", "Мара", "Нада", "Njegoš", "100"]
    assert sorted(mixed, key=sort_key) == ["100", *mixed[:-1]]
    assert sort_key("Ђ") == sort_key("đ") == sort_key("Ð")


def test_tables_have_not_drifted_from_the_newest_migration() -> None:
    newest = max(MIGRATIONS.glob("*_text*.sql"))
    assert newest.read_text(encoding="utf-8") == script_sql.sql(), "add a migration with the new SQL and reindex"
    frozen = importlib.import_module(f"zajedno.kernel.migrations.{newest.stem}").SQL
    assert frozen == script_sql.sql()


def differences(texts: list[str]) -> list[tuple[str, str, str, str]]:
    found = []
    for name, function in FUNCTIONS.items():
        with connection.cursor() as cursor:
            cursor.execute(
                f"select app.{name}(t) from unnest(%s::text[]) with ordinality as given(t, nr) order by nr", [texts]
            )
            answers = [row[0] for row in cursor.fetchall()]
        expected = [function(text) for text in texts]
        found += [(name, *row) for row in zip(texts, expected, answers, strict=True) if row[1] != row[2]]
    return found


@pytest.mark.django_db
def test_sql_agrees_on_every_letter_of_the_basic_plane() -> None:
    letters = [c for c in map(chr, range(1, 0xFFFE)) if unicodedata.category(c)[0] in "LMNPSZ"]
    assert len(letters) > 50_000
    wrong = []
    for letter in range(0, len(letters), 8000):
        wrong += differences([f"А{c}a {c}{c}" for c in letters[letter : letter + 8000]])
    assert not wrong


@pytest.mark.django_db
def test_sql_agrees_on_the_shared_files() -> None:
    texts = [
        text
        for name in ("translit_dev.csv", "search_key_normalisation.csv")
        for row in shared(name)
        for text in row.values()
    ]
    assert not differences(texts + [text.upper() for text in texts] + [text.title() for text in texts])


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(st.lists(ALPHABET | ANY, min_size=20, max_size=60))
def test_sql_agrees_on_invented_texts(texts: list[str]) -> None:
    assert not differences(texts)


@pytest.mark.django_db
def test_sql_functions_can_be_indexed_and_give_null_for_null() -> None:
    with connection.cursor() as cursor:
        cursor.execute("create temporary table named (name text)")
        for name in FUNCTIONS:
            cursor.execute(f"create index on named (app.{name}(name))")
            cursor.execute(f"select app.{name}(null)")
            assert cursor.fetchone() == (None,)


@pytest.mark.django_db
def test_sql_sorts_as_python_does() -> None:
    names = ["Љиљана", "Ana", "Žarko", "Čedomir", "Ћира", "Luka", "Zoran", "Đura", "Dušan", "Џемал", "100", "lj"]
    with connection.cursor() as cursor:
        cursor.execute('select t from unnest(%s::text[]) as given(t) order by app.sort_key(t) collate "C"', [names])
        assert [row[0] for row in cursor.fetchall()] == sorted(names, key=sort_key)
