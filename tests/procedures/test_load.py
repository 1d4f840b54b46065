"""Loading: versions only grow, and the database refuses to change one. Each promise is tested by breaking it."""

import tomllib
from datetime import date

import pytest

from tests.procedures.small import SMALL, planted
from tests.refusal import refusal, sql
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.procedures.actions.load import load_definition, retire_definition
from zajedno.procedures.models import Definition, Version
from zajedno.procedures.queries.definition import current, newest_content, of_version, procedures

pytestmark = pytest.mark.django_db
FIRST = tomllib.loads(SMALL)
SECOND = tomllib.loads(planted("length = 10", "length = 15"))


def load(content, by=None, country="RS"):
    return load_definition(content, by=by, key="small", country=country)


def test_loading_twice_changes_nothing() -> None:
    first = load(FIRST)
    again = load(FIRST)
    assert (first.is_new, first.version.number) == (True, 1)
    assert (again.is_new, again.version.pk, again.lines) == (False, first.version.pk, [])
    assert Version.objects.count() == 1


def test_a_change_is_a_new_version_with_its_difference() -> None:
    load(FIRST)
    second = load(SECOND)
    assert (second.version.number, second.lines) == (2, ["  deadline answer › length: 10 → 15"])
    assert newest_content("small", "RS", "procedure")[0] == 2
    back = load(FIRST)
    assert (back.version.number, back.lines) == (3, ["  deadline answer › length: 15 → 10"])


def test_a_running_case_keeps_its_version() -> None:
    old = load(FIRST).version.pk
    new = load(SECOND).version.pk
    assert current("small", "RS").version == new
    assert current("small", "RS").definition.deadline["answer"].length == 15
    assert of_version(old).deadline["answer"].length == 10


def test_a_countrys_own_goes_before_that_of_any_country() -> None:
    anywhere = load(FIRST, country="").version.pk
    assert current("small", "BA").version == anywhere
    own = load(SECOND, country="BA").version.pk
    assert current("small", "BA").version == own
    assert current("small", "RS").version == anywhere
    assert [version.pk for version in procedures("BA")] == [own]


def test_a_retired_key_is_not_used_again() -> None:
    kept = load(FIRST).version.pk
    retire_definition(by=None, key="small", country="RS")
    with pytest.raises(Refused) as refused:
        load(SECOND)
    assert refused.value.code == "retired_key"
    with pytest.raises(NotFound):
        current("small", "RS")
    assert of_version(kept).key == "small"


def test_only_a_post_with_the_verb_loads() -> None:
    seat = Seat(post=1, organisation=1, role="administrator", verbs=frozenset({"packs.enable"}), opens_files=False)
    with pytest.raises(NotPermitted):
        load(FIRST, by=Actor(account=1, seats=(seat,), today=date(2026, 3, 2)))
    assert not Definition.objects.exists()


def test_a_version_is_never_changed_or_deleted() -> None:
    load(FIRST)
    for statement in ("update procedures_version set content = '{}'", "update procedures_version set number = 9",
                      "delete from procedures_version"):  # fmt: skip
        assert refusal(sql, statement) == "rows of procedures_version are never changed or deleted"
    assert newest_content("small", "RS", "procedure") == (1, Version.objects.get().content)


def test_the_runtime_role_has_not_even_the_right() -> None:
    load(FIRST)
    with acting(RUNTIME):
        for statement in ("update procedures_version set number = 9", "delete from procedures_definition"):
            assert "permission denied" in refusal(sql, statement)
        assert Version.objects.count() == 1


def test_a_number_and_a_key_stand_once() -> None:
    version = load(FIRST).version
    columns = "definition_id, number, content, digest, loaded_on"
    values = f"{version.definition_id}, %d, '{{}}', 'x', now()"
    for number, constraint in ((1, "version_number_once"), (0, "version_number_from_one")):
        again = f"insert into procedures_version ({columns}) values ({values % number})"
        assert refusal(sql, again) == constraint
    for key, constraint in (("small", "definition_key_once"), ("", "definition_has_key")):
        again = f"insert into procedures_definition (kind, key, country) values ('procedure', '{key}', 'RS')"
        assert refusal(sql, again) == constraint
