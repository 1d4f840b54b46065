"""An invented country: what COPY wrote is what the verbs would have written, and nobody sees more of it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tests.casework.cast import LISTS, content
from tests.world import load_forms
from zajedno.access.actions.role import load_roles
from zajedno.access.models import Account, AuditEntry
from zajedno.access.queries.audit import verify
from zajedno.casework.models import Case, Clock, Move
from zajedno.casework.queries.case import listed
from zajedno.children.actions.file import open_file
from zajedno.children.actions.search import search
from zajedno.children.models import Attendance, Child, Identifier
from zajedno.kernel.calendars import Calendar
from zajedno.kernel.clock import today
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted
from zajedno.kernel.script import latin
from zajedno.places.actions.load import load_kinds, load_places
from zajedno.places.queries.actor import actor_for
from zajedno.procedures.actions.load import load_definition
from zajedno.procedures.queries.definition import of_version, procedures
from zajedno.site.demo.procedures import ways
from zajedno.site.demo.tale.facts import told
from zajedno.site.seed import seed
from zajedno.site.seed.stream import Order, made
from zajedno.site.seed.town import Office, Town
from zajedno.site.trouble import Trouble

pytestmark = pytest.mark.django_db
MANY, TOLD = 300, ("referral", "violence-response")
FORMS = ("violence-incident", "violence-plan")
KEPT = {Child: ("acl",), Case: ("acl", "due_on", "due_key"), Clock: ("due_on", "missed_on")}


@pytest.fixture(scope="module")
def country(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A country in what an empty installation has: places, kinds, roles, procedures, forms. Taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_installation()
        seed(country="RS", children=MANY, years=3, number=7, say=lambda text: None, only=TOLD)
        yield
        transaction.set_rollback(True)


def load_installation(country: str = "rs", procedures: Iterable[str] = TOLD, forms: Iterable[str] = FORMS) -> None:
    """Of the packs only what is told here: a form takes half a second to load."""
    load_roles([role for path in settings.PACKS_DIR.glob("*/roles.toml") for role in content(path).get("role", [])])
    folder = settings.PACKS_DIR / country
    for name in LISTS:
        load_definition(content(folder / f"{name}.toml"), by=None, key=name, country=country.upper(), kind=name)
    for key in procedures:
        load_definition(content(folder / "procedures" / f"{key}.toml"), by=None, key=key, country=country.upper())
    load_forms(*forms)
    load_kinds(settings.PACKS_DIR / "common" / "organisation_kinds.toml")
    for pack in ("rs", "ba"):
        load_places(settings.PACKS_DIR / pack)


def kept() -> list[Any]:
    """What triggers keep."""
    return [list(model._default_manager.order_by("pk").values_list(*names)) for model, names in KEPT.items()]


def test_every_step_of_the_told_procedures_has_a_case(country: None) -> None:
    assert Child.objects.count() == MANY
    for row in procedures("RS"):
        cases = Case.objects.filter(version=row.pk)
        assert set(ways(told(of_version(row.pk)))) <= set(cases.values_list("step", flat=True))
    assert Move.objects.count() > Case.objects.count() > 30
    years = {row.year for row in Case.objects.values_list("opened_on", flat=True)}
    assert len(years) >= 3


def test_data_are_missing_and_names_stand_in_two_scripts(country: None) -> None:
    assert MANY > Identifier.objects.count() > MANY * 0.7
    assert Child.objects.filter(sex="").exists()
    assert Attendance.objects.filter(mean_mark=None).exists()
    names = Child.objects.values_list("family_name", flat=True)
    assert 0.2 < sum(latin(name) == name for name in names) / MANY < 0.8


def test_it_is_only_written_into_an_empty_database(country: None) -> None:
    with pytest.raises(Trouble, match="not empty"):
        seed(country="RS", children=1, years=1, number=1, say=lambda text: None)


def test_the_trail_says_it_once_and_verifies(country: None) -> None:
    assert AuditEntry.objects.filter(verb="site.seed").count() == 1
    assert verify().broken is None


def test_triggers_find_nothing_to_change_and_constraints_are_valid(country: None) -> None:
    before = kept()
    with connection.cursor() as cursor:
        cursor.execute("select count(app.child_acl(id)) from children_child")
        cursor.execute("select count(app.case_acl(id)) from casework_case")
        cursor.execute("update casework_clock set reminded = reminded")
        cursor.execute("select count(*) from pg_constraint where not convalidated")
        assert cursor.fetchone() == (0,)
        cursor.execute("select count(*) from pg_trigger where tgenabled = 'D'")
        assert cursor.fetchone() == (0,)
        cursor.execute("select count(*) from pg_class where relname = 'children_child' and relforcerowsecurity")
        assert cursor.fetchone() == (1,)
    assert kept() == before


def test_a_pupil_is_found_by_the_school_and_by_nobody_else(country: None) -> None:
    case = Case.objects.filter(closed_on=None, initiated_by__kind="primary_school").order_by("pk")[0]
    at_school = Account.objects.filter(pk=case.moves.get(position=1).account).get()
    ana, dino = (actor_for(one.pk, today()) for one in (at_school, Account.objects.get(email="dino@demo.invalid")))
    child = case.child
    with acting(RUNTIME, ana.account):
        assert child.uuid in {hit.uuid for hit in search(by=ana, text=f"{child.given_name} {child.family_name}")}
        assert open_file(by=ana, uuid=child.uuid, purpose="registration")
    with acting(RUNTIME, dino.account):
        assert not Child.objects.exists()
        assert not Case.objects.exists()
        with pytest.raises((NotFound, NotPermitted)):
            open_file(by=dino, uuid=child.uuid, purpose="registration")


def test_its_page_opens_with_the_words_that_were_sealed(country: None) -> None:
    open_now = Case.objects.filter(closed_on=None, moves_made__gt=2).order_by("-pk")
    case = next(one for one in open_now if one.initiated_by_id in one.acl)
    assert case.child.data_key.open()
    told = [move.text for move in case.moves.exclude(sealed=None)]
    assert all("Измишљено" in text for text in told)
    by = actor_for(case.moves.get(position=1).account, today())
    with acting(RUNTIME, by.account):
        assert case.pk in {row.pk for row in listed(by)}
    client = Client()
    client.force_login(Account.objects.get(pk=by.account), backend=settings.AUTHENTICATION_BACKENDS[0])
    page = client.get(f"/work/case/{case.uuid}/")
    assert page.status_code == 200
    assert case.child.family_name in page.content.decode()


def test_the_same_number_makes_the_same_country() -> None:
    first, again, other = (next(iter(made(ordered(number)))).tables for number in (1, 1, 2))
    first, again, other = (
        [one for one in rows if not {"wrapped", "sealed"} & set(one[1])] for rows in (first, again, other)
    )
    assert len(first) > 4
    assert first == again
    assert first != other


def ordered(number: int) -> Order:
    """A hundred children of one municipality in which nothing happens."""
    kinds = ("health_centre", "kindergarten", "primary_school", "secondary_school")
    calendar = Calendar("rs", "RS")
    town = Town(1, "Суботица", frozenset({"80438"}), 82, (1.0,) * 19, (0.5, 0.3, 0.05, 0.05, 0.05, 0.05), calendar,
                {"": calendar}, {kind: [Office(at)] for at, kind in enumerate(kinds, start=1)})  # fmt: skip
    return Order([town], [], 100, date(2026, 11, 27), 3, number, 1, {})
