"""What peers' users rely on in everyday work, each by its id in `behaviours.csv`, through verbs and pages."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from tests.casework.everyday import SECRET, Everyday
from tests.casework.test_referral import Referral
from tests.world import World
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.flag import raise_flag, remove_flag
from zajedno.casework.models import Case, Flag, Task
from zajedno.casework.queries import flag as flags
from zajedno.casework.queries import task as tasks
from zajedno.kernel import clock
from zajedno.kernel.fence import acting
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyday(world: World) -> Everyday:
    return Everyday(world)


def at(world: World, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.accounts[who])
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def test_F1_a_flag_needs_a_message_marks_the_case_and_stays_with_the_reason(everyday: Everyday) -> None:
    world, here = everyday.world, f"/work/case/{everyday.case.uuid}/tasks/"
    ana, tomorrow = at(world, "ana"), clock.today() + timedelta(days=1)
    assert "Flagged" not in text(ana.get("/work/"))
    empty = ana.post(f"{here}flag/", {"message": "  ", "due_on": str(tomorrow)})
    assert empty.status_code == 422
    assert str(tomorrow) in text(empty)  # what was filled in is still there
    assert ana.post(f"{here}flag/", {"message": SECRET}).status_code == 302  # a day may be left out
    assert ana.post(f"{here}flag/", {"message": "Позвати школу.", "due_on": str(tomorrow)}).status_code == 302
    without, dated = Flag.objects.order_by("pk")
    assert (without.due_on, dated.due_on, dated.message) == (None, tomorrow, "Позвати школу.")
    assert SECRET.encode() not in bytes(without.sealed)
    for who in ("ana", "maja", "csaba"):
        assert "Flagged" in text(at(world, who).get("/work/"))
        assert SECRET in text(at(world, who).get(f"/work/case/{everyday.case.uuid}/"))
    remove = f"/work/case/{everyday.case.uuid}/flags/{without.uuid}/remove/"
    assert ana.post(remove, {"reason": ""}).status_code == 422
    assert Flag.objects.filter(removed_on=None).count() == 2
    assert ana.post(remove, {"reason": "Нашла је посао."}).status_code == 302
    with everyday.as_("ana"):
        remove_flag(by=world.actor("ana"), file=everyday.file_of("ana"), flag=dated, reason="Позвана је.")
    page = text(ana.get(here))
    assert SECRET in page
    assert "Нашла је посао." in page
    assert "Flagged" not in text(ana.get("/work/"))
    assert SECRET in text(ana.get("/work/flags/?state=removed"))
    assert SECRET not in text(ana.get("/work/flags/"))


def test_F1_by_its_verbs(everyday: Everyday) -> None:
    world, file = everyday.world, everyday.file_of("ana")
    with pytest.raises(Refused, match="empty"):
        raise_flag(by=world.actor("ana"), file=file, message=" ")
    with pytest.raises(Refused, match="past"):
        raise_flag(by=world.actor("ana"), file=file, message="x", due_on=clock.today() - timedelta(days=1))
    flag = everyday.flag("csaba")
    with pytest.raises(NotPermitted):  # the school neither raised it nor keeps the case
        remove_flag(by=world.actor("ana"), file=file, flag=flag, reason="Не треба.")
    with pytest.raises(Refused, match="empty"):
        remove_flag(by=world.actor("csaba"), file=everyday.file_of("csaba"), flag=flag, reason="")
    remove_flag(by=world.actor("goran"), file=everyday.file_of("goran"), flag=flag, reason="Решено.")
    with pytest.raises(Overtaken):
        remove_flag(by=world.actor("csaba"), file=everyday.file_of("csaba"), flag=flag, reason="Решено и код мене.")
    row = Flag.objects.get()
    assert (row.reason, row.removed_by) == ("Решено.", everyday.id("goran"))


def test_F4_the_list_covers_own_group_and_organisation_cases_as_far_as_ties_and_posts_reach(
    everyday: Everyday,
) -> None:
    world, foreign = everyday.world, everyday.another("Савић")
    everyday.hire("milica", "Милица Савић", "class-teacher", "school")  # a role to which the school's ties do not reach
    everyday.flag("ana", message="Анина.")
    everyday.flag("maja", message="Мајина.", due_on=clock.today())
    everyday.flag("csaba", foreign, message="Чабина.")

    def seen(who: str, whose: str = "") -> set[str]:
        with everyday.as_(who):
            rows = flags.listed(world.actor(who), flags.Filter(whose=whose))
            return {row.message for row in rows}

    assert seen("ana", "own") == {"Анина."}
    assert seen("ana", "team") == {"Анина.", "Мајина."}
    assert seen("ana") == {"Анина.", "Мајина.", "Чабина."}
    assert seen("csaba", "team") == {"Чабина."}
    assert seen("csaba") == seen("goran") == {"Анина.", "Мајина.", "Чабина."}
    for who in ("milica", "besa", "dino", "eva"):
        assert seen(who) == set()
    page = text(at(world, "ana").get("/work/flags/?whose=team&due=today"))
    assert "Мајина." in page
    assert "Анина." not in page
    assert "No flag is raised" in text(at(world, "besa").get("/work/flags/"))


def test_F4_the_list_is_paged(everyday: Everyday) -> None:
    for number in range(27):
        everyday.flag("ana", message=f"Застава {number}.")
    first, second = (text(at(everyday.world, "ana").get(f"/work/flags/?page={page}")) for page in (1, 2))
    assert (first.count("Застава"), second.count("Застава")) == (25, 2)


def test_W3_tasks_are_overdue_today_or_next_and_seen_by_managers_and_by_whose_they_are(everyday: Everyday) -> None:
    world = everyday.world
    for days, what in ((-2, "Јуче."), (0, "Данас."), (5, "Ускоро.")):
        everyday.task("csaba", "hana", days=days, what=what)
    everyday.task("goran", "csaba", days=1, what="Чабин.")

    def shown(who: str, query: str = "") -> set[str]:
        page = text(at(world, who).get(f"/work/calendar/?kind=task&{query}"))
        return {what for what in ("Јуче.", "Данас.", "Ускоро.", "Чабин.") if what in page}

    assert shown("hana", "due=overdue") == {"Јуче."}
    assert shown("hana", "due=today") == {"Данас."}
    assert shown("hana", "due=next") == {"Ускоро."}
    assert shown("hana") == {"Јуче.", "Данас.", "Ускоро."}
    assert shown("hana", "whose=team") == shown("hana")  # supervises nobody: the choice is not there
    assert shown("jelena") == shown("ana") == set()
    assert shown("csaba") == {"Чабин."}
    assert shown("csaba", "whose=team") == {"Јуче.", "Данас.", "Ускоро."}
    assert shown("goran", "whose=team") == {"Јуче.", "Данас.", "Ускоро.", "Чабин."}
    assert "2 days late" in text(at(world, "hana").get("/work/calendar/?due=overdue"))
    row = Task.objects.get(due_on=clock.today())
    for who, status in (("hana", 200), ("csaba", 200), ("goran", 200), ("jelena", 404), ("ana", 404)):
        answer = at(world, who).get(f"/work/case/{everyday.case.uuid}/tasks/{row.uuid}/")
        assert answer.status_code == status, who
    assert not tasks.visible(world.actor("jelena")).exists()


def referrals(world: World) -> tuple[Referral, list[Case]]:
    """Three of Ana's referrals: two with consent, one without."""
    referral = Referral(world)
    referral.today = clock.today()
    cases = []
    for number in range(3):
        with acting("none"):  # as the owner, on the day of today: the story before this one was on another
            referral.child = world.child("Маја", f"Савић{number}")
        with referral.as_("ana"):
            referral.case = open_case(
                by=world.actor("ana"), child=referral.child, keeper=world.organisations["school"],
                procedure="referral", initiated_by=world.organisations["school"],
            )  # fmt: skip
        if number < 2:
            referral.consented()
        cases.append(referral.case)
    return referral, cases


