"""Lists of members as offices keep them: what each row says, or why it says nothing that can be kept."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.files import Rows, delimited, workbook
from zajedno.kernel.spreadsheets import all_sayings, read_table
from zajedno.kernel.spreadsheets.asides import split_asides
from zajedno.networks.enums import MemberRole
from zajedno.networks.logic import member_rows
from zajedno.networks.logic.member_rows import Said
from zajedno.places.enums import Sector
from zajedno.places.logic import arriving

TODAY, FIFTH = date(2026, 9, 15), datetime(2026, 3, 5)  # noqa: DTZ001  # as workbooks keep a day


def read(content: bytes, since: date | None = None) -> list[Said]:
    table = read_table(content, member_rows.headings())
    return list(member_rows.said(table, split_asides(table)[0], TODAY, since))


CYRILLIC: Rows = [
    ["РЕШЕЊЕ О ИМЕНОВАЊУ ЧЛАНОВА МРЕЖЕ"], ["Прилог 1: списак чланова"], [],
    ["Р.бр.", "Назив установе", "Сектор", "Име и презиме", "Функција", "Заменик члана", "Е-пошта",
     "Мандат од", "Мандат до"],
    [], ["ОБРАЗОВАЊЕ"],
    [1, "ОШ „Пример”", "образовање", "Ана Вуковић", "председница", "Јелена Марић", "ana@demo.invalid", "5.3.2026.",
     "4. 3. 2030."],
    [2, "Дом здравља", "здравство", "др Besa Krasniqi", "чланица", "-", None, FIFTH, "/"],
    [3, "Полицијска станица", None, "Милан Мунић", "заменик члана", None, None, "2026-03-05", "до даљег"],
    [None, "Напомена: састав мреже мења Скупштина."], ["Укупно чланова", 3],
]  # fmt: skip
OTHERS: dict[str, Rows] = {
    "sr-latn": [["Ustanova", "Ime", "Prezime", "Uloga", "Od"],
                ["Škola", "Đorđe", "Njegić", "koordinator", "5. mart 2026."]],
    "bs": [["Institucija", "Prezime i ime", "Svojstvo", "Datum imenovanja"],
           ["Škola", "Đorđe Njegić", "Koordinatorica", "05.03.2026"]],
    "hr": [["Organizacija", "Član", "Dužnost", "Imenovan"],
           ["Škola", "Đorđe Njegić", "Koordinator", "5. ožujka 2026."]],
    "en": [["Institution", "Full name", "Role", "Since"], ["School", "Đorđe Njegić", "Coordinator", "2026-03-05"]],
    "hu": [["Intézmény", "Név", "Szerep", "Mettől"], ["Iskola", "Đorđe Njegić", "Koordinátor", "2026. 03. 05."]],
    "sq": [["Institucioni", "Emri dhe mbiemri", "Roli", "Që nga"],
           ["Shkolla", "Đorđe Njegić", "Koordinator", "5.3.2026"]],
}  # fmt: skip


def test_a_workbook_with_titles_sections_and_notes() -> None:
    first, second, third = read(workbook(CYRILLIC, "A1:I1", "A2:I2", "A6:I6"))
    assert first == Said(
        7, "Ана Вуковић", "ОШ „Пример”", "education", "chair", "Јелена Марић", "ana@demo.invalid", date(2026, 3, 5),
        date(2030, 3, 4),
    )  # fmt: skip
    assert second == Said(8, "др Besa Krasniqi", "Дом здравља", "health", since=date(2026, 3, 5))
    assert third == Said(9, "Милан Мунић", "Полицијска станица", since=date(2026, 3, 5), is_deputy=True)


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages(language: str) -> None:
    (row,) = read(workbook(OTHERS[language]))
    assert not row.faults
    assert (row.person, row.role, row.since) == ("Đorđe Njegić", "coordinator", date(2026, 3, 5))


@pytest.mark.parametrize(("encoding", "language"), [("cp1250", "sr-latn"), ("utf-8", "hr"), ("utf-16", "bs")])
def test_encodings(encoding: str, language: str) -> None:
    assert [row.person for row in read(delimited(OTHERS[language], encoding, "\t"))] == ["Đorđe Njegić"]
    cyrillic = [row for row in CYRILLIC if len(row) > 4]
    assert [row.person for row in read(delimited(cyrillic, "cp1251"))] != []


GOOD = {"Ustanova": "Škola", "Ime i prezime": "Ana Anić", "Uloga": "član", "Sektor": "obrazovanje", "E-mail": "a@b.rs",
        "Od": "1.1.2026.", "Do": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"Ustanova": None}, "no_institution"), ({"Ime i prezime": " – "}, "no_person"), ({"Od": None}, "no_since"),
        ({"Od": "30.2.2026."}, "date_impossible"), ({"Do": "31.12.2025."}, "days_turned"),
        ({"Do": "kasnije"}, "date_unreadable"),
        ({"E-mail": "ana(at)b.rs"}, "not_email"), ({"Uloga": "kum"}, "role_unknown"),
        ({"Sektor": "letenje"}, "sector_unknown"), ({"Ime i prezime": "A" * 201}, "too_long"),
    ],
)  # fmt: skip
def test_each_fault_is_found(changed: dict[str, Any], code: str) -> None:
    cells = GOOD | changed
    (row,) = read(workbook([list(cells), [*cells.values()]]))
    assert [one.code for one in row.faults] == [code]
    assert code in {**all_sayings(), **arriving.SENTENCES, **member_rows.SENTENCES}


@pytest.mark.parametrize(
    ("text", "role"),
    [("Заменик председника", "member"), ("Predsjednica", "chair"), ("член", ""), ("zamjenica", "deputy"),
     ("члан - секретар", "secretary"), ("Koordinatorka mreže", "coordinator"),
     ("Elnök", "chair"), ("Anëtar", "member")],
)  # fmt: skip
def test_roles(text: str, role: str) -> None:
    assert member_rows.begun(member_rows.ROLES, text) == role
    assert set(member_rows.ROLES) == {*MemberRole.values, "deputy"}


@pytest.mark.parametrize(
    ("post", "role"),
    [("psiholog", "member"), ("председник општине", "member"), ("predsjednica tima", "chair"),
     ("координатор", "coordinator"), ("direktorka škole", "member")],
)  # fmt: skip
def test_a_post_elsewhere_is_no_role_in_the_body(post: str, role: str) -> None:
    cells = ["Škola", "Ana", post, "1.1.2026. – 31.12.2029.", "tel. 024/555-333, ana@demo.invalid"]
    (row,) = read(workbook([["Ustanova", "Ime i prezime", "Funkcija", "Mandat", "Kontakt"], cells]))
    assert not row.faults
    assert (row.role, row.email, row.since, row.until) == (
        role, "ana@demo.invalid", date(2026, 1, 1), date(2029, 12, 31),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "sector"),
    [("Полицијска станица", "justice"), ("Osnovni sud u Zenici", "justice"), ("Općinski sud", "justice"),
     ("Општинска управа, одељење за образовање", "local_government"), ("OŠ „Primer“", "education"),
     ("Dom zdravlja", "health"),
     ("Центар за социјални рад", "social_protection"),
     ("Udruženje roditelja", "civil_society"),
     ("Црвени крст", "civil_society"), ("Министарство просвете", "national"), ("Kovačević d.o.o.", ""),
     ("Gradska biblioteka", "")],
)  # fmt: skip
def test_the_sector_that_a_name_tells_of(name: str, sector: str) -> None:
    assert member_rows.sector_of(name) == sector
    assert set(member_rows.SECTORS) == set(Sector.values)
