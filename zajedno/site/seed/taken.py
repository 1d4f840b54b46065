"""Takes down what stands in the database about one child that a story was told of, as a pattern."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import ForeignKey, Model

from zajedno.access.models import Account
from zajedno.casework import models as casework
from zajedno.children import models as children
from zajedno.children.enums import REGISTRATION
from zajedno.children.models.family_desk import FamilyInvitation
from zajedno.kernel import sealed
from zajedno.networks.models import Clause
from zajedno.places.models import Organisation
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import of_version
from zajedno.site.seed import pattern as kinds
from zajedno.site.seed.pattern import Cell, ClockRow, Pattern, Row
from zajedno.site.seed.text import escaped, hexed
from zajedno.site.seed.told import Players, ToldDays, Unknown, Values

CHILD_ROWS: tuple[tuple[type[Model], str], ...] = (  # model, how it leads to the child
    (Account, "parents"), (children.Consent, "child"), (children.Consent.recipients.through, "consent__child"),
    (children.Tie, "child"), (FamilyInvitation, "child"), (children.Assessment, "child"),
    (casework.Case, "child"), (casework.Participant, "case__child"), (casework.Paper, "case__child"),
    (casework.Move, "case__child"), (casework.Clock, "case__child"), (casework.Recusal, "case__child"),
    (casework.Request, "case__child"), (casework.Opinion, "case__child"), (casework.Sitting, "agenda__case__child"),
    (casework.AgendaItem, "case__child"), (casework.Attendee, "sitting__agenda__case__child"),
    (casework.JointOpinion, "case__child"), (casework.Goal, "child"), (casework.Measure, "child"),
    (casework.Measure.also.through, "measure__child"), (casework.PlanEntry, "child"), (casework.Note, "case__child"),
    (casework.Letter, "case__child"), (casework.Override, "case__child"), (casework.Transfer, "case__child"),
    (casework.Flag, "case__child"), (casework.Task, "case__child"),
)  # fmt: skip
BY_ACCOUNT = {  # columns without a foreign key that hold an account
    "account", "recorded_by", "written_by", "added_by", "issued_by", "judged_by", "offered_by", "decided_by",
    "saved_by", "raised_by", "removed_by", "done_by", "given_by", "sent_by", "invited_by",
}  # fmt: skip
LETTER = b"%PDF-1.7 invented"  # in place of the letter itself


def columns(model: type[Model]) -> list[Any]:
    return [one for one in model._meta.concrete_fields if not one.generated]


class Taken:
    """The rows of a child after a line of a story."""

    def __init__(self, definition: Definition, child: int, told_on: Iterable[date]) -> None:
        self.definition, self.child, self.players = definition, child, Players()
        self.rows = {model: list(self._asked(model, way)) for model, way in CHILD_ROWS}
        self.key = children.DataKey.objects.get(child=child).open()
        self.days = ToldDays([*told_on, *(row["happened_on"] for row in self.rows[casework.Move])])
        self.places = {(model._meta.db_table, row["id"]): place for model, rows in self.rows.items()
                       for place, row in enumerate(rows)}  # fmt: skip

    def _asked(self, model: type[Model], way: str) -> Iterable[dict[str, Any]]:
        found = model._default_manager.order_by("pk")
        if model is Account:
            parents = children.Guardian.objects.filter(child=self.child, account__isnull=False).values("account")
            found = found.filter(pk__in=parents)
        else:
            found = found.filter(**{way: self.child}).distinct()
        if model is children.Tie:
            found = found.exclude(purpose=REGISTRATION)  # each child of the seed has its own
        return found.values(*(one.attname for one in columns(model)))

    def pattern(self, kinds_of: Mapping[int, tuple[str, ...]]) -> Pattern:
        """`kinds_of`: of an organisation, every kind that may play its parts."""
        first, ties = self.rows[casework.Case][0], self.rows[children.Tie]
        opener = self.players.office(first["initiated_by_id"] or first["organisation_id"])
        rows = tuple(
            self._row(model, place, row) for model, found in self.rows.items() for place, row in enumerate(found)
        )
        parts = tuple((self._place(casework.Case, row["case_id"]), self._place(children.Tie, row["tie_id"]))
                      for row in self.rows[casework.Participant])  # fmt: skip
        return Pattern(
            self.definition.key, first["step"], first["closed_on"] is not None, self.definition.within,
            tuple(one.toordinal() for one in self.days.days), self.players.offices(kinds_of), opener,
            self.players.people(), rows, tuple(self._tie(row) for row in ties), parts,
            {model._meta.db_table: tuple(one.column for one in columns(model)) for model, _way in CHILD_ROWS},
            bool(self.rows[Account]),
        )  # fmt: skip

    def _tie(self, row: Values) -> tuple[Cell, int, Cell]:
        key = row["organisation_id"] or -row["account_id"]
        last = (kinds.AS_IS, kinds.NULL) if row["until"] is None else self.days.cell(row["until"], row)
        return self._key(key), self.days.near(row["since"]), last

    def _place(self, model: type[Model], pk: int) -> int:
        return self.places[model._meta.db_table, pk]

    # ---- cells

    def _row(self, model: type[Model], place: int, row: Values) -> Row:
        clock = self._clock(row) if model is casework.Clock else None
        special = {**_SPECIAL.get(model, {}), **({"due_at": (kinds.DUE_AT,)} if row.get("due_at") else {})}
        cells = (special.get(one.attname) or self._cell(model, one, row) for one in columns(model))
        return Row(model._meta.db_table, place, tuple(cells), clock)

    def _cell(self, model: type[Model], column: Any, row: Values) -> Cell:
        value, name = row[column.attname], column.name
        if value is None:
            return (kinds.AS_IS, kinds.NULL)
        if column.primary_key:
            return (kinds.OWN, model._meta.db_table, self._place(model, value))
        if isinstance(column, ForeignKey):
            return self._referred(column.related_model, value)
        if name == "key" and model is casework.Participant:
            return self._key(value)
        if name in BY_ACCOUNT:
            return self._account(value)
        if name == "post":
            return (kinds.POST, self.players.person(row["account"]))
        if name == "number" and value and model is casework.Case:
            return (kinds.NUMBER, value.rpartition("-")[0], self._numbered_on())
        return self._plain(column, value, row)

    def _plain(self, column: Any, value: Any, row: Values) -> Cell:
        if isinstance(value, UUID):
            return (kinds.CLAUSE_UUID, _rests_on(uuid=value)) if column.name == "clause" else (kinds.UUID,)
        if isinstance(value, datetime):
            return self.days.moment(value, row)
        if isinstance(value, date):
            return self.days.cell(value, row)
        if isinstance(value, bytes | memoryview):
            return self._bytes(column, bytes(value), row)
        if isinstance(value, str) and self._number and self._number in value:
            return (kinds.NUMBERED, escaped(value).replace(self._number, "{}"))
        return as_is(value, isinstance(column, ArrayField))

    def _bytes(self, column: Any, value: bytes, row: Values) -> Cell:
        if column.name == "hash":
            return (kinds.BYTES, len(value))
        if column.name != "sealed":
            return as_is(value)
        bound = f"{column.model._meta.db_table}.sealed"
        return (kinds.SEALED, sealed.unseal(value, f"{bound}|{row['uuid']}", self.key), bound)

    def _referred(self, to: Any, pk: Any) -> Cell:
        if (to._meta.db_table, pk) in self.places and to is not Account:
            return (kinds.OWN, to._meta.db_table, self._place(to, pk))
        if to is Organisation:
            return (kinds.OFFICE, self.players.office(pk))
        if to is Account:
            return self._account(pk)
        if to._meta.app_label in ("procedures", "forms"):
            return as_is(pk)
        if to is Clause:
            return (kinds.CLAUSE, _rests_on(pk=pk))
        if to not in _HOLES:
            raise Unknown(to._meta.label)
        return (_HOLES[to],)

    def _account(self, pk: int) -> Cell:
        """A parent's comes with the case; others work in an institution."""
        table = Account._meta.db_table
        if (table, pk) in self.places:
            return (kinds.OWN, table, self._place(Account, pk))
        return (kinds.PERSON, self.players.person(pk))

    def _key(self, key: int) -> Cell:
        return (kinds.OFFICE, self.players.office(key)) if key > 0 else (kinds.MINUS, self._account(-key))

    @cached_property
    def _number(self) -> str:
        return next((row["number"] for row in self.rows[casework.Case] if row["number"]), "")

    def _numbered_on(self) -> int:
        asking = {rule.key for rule in self.definition.moves if "registry_number" in rule.asks}
        moves = self.rows[casework.Move]
        return next((self.days.near(row["happened_on"]) for row in moves if row["move"] in asking), 0)

    def _clock(self, row: Values) -> ClockRow:
        """With the rule it runs by, also where it is of a linked case."""
        case = self._place(casework.Case, row["case_id"])
        rule = of_version(self.rows[casework.Case][case]["version_id"]).deadline[row["key"]]
        started, stopped, paused = (
            None if row[name] is None else self.days.near(row[name])
            for name in ("started_on", "stopped_on", "paused_on")
        )
        pauses = tuple(
            (*(self.days.near(date.fromisoformat(one[name])) for name in ("since", "until")), one["move"])
            for one in row["pauses"]
        )
        return ClockRow(case, rule, started or 0, stopped, paused, pauses)