def test_R11_many_referrals_are_sent_at_once_and_each_says_what_came_of_it(world: World) -> None:
    referral, cases = referrals(world)
    Case.objects.filter(pk=cases[2].pk).update(number="=1+1")
    ana = at(world, "ana")
    assert "Савић1" in text(ana.get("/work/bulk/"))
    assert ana.post("/work/bulk/", {}).status_code == 422
    bulk = ana.post("/work/bulk/", {"case": [str(case.uuid) for case in cases]})["Location"]
    assert "move:referral:send/" in text(ana.get(bulk))
    act = f"{bulk}move:referral:send/"
    assert ana.post(act, {"note": "Логопед."}).status_code == 422
    sent = {"part-receiver": str(world.organisations["health"].pk), "note": "Логопед."}
    assert ana.post(act, sent)["Location"] == bulk
    preview = text(ana.get(bulk))
    assert "It can be done for 2 cases." in preview
    assert "Nothing is written yet." in preview
    before = {case.pk: case.moves_made for case in Case.objects.all()}
    assert {case.pk: case.moves_made for case in cases[:2]} != {}
    assert not referral.sees("besa")
    assert ana.get(f"{bulk}report.csv").status_code == 404
    assert ana.post(bulk).status_code == 302
    steps = [Case.objects.get(pk=case.pk).step for case in cases]
    assert steps == ["sent", "sent", "created"]
    assert Case.objects.get(pk=cases[2].pk).moves_made == before[cases[2].pk]
    report = text(ana.get(bulk))
    assert "Done for 2 cases." in report
    assert "from there this step is not possible" in report
    content = text(ana.get(f"{bulk}report.csv")).lstrip("\ufeff")
    rows = list(csv.DictReader(StringIO(content)))
    assert [row["State"] for row in rows] == ["Done", "Done", "Not possible"]
    assert rows[2]["Registry number"] == "'=1+1"
    assert "Савић" not in content
    assert ana.post(bulk).status_code == 409  # once
    assert at(world, "besa").get(bulk).status_code == 404


def test_R11_a_referral_is_begun_for_each_child_and_what_is_open_already_is_told(everyday: Everyday) -> None:
    world = everyday.world
    _referral, _cases = referrals(world)
    child = Case.objects.filter(child__family_name="Савић0").get()
    ana = at(world, "ana")
    bulk = ana.post("/work/bulk/", {"case": [str(everyday.case.uuid), str(child.uuid)]})["Location"]
    at_school = f"keeps:{world.organisations['school'].pk}"
    sent = {"at": at_school, "received_on": str(clock.today())}
    assert ana.post(f"{bulk}begin:referral/", sent).status_code == 302
    assert Case.objects.filter(child=everyday.child, version__definition__key="referral").count() == 0
    assert ana.post(bulk).status_code == 302
    made = Case.objects.get(child=everyday.child, version__definition__key="referral")
    page = text(ana.get(bulk))
    assert f"/work/case/{made.uuid}/" in page
    assert "This child already has an open case of this procedure here." in page
    assert ana.post("/work/bulk/", {"case": [str(made.uuid)]}).status_code == 302  # go on with the new ones
