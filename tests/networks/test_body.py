"""Bodies: set up and kept by who holds the verb there, read by who sits in them; seats are taken once."""

import tomllib
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from tests.networks.bodies import Bodies, later
from tests.places import factories as places
from tests.refusal import change, refusal
from tests.web.manage_world import add_administrators
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, WORKER, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.networks.actions import body, body_warning, member
from zajedno.networks.actions.body_load import load_bodies
from zajedno.networks.logic.body_pack import check
from zajedno.networks.logic.quorum import needed
from zajedno.networks.models import Body, BodyFile, Member
from zajedno.networks.queries import body as queries
from zajedno.places.models import Post, Territory
from zajedno.web.manage.pack_bodies import bodies_file

pytestmark = pytest.mark.django_db
PACKS = {"RS": ("rs", 20), "BA": ("ba", 21)}


@pytest.fixture
def bodies(world: World) -> Bodies:
    return Bodies(world)


def test_only_who_holds_the_verb_there_sets_up_and_writes(bodies: Bodies) -> None:
    row = bodies.set_up()
    assert (row.organisation, row.slug) == (bodies.keeper, "mreza-za-inkluzivno-obrazovanje")
    assert AuditEntry.objects.filter(verb="networks.keep_body").latest("moment").detail == {"kind": "network"}
    for who in ("ana", "besa", "dino", "eva"):
        with bodies.at_work(who) as by:
            for act in (
                lambda by=by: body.set_up(by=by, organisation=bodies.keeper.pk, head=bodies.head()),
                lambda by=by: body.change(by=by, body=row, head=bodies.head()),
                lambda by=by: body.end(by=by, body=row, reason="Крај."),
                lambda by=by: member.appoint(
                    by=by, body=row, seat=member.Seat("Ја", institution="Х", sector="health"), since=today()
                ),
            ):
                with pytest.raises(NotPermitted):
                    act()
    with bodies.at_work("csaba") as by, pytest.raises(NotPermitted):
        body.set_up(by=by, organisation=bodies.world.organisations["commission"].pk, head=bodies.head())


@pytest.mark.parametrize(
    ("role", "kind"),
    [("network-coordinator", "network"), ("referral-team-coordinator", "referral_team"),
     ("municipality-officer", "commission")],
)  # fmt: skip
def test_who_coordinates_a_body_keeps_it(bodies: Bodies, role: str, kind: str) -> None:
    ngo = bodies.world.organisations["ngo"]
    Post.objects.create(account=bodies.world.accounts["dino"], organisation=ngo, role_id=role, since=today())
    with bodies.at_work("dino") as by:
        row = body.set_up(by=by, organisation=ngo.pk, head=bodies.head(kind=kind, territory=ngo.territory))
        member.appoint(by=by, body=row, seat=member.Seat("Она", institution="Х", sector="health"), since=today())
        assert list(queries.visible_to(by)) == [row]


def test_a_member_and_a_deputy_read_it_and_others_find_none(bodies: Bodies) -> None:
    row = bodies.set_up()
    bodies.seat(row, "ana", "school", deputy="Јелена Марић", deputy_account=bodies.world.accounts["jelena"].pk)
    old = bodies.seat(row, "besa", "health", since=later(-30))
    with bodies.at_work("csaba") as by:
        member.leave(by=by, member=old, last=later(-1))
    for who in ("csaba", "ana", "jelena"):
        with bodies.at_work(who) as by:
            assert queries.find(by, row.uuid) == row
            assert Member.objects.filter(body=row).count() == 2
            assert queries.keeps(by, row) is (who == "csaba")
    for who in ("besa", "goran", "dino"):
        with bodies.at_work(who) as by:
            with pytest.raises(NotFound):
                queries.find(by, row.uuid)
            assert not Member.objects.exists()


def test_the_database_lets_a_member_change_nothing(bodies: Bodies) -> None:
    row = bodies.seated()
    with bodies.at_work("ana"):
        assert Body.objects.filter(pk=row.pk).update(rules="Моја правила.") == 0
        assert Member.objects.filter(body=row).update(deputy="Неко") == 0
        fields = {"body": row, "seat": 9, "institution": "Х", "sector": "health", "person": "Неко", "since": today()}
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            Member.objects.create(**fields)


def test_a_seat_is_taken_once_at_a_time(bodies: Bodies) -> None:
    row = bodies.set_up()
    first = bodies.seat(row, "ana", "school", role="chair")
    same = {"body": row, "institution": "Х", "sector": "health", "person": "Неко"}
    assert refusal(Member.objects.create, **same, seat=first.seat, since=later(3)) == "member_seat_taken_once"
    assert refusal(Member.objects.create, **same, seat=7, since=later(3), role="chair") == "member_one_chair"
    again = same | {"account": bodies.world.accounts["ana"]}
    assert refusal(Member.objects.create, **again, seat=7, since=later(3)) == "member_sits_once"
    with pytest.raises(Refused, match="member_sits_once"):
        bodies.seat(row, "ana", "school")
    with pytest.raises(Refused, match="member_one_chair"):
        bodies.seat(row, role="chair")


