"""Pages on which plans, budgets, grants and rounds meet, with right and wrong people."""

from decimal import Decimal

import pytest

from tests.programmes.planning import parts
from tests.programmes.test_ties import Tied
from tests.web.panel_world import English, words
from tests.web.test_network_pages import days
from tests.world import World
from zajedno.kernel.clock import today
from zajedno.programmes.actions import draw
from zajedno.programmes.models import Draw, Goal

pytestmark = pytest.mark.django_db
PLANS, BUDGETS, GRANTS = "/network/plans/", "/network/money/budgets/", "/network/money/grants/"


@pytest.fixture
def tied(world: World) -> Tied:
    return Tied(world)


def test_an_activity_is_tied_to_a_line_and_let_go(tied: Tied, go: English) -> None:
    row, csaba = tied.planning.adopted(), go("csaba")
    activity = parts(row)[2]
    here = f"{PLANS}{row.uuid}/parts/{activity.uuid}/lines/"
    assert f'href="{here}"' in words(csaba.get(f"{PLANS}{row.uuid}/parts/{activity.uuid}/progress/"))
    assert "In words: 0902-0001" in words(csaba.get(here))
    wrong = csaba.post(here, {"line": ""})
    assert (wrong.status_code, "Choose “Line of the budget”." in words(wrong)) == (422, True)
    assert csaba.post(here, {"line": str(tied.line.uuid)}).status_code == 302
    plan = words(csaba.get(f"{PLANS}{row.uuid}/"))
    assert f"{tied.year} RSD Радионице" not in plan
    assert f"{tied.year} Радионице" in plan
    assert "0902-0001" not in plan
    line = words(csaba.get(f"{BUDGETS}{tied.budget.uuid}/{tied.line.uuid}/"))
    for text in ("1.1.1 Радионице за родитеље", "120.000,50 RSD", "Activities of plans draw", "own money"):
        assert text in line, text
    assert csaba.post(f"{here}{tied.line.uuid}/off/").status_code == 302
    assert not Draw.objects.exists()
    assert "No activity of a plan draws on it." in words(csaba.get(f"{BUDGETS}{tied.budget.uuid}/{tied.line.uuid}/"))


def test_who_is_only_responsible_ties_nothing(tied: Tied, go: English) -> None:
    row = tied.planning.adopted()
    here = f"{PLANS}{row.uuid}/parts/{parts(row)[2].uuid}/lines/"
    assert go("ana").get(here).headers["Location"] == f"{PLANS}{row.uuid}/"
    assert go("ana").post(here, {"line": str(tied.line.uuid)}).status_code == 403
    assert go("dino").post(here, {"line": str(tied.line.uuid)}).status_code == 403
    assert not Draw.objects.exists()


def test_a_plan_says_what_next_year_has_no_line(tied: Tied, go: English) -> None:
    year = today().year + 1
    row, csaba = tied.planning.plan(first_year=year - 1, years=3), go("csaba")
    one = parts(row)[2]
    title = f"Without a line in the budget of {year}"
    assert "Every activity of that year has its line." in words(csaba.get(f"{PLANS}{row.uuid}/"))
    type(one).objects.filter(pk=one.pk).update(ends_on=one.ends_on.replace(year=year))
    page = words(csaba.get(f"{PLANS}{row.uuid}/"))
    assert title in page
    assert f'href="{PLANS}{row.uuid}/parts/{one.uuid}/lines/"' in page
    later = tied.purse.line(tied.purse.budget(year=year), "Радионице")
    here = f"{PLANS}{row.uuid}/parts/{one.uuid}/lines/"
    assert csaba.post(here, {"line": str(later.uuid), "share": "1.000,10"}).status_code == 302
    assert Draw.objects.get().share == Decimal("1000.10")
    much = csaba.post(here, {"line": str(tied.line.uuid), "share": "120000"})
    assert (much.status_code, "come to more than the planned amount" in words(much)) == (422, True)
    assert "Every activity of that year has its line." in words(csaba.get(f"{PLANS}{row.uuid}/"))
    assert title not in words(csaba.get(f"{PLANS}{tied.planning.plan().uuid}/"))  # a plan of this year only


