"""What the database promises of forms. Each promise is tested by breaking it."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from zajedno.forms.models import Approval, Enabling, Form, Version
from zajedno.kernel.fence import EXCHANGE, RUNTIME, acting

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 15)


@pytest.fixture
def form() -> Form:
    return Form.objects.create(key="small", about="child")


def version(form: Form, number: int = 1) -> Version:
    return Version.objects.create(form=form, number=number, book={}, facts={}, xml="<x/>", digest="0" * 64)


def refused_by(constraint: str, model, **fields) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**fields)


def refused(statement: str, error: type[Exception] = IntegrityError) -> None:
    with pytest.raises(error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_key_stands_once_in_a_country(form: Form) -> None:
    refused_by("form_key_once", Form, key="small", about="network")
    refused_by("form_has_key", Form, key="", about="child")
    Form.objects.create(key="small", country="RS", about="child")


def test_a_version_has_its_own_number_from_one(form: Form) -> None:
    version(form)
    fields = {"form": form, "book": {}, "facts": {}, "xml": "<x/>", "digest": "x"}
    refused_by("form_version_number_once", Version, number=1, **fields)
    refused_by("form_version_number_from_one", Version, number=0, **fields)
    version(form, 2)


def test_a_version_is_decided_on_once_and_a_refusal_says_why(form: Form) -> None:
    one = version(form)
    refused_by("form_refusal_has_reason", Approval, version=one, approved=False, decided_by=1)
    Approval.objects.create(version=one, approved=True, decided_by=1)
    refused_by("version_id", Approval, version=one, approved=True, decided_by=2)


def test_a_form_is_in_use_once_in_an_institution(form: Form) -> None:
    first = Enabling.objects.create(form=form, organisation=1, since=DAY)
    refused_by("form_enabled_once", Enabling, form=form, organisation=1, since=DAY)
    refused_by("form_enabled_ends_later", Enabling, form=form, organisation=2, since=DAY, until=date(2026, 9, 14))
    Enabling.objects.filter(pk=first.pk).update(until=DAY)
    Enabling.objects.create(form=form, organisation=1, since=DAY)
    Enabling.objects.create(form=form, organisation=2, since=DAY)


def test_a_version_and_a_decision_never_change(form: Form) -> None:
    one = version(form)
    Approval.objects.create(version=one, approved=True, decided_by=1)
    refused("update forms_version set book = '{\"a\": 1}'")
    refused("update forms_version set number = 9")
    refused("delete from forms_version")
    refused("update forms_approval set approved = false, reason = 'x'")
    refused("delete from forms_approval")


def test_the_runtime_role_has_not_even_the_right(form: Form) -> None:
    version(form)
    with acting(RUNTIME):
        for statement in ("update forms_version set number = 9", "update forms_approval set approved = false",
                          "delete from forms_form", "delete from forms_enabling"):  # fmt: skip
            refused(statement, ProgrammingError)
        assert Version.objects.count() == 1
    with acting(EXCHANGE):
        refused("insert into forms_form (key, country, about) values ('x', '', 'child')", ProgrammingError)
