"""A sheet from a phone reaches its child, with its pictures, once: recorded requests of ODK Collect."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.web.field_world import JPEG, Field, sheet, visit
from tests.web.openrosa import checked, one, said
from zajedno.access.models import AuditEntry
from zajedno.children.models import Assessment, SubmissionFile
from zajedno.kernel import clock, sealed
from zajedno.kernel.clock import today

pytestmark = pytest.mark.django_db


def test_a_sheet_with_a_picture_reaches_its_child_once_however_often_it_is_sent(field: Field) -> None:
    day = today() - timedelta(days=3)
    xml = sheet(field.code, day=day.isoformat(), home="1757840000000.jpg", note="Мирно")
    for _time in range(3):
        checked(field.phone.send(xml, ("1757840000000.jpg", "image/jpeg", JPEG)), 201)
    row = one()
    sheet_ = Assessment.objects.get()
    key = field.child.data_key.open()
    assert (row.held, row.content, row.assessment) == ("", None, sheet_)
    assert (sheet_.child, sheet_.holds_on, sheet_.retired) == (field.child, day, False)
    assert sheet_.filled_by == field.world.accounts["besa"].pk
    assert sheet_.open(key)["answers"] == {
        "sleeps": "yes", "siblings": "2", "note": "Мирно", "home": "1757840000000.jpg"
    }  # fmt: skip
    picture = SubmissionFile.objects.get()
    assert (picture.name, picture.media_type, picture.size) == ("1757840000000.jpg", "image/jpeg", len(JPEG))
    assert JPEG not in bytes(picture.content)
    assert sealed.unseal(picture.content, picture.bound_to(), key) == JPEG  # under the child's own key
    told = AuditEntry.objects.filter(verb="children.receive_submission").values_list("detail", flat=True)
    assert sorted(sorted(one) for one in told) == [["device", "form", "held"], ["files"]]


def test_its_picture_is_opened_from_the_childs_file(field: Field) -> None:
    field.phone.send(sheet(field.code), ("a.jpg", "image/jpeg", JPEG))
    row, client = Assessment.objects.get(), field.phone.client
    client.force_login(field.world.accounts["besa"])
    here = f"/work/child/{field.child.uuid}/assessments/{row.uuid}/"
    found = f"{here}pictures/{SubmissionFile.objects.get().uuid}/"
    assert f'href="{found}"' in client.get(here).content.decode()
    picture = client.get(found)
    assert (picture.content, picture["Content-Type"]) == (JPEG, "image/jpeg")
    assert picture["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(verb="children.read_field_file").count() == 1
    client.force_login(field.world.accounts["ana"])
    assert client.get(found).status_code == 404


def test_a_sheet_in_parts_is_taken_in_with_the_first_and_gets_all_its_pictures(field: Field) -> None:
    xml = sheet(field.code)
    names = ["a.jpg", "b.jpg", "c.jpg"]
    for at, name in enumerate(names):
        checked(field.phone.send(xml, (name, "image/jpeg", JPEG), more=at < 2), 201)
    checked(field.phone.send(xml, ("b.jpg", "image/jpeg", JPEG + b"other"), more=True), 201)
    assert sorted(one().files.values_list("name", flat=True)) == names
    assert Assessment.objects.count() == 1


def test_as_many_pictures_as_collect_sends_at_once(field: Field) -> None:
    pictures = [(f"{number}.jpg", "image/jpeg", JPEG) for number in range(101)]
    checked(field.phone.send(sheet(field.code), *pictures), 201)
    assert one().files.count() == 101


def test_what_is_no_picture_is_not_kept_and_the_phone_is_told(field: Field) -> None:
    response = field.phone.send(
        sheet(field.code), ("a.jpg", "image/jpeg", b"<script>alert(1)</script>"), ("b.jpg", "image/jpeg", JPEG),
        HTTP_ACCEPT_LANGUAGE="en",
    )  # fmt: skip
    assert "1 file was not kept" in said(checked(response, 201))
    assert [row.name for row in one().files.all()] == ["b.jpg"]


def test_a_retired_version_is_taken_in_and_marked(field: Field) -> None:
    visit(2)
    checked(field.phone.send(sheet(field.code, version="1")), 201)
    assert Assessment.objects.get().retired
    assert Assessment.objects.get().version == field.version


@pytest.mark.parametrize("day", ["", "2099-01-01", "1970-01-01", "yesterday"])
def test_a_phone_with_a_wrong_clock_fills_in_today(field: Field, day: str) -> None:
    xml = sheet(field.code, day=day or "x")
    checked(field.phone.send(xml), 201)
    assert Assessment.objects.get().holds_on == today()


def test_a_file_name_cannot_leave_its_place(field: Field) -> None:
    name = "../../etc/\x01passwd;x.jpg"
    checked(field.phone.send(sheet(field.code), (name, "image/jpeg", JPEG)), 201)
    assert one().files.get().name == "passwdx.jpg"


def test_a_sheet_is_stored_under_its_own_id(field: Field) -> None:
    instance = str(uuid4())
    field.phone.send(sheet(field.code, instance))
    assert one().instance == Assessment.objects.get().instance == UUID(instance)


def test_what_another_institution_has_already_is_not_stored_again(field: Field) -> None:
    instance = str(uuid4())
    field.phone.send(sheet(field.code, instance))
    checked(field.new_phone("ana").send(sheet("1", instance), ("a.jpg", "image/jpeg", JPEG)), 201)
    assert one().organisation == field.here
    assert not one().files.exists()


def test_a_sheet_about_a_day_holds_for_it(field: Field) -> None:
    with clock.on(today() + timedelta(days=30)):
        field.phone.send(sheet(field.code, day=(today() - timedelta(days=20)).isoformat()))
    assert Assessment.objects.get().holds_on > today() - timedelta(days=20)


def test_a_repeat_comes_in_as_a_list(field: Field) -> None:
    xml = sheet(field.code).replace(
        "<meta>", "<visits><on_day>2026-01-02</on_day></visits><visits><on_day>2026-01-05</on_day></visits><meta>"
    )
    field.phone.send(xml)
    kept = Assessment.objects.get().open(field.child.data_key.open())["answers"]
    assert [one["on_day"] for one in kept["visits"]] == ["2026-01-02", "2026-01-05"]
