"""Institutions and their services: entered, found in either script, changed, closed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.places import factories
from tests.places.factories import TODAY
from zajedno.kernel.refusal import NotPermitted, Refused
from zajedno.places.actions import organisation as actions
from zajedno.places.actions import service as services
from zajedno.places.models import Organisation, OrganisationKind, Service
from zajedno.places.queries import organisation as queries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("organisation_closes_after_it_opens", {"active_from": TODAY, "active_until": TODAY - timedelta(days=1)}),
        ("organisation_has_a_name", {"name": ""}),
    ],
)
def test_broken_organisations(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factories.organisation(**fields)


def test_a_registry_number_belongs_to_one():
    factories.organisation(registry_number="")
    factories.organisation(registry_number="")
    factories.organisation(registry_number="08000001")
    with pytest.raises(IntegrityError, match="organisation_registry_number_once"), transaction.atomic():
        factories.organisation(registry_number="08000001")


def test_no_organisation_is_its_own_part():
    school = factories.organisation()
    with pytest.raises(IntegrityError, match="organisation_not_its_own_part"), transaction.atomic():
        Organisation.objects.filter(pk=school.pk).update(parent=school.pk)


def test_a_kind_has_a_known_sector():
    with pytest.raises(IntegrityError, match="organisation_kind_sector"), transaction.atomic():
        OrganisationKind.objects.create(key="odd", sector="odd", labels={})


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("service_ages_in_order", {"age_from": 7, "age_until": 6}),
        ("service_ends_after_it_begins", {"active_from": TODAY, "active_until": date(2020, 1, 1)}),
    ],
)
def test_broken_services(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Service.objects.create(organisation=factories.organisation(), labels={}, **fields)


def test_created_found_changed_closed_reopened():
    by = factories.actor("places.create_organisation", "places.close_organisation")
    town = factories.territory()
    new = {
        "code": "irk-subotica",
        "kind": factories.kind("intersectoral_commission", "intersectoral"),
        "covers": [town],
    }
    panel = actions.create_organisation(by=by, name=" Интерресорна  комисија ", territory=town, **new)
    assert panel.name == "Интерресорна комисија"
    for text in ("interresorna", "ИНТЕРРЕСОРНА комисија", "komisija inter"):
        assert list(queries.organisations(text=text)) == [panel]
    assert list(queries.serving(town, "intersectoral_commission", TODAY)) == [panel]
    with pytest.raises(NotPermitted):
        actions.change_organisation(by=by, organisation=panel, phone="024")
    own = factories.actor("places.change_organisation", at=panel)
    assert actions.change_organisation(by=own, organisation=panel, phone="024").phone == "024"
    with pytest.raises(NotPermitted):
        actions.change_organisation(by=own, organisation=panel, covers=[])
    actions.close_organisation(by=by, organisation=panel, on=TODAY)
    assert not queries.organisations(working_on=TODAY).exists()
    assert not queries.serving(town, "intersectoral_commission", TODAY).exists()
    actions.reopen_organisation(by=by, organisation=panel)
    assert queries.by_code("irk-subotica") == queries.by_uuid(str(panel.uuid)) == panel
    assert queries.names({panel.pk})[panel.pk]


def test_filters_by_sector_kind_and_territory():
    town = factories.territory()
    other = factories.territory("Тутин", "Tutin", "71188")
    school = factories.organisation(name="Школа", territory=town)
    clinic = factories.organisation(name="Дом здравља", territory=other, kind=factories.kind("health_centre", "health"))
    assert list(queries.organisations(sector="education")) == [school]
    assert list(queries.organisations(kind="health_centre")) == [clinic]
    assert list(queries.organisations(territory=other)) == [clinic]
    assert list(queries.organisations(territory=town.parent)) == [clinic, school]
    clinic.covers.add(town)
    assert list(queries.organisations(territory=town)) == [clinic, school]


def test_wrong_entries_are_refused_in_words():
    by = factories.actor("places.create_organisation", "places.change_organisation_anywhere")
    school = factories.organisation(code="once")
    for fields in ({"code": "once"}, {"code": "два"}, {"code": "b", "email": "nobody"}):
        new = {"code": "c", "kind": school.kind, "name": "Школа", "territory": school.territory} | fields
        with pytest.raises(Refused) as refusal:
            actions.create_organisation(by=by, **new)
        assert str(refusal.value.sentence)
    part = factories.organisation(parent=school)
    with pytest.raises(Refused, match="circle"):
        actions.change_organisation(by=by, organisation=school, parent=part)
    with pytest.raises(NotPermitted):
        actions.create_organisation(
            by=factories.actor(), code="d", kind=school.kind, name="x", territory=part.territory
        )


def test_services():
    school = factories.organisation()
    by = factories.actor("places.change_service", at=school)
    service = services.create_service(by=by, organisation=school, labels={"sr": "Логопед"}, capacity=12)
    with pytest.raises(Refused):
        services.change_service(by=by, service=service, age_from=9, age_until=3)
    assert services.change_service(by=by, service=service, age_from=3, age_until=9).age_until == 9
    assert services.end_service(by=by, service=service, on=TODAY).active_until == TODAY
    assert [row.capacity for row in queries.services(school)] == [12]
    with pytest.raises(NotPermitted):
        services.create_service(by=by, organisation=factories.organisation(), labels={})