def test_who_comes_after_somebody_takes_the_same_seat(bodies: Bodies) -> None:
    row = bodies.set_up()
    first = bodies.seat(row, "ana", "school", since=later(-10))
    second = bodies.seat(row, number=first.seat)
    first.refresh_from_db()
    assert (first.until, second.seat) == (today(), first.seat)
    assert [one.pk for one in queries.members(row, later(-1))] == [first.pk]
    assert [one.pk for one in queries.members(row, today())] == [second.pk]
    assert list(queries.former(row, today())) == [first]
    with bodies.at_work("csaba") as by:
        member.leave(by=by, member=second, last=later(-1))  # named by mistake
        with pytest.raises(Overtaken):
            member.leave(by=by, member=first, last=later(5))
    assert not queries.members(row, today()).exists()
    assert list(queries.former(row, today())) == [first]


def test_who_sat_there_is_not_written_over(bodies: Bodies) -> None:
    one = bodies.seat(bodies.set_up(), "ana", "school")
    assert refusal(change, one, person="Неко други") == "who sits on a seat stays; another sits there after them"
    assert refusal(change, one, deputy_account=bodies.world.accounts["ana"]) == "member_not_their_own_deputy"
    assert refusal(change, one, until=later(-1)) == "member_ends_later"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"titles": {"sr": " "}}, "title"),
        ({"kind": "club"}, "kind"),
        ({"quorum": "some"}, "kind"),
        ({"language": "xx"}, "language"),
        ({"mandate_from": None}, "mandate"),
        ({"mandate_until": later(-400)}, "mandate"),
    ],
)
def test_a_head_that_does_not_hold_together_is_refused(bodies: Bodies, said: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        bodies.set_up(**said)


@pytest.mark.parametrize(
    ("said", "code"),
    [({"institution": ""}, "institution"), ({"sector": "sport"}, "sector"), ({"person": " "}, "person"),
     ({"role": "king"}, "role"), ({"until": later(-1)}, "days")],
)  # fmt: skip
def test_a_seat_that_says_too_little_is_refused(bodies: Bodies, said: dict[str, Any], code: str) -> None:
    row = bodies.set_up()
    with pytest.raises(Refused, match=code):
        bodies.seat(row, **said)


def test_the_act_is_kept_beside_the_earlier_ones(bodies: Bodies) -> None:
    row = bodies.seated()
    with bodies.at_work("csaba") as by:
        for name in ("odluka.pdf", "izmena.pdf"):
            body.attach(by=by, body=row, name=name, media_type="application/pdf", content=b"%PDF-1.7")
        with pytest.raises(Refused, match="kind"):
            body.attach(by=by, body=row, name="x.exe", media_type="application/x-msdownload", content=b"MZ")
        assert refusal(BodyFile.objects.all().delete) == "permission denied for table networks_bodyfile"
    with bodies.at_work("ana") as by:
        assert queries.newest_file(row).name == "izmena.pdf"
    with bodies.at_work("dino"):
        assert not BodyFile.objects.exists()


def test_the_end_of_a_mandate_is_told_once(bodies: Bodies) -> None:
    row = bodies.set_up(mandate_until=later(queries.SOON.days + 1))
    with acting(WORKER):
        assert body_warning.warn() == 0
    with clock.on(later(1)):
        with acting(WORKER):
            assert [body_warning.warn(), body_warning.warn()] == [1, 0]
        letter = Message.objects.get(key__startswith="mandate-")
        assert (letter.account, "Мрежа за инклузивно образовање" in letter.body) == (
            bodies.world.accounts["csaba"], True,
        )  # fmt: skip
        with bodies.at_work("csaba") as by:
            body.change(by=by, body=row, head=bodies.head(mandate_until=later(30)))
        with acting(WORKER):
            assert [body_warning.warn(), body_warning.warn()] == [1, 0]


def test_an_ended_body_is_read_and_not_written(bodies: Bodies) -> None:
    row = bodies.seated()
    with bodies.at_work("csaba") as by:
        with pytest.raises(Refused, match="reason"):
            body.end(by=by, body=row, reason=" ")
        body.end(by=by, body=row, reason="Спојено са комисијом.")
        for act in (
            lambda: body.end(by=by, body=row, reason="Опет."),
            lambda: body.change(by=by, body=row, head=bodies.head()),
        ):
            with pytest.raises(Overtaken):
                act()
    with bodies.at_work("ana") as by:
        assert queries.find(by, row.uuid).ended_reason == "Спојено са комисијом."
    with acting(EXCHANGE):
        assert not queries.public().exists()


def test_the_public_reads_institutions_and_no_person(bodies: Bodies) -> None:
    row = bodies.seated()
    with acting(EXCHANGE), translation.override("sr"), connection.cursor() as cursor:
        found = queries.by_slug(row.slug)
        assert queries.institutions(found, today()) == {
            "education": ["ОШ „Пример”"], "health": ["Дом здравља Суботица"], "justice": ["Полицијска станица"],
        }  # fmt: skip
        for column in ("person", "deputy", "email", "account_id", "role"):
            said = refusal(cursor.execute, f"select {column} from networks_member")
            assert said == "permission denied for table networks_member"
        for table in ("meeting", "agendaitem", "attendance", "bodytask", "bodyfile"):
            said = refusal(cursor.execute, f"select * from networks_{table}")
            assert said == f"permission denied for table networks_{table}"
        said = refusal(cursor.execute, "update networks_body set contact = ''")
        assert said == "permission denied for table networks_body"


@pytest.mark.parametrize("country", PACKS)
def test_bodies_of_the_packs_are_there_once_to_be_completed(bodies: Bodies, country: str) -> None:
    from zajedno.places.actions.load import load_places

    pack, count = PACKS[country]
    load_places(settings.PACKS_DIR / pack)
    content = tomllib.loads((settings.PACKS_DIR / pack / "bodies.toml").read_text())
    assert [load_bodies(content, country=country, by=None) for _turn in range(2)] == [count, 0]
    rows = Body.objects.exclude(source="")
    assert rows.filter(organisation=None, verified=False, territory__country=country).count() == count
    assert "members" in queries.gaps(rows[0], today())
    with acting(EXCHANGE):
        assert queries.public().count() == count


def test_a_coordinator_takes_up_the_body_of_the_own_place(bodies: Bodies) -> None:
    place = bodies.keeper.territory
    Territory.objects.filter(pk=place.pk).update(seed20=True, is_unit=True)
    far = places.territory("Тутин", "Tutin", "71200")
    Territory.objects.filter(pk=far.pk).update(seed20=True, is_unit=True)
    content = tomllib.loads((settings.PACKS_DIR / "rs" / "bodies.toml").read_text())
    assert load_bodies(content, country="RS", by=None) == 2
    here, there = (Body.objects.get(territory=one) for one in (place, far))
    with bodies.at_work("csaba") as by:
        assert list(queries.waiting(by)) == [here]
        with pytest.raises(NotPermitted):
            body.change(by=by, body=here, head=bodies.head())
        with pytest.raises(Overtaken):
            body.take_up(by=by, body=there, organisation=bodies.keeper.pk)
        assert Body.objects.filter(pk=there.pk).update(rules="Наша.") == 0
        body.take_up(by=by, body=here, organisation=bodies.keeper.pk)
        here.refresh_from_db()
        body.change(by=by, body=here, head=bodies.head(titles={"sr": "Наша мрежа"}))
    assert load_bodies(content, country="RS", by=None) == 0
    here.refresh_from_db()
    assert (str(here), here.organisation) == ("Наша мрежа", bodies.keeper)


def test_who_loads_packs_brings_them_and_a_coordinator_does_not(bodies: Bodies) -> None:
    Territory.objects.filter(pk=bodies.keeper.territory_id).update(seed20=True, is_unit=True)
    content = tomllib.loads((settings.PACKS_DIR / "rs" / "bodies.toml").read_text())
    far = {"slug": "daleko", "territory": places.territory("Тутин", "Tutin", "71200"), "kind": "network",
           "titles": {"sr": "Мрежа"}, "source": "Извор"}  # fmt: skip
    with bodies.at_work("csaba"):
        said = refusal(Body.objects.create, **far)
        assert said == 'new row violates row-level security policy for table "networks_body"'
    add_administrators(bodies.world)
    with bodies.at_work("admin") as by:
        assert load_bodies(content, country="RS", by=by) == 1
    with bodies.at_work("csaba") as by:
        assert queries.waiting(by).count() == 1


def test_a_mistake_in_the_file_is_explained() -> None:
    text = (settings.PACKS_DIR / "rs" / "bodies.toml").read_text()
    assert bodies_file(text) == []
    said = str(check(text.replace("seed20", "seed21").replace(": {place}", ""), kinds=["network"], languages=["sr"]))
    assert "did you mean “seed20”?" in said
    assert "does not say {place}" in said


def test_how_many_make_a_quorum() -> None:
    assert [needed("more_than_half", seats) for seats in (0, 1, 2, 3, 4, 9)] == [1, 1, 2, 2, 3, 5]
    assert [needed("two_thirds", seats) for seats in (1, 2, 3, 4, 9, 10)] == [1, 2, 2, 3, 6, 7]
    assert needed("all", 7) == 7


def test_constraints_of_a_body(bodies: Bodies) -> None:
    row = bodies.set_up()
    assert refusal(change, row, titles={}) == "body_has_a_name"
    assert refusal(change, row, organisation=None) == "body_is_kept"
    assert refusal(change, row, mandate_until=today() - timedelta(days=1)) == "body_mandate_in_order"
    assert refusal(change, row, ended_on=today()) == "body_ended_says_why"
    change(row, source="Извор")
    twin = bodies.set_up()
    assert refusal(change, twin, source="Извор") == "body_of_a_pack_once_in_a_place"
