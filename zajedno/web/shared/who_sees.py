"""Who can ever see a part of a child's file: read from the same definitions, roles and clauses by which files open.

A file opens by a tie alone. Ties are written by cases (`procedures.logic.opened` says which), and by the few other
doors named here; a test walks real cases and looks for doors that are not.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.queries.account import roles
from zajedno.casework.queries.handout import HANDED_OUT
from zajedno.children.actions.file import EMERGENCY_FIELDS
from zajedno.children.actions.school_class import TEACHERS_FIELDS
from zajedno.children.enums import OWN_FIELDS
from zajedno.children.rules import TIE
from zajedno.kernel.labels import label
from zajedno.networks.queries.clause import in_force_for
from zajedno.procedures.logic.definition import END, Definition, Part
from zajedno.procedures.logic.opened import BEGINNING, Opened, opened
from zajedno.procedures.queries.definition import loaded, of_version, procedures, purposes

if TYPE_CHECKING:
    from datetime import date

    from zajedno.access.models import Role
    from zajedno.networks.models import Clause


@dataclass(frozen=True)
class Way:
    """One way by which a case opens a field to a part."""

    country: str
    definition: Definition
    opened: Opened

    @property
    def part(self) -> Part:
        return self.definition.part[self.opened.tie.part]

    @property
    def procedure(self) -> str:
        return label(self.definition.labels)

    @property
    def who(self) -> str:
        return label(self.part.labels)

    @property
    def posts(self) -> list[str]:
        """Posts of the procedure that read what their institution's tie opens."""
        return [label(one.labels) for one in self.definition.parts if one.kind == "post" and one.of == self.part.key]

    @property
    def begins(self) -> str:
        """By which move it opens, in words."""
        move = self.opened.move
        return _("when the case begins") if move == BEGINNING else label(self.definition.move[move].labels)

    @property
    def ends(self) -> list[str]:
        """By which moves it closes; none: it stays after the case, until its time of keeping."""
        known = self.definition.move
        return [_("the end of the case") if key == END else label(known[key].labels) for key in self.opened.tie.until]

    @property
    def rests(self) -> str:
        """On a clause of an agreement: needed, if_any, or not at all."""
        return self.opened.tie.clause

    def clauses(self, field: str, today: "date") -> "list[Clause]":
        """Clauses in force that let this field through."""
        return [one for one in in_force_for(self.definition.key, today) if field in one.fields] if self.rests else []


@dataclass(frozen=True)
class Door:
    """A way in that is no case: who, on what condition, until when; `fields` that it opens."""

    who: Any
    condition: Any
    until: Any
    fields: frozenset[str]


DOORS: dict[str, tuple[str | Promise, str | Promise, str | Promise]] = {
    "own": (
        gettext_lazy("Institution that entered the child"),
        gettext_lazy("It sees what it wrote down itself."), gettext_lazy("while it works with the child"),
    ),
    "teacher": (
        gettext_lazy("Teacher to whom the child's class is entrusted"),
        gettext_lazy("While they hold the post in that school."), gettext_lazy("the end of the school year"),
    ),
    "emergency": (
        gettext_lazy("Whoever may open a file in an emergency"),
        gettext_lazy("With a reason; the institution that keeps the file is told."),
        gettext_lazy("the end of the next day"),
    ),
    "handout": (
        gettext_lazy("Another institution, in its own system"),
        gettext_lazy("When somebody hands a file out, with the parent's consent that names it."),
        gettext_lazy("for good: a file that left is not taken back"),
    ),
}  # fmt: skip


def ways(field: str) -> list[Way]:
    """Every way by which a case of a procedure in use opens the field, by country and procedure."""
    found = []
    for version in procedures():
        definition = of_version(version.pk)
        found += [Way(definition.country, definition, one) for one in opened(definition) if field in one.tie.fields]
    return found


def doors(field: str) -> list[Door]:
    """Ways in that are no case, by which the field opens."""
    parts = {"own": OWN_FIELDS, "teacher": TEACHERS_FIELDS, "emergency": EMERGENCY_FIELDS, "handout": HANDED_OUT}
    found = [Door(*DOORS[key], frozenset(map(str, fields))) for key, fields in parts.items()]
    return [one for one in (*found, *_shared()) if field in one.fields]


def _shared() -> list[Door]:
    """What is opened to another institution from a desk, for a purpose: never more than one sees oneself."""
    countries = [one.definition.country for one in loaded() if one.definition.kind == "purposes"]
    return [
        Door(
            _("Another institution, for: %(purpose)s") % {"purpose": label(one.labels)},
            _("When an institution that sees it opens it to them, with the parent's consent.")
            if one.needs_consent
            else _("When an institution that sees it opens it to them."),
            _("the day that was written down"), frozenset(one.fields),
        )
        for country in countries
        for one in purposes(country)
    ]  # fmt: skip


def readers() -> "list[Role]":
    """Roles through which a person reads what is open to the institution."""
    return [one for one in roles() if one.opens_files]


def breakers() -> "list[Role]":
    """Roles that may open a file in an emergency."""
    return [one for one in roles() if one.break_glass]


def sharers() -> "list[Role]":
    """Roles that may open a file to another institution from a desk."""
    return [one for one in roles() if TIE.key in one.verbs]
