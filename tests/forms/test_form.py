"""What the database promises of forms. Each promise is tested by breaking it."""

from datetime import date
from functools import partial

import pytest

from tests.refusal import refusal, sql
from zajedno.forms.models import Approval, Enabling, Form, Version
from zajedno.kernel.fence import EXCHANGE, RUNTIME, acting

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 15)


@pytest.fixture
def form() -> Form:
    return Form.objects.create(key="small", about="child")


def version(form: Form, number: int = 1) -> Version:
    return Version.objects.create(form=form, number=number, book={}, facts={}, xml="<x/>", digest="0" * 64)


def test_a_key_stands_once_in_a_country(form: Form) -> None:
    assert refusal(Form.objects.create, key="small", about="network") == "form_key_once"
    assert refusal(Form.objects.create, key="", about="child") == "form_has_key"
    Form.objects.create(key="small", country="RS", about="child")


def test_a_version_has_its_own_number_from_one(form: Form) -> None:
    version(form)
    fields = {"form": form, "book": {}, "facts": {}, "xml": "<x/>", "digest": "x"}
    assert refusal(Version.objects.create, number=1, **fields) == "form_version_number_once"
    assert refusal(Version.objects.create, number=0, **fields) == "form_version_number_from_one"
    version(form, 2)


def test_a_version_is_decided_on_once_and_a_refusal_says_why(form: Form) -> None:
    one = version(form)
    decide = Approval.objects.create
    assert refusal(decide, version=one, approved=False, decided_by=1) == "form_refusal_has_reason"
    decide(version=one, approved=True, decided_by=1)
    assert refusal(decide, version=one, approved=True, decided_by=2) == "forms_approval_version_id_key"


def test_a_form_is_in_use_once_in_an_institution(form: Form) -> None:
    use = partial(Enabling.objects.create, form=form, since=DAY)
    first = use(organisation=1)
    assert refusal(use, organisation=1) == "form_enabled_once"
    assert refusal(use, organisation=2, until=date(2026, 9, 14)) == "form_enabled_ends_later"
    Enabling.objects.filter(pk=first.pk).update(until=DAY)
    use(organisation=1)
    use(organisation=2)


def test_a_version_and_a_decision_never_change(form: Form) -> None:
    one = version(form)
    Approval.objects.create(version=one, approved=True, decided_by=1)
    for statement in ("update forms_version set book = '{\"a\": 1}'", "update forms_version set number = 9",
                      "delete from forms_version"):  # fmt: skip
        assert refusal(sql, statement) == "rows of forms_version are never changed or deleted"
    for statement in ("update forms_approval set approved = false, reason = 'x'", "delete from forms_approval"):
        assert refusal(sql, statement) == "rows of forms_approval are never changed or deleted"


def test_the_runtime_role_has_not_even_the_right(form: Form) -> None:
    version(form)
    with acting(RUNTIME):
        for statement in ("update forms_version set number = 9", "update forms_approval set approved = false",
                          "delete from forms_form", "delete from forms_enabling"):  # fmt: skip
            assert "permission denied" in refusal(sql, statement)
        assert Version.objects.count() == 1
    with acting(EXCHANGE):
        forged = "insert into forms_form (key, country, about) values ('x', '', 'child')"
        assert refusal(sql, forged) == "permission denied for table forms_form"
