"""Calendar of sittings, and one sitting prepared, held and closed."""

import re
from datetime import datetime, timedelta

import pytest

from tests.web.panel_world import Another, English, words
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.casework.models import AgendaItem, Sitting
from zajedno.kernel import clock
from zajedno.web.panel.ical import event
from zajedno.web.shared.hours import hour_of

pytestmark = pytest.mark.django_db


def called(world: World, stories: int = 1, days: int = 2) -> Sitting:
    """A sitting in so many days with that many cases on its agenda."""
    begins = clock.now().replace(second=0, microsecond=0) + timedelta(days=days)
    for number in range(stories):
        story = Another(world, world.child("Маја", f"Савић{number}"))
        story.to_opinions()
        chosen = Sitting.objects.first() or (begins, "Градска кућа, сала 2")
        story.move("csaba", "call_sitting", sitting=chosen)
    return Sitting.objects.get()


@pytest.mark.parametrize(
    ("text", "hour"), [("9", (9, 0)), ("9:30", (9, 30)), ("09.05", (9, 5)), ("930", (9, 30)), ("14 h", (14, 0))]
)
def test_hours_as_people_write_them(text: str, hour: tuple[int, int]) -> None:
    assert hour_of(text) == hour


@pytest.mark.parametrize("text", ["", "25", "9:75", "noon"])
def test_what_is_no_hour(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        hour_of(text)


def test_the_coordinator_calls_a_sitting(world: World, go: English) -> None:
    day = clock.today() + timedelta(days=9)
    data = {"day_day": day.day, "day_month": day.month, "day_year": day.year, "hour": "9.30", "place": "Сала 2"}
    answer = go("csaba").post("/panel/sittings/new/", data)
    row = Sitting.objects.get()
    assert answer.headers["Location"] == f"/panel/sittings/{row.uuid}/"
    assert row.begins.astimezone(clock.ZONE) == datetime(day.year, day.month, day.day, 9, 30, tzinfo=clock.ZONE)
    for who in ("csaba", "goran", "hana"):
        assert "Сала 2" in words(go(who).get("/panel/sittings/"))
    assert go("hana").get("/panel/sittings/new/").status_code == 403


def test_a_day_in_the_past_and_a_wrong_hour_are_said_in_the_form(world: World, go: English) -> None:
    day = clock.today() - timedelta(days=3)
    data = {"day_day": day.day, "day_month": day.month, "day_year": day.year, "hour": "9", "place": "Сала 2"}
    past = go("csaba").post("/panel/sittings/new/", data)
    assert (past.status_code, "would lie in the past" in words(past), "Сала 2" in words(past)) == (422, True, True)
    wrong = go("csaba").post("/panel/sittings/new/", {**data, "hour": "noon"})
    assert (wrong.status_code, "Write the hour as 9:30." in words(wrong)) == (422, True)
    assert not Sitting.objects.exists()


def test_nobody_is_present_before_the_day(world: World, go: English) -> None:
    row = called(world)
    first, *others = row.attendees.all()
    page = f"/panel/sittings/{row.uuid}/"
    ahead = {f"who_{one.account_id}": "excused" for one in others}
    early = {f"who_{first.account_id}": "present", **ahead}
    assert "Nobody is present before the day" in words(go("csaba").post(f"{page}attendance/", early, follow=True))
    go("csaba").post(f"{page}attendance/", {f"who_{first.account_id}": "invited", **ahead})
    assert row.attendees.filter(state="excused").count() == len(others)


def test_a_sitting_is_prepared_held_and_closed(world: World, go: English) -> None:
    row = called(world, days=0)
    page, client = f"/panel/sittings/{row.uuid}/", go("csaba")
    text = words(client.get(page))
    assert "All opinions are in" in text
    assert "No quorum yet" in text
    assert "Not verified in the law" in text
    present = {f"who_{one.account_id}": "present" for one in row.attendees.all()}
    client.post(f"{page}attendance/", present)
    assert "Quorum reached" in words(client.get(page))
    item = AgendaItem.objects.get()
    assert client.post(f"{page}minutes/{item.uuid}/", {"text": "Саслушани су сви."}).status_code == 302
    assert "Саслушани су сви." in words(client.get(f"{page}minutes/{item.uuid}/"))
    early = words(client.post(f"{page}close/", follow=True))
    assert "First record each case on the agenda as held" in early
    Another.of(world, item.case).move("csaba", "hold_sitting")
    client.post(f"{page}close/")
    row.refresh_from_db()
    assert row.state == "held"
    late = words(client.post(f"{page}attendance/", present, follow=True))
    assert "This sitting is over" in late
    assert AuditEntry.objects.filter(verb="casework.open_case_file", detail__page="minutes").exists()


def test_members_look_but_do_not_change(world: World, go: English) -> None:
    row = called(world)
    page, client = f"/panel/sittings/{row.uuid}/", go("hana")
    text = words(client.get(page))
    assert "Keep who came" not in text
    assert "Close the sitting" not in text
    for path in ("attendance/", "close/", "cancel/", "order/"):
        data = {f"who_{one.account_id}": "present" for one in row.attendees.all()}
        data |= {f"place_{one.pk}": "1" for one in row.agenda.all()}
        assert client.post(page + path, data).status_code == 403, path
    assert not row.attendees.filter(state="present").exists()


def test_the_agenda_is_put_in_another_order(world: World, go: English) -> None:
    row = called(world, 3)
    first, second, third = row.agenda.order_by("position")
    go("csaba").post(f"/panel/sittings/{row.uuid}/order/",
                     {f"place_{first.pk}": 1, f"place_{second.pk}": 2, f"place_{third.pk}": 1})  # fmt: skip
    assert list(row.agenda.order_by("position")) == [third, first, second]


def test_only_an_empty_sitting_is_cancelled(world: World, go: English) -> None:
    row = called(world)
    page = f"/panel/sittings/{row.uuid}/"
    assert "First postpone the cases" in words(go("csaba").post(f"{page}cancel/", follow=True))
    row.agenda.all().delete()
    go("csaba").post(f"{page}cancel/")
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_the_calendar_file_tells_nothing_of_the_children(world: World, go: English) -> None:
    row = called(world)
    answer = go("hana").get(f"/panel/sittings/{row.uuid}/calendar.ics")
    text = words(answer)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"DTSTART:{row.begins:%Y%m%dT%H%M%SZ}\r\n" in text
    assert "LOCATION:Градска кућа\\, сала 2\r\n" in text
    for secret in ("Маја", "Савић", AgendaItem.objects.get().case.number):
        assert secret not in text
    assert go("dino").get(f"/panel/sittings/{row.uuid}/calendar.ics").status_code == 403


def test_long_lines_of_the_calendar_file_are_folded(world: World) -> None:
    row = called(world)
    row.place = "Градска кућа, " * 12
    text = event(row)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = re.sub("\r\n ", "", text)
    assert row.place.replace(",", "\\,") in unfolded
