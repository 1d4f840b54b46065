"""Members of a body come in as a list: seen first, entered as seen; nobody gets an account by it."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.files import Rows, delimited, workbook
from tests.networks.bodies import Bodies, later
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.access.models import Account, AuditEntry
from zajedno.networks.models import Body, Member
from zajedno.places.models import Organisation

pytestmark = pytest.mark.django_db
HEAD = ["Р. бр.", "Установа", "Сектор", "Име и презиме", "Улога", "Заменик", "Е-пошта", "Члан од", "Члан до"]
ROWS: Rows = [
    ["Списак чланова мреже", None], [], HEAD, ["ОБРАЗОВАЊЕ И ЗДРАВСТВО"],
    [1, "Osnovna škola Primer", None, "Вуковић Ана", "председница", "Јелена Марић", "ANA@demo.invalid", "5.3.2026."],
    [2, "ДЗ Суботица", None, "Besa Krasniqi", "član", None, None, "2026-03-05", "31.12.2030."],
    [3, "Дом здравља", None, "Jovana Jović", "заменик члана", None, None, "5.3.2026.", None],
    [4, "Полицијска станица", None, "Милан Мунић", "члан", None, "munic@demo.invalid", "5.3.2026.", None],
    [5, "Kovačević d.o.o.", None, "Ivo Ivić", "члан", None, None, "5.3.2026.", None],  # 9
    [6, "Kovačević d.o.o.", "цивилни сектор", "Ива Ивић", "члан", None, None, "5.3.2026.", None],
    [7, "ОШ „Пример”", None, "Ana Vuković", "члан", None, None, "5.3.2026.", None],  # 11: the same person
    [8, "ОШ „Пример”", None, "Пера Перић", "председник", None, None, "5.3.2026.", None],  # 12: a second chair
    [9, None, None, "Мара Марић", "члан", None, None, "5.3.2026.", None],  # 13
    [], ["Укупно", 9], [None, "Напомена: списак је усвојила Скупштина."],
]  # fmt: skip


@pytest.fixture
def bodies(world: World) -> Bodies:
    return Bodies(world)


def address(row: Body) -> str:
    return f"/network/bodies/{row.uuid}/members/bring/"


def send(client: Client, row: Body, content: bytes) -> str:
    sent = {"file": SimpleUploadedFile("spisak.xlsx", content)}
    return unescape(client.post(address(row), sent).content.decode())


def enter(client: Client, row: Body, page: str) -> Any:
    signed = re.search(r'name="rows" value="([^"]+)"', page)
    assert signed, page
    return client.post(address(row), {"rows": signed[1]})


def test_a_messy_list_is_seen_first_and_entered_as_seen(bodies: Bodies, go: English) -> None:
    row, csaba = bodies.set_up(), go("csaba")
    accounts, places = Account.objects.count(), Organisation.objects.count()
    page = send(csaba, row, workbook(ROWS, "A1:I1", "A4:I4"))
    for text in ("4 rows can be entered.", "4 rows are refused.", "not read as rows: 4, 15, 16",
                 "with its name only, sector: Justice and safety", "with its name only, sector: Civil society",
                 "There is no institution “Kovačević d.o.o.” here. Write its sector",
                 "They stand in row 5 already.", "chairs the body then",
                 "Write the institution in this row too"):  # fmt: skip
        assert text in page, text
    assert not Member.objects.exists()
    assert enter(csaba, row, page).status_code == 302
    ana, besa, milan, iva = _by_person()
    assert (ana.account, ana.organisation, ana.role, ana.deputy) == (
        bodies.world.accounts["ana"], bodies.world.organisations["school"], "chair", "Јелена Марић",
    )  # fmt: skip
    assert (besa.organisation, besa.deputy, besa.until) == (
        bodies.world.organisations["health"], "Jovana Jović", date(2031, 1, 1),
    )  # fmt: skip
    assert (milan.organisation, milan.institution, milan.sector, milan.email) == (
        None, "Полицијска станица", "justice", "munic@demo.invalid",
    )  # fmt: skip
    assert (iva.institution, iva.sector, iva.account) == ("Kovačević d.o.o.", "civil_society", None)
    assert (Account.objects.count(), Organisation.objects.count()) == (accounts, places)
    assert AuditEntry.objects.filter(verb="networks.keep_body", detail__list={"new": 4, "changed": 0}).count() == 1
    again = send(csaba, row, workbook(ROWS))
    assert "0 rows can be entered." in again
    assert "4 rows are here already and stay: 5, 6, 8, 10" in again


def _by_person() -> list[Member]:
    found = {one.person: one for one in Member.objects.all()}
    return [found[name] for name in ("Вуковић Ана", "Besa Krasniqi", "Милан Мунић", "Ива Ивић")]


def test_who_sits_already_stays_changes_or_is_refused(bodies: Bodies, go: English) -> None:
    row = bodies.set_up()
    bodies.seat(row, "ana", "school", role="chair")
    bodies.seat(row, "besa", "health")
    bodies.seat(row, "goran", "commission", since=later(-90), until=later(-31))
    bodies.seat(row)
    first, last = later(0).isoformat(), later(20).strftime("%d.%m.%Y.")
    csaba = go("csaba")
    page = send(csaba, row, delimited([
        ["Ustanova", "Ime i prezime", "Uloga", "Zamjenik", "E-mail", "Od", "Do"],
        ["OŠ Primer", "Ana V. Vuković", "predsjednica", "", "ana@demo.invalid", first, last],  # 2: by her address
        ["Dom zdravlja", "Besa Krasniqi", "član", "Novi Zamjenik", "", first, ""],  # 3
        ["OŠ Primer", "Nova Predsjednica", "predsjednica", "", "", later(21).isoformat(), ""],  # 4: after Ana
        ["Policijska stanica", "Milan Munić", "sekretar", "", "", first, ""],  # 5: another role
        ["Interresorna komisija", "Goran Ilić", "član", "", "", later(-60).isoformat(), ""],  # 6: has left
    ], "cp1250"))  # fmt: skip
    assert "3 rows can be entered." in page
    assert "They sit in the body as: Member." in page
    assert "They have left the body." in page
    assert "Read as cp1250" in page
    assert enter(csaba, row, page).status_code == 302
    ana, besa = (Member.objects.get(account=bodies.world.accounts[who]) for who in ("ana", "besa"))
    assert (ana.until, besa.deputy) == (later(21), "Novi Zamjenik")
    assert Member.objects.get(person="Nova Predsjednica").since == later(21)


def test_all_or_nothing_for_this_body_and_for_who_keeps_it(bodies: Bodies, go: English) -> None:
    row, other = bodies.set_up(), bodies.set_up()
    csaba = go("csaba")
    page = send(csaba, row, workbook(ROWS))
    assert enter(csaba, other, page).status_code == 302  # signed for another body: nothing
    bodies.seat(row, "ana", "school")
    refused = enter(csaba, row, page)
    assert refused.status_code == 422
    assert "Row 5" in words(refused)
    assert Member.objects.count() == 1
    assert go("dino").get(address(row)).status_code in (403, 404)
    assert go("ana").get(address(row)).status_code == 302  # who sits in it only reads
    assert "These columns are missing" in send(csaba, row, delimited([["Ime", "Grad"], ["Ana", "Subotica"]]))