def as_is(value: Any, is_array: bool = False) -> Cell:
    """As COPY reads it."""
    if isinstance(value, bytes):
        return (kinds.AS_IS, hexed(value))
    if isinstance(value, bool):
        return (kinds.AS_IS, "t" if value else "f")
    if is_array:
        return (kinds.AS_IS, escaped("{" + ",".join(json.dumps(str(one), ensure_ascii=False) for one in value) + "}"))
    if isinstance(value, list | dict):
        return (kinds.AS_IS, escaped(json.dumps(value, ensure_ascii=False)))
    return (kinds.AS_IS, escaped(str(value)))


def _rests_on(**of: Any) -> str:
    """The procedure that a clause is for: a case may be linked to one of another procedure."""
    return Clause.objects.values_list("procedure", flat=True).get(**of)


_HOLES = {children.Child: kinds.CHILD, children.Guardian: kinds.GUARDIAN}
_SPECIAL: dict[type[Model], dict[str, Cell]] = {  # columns that triggers, clocks or this seed fill otherwise
    casework.Case: {"acl": (kinds.ACL,), "due_on": (kinds.DUE_ON,), "due_key": (kinds.DUE_KEY,)},
    casework.Clock: {
        "due_on": (kinds.DUE,), "pauses": (kinds.PAUSES,), "missed_on": (kinds.MISSED,), "reminded": (kinds.REMINDED,),
    },
    casework.Letter: {
        "sealed": (kinds.SEALED, LETTER, "casework_letter.sealed"), "size": as_is(len(LETTER)),
        "sha256": as_is(hashlib.sha256(LETTER).digest()),
    },
    Account: {"email": (kinds.ADDRESS,), "password": as_is("!invented")},
}  # fmt: skip
