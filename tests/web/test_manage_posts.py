"""Appointing, ending and closing through the forms: what is refused is shown again, filled."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.places import factories
from tests.web.manage_world import administered, at, client_of
from tests.world import World
from zajedno.access.models import Account, AuditEntry, Invitation, Message
from zajedno.kernel.clock import today
from zajedno.places.models import Organisation, Post, Service

pytestmark = pytest.mark.django_db
NEW = {"email": "zorica@demo.invalid", "name": "Зорица Љубичић", "language": "sr", "role": "school-associate"}


@pytest.fixture
def world() -> World:
    return administered()


@pytest.fixture
def mira(world: World) -> Client:
    return client_of(world, "mira")


def since(day: date) -> dict[str, str]:
    return {"since_day": str(day.day), "since_month": str(day.month), "since_year": str(day.year)}


def on(day: date) -> dict[str, str]:
    return {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}


def test_a_person_who_is_not_here_is_invited_and_appointed_at_once(world: World, mira: Client) -> None:
    school = world.organisations["school"]
    response = mira.post(at(school, "appoint/"), NEW | since(today()))
    assert (response.status_code, response["Location"]) == (302, at(school))
    account = Account.objects.get(email="zorica@demo.invalid")
    assert Post.objects.get(account=account).appointed_by_id == world.accounts["mira"].pk
    assert Invitation.objects.filter(account=account).count() == 1
    assert "http://testserver/invitation/" in Message.objects.get(key__startswith="invitation").body
    assert str(account.uuid) in mira.get("/manage/").content.decode(), "the invitation waits on the first page"


def test_a_person_who_is_here_is_only_appointed(world: World, mira: Client) -> None:
    dino = world.accounts["dino"]
    dino.set_password("tri reči i četvrta")
    dino.save()
    form = NEW | {"email": "DINO@demo.invalid", "name": ""} | since(today())
    assert mira.post(at(world.organisations["school"], "appoint/"), form).status_code == 302
    assert Post.objects.filter(account=dino).count() == 2
    assert not Invitation.objects.exists()
    letter = Message.objects.get(account=dino)
    assert "ОШ „Пример”" in letter.body


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"name": ""}, 422),  # nobody knows this address
        ({"email": "no address"}, 422),
        ({"role": "platform-administrator"}, 422),  # not among the roles of the form
        ({"since_day": "31", "since_month": "2"}, 422),
        ({"until_day": "1", "until_month": "1", "until_year": "2020"}, 422),
    ],
)
def test_a_refused_appointment_is_shown_again_filled(
    world: World, mira: Client, changes: dict[str, str], status: int
) -> None:
    before = Account.objects.count(), Post.objects.count(), Message.objects.count()
    form = NEW | since(today()) | {"title": "Психолог „Ђ“"} | changes
    response = mira.post(at(world.organisations["school"], "appoint/"), form)
    assert response.status_code == status
    page = response.content.decode()
    assert "govuk-error-summary" in page
    assert f'value="{form["email"]}"' in page
    assert 'value="Психолог „Ђ“"' in page
    assert (Account.objects.count(), Post.objects.count(), Message.objects.count()) == before


def test_people_are_offered_by_name_and_chosen_without_an_address_in_the_link(world: World, mira: Client) -> None:
    path = at(world.organisations["school"], "appoint/")
    found = mira.get(f"{path}?q=vukovic").content.decode()
    assert f"?person={world.accounts['ana'].uuid}" in found
    assert str(world.accounts["besa"].uuid) not in mira.get(f"{path}?q=besa").content.decode()
    chosen = mira.get(f"{path}?person={world.accounts['ana'].uuid}").content.decode()
    assert 'value="ana@demo.invalid"' in chosen
    assert mira.get(f"{path}?person={world.accounts['besa'].uuid}").status_code == 404


def test_ending_a_post_needs_a_reason_and_the_right_role(world: World, mira: Client) -> None:
    post = Post.objects.get(account=world.accounts["ana"])
    refused = mira.post(at(post, "end/"), on(today()) | {"reason": ""})
    assert refused.status_code == 422
    early = mira.post(at(post, "end/"), on(post.since - timedelta(days=1)) | {"reason": "Грешка"})
    assert early.status_code == 422
    assert "Грешка" in early.content.decode()
    assert mira.post(at(post, "end/"), on(today()) | {"reason": "Одлазак"}).status_code == 302
    assert world.actor("ana").seats == ()
    again = mira.post(at(post, "end/"), on(today()) | {"reason": "Опет"})
    assert again.status_code == 409
    page = mira.get(at(world.organisations["school"])).content.decode()
    assert "Одлазак" in page, "the history of the institution keeps the reason"


def test_an_account_is_closed_by_who_may_end_all_its_posts(world: World, mira: Client) -> None:
    ana, besa_too = world.accounts["ana"], world.organisations["health"]
    assert mira.post(at(ana, "state/"), {"close": "1"}).status_code == 302
    ana.refresh_from_db()
    assert not ana.is_active
    assert world.actor("ana").seats == ()
    assert AuditEntry.objects.filter(verb="access.close_account", subject=str(ana.uuid)).count() == 1
    assert mira.post(at(ana, "state/")).status_code == 302
    Post.objects.create(account=ana, organisation=besa_too, role_id="visiting-nurse", since=date(2020, 1, 1))
    assert mira.post(at(ana, "state/"), {"close": "1"}).status_code == 403
    ana.refresh_from_db()
    assert ana.is_active
    assert b"state/" not in mira.get(at(ana)).content
    assert client_of(world, "admin").post(at(ana, "state/"), {"close": "1"}).status_code == 302


def test_nobody_closes_themselves_nor_the_administrator_above(world: World, mira: Client) -> None:
    assert mira.post(at(world.accounts["mira"], "state/"), {"close": "1"}).status_code == 422
    admin = world.accounts["admin"]
    factories.Post.objects.create(
        account=admin, organisation=world.organisations["school"], role_id="administrator", since=date(2020, 1, 1)
    )
    assert mira.post(at(admin, "state/"), {"close": "1"}).status_code == 403
    admin.refresh_from_db()
    assert admin.is_active


def test_an_invitation_is_sent_again_until_it_is_accepted(world: World, mira: Client) -> None:
    ana = world.accounts["ana"]
    assert mira.post(at(ana, "invite/")).status_code == 302
    assert mira.post(at(ana, "invite/")).status_code == 302
    assert Invitation.objects.filter(account=ana).count() == 2
    ana.set_password("tri reči i četvrta")
    ana.save()
    assert mira.post(at(ana, "invite/")).status_code == 422
    assert Invitation.objects.filter(account=ana).count() == 2


def test_no_page_of_a_person_shows_a_password_or_a_token(world: World, mira: Client) -> None:
    ana = world.accounts["ana"]
    mira.post(at(ana, "invite/"))
    ana.set_password("tri reči i četvrta")
    ana.save()
    page = mira.get(at(ana)).content.decode()
    letter = Message.objects.get(account=ana)
    assert ana.password not in page
    assert letter.body.rpartition("/invitation/")[2].strip("/") not in page


def test_an_institution_is_entered_changed_closed_and_reopened(world: World) -> None:
    admin = client_of(world, "admin")
    territory = world.organisations["school"].territory_id
    form = {"name": "Дом здравља „Ђорђе Њежић”", "kind": "health_centre", "territory": str(territory), "language": "sr",
            "covers": "Subotica"}  # fmt: skip
    wrong = admin.post("/manage/institutions/new/", form | {"territory": "", "email": "x"})
    assert wrong.status_code == 422
    assert "Ђорђе Њежић" in wrong.content.decode()
    made = admin.post("/manage/institutions/new/", form)
    one = Organisation.objects.get(name=form["name"])
    assert made["Location"] == at(one)
    assert (one.code, one.covers.count()) == ("dom-zdravlja-djordje-njezic", 1)
    admin.post("/manage/institutions/new/", form)
    assert Organisation.objects.filter(code="dom-zdravlja-djordje-njezic-2").exists()
    assert admin.post(at(one, "change/"), form | {"covers": "", "phone": "024"}).status_code == 302
    one.refresh_from_db()
    assert (one.phone, one.covers.count()) == ("024", 0)
    assert admin.post(at(one, "close/"), on(today())).status_code == 302
    one.refresh_from_db()
    assert one.active_until == today()
    assert admin.post(at(one, "reopen/")).status_code == 302
    one.refresh_from_db()
    assert one.active_until is None


def test_ones_own_institution_is_changed_but_not_where_it_serves(world: World, mira: Client) -> None:
    school = world.organisations["school"]
    form = {"name": school.name, "kind": school.kind_id, "territory": str(school.territory_id), "language": "sr",
            "covers": "Subotica", "phone": "024 555"}  # fmt: skip
    assert mira.post(at(school, "change/"), form).status_code == 302
    school.refresh_from_db()
    assert (school.phone, school.covers.count()) == ("024 555", 0)
    assert mira.post(at(school, "close/"), on(today())).status_code == 403
    assert mira.get("/manage/institutions/new/").status_code == 403


def test_services_are_entered_changed_and_ended(world: World, mira: Client) -> None:
    school = world.organisations["school"]
    path = at(school, "services/new/")
    wrong = mira.post(path, {"name": "Јутарњи боравак", "age_from": "9", "age_until": "6"})
    assert wrong.status_code == 422
    assert "Јутарњи боравак" in wrong.content.decode()
    assert mira.post(path, {"name": "Јутарњи боравак", "capacity": "20"}).status_code == 302
    service = Service.objects.get(organisation=school)
    assert service.labels == {"sr": "Јутарњи боравак"}
    assert mira.post(at(service), {"name": "Продужени боравак", "capacity": "25"}).status_code == 302
    assert mira.post(at(service, "end/"), on(today())).status_code == 302
    service.refresh_from_db()
    assert (service.labels["sr"], service.capacity, service.active_until) == ("Продужени боравак", 25, today())
    assert client_of(world, "zoran").get(at(service)).status_code == 404
