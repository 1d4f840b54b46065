"""The pages of the commission's desk, with right and wrong people."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casework.test_story import Story
from tests.places import factories as places
from tests.web.panel_world import Another, English, words
from tests.world import World
from zajedno.casework.queries.annual import figures
from zajedno.casework.queries.panel import inbox
from zajedno.kernel import clock

pytestmark = pytest.mark.django_db
LISTS = ("/panel/", "/panel/cases/", "/panel/sittings/", "/panel/follow-up/", "/panel/deadlines/")
UNKNOWN = "0d6f3f2e-7f59-4c1b-9d0e-6f2f6a0c1234"


@pytest.mark.parametrize("path", LISTS)
def test_lists_open_for_the_commission_and_nobody_else(world: World, go: English, path: str) -> None:
    Story(world).to_implementation()
    for who in ("csaba", "goran", "hana"):
        assert go(who).get(path).status_code == 200
    for who in ("dino", "eva"):
        assert go(who).get(path).status_code == 403
    assert Client().get(path).headers["Location"] == f"/login/?next={path}"


@pytest.mark.parametrize("path", ["case/{}/decide/", "case/{}/opinion/"])
def test_a_foreign_and_an_invented_case_are_the_same_to_a_stranger(world: World, go: English, path: str) -> None:
    """A member of another commission: same status, same page, same number of queries."""
    story = Story(world)
    story.to_deciding()
    other = places.organisation("Друга комисија", kind=world.organisations["commission"].kind, code="w-other")
    places.Post.objects.create(
        account=world.accounts["dino"], organisation=other, role_id="commission-president", since=clock.today()
    )
    answers = []
    for uuid in (story.case.uuid, UNKNOWN):
        client = go("dino")
        with CaptureQueriesContext(connection) as queries:
            response = client.get("/panel/" + path.format(uuid))
        answers.append((response.status_code, words(response).replace(str(uuid), ""), len(queries)))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


def test_the_inbox_says_what_waits_by_part(world: World, go: English) -> None:
    story = Story(world)
    story.move("ana", "submit")
    assert "New requests to register" in words(go("csaba").get("/panel/"))
    assert "Nothing waits for you" in words(go("goran").get("/panel/"))
    story.move("csaba", "register", registry_number="auto")
    assert "Requests to check for completeness" in words(go("csaba").get("/panel/"))
    assert "Њежић" in words(go("csaba").get("/panel/cases/?queue=complete"))
    assert "Њежић" not in words(go("csaba").get("/panel/cases/?queue=register"))


def test_members_see_the_opinion_they_owe_until_it_is_written(world: World, go: English) -> None:
    story = Story(world)
    story.to_consented()
    story.move("goran", "appoint_interim_member", **{"part:interim_member": world.accounts["ana"]})
    story.move("csaba", "schedule", date=clock.today(), place="Школа")
    story.move("csaba", "begin_assessment")
    for who in ("goran", "hana", "jelena", "ana"):
        assert "Opinions you owe" in words(go(who).get("/panel/")), who
    assert "Opinions you owe" not in words(go("csaba").get("/panel/"))
    assert f"/panel/case/{story.case.uuid}/opinion/" in words(go("hana").get("/panel/cases/?queue=opinion"))
    story.move("hana", "write_individual_opinion", opinion="Потребна је подршка.")
    assert "Opinions you owe" not in words(go("hana").get("/panel/"))
    assert "Opinions you owe" in words(go("jelena").get("/panel/"))


def test_an_overdue_case_stands_first(world: World, go: English) -> None:
    story = Story(world)
    story.move("ana", "submit")
    running = story.case.clocks.get()
    running.due_on = running.started_on
    running.save()
    assert "Late" not in words(go("csaba").get("/panel/")).split("</main>")[0].split("z-columns")[1].split("z-card")[0]
    with clock.on(clock.today() + timedelta(days=3)):
        page = words(go("csaba").get("/panel/"))
        assert "1 late" in page
        assert "Њежић" in words(go("csaba").get("/panel/deadlines/?when=late"))
        assert "Not verified in the law" in words(go("csaba").get("/panel/deadlines/?when=late"))
        assert "Њежић" in words(go("csaba").get("/panel/cases/?due=late"))


def test_the_list_of_cases_is_narrowed(world: World, go: English) -> None:
    story = Story(world)
    story.move("ana", "submit")
    story.move("csaba", "register", registry_number="IRK-7")
    client, year = go("csaba"), clock.today().year
    found = {"step=completeness": 1, "step=draft": 0, "initiator=institution": 1,
             "initiator=parent": 0, f"year={year}": 1, "due=month": 0, "state=closed": 0, "state=all": 1}  # fmt: skip
    for query, count in found.items():
        assert ("Њежић" in words(client.get(f"/panel/cases/?{query}"))) == bool(count), query
    assert client.get("/panel/cases/?year=x&step=none&page=ninety").status_code == 200


def test_queries_do_not_grow_with_the_cases(world: World, go: English) -> None:
    counts: dict[str, list[int]] = {path: [] for path in ("/panel/", "/panel/cases/", "/panel/deadlines/?when=later")}
    for many in (1, 4):
        for number in range(many):
            story = Another(world, world.child("Маја", f"Савић{many}{number}"))
            story.move("ana", "submit")
        for path, found in counts.items():
            client = go("csaba")
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            found.append(len(queries))
    assert all(first == second for first, second in counts.values()), counts


def test_a_year_in_numbers(world: World, go: English) -> None:
    story = Story(world)
    story.to_implementation()
    Another(world, world.child("Маја", "Савић")).move("ana", "submit")
    year = figures(world.actor("csaba"), clock.today().year)
    assert (year.received, year.decided, year.in_time, year.late, year.still_open) == (2, 1, 1, 0, 1)
    assert figures(world.actor("csaba"), clock.today().year - 1).received == 0
    assert figures(world.actor("dino"), clock.today().year).received == 0
    assert "2 received, 1 decided" in words(go("hana").get("/panel/cases/"))


def test_two_cases_in_a_queue_are_counted_once_each(world: World, go: English) -> None:
    for number in range(3):
        Another(world, world.child("Маја", f"Савић{number}")).move("ana", "submit")
    late = Another(world, world.child("Енис", "Хоџић"))
    late.move("ana", "submit")
    running = late.case.clocks.get()
    with clock.on(running.due_on + timedelta(days=1)):
        page = words(go("csaba").get("/panel/"))
    assert "4 cases" in page
    assert "4 late" in page
    (waiting,) = inbox(world.actor("csaba"))
    assert (waiting.queue.key, waiting.count, waiting.late, waiting.nearest) == ("register", 4, 0, running.due_on)
    assert inbox(world.actor("dino")) == []
