"""A procedure that holds in a part of a country is kept and begun by institutions that lie there, and by no others."""

import tomllib
from typing import Any

import pytest
from django.conf import settings

from tests.places import factories as places
from tests.procedures.small import SMALL
from tests.world import World
from zajedno.access.models import Role
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.move import move_case
from zajedno.casework.models import Case
from zajedno.casework.queries.begin import beginnings, within
from zajedno.kernel.refusal import Refused
from zajedno.places.queries.territory import above
from zajedno.procedures.actions.load import load_definition
from zajedno.procedures.queries.definition import current
from zajedno.web.work.begin import _keepers

pytestmark = pytest.mark.django_db
HAND_ON = """
[[part]]
key = "next"
kind = "organisation"
labels = { sr = "Друга служба", en = "Another office" }
[[move]]
key = "hand_on"
from = ["begun"]
to = "done"
by = ["clerk"]
asks = ["part:next"]
opens = "small"
opens_at = "next"
tie = [{ part = "next", fields = ["identity"] }]
labels = { sr = "Предај", en = "Hand on" }
hint = { sr = "Предај.", en = "Hand it on." }
"""


def load(key: str, *territories: str) -> None:
    if key == "small":
        content: dict[str, Any] = tomllib.loads(SMALL.split("[[story]]")[0] + HAND_ON)
    else:
        content = tomllib.loads(next(settings.PACKS_DIR.glob(f"*/procedures/{key}.toml")).read_text())
    load_definition(content | {"country": "RS", "within": list(territories)}, by=None, key=key, country="RS")


def opened(world: World, who: str, procedure: str, keeper: Any, opener: Any = None) -> Case:
    begins = opener or keeper
    return open_case(by=world.actor(who), child=world.child(registered_by=begins), keeper=keeper, procedure=procedure,
                     initiated_by=begins)  # fmt: skip


def elsewhere(kind: str) -> Any:
    """With somebody there who may receive cases."""
    at = places.organisation("Установа Тутин", kind=places.kind(kind), territory=places.territory(
        "Тутин", "Tutin", "71188", kind="municipality"))  # fmt: skip
    places.post(organisation=at, role_id="visiting-nurse", role=Role.objects.get(pk="visiting-nurse"))
    return at


def test_a_territory_lies_in_all_that_lie_above_it(world: World) -> None:
    town = world.organisations["school"].territory
    assert above([town.pk]) == {town.pk: {"80438", "RS"}}


@pytest.mark.parametrize("code", ["80438", "RS"])
def test_where_it_holds_it_may_be_begun(world: World, code: str) -> None:
    load("referral", "71188", code)
    assert [one.definition.key for one in beginnings(world.actor("ana"))] == ["referral"]
    assert opened(world, "ana", "referral", world.organisations["school"]).step == "created"


def test_elsewhere_it_is_neither_offered_nor_begun(world: World) -> None:
    load("referral", "71188")
    assert beginnings(world.actor("ana")) == []
    with pytest.raises(Refused, match="elsewhere") as refusal:
        opened(world, "ana", "referral", world.organisations["school"])
    assert "ОШ „Пример”" in str(refusal.value.sentence)
    assert not Case.objects.exists()


def test_neither_a_keeper_nor_who_begins_may_lie_elsewhere(world: World) -> None:
    load("additional-support", "80438")
    far = elsewhere("intersectoral_commission")
    with pytest.raises(Refused, match="elsewhere"):
        opened(world, "ana", "additional-support", far, world.organisations["school"])
    load("additional-support", "71188")
    with pytest.raises(Refused, match="elsewhere"):
        opened(world, "ana", "additional-support", far, world.organisations["school"])


def test_who_chooses_a_keeper_is_offered_only_those_inside(world: World) -> None:
    far, near = elsewhere("intersectoral_commission"), world.organisations["commission"]
    load("additional-support", "80438")
    definition = current("additional-support", "RS").definition
    assert within(definition, [far, near]) == [near]
    load("referral", "80438")
    (found,) = beginnings(world.actor("ana"))
    found.begins.append(world.organisations["school"])  # type: ignore[attr-defined]
    assert far not in _keepers(found)


def test_a_linked_case_is_not_opened_outside(world: World) -> None:
    load("small", "80438")
    case = opened(world, "csaba", "small", world.organisations["commission"])
    with pytest.raises(Refused, match="elsewhere"):
        move_case(by=world.actor("csaba"), uuid=case.uuid, move="hand_on", seen=1,
                  given={"part:next": elsewhere("social_work_centre")})  # fmt: skip
    move_case(by=world.actor("csaba"), uuid=case.uuid, move="hand_on", seen=1,
              given={"part:next": world.organisations["health"]})  # fmt: skip
    assert Case.objects.get(repeats=case).organisation == world.organisations["health"]
