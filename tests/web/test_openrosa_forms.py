"""Forms that a phone fetches at the OpenRosa addresses: which are listed, what they ask for, what they never say."""

from datetime import date
from hashlib import md5

import pytest
from lxml import etree

from tests.web.field_world import AT, FORM, Field, visit
from tests.web.openrosa import LIST, checked, listed

pytestmark = pytest.mark.django_db


def test_the_list_names_what_is_in_use_here(field: Field) -> None:
    form = listed(field.phone)[0]
    served = checked(field.phone.ask("GET", form["downloadUrl"].partition("testserver")[2]), 200)
    assert served["Content-Type"] == "text/xml; charset=utf-8"
    assert form["hash"] == f"md5:{md5(served.content).hexdigest()}"
    assert (form["formID"], form["version"], form["name"]) == (FORM, "1", "Кућна посета")
    assert "descriptionText" not in form
    assert listed(field.phone, HTTP_ACCEPT_LANGUAGE="en")[0]["name"] == "Home visit"
    assert listed(field.phone, "?verbose=true")[0]["descriptionText"] == "Own example"
    assert listed(field.phone, "?formID=other") == []
    manifest = checked(field.phone.ask("GET", form["manifestUrl"].partition("testserver")[2]), 200)
    assert manifest.content.endswith(b'<manifest xmlns="http://openrosa.org/xforms/xformsManifest"/>')


def test_the_served_form_asks_for_the_code_in_its_languages(field: Field) -> None:
    xml = field.phone.ask("GET", f"{AT}forms/visit/1/form.xml").content.decode()
    assert "number(.) mod 97 = 1" in xml
    root = etree.fromstring(xml.encode())
    languages = root.xpath("//*[local-name()='translation']")
    assert len(languages) == 3
    for language in languages:
        assert language.xpath("*[@id='/data/child_code:label']/*/text()")


def test_only_the_newest_version_and_only_of_the_own_institution(field: Field) -> None:
    visit(2)
    assert [form["version"] for form in listed(field.phone)] == ["2"]
    elsewhere = field.new_phone("ana")
    assert listed(elsewhere) == []
    for path in ("forms/visit/2/form.xml", "forms/visit/2/manifest", "forms/nothing/1/form.xml"):
        checked(elsewhere.ask("GET", AT + path), 404)


def test_nothing_is_redirected_to_a_page(field: Field) -> None:
    for path in ("", "formlist", "forms/visit/1/", "submission/x"):
        response = field.phone.ask("GET", AT + path)
        assert response.status_code == 404
        assert "Location" not in response


def test_dates_of_children_are_never_in_what_leaves(field: Field) -> None:
    left = field.phone.ask("GET", LIST).content + field.phone.ask("GET", f"{AT}forms/visit/1/form.xml").content
    for sign in ("Ђорђе", "Њежић", field.code, date(2023, 5, 4).isoformat()):
        assert sign not in left.decode()
