"""Services as their providers keep them, and lists that come in, messy or as HSDS: seen first, whole or not at all."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from tests.places import factories as places
from tests.places.test_directory import service
from zajedno.kernel.clock import today
from zajedno.places.models import Post, Service
from zajedno.places.rules import CHANGE_SERVICE

pytestmark = pytest.mark.django_db
AT = "/manage/services/bring/"
# As an office keeps it: a title, two scripts, ages as words and as what Excel makes of 3-7, a number as a float.
ROWS: list[list[Any]] = [
    ["Попис услуга у општини"], [],
    ["Р. бр.", "Назив услуге", "Установа", "Узраст", "Област", "Цена", "Телефон", "Проверено",
     "Језици"],
    [1, "Логопедски третман", "Дом здравља", "3 - 7 год.", "говор, развој", "бесплатно", "024/555-333", "1. 3. 2026.",
     "srpski, мађарски"],
    [2.0, "Lični pratilac", "DOM ZDRAVLJA", "od 6", "lični pratilac", "1.200 din", 24555, "5/6/2026", None],
    [3, None, "Дом здравља", "5", None, None, None, None, None],
    [4, "Превоз", "Непозната установа", "све", "prevoz", None, None, None, None],
    [5, "Igraonica", "Дом здравља", "mlađi", "letenje", "možda", None, "jednom", None],
    [6, "логопедски ТРЕТМАН", "ДЗ Суботица", "3-7", None, None, None, None, None],
    [], [None, "Напомена: списак води служба за друштвене делатности."],
]  # fmt: skip


class Desk:
    """Somebody who keeps the services of one institution and nothing else."""

    def __init__(self) -> None:
        self.home = places.organisation("Дом здравља")
        self.account = places.account()
        role = places.role("service-keeper", verbs=[CHANGE_SERVICE.key])
        places.post(account=self.account, organisation=self.home, role=role)
        self.client = Client(headers={"Accept-Language": "en"})
        self.client.force_login(self.account)

    def send(self, content: bytes, name: str = "usluge.xlsx", **data: str) -> str:
        file = SimpleUploadedFile(name, content)
        return self.client.post(AT, {"file": file, "language": "sr", **data}).content.decode()

    def enter(self, page: str) -> Any:
        signed = re.search(r'name="rows" value="([^"]+)"', page)
        assert signed, page
        return self.client.post(AT, {"rows": signed[1]}, follow=True)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def workbook(rows: list[list[Any]] = ROWS) -> bytes:
    book, buffer = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def test_a_messy_table_is_seen_first_and_entered_as_seen(desk: Desk) -> None:
    page = desk.send(workbook(), is_public="on")
    assert "2 rows can be entered." in page
    assert "4 rows are refused." in page
    assert "not read as rows: 11" in page
    assert not Service.objects.exists()
    answer = desk.enter(page)
    assert "new services 2, changed 0" in answer.content.decode()
    first, second = Service.objects.order_by("id")
    assert (first.age_from, first.age_until, first.fee, first.needs) == (3, 7, "free", ["speech", "early"])
    assert (first.languages, first.phone, first.checked_on.isoformat()) == (["sr", "hu"], "024/555-333", "2026-03-01")
    assert (second.age_from, second.age_until, second.fee, second.fee_note) == (6, None, "paid", "1.200 din")
    assert (second.phone, second.needs, second.is_public) == ("24555", ["daily"], True)


def test_each_refused_row_says_why(desk: Desk) -> None:
    page = desk.send(workbook())
    for reason in (
        "The name of the service is missing.", "There is no institution “Непозната установа” here",
        "“letenje” is not on the list of needs.", "Write free, partly or paid.", "Write an age in years",
        "Write a day here", "The same service stands in row 4 already.",
    ):  # fmt: skip
        assert reason in page, reason
    signed = re.search(r'name="refused" value="([^"]+)"', page)
    assert signed
    out = desk.client.post(AT, {"refused": signed[1]})
    sheet = load_workbook(BytesIO(out.content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["6", "7", "8", "9"]


def test_a_table_of_bytes_in_an_old_encoding_and_sent_twice(desk: Desk) -> None:
    text = "Usluga;Uzrast od;Uzrast do;Besplatno\nPsihološko savetovalište;6;18;da\n".encode("cp1250")
    page = desk.send(text, "usluge.csv", organisation=str(desk.home.uuid))
    assert "Columns that were not read: Besplatno" in page
    desk.enter(page)
    again = desk.send(text.replace(b";18;", b";16;"), "usluge.csv", organisation=str(desk.home.uuid))
    assert ">changed<" in again.replace(" ", "").replace("\n", "")
    desk.enter(again)
    assert [(str(one), one.age_until) for one in Service.objects.all()] == [("Psihološko savetovalište", 16)]


def test_hsds_comes_in_by_the_same_page_and_broken_ones_say_where(desk: Desk) -> None:
    good = {"id": "7f9a5b0e-5c53-4a56-8f0e-1d1f7e2ad001", "name": "Логопед", "status": "active",
            "organization": {"id": str(desk.home.uuid), "name": "x", "description": "y"}}  # fmt: skip
    bad = {**good, "id": "x", "status": "open"}
    del bad["name"]
    page = desk.send(json.dumps([good, bad]).encode(), "services.json")
    assert "1 row can be entered." in page
    assert "“name” is missing." in page
    assert "status: Here must stand one of these: active" in page
    desk.enter(page)
    assert Service.objects.get().kept["id"] == good["id"]
    assert "This is not a JSON file." in desk.send(b"{", "services.json")


def test_what_was_not_shown_is_not_entered_and_one_bad_row_enters_none(desk: Desk) -> None:
    assert desk.client.post(AT, {"rows": "made-up"}, follow=True).status_code == 200
    page = desk.send(workbook())
    other = places.organisation("Школа")
    Post.objects.update(organisation=other)
    signed = re.search(r'name="rows" value="([^"]+)"', page)
    assert signed
    refused = desk.client.post(AT, {"rows": signed[1]})
    assert refused.status_code == 422
    assert "Row 4" in refused.content.decode()
    assert not Service.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "empty"), (b"%PDF-1.7 x", "cannot be kept"), (b"a;b\n1;2\n", "No column")]
)
def test_a_file_that_is_no_list_says_so(desk: Desk, content: bytes, says: str) -> None:
    assert says in desk.send(content, "x.csv")


def test_the_keeper_sees_what_nobody_checked_and_says_that_it_is_still_so(desk: Desk) -> None:
    mine = service(organisation=desk.home, checked_on=None)
    service("Туђа", organisation=places.organisation("Школа"))
    page = desk.client.get("/manage/services/").content.decode()
    assert "1 public service on this page was not checked" in page
    assert "Tuđa" not in page
    assert desk.client.post(f"/manage/services/{mine.uuid}/check/").status_code == 302
    mine.refresh_from_db()
    assert mine.checked_on == today()
    assert "was not checked" not in desk.client.get("/manage/services/").content.decode()


def test_the_keeper_enters_and_changes_a_service_and_the_form_comes_back_filled(desk: Desk) -> None:
    new = f"/manage/institutions/{desk.home.uuid}/services/new/"
    wrong = desk.client.post(new, {"name": "Логопед", "age_from": "9", "age_until": "3", "needs": ["speech"]})
    assert wrong.status_code == 422
    assert 'value="speech"' in wrong.content.decode()
    sent = {"name": "Логопед", "needs": ["speech", "early"], "languages": ["sr"], "fee": "free", "is_public": "on"}
    assert desk.client.post(new, sent).url == "/manage/services/"
    one = Service.objects.get()
    assert (one.needs, one.languages, one.fee, one.is_public, one.checked_on) == (
        ["speech", "early"], ["sr"], "free", True, today(),
    )  # fmt: skip
    at = f"/manage/services/{one.uuid}/"
    assert 'value="early"' in desk.client.get(at).content.decode()
    desk.client.post(at, {**sent, "url": "javascript:alert(1)"})
    one.refresh_from_db()
    assert one.url == ""


def test_somebody_elses_service_is_as_none(desk: Desk) -> None:
    other = service(organisation=places.organisation("Школа"))
    for path in ("", "check/", "end/"):
        assert desk.client.post(f"/manage/services/{other.uuid}/{path}").status_code == 404
    assert desk.client.get(f"/manage/institutions/{other.organisation.uuid}/services/new/").status_code == 404


def test_the_keeper_takes_the_services_out_whole_and_names_people_by_own_word(desk: Desk) -> None:
    record = {"id": "7f9a5b0e-5c53-4a56-8f0e-1d1f7e2ad001", "name": "Логопед", "status": "active",
              "contacts": [{"id": "7f9a5b0e-5c53-4a56-8f0e-1d1f7e2ad002", "name": "Јелена Перић"}],
              "organization": {"id": str(desk.home.uuid), "name": "Дом здравља", "description": "y"}}  # fmt: skip
    desk.enter(desk.send(json.dumps(record).encode(), "services.json", is_public="on"))
    service("Туђа", organisation=places.organisation("Школа"))
    assert json.loads(desk.client.get("/manage/services/hsds.json").content) == {"contents": [record]}
    one = Service.objects.get(organisation=desk.home)
    address = f"/manage/services/{one.uuid}/"
    assert "names_people" in desk.client.get(address).content.decode()
    data = {"name": "Логопед", "is_public": "on", "names_people": "on"}
    assert desk.client.post(address, data).status_code == 302
    assert "Перић" in desk.client.get(f"/services/hsds/services/{one.uuid}").content.decode()
    own = service(organisation=desk.home)
    assert "names_people" not in desk.client.get(f"/manage/services/{own.uuid}/").content.decode()