def test_a_grant_pays_a_line_and_says_what_was_spent(tied: Tied, go: English) -> None:
    grant, csaba = tied.grant(), go("csaba")
    here = f"{BUDGETS}{tied.budget.uuid}/{tied.line.uuid}/"
    assert f'href="{here}grant/"' in words(csaba.get(here))
    assert "It pays no line of a budget yet." in words(csaba.get(f"{GRANTS}{grant.uuid}/"))
    assert csaba.post(f"{here}grant/", {"grant_id": str(grant.pk)}).status_code == 302
    for kind, amount in (("plan", "900"), ("execution", "300,25")):
        assert (
            csaba.post(here, {"kind": kind, "amount": amount, "reason": "Одлука", **days("day", 0)}).status_code == 302
        )
    page = words(csaba.get(here))
    assert "Пратиоци, from Донатор" in page
    assert f'href="{here}grant/"' not in page  # something is spent
    page = words(csaba.get(f"{GRANTS}{grant.uuid}/"))
    for text in ("300,25 RSD", "699,75 RSD", "Радионице", f'href="{here}"'):
        assert text in page, text
    much = csaba.post(here, {"kind": "execution", "amount": "700", "reason": "Рачун", **days("day", 0)})
    assert (much.status_code, "more than is left of the grant" in words(much)) == (422, True)
    named = {"title": "Друго", "grant_id": str(grant.pk)}
    assert csaba.post(f"{BUDGETS}{tied.budget.uuid}/new/", named).status_code == 302
    assert grant.lines.count() == 2
    assert go("ana").post(f"{here}grant/", {"grant_id": ""}).status_code in (403, 404)


def test_a_step_goes_into_a_plan_with_one_button(tied: Tied, go: English) -> None:
    (closed, step), csaba = tied.step(), go("csaba")
    here = f"/network/results/{closed.uuid}/steps/"
    assert "In no plan" in words(csaba.get(here))
    assert csaba.get(f"{here}plan/").headers["Location"] == here  # no plan is open
    row = tied.planning.plan()
    there = f"{here}plan/?step={step.uuid}"
    assert f'href="{there}"' in words(csaba.get(here))
    page = words(csaba.get(there))
    assert f'value="{step.uuid}" checked' in " ".join(page.split())
    sent = {"step": str(step.uuid), "place": str(parts(row)[0].uuid)}
    assert go("ana").get(f"{here}plan/").headers["Location"] == here  # she was asked, and writes no plan
    assert go("ana").post(f"{here}plan/", sent).status_code == 422
    assert go("doctor").get(f"{here}plan/").status_code == 404
    assert csaba.post(f"{here}plan/", sent).headers["Location"] == here
    page = words(csaba.get(here))
    assert "In the plan" in page
    assert f'href="{PLANS}{row.uuid}/"' in page
    assert "Take back" not in page
    assert csaba.post(f"{here}{step.uuid}/back/").status_code == 422
    assert csaba.post(f"{here}plan/", sent).status_code == 422  # not twice
    assert Goal.objects.count() == 1
    page = words(csaba.get(f"{PLANS}{row.uuid}/"))
    assert "From the self-evaluation:" in page
    assert f'href="{here}"' in page
    member = words(go("ana").get(here))
    assert "In the plan" in member
    assert f'href="{PLANS}{row.uuid}/"' not in member


def test_a_tie_of_another_plan_is_not_let_go(tied: Tied, go: English) -> None:
    row, other = tied.planning.plan(), tied.planning.plan()
    with tied.at_work() as by:
        draw.draw(by=by, plan=row, activity=parts(row)[2], line=tied.line)
    to = f"{PLANS}{other.uuid}/parts/{parts(row)[2].uuid}/lines/{tied.line.uuid}/off/"
    assert go("csaba").post(to).status_code == 404
    assert Draw.objects.count() == 1
