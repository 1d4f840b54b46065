"""A sheet of the social map comes in: seen first, entered whole or not at all, no few people by any way; and out."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from tests.places import factories as places
from zajedno.kernel.refusal import Refused
from zajedno.networks.actions import social as actions
from zajedno.networks.models import GroupThere
from zajedno.networks.rules import KEEP_MAP
from zajedno.places.models import Organisation

pytestmark = pytest.mark.django_db
AT = "/network/social/bring/"
ROWS: list[list[Any]] = [
    ["Социјална мапа општине"], [],
    ["Р. бр.", "Насељено место", "Ранјива група", "Број лица", "Извор податка", "Потребе", "Šta nedostaje", "Вођа"],
    [1, "Келебија", "Ромске породице", "1.200", "Попис 2022", "prevoz", "Нема аутобуса", "х"],
    [2, "Kelebija", "Siromašne porodice", 45.0, "Popis", "novčana prava", None, None],
    [3, "KELEBIJA", "Romi", 60, "Popis", None, None, None],
    [4, "Палић", "Деца са сметњама у развоју и њихове породице", 3, "ЦСР", None, None, None],
    [5, "Палић", "марсовци", 30, "ЦСР", None, None, None],
    [6, "Палић", "Избегле и расељене породице", 12, None, None, None, None],
]  # fmt: skip


class Keeper:
    def __init__(self) -> None:
        self.home = places.organisation("Општина")
        self.account = places.account()
        role = places.role("map-keeper", verbs=[KEEP_MAP.key])
        places.post(account=self.account, organisation=self.home, role=role)
        self.client = Client(headers={"Accept-Language": "en"})
        self.client.force_login(self.account)

    def send(self, content: bytes, name: str = "mapa.xlsx", **data: str) -> str:
        sent = {"file": SimpleUploadedFile(name, content), "organisation": str(self.home.pk), **data}
        return self.client.post(AT, sent).content.decode()

    def enter(self, page: str) -> Any:
        signed = re.search(r'name="rows" value="([^"]+)"', page)
        assert signed, page
        return self.client.post(AT, {"rows": signed[1]})


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


def workbook() -> bytes:
    book, buffer = Workbook(), BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def told() -> set[tuple[str, str, int | None]]:
    return set(GroupThere.objects.values_list("place", "group", "people"))


def test_a_messy_sheet_is_seen_first_and_entered_as_seen(keeper: Keeper) -> None:
    page = keeper.send(workbook(), source="Процена ЦСР")
    assert "3 rows can be entered." in page
    assert "Columns that were not read: Р. бр., Вођа" in page
    for reason in ("row 4 already", "Fewer than five people are not written down", "“марсовци” is not on the list"):
        assert reason in page, reason
    assert not GroupThere.objects.exists()
    assert keeper.enter(page).status_code == 302
    assert told() == {("Келебија", "roma", 1200), ("Келебија", "poverty", 45), ("Палић", "refugee", 12)}
    row = GroupThere.objects.get(group="roma")
    assert (row.needs, row.gap, row.source) == (["transport"], "Нема аутобуса", "Попис 2022")
    assert GroupThere.objects.get(group="refugee").source == "Процена ЦСР"


def test_what_goes_out_comes_in_as_the_same_lines(keeper: Keeper) -> None:
    keeper.enter(keeper.send(workbook(), source="Процена"))
    before = told()
    for language in ("en", "sr", "hu"):
        keeper.client = Client(headers={"Accept-Language": language})
        keeper.client.force_login(keeper.account)
        for ending in ("xlsx", "csv"):
            out = keeper.client.get(f"/network/social/map.{ending}")
            assert out.status_code == 200
            keeper.enter(keeper.send(out.content, f"map.{ending}"))
            assert told() == before
    sheet = load_workbook(BytesIO(keeper.client.get("/network/social/map.xlsx").content)).active
    assert sheet.max_row == 4
    assert keeper.client.get("/network/social/map.exe").status_code == 404


def test_a_sheet_of_another_municipality_is_not_taken(keeper: Keeper) -> None:
    places.territory("Ада", "Ada", "80012")
    page = keeper.send("Општина;Насеље;Група;Број;Извор\nАда;Мол;Роми;40;Попис\n".encode(), "m.csv")
    assert "“Ада” is not the municipality of your institution." in page
    assert 'name="rows"' not in page


def test_one_bad_row_enters_none(keeper: Keeper) -> None:
    page = keeper.send(workbook(), source="Процена")
    GroupThere.objects.create(
        organisation=places.organisation("Друга"), territory=keeper.home.territory, place="Палић", group="refugee",
        told_by=1,
    )  # fmt: skip
    refused = keeper.enter(page)
    assert refused.status_code == 422
    assert "Row 9" in refused.content.decode()
    assert GroupThere.objects.count() == 1
    assert "Another institution has told this line." in keeper.send(workbook(), source="Процена")


def test_few_people_are_not_told_by_what_a_total_leaves(keeper: Keeper) -> None:
    home: Organisation = keeper.home
    by = places.actor(KEEP_MAP.key, at=home)
    actions.tell(by=by, organisation=home, group="roma", place="Келебија", people=17, source="Попис")
    with pytest.raises(Refused):
        actions.tell(by=by, organisation=home, group="roma", people=20, source="Попис")
    sheet = "Група;Насеље;Број;Извор\nРоми;Цела општина;20;Попис\nСиромашни;;30;Попис\n"
    page = keeper.send(sheet.encode(), "m.csv")
    assert "would tell of fewer than five people" in page
    keeper.enter(page)
    assert told() == {("Келебија", "roma", 17), ("", "poverty", 30)}


@pytest.mark.parametrize(
    ("content", "says"), [(b"a;b\n1;2\n", "No column of the sheet"), (b"%PDF-1.7", "cannot be kept")]
)
def test_a_file_that_is_no_map_says_so(keeper: Keeper, content: bytes, says: str) -> None:
    assert says in keeper.send(content, "x.csv")


def test_who_does_not_keep_the_map_brings_nothing(keeper: Keeper) -> None:
    other = places.account()
    places.post(account=other, organisation=keeper.home, role=places.role("reader", verbs=["networks.see_rounds"]))
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(other)
    sent = {"file": SimpleUploadedFile("m.csv", workbook()), "organisation": str(keeper.home.pk)}
    assert client.post(AT, sent).status_code in (403, 422)
