"""Filip, who came in by a letter; and a procedure of protection that no parent plays a part in."""

import tomllib
from dataclasses import dataclass, field
from typing import Any

from tests.places import factories as places
from tests.world import World
from zajedno.access.models import Account
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.family import enter
from zajedno.casework.actions.move import move_case
from zajedno.casework.models import Case
from zajedno.children.actions.invitation import invite_by_letter
from zajedno.children.models import Child, Guardian
from zajedno.children.queries.guardian import as_guardian
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.places.models import Post
from zajedno.places.queries.actor import actor_for
from zajedno.procedures.actions.load import load_definition

PASSWORD = "tri reči i četvrta"
FILIP, MOTHER = "filip@demo.invalid", "majka@demo.invalid"
REQUEST = {"reasons": ["learning"], "difficulties": "Тешко чита.", "asked": "Подршка.", "papers": ["medical"]}
PROTECTION = """
key = "protection"
country = "RS"
languages = ["en"]
purpose = "protection"
labels.en = "Protection"
[source]
law = "none"
verified = false
note = "Only for tests."
[opening]
by = ["school"]
[[opening.tie]]
part = "school"
fields = ["identity", "contact", "violence"]
[[part]]
key = "school"
kind = "organisation"
keeps = true
labels.en = "School"
[[part]]
key = "centre"
kind = "organisation"
labels.en = "Centre"
[[part]]
key = "parent"
kind = "person"
guardians = "chosen"
labels.en = "Parent"
[[step]]
key = "begun"
kind = "start"
labels.en = "Begun"
hint.en = "It has begun."
[[step]]
key = "over"
kind = "end"
labels.en = "Over"
hint.en = "It is over."
[[move]]
key = "tell_centre"
from = ["begun"]
by = ["school"]
asks = ["part:centre"]
labels.en = "Tell the centre"
hint.en = "At once."
[[move.tie]]
part = "centre"
fields = ["identity", "contact"]
[[move]]
key = "let_parent_in"
from = ["begun"]
by = ["school"]
asks = ["part:parent"]
labels.en = "Let a parent in"
hint.en = "One whom it is safe to tell."
[[move.tie]]
part = "parent"
fields = ["identity", "violence"]
[[move]]
key = "finish"
from = ["begun"]
to = "over"
by = ["school"]
labels.en = "Finish"
hint.en = "Done."
"""


@dataclass
class Family:
    """Their child is registered by the school; people are named as in the world, parents by `filip` and `mother`."""

    world: World
    child: Child = field(init=False)

    def __post_init__(self) -> None:
        self.child = self.world.child()
        self.father = Guardian.objects.get(child=self.child)
        self.mother = Guardian.objects.create(
            child=self.child, kind="mother", name="Мира Њежић", address="Тајна 9", email=MOTHER
        )

    def as_(self, who: str) -> Any:
        return acting(RUNTIME, self.world.accounts[who].pk)

    def letter(self, who: str = "ana", guardian: Guardian | None = None) -> str:
        """The code of a fresh letter."""
        with self.as_(who):
            return invite_by_letter(by=self.world.actor(who), guardian=guardian or self.father)[1]

    def comes_in(self, who: str = "filip", guardian: Guardian | None = None, code: str = "") -> Account:
        """Somebody without an account writes the code of a letter, an address and a password."""
        code = code or self.letter(guardian=guardian)
        with acting(RUNTIME):
            enter(secret=code, account=None, email=f"{who}@demo.invalid", password=PASSWORD)
        self.world.accounts[who] = Account.objects.get(email=f"{who}@demo.invalid")
        return self.world.accounts[who]

    def parent(self, who: str = "filip") -> Actor:
        return as_guardian(actor_for(self.world.accounts[who].pk, today()))

    def begin(self, **fields: Any) -> Case:
        """Ana's initiative to the commission."""
        school, commission = (self.world.organisations[one] for one in ("school", "commission"))
        with self.as_("ana"):
            return open_case(
                by=self.world.actor("ana"), child=self.child, keeper=commission, procedure="additional-support",
                initiator="institution", initiated_by=school, request=REQUEST,
            )  # fmt: skip

    def protect(self) -> Case:
        """The school acts because somebody at home harms the child; a centre for social work is told."""
        load_definition(tomllib.loads(PROTECTION), by=None, key="protection", country="RS")
        kind = places.kind("social_work_centre", "social_protection")
        centre = self.world.organisations["centre"] = places.organisation("Центар", kind=kind, code="w-centre")
        who = self.world.accounts["vera"] = Account.objects.create_user("vera@demo.invalid", None, name="Вера Центар")
        Post.objects.create(account=who, organisation=centre, role_id="visiting-nurse", since=today())
        with self.as_("ana"):
            case = open_case(by=self.world.actor("ana"), child=self.child, keeper=self.world.organisations["school"],
                             procedure="protection")  # fmt: skip
        self.moved(case, "tell_centre", **{"part:centre": centre})
        return case

    def moved(self, case: Case, move: str, who: str = "ana", **given: Any) -> None:
        seen = Case.objects.get(pk=case.pk).moves_made
        with self.as_(who):
            move_case(by=self.world.actor(who), uuid=case.uuid, move=move, seen=seen, given=given)
