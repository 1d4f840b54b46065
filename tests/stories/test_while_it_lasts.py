"""A file is open while a post or a tie lasts: not the day before, and no more at the next click after."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.stories.town import Town
from zajedno.access.actions.account import set_active
from zajedno.access.models import Role
from zajedno.casework.models import Case
from zajedno.casework.rules import MOVE_CASE
from zajedno.children.actions.consent import record, withdraw
from zajedno.children.actions.tie import end_tie, share
from zajedno.children.models import Child, Tie
from zajedno.kernel import clock
from zajedno.places.actions.post import end
from zajedno.places.models import Organisation, Post

pytestmark = [pytest.mark.django_db, pytest.mark.pages]  # the next click is one on a page
PAGES = ("", "request/", "papers/", "opinions/", "plan/", "people/", "history/")


def statuses(client: Client, town: Town, *pages: str) -> set[int]:
    return {client.get(f"/work/case/{town.case.uuid}/{page}").status_code for page in pages or PAGES}


def rows(town: Town, who: str) -> tuple[int, int]:
    """Children and cases that the database itself shows somebody."""
    with town.at_work(who):
        return Child.objects.count(), Case.objects.count()


def post_of(town: Town, who: str) -> Post:
    return Post.objects.get(account=town.world.accounts[who])


def test_hana_sees_nothing_before_the_day_of_her_appointment(town: Town) -> None:
    hana = town.client("hana")
    Post.objects.filter(account=town.world.accounts["hana"]).update(since=clock.today() + timedelta(days=1))
    assert statuses(hana, town) == {404}
    assert hana.get("/panel/").status_code == 403
    assert rows(town, "hana") == (0, 0)
    with clock.on(clock.today() + timedelta(days=1)):
        assert statuses(hana, town) == {200}
        assert hana.get("/panel/").status_code == 200
        assert rows(town, "hana") == (2, 2)


def close_institution(town: Town) -> None:
    Organisation.objects.filter(pk=town.world.organisations["commission"].pk).update(active_until=clock.today())


ENDINGS: dict[str, Callable[[Town], object]] = {
    "post": lambda town: town.client("admin").post(
        f"/manage/posts/{post_of(town, 'hana').uuid}/end/", {"on": str(clock.today()), "reason": "Одлази."}
    ),
    "own-post": lambda town: end(
        by=town.world.actor("hana"), post=post_of(town, "hana"), on=clock.today(), reason="Одлазим."
    ),
    "account": lambda town: set_active(by=town.world.actor("admin"), account=town.world.accounts["hana"], active=False),
    "institution": close_institution,
    "role": lambda town: Role.objects.filter(key="commission-member").update(retired_on=clock.today()),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_ends_hanas_work_ends_her_access_at_the_next_click(town: Town, ending: str) -> None:
    hana = town.client("hana")
    assert statuses(hana, town) == {200}
    ENDINGS[ending](town)
    assert statuses(hana, town) == ({302} if ending == "account" else {404})
    assert hana.get(f"/work/child/{town.child.uuid}/").status_code in (302, 403, 404)
    assert hana.get("/panel/").status_code in (302, 403)
    assert not town.traces(hana.get("/work/").content.decode() + hana.get("/panel/").content.decode())
    assert rows(town, "hana") == (0, 0)


def appoint(town: Town, who: str) -> None:
    town.story.move("goran", "appoint_interim_member", **{"part:interim_member": town.world.accounts[who]})


@pytest.fixture
def besa(town: Town) -> Client:
    """Besa, whom nobody but this commission let into this case."""
    besa = town.client("besa")
    assert statuses(besa, town) == {404}
    town.story.move("goran", "return_to_assessment", reason="Треба још један налаз.")
    appoint(town, "besa")
    assert statuses(besa, town) == {200}
    assert besa.get(f"/work/child/{town.child.uuid}/").status_code == 200
    return besa


def close_tie(town: Town) -> None:
    tie = Tie.objects.get(account=town.world.accounts["besa"])
    with town.at_work("csaba") as by:
        end_tie(by=by, verb=MOVE_CASE, tie=tie)


INTERIM: dict[str, Callable[[Town], object]] = {
    "case-ends": lambda town: town.story.move("csaba", "withdraw", reason="Породица одустаје."),
    "consent-withdrawn": lambda town: town.story.move("csaba", "withdraw_consent"),
    "another-appointed": lambda town: appoint(town, "milica"),
    "tie-closed": close_tie,
}


@pytest.mark.parametrize("ending", INTERIM)
def test_an_interim_member_leaves_with_the_case(town: Town, besa: Client, ending: str) -> None:
    INTERIM[ending](town)
    assert statuses(besa, town) == {404}
    assert besa.get(f"/work/child/{town.child.uuid}/").status_code == 404
    assert besa.get("/panel/").status_code == 403
    assert rows(town, "besa") == (0, 0)


def test_a_tie_with_a_last_day_opens_nothing_the_day_after(town: Town, besa: Client) -> None:
    Tie.objects.filter(account=town.world.accounts["besa"]).update(until=clock.today())
    assert statuses(besa, town) == {200}
    with clock.on(clock.today() + timedelta(days=1)):
        assert statuses(besa, town) == {404}
        assert besa.get(f"/work/child/{town.child.uuid}/").status_code == 404


def test_without_consent_the_commission_reads_no_opinion_and_no_plan(town: Town) -> None:
    csaba = town.client("csaba")
    assert statuses(csaba, town, "opinions/", "plan/", "request/") == {200}
    town.story.move("csaba", "withdraw_consent")
    assert statuses(csaba, town, "opinions/", "plan/") == {404}
    assert statuses(csaba, town, "request/", "papers/") == {200}


def test_the_school_keeps_its_pupil_and_loses_the_case(town: Town) -> None:
    ana = town.client("ana")
    town.story.move("csaba", "withdraw", reason="Породица одустаје.")
    assert statuses(ana, town) == {404}
    assert ana.get(f"/work/child/{town.child.uuid}/").status_code == 200


@pytest.fixture
def shared(town: Town) -> tuple[Client, object]:
    """Besa's health centre gives support: the father consented, the commission opened the file to it."""
    health = town.world.organisations["health"]
    with town.at_work("csaba") as by:
        consent = record(
            by=by, child=town.child, purpose="giving-support", recipients=[health], giver=town.child.guardians.get()
        )
        share(by=by, child=town.child, organisation=health, purpose="giving-support", country="RS")
    besa = town.client("besa")
    assert besa.get(f"/work/child/{town.child.uuid}/").status_code == 200
    return besa, consent


def test_a_withdrawn_consent_closes_what_was_shared_under_it(town: Town, shared: tuple[Client, object]) -> None:
    besa, consent = shared
    with town.at_work("csaba") as by:
        withdraw(by=by, consent=consent)
    assert besa.get(f"/work/child/{town.child.uuid}/").status_code == 404
    assert rows(town, "besa") == (0, 0)
