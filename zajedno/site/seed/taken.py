"""Takes down what stands in the database about one child that a story was told of, as a pattern."""

import hashlib
import json
from collections.abc import Iterable
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
from zajedno.kernel import clock, sealed
from zajedno.networks.models import Clause
from zajedno.places.models import Organisation, Post
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import of_version
from zajedno.site.seed import pattern as kinds
from zajedno.site.seed.pattern import Cell, ClockRow, Office, Pattern, Person, Row

CHILD_ROWS = (  # model, how it leads to the child; a row stands after what it refers to
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
    "account", "recorded_by", "written_by", "added_by", "issued_by", "judged_by", "offered_by", "decided_by", "saved_by",
    "raised_by", "removed_by", "done_by", "given_by", "sent_by", "invited_by",
}  # fmt: skip
LETTER = b"%PDF-1.7 invented"  # in place of the letter itself, which a page renders


class Unknown(TypeError):
    """A column that the seed has no word for: say what it holds in this module."""


def columns(model: type[Model]) -> list[Any]:
    return [one for one in model._meta.concrete_fields if not one.generated]


class Taken:
    """The rows of a child after a line of a story, and the days on which something happened."""

    def __init__(self, definition: Definition, child: int, told_on: Iterable[date]) -> None:
        self.definition, self.child = definition, child
        self.rows = {model: list(self._asked(model, way)) for model, way in CHILD_ROWS}
        self.key = children.DataKey.objects.get(child=child).open()
        moved = {row["happened_on"] for row in self.rows[casework.Move]}
        self.days = sorted({one for one in (*told_on, *moved) if one <= clock.today()})
        self.places = {(model._meta.db_table, row["id"]): place for model, rows in self.rows.items()
                       for place, row in enumerate(rows)}  # fmt: skip
        self.offices: dict[int, int] = {}
        self.people: dict[int, int] = {}

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

    @cached_property
    def number(self) -> str:
        return next((row["number"] for row in self.rows[casework.Case] if row["number"]), "")

    def pattern(self, kinds_of: dict[int, tuple[str, ...]]) -> Pattern:
        """`kinds_of`: of an organisation, every kind that may play its parts."""
        first = self.rows[casework.Case][0]
        opener = first["initiated_by_id"] or first["organisation_id"]
        self._office(opener)
        rows = tuple(
            self._row(model, place, row) for model, found in self.rows.items() for place, row in enumerate(found)
        )
        ties = self.rows[children.Tie]
        return Pattern(
            self.definition.key, first["step"], first["closed_on"] is not None, self.definition.within,
            tuple(one.toordinal() for one in self.days), self._offices(kinds_of), self._office(opener), self._people(),
            rows,
            ties=tuple((self._key(row), self._near(row["since"])[0], self._last(row)) for row in ties),
            parts=tuple((self._of(casework.Case, row["case_id"]), self._of(children.Tie, row["tie_id"]))
                        for row in self.rows[casework.Participant]),
            columns={model._meta.db_table: tuple(one.column for one in columns(model)) for model, _way in CHILD_ROWS},
            parents=bool(self.rows[Account]),
        )  # fmt: skip

    # ---- places and people

    def _office(self, organisation: int) -> int:
        return self.offices.setdefault(organisation, len(self.offices))

    def _offices(self, kinds_of: dict[int, tuple[str, ...]]) -> tuple[Office, ...]:
        rows = Organisation.objects.in_bulk(list(self.offices))
        seen: dict[str, list[int]] = {}
        for pk in sorted(rows):
            seen.setdefault(rows[pk].kind_id, []).append(pk)
        return tuple(
            Office(rows[pk].kind_id, seen[rows[pk].kind_id].index(pk), kinds_of.get(pk, ())) for pk in self.offices
        )

    def _person(self, account: int) -> int:
        if account not in self.people:
            self.people[account] = len(self.people)
            self._office(self._post(account).organisation_id)
        return self.people[account]

    @staticmethod
    def _post(account: int) -> Post:
        found = Post.objects.filter(account=account).order_by("pk").first()
        if found is None:
            raise Unknown(f"account {account} holds no post")
        return found

    def _people(self) -> tuple[Person, ...]:
        people = []
        for account in self.people:
            post = self._post(account)
            alike = Post.objects.filter(organisation=post.organisation_id, role=post.role_id, seat=post.seat)
            place = list(alike.order_by("pk").values_list("account", flat=True)).index(account)
            people.append(Person(self.offices[post.organisation_id], post.role_id, post.seat, place))
        return tuple(people)

    # ---- cells

    def _row(self, model: type[Model], place: int, row: dict[str, Any]) -> Row:
        special = self._clock(row) if model is casework.Clock else {}
        if model is casework.Case:
            special = {"acl": (kinds.ACL,), "due_on": (kinds.DUE_ON,), "due_key": (kinds.DUE_KEY,)}
        if model is Account:
            special = {"email": (kinds.ADDRESS,), "password": (kinds.AS_IS, "!invented")}
        if model is casework.Letter:
            digest = hashlib.sha256(LETTER).digest()
            special = {
                "sealed": (kinds.SEALED, LETTER, "casework_letter.sealed"), "sha256": as_is(digest),
                "size": as_is(len(LETTER)),
            }  # fmt: skip
        clock_row = special.pop("clock", None)
        cells = tuple(special.get(one.attname) or self._cell(model, one, row) for one in columns(model))
        return Row(model._meta.db_table, place, cells, clock_row)

    def _cell(self, model: type[Model], column: Any, row: dict[str, Any]) -> Cell:
        value, name = row[column.attname], column.name
        if value is None:
            return (kinds.AS_IS, kinds.NULL)
        if column.primary_key:
            return self._own(model._meta.db_table, value)
        if isinstance(column, ForeignKey):
            return self._referred(column.related_model, value, column.attname)
        if name == "key" and model is casework.Participant:
            return self._key({"organisation_id": value if value > 0 else None, "account_id": -value})
        if name in BY_ACCOUNT:
            return self._account(value)
        if name == "post":
            return (kinds.POST, self._person(row["account"]))
        if name == "number" and value and model is casework.Case:
            return (kinds.NUMBER, value.rsplit("-", 1)[0] if "-" in value else "", self._numbered_on())
        return self._plain(model, name, value, row)

    def _plain(self, model: type[Model], name: str, value: Any, row: dict[str, Any]) -> Cell:
        if isinstance(value, UUID):
            return (kinds.CLAUSE_UUID,) if name == "clause" else (kinds.UUID,)
        if isinstance(value, datetime):
            return self._moment(value, row)
        if isinstance(value, date):
            return self._day(value, row)
        if isinstance(value, bytes | memoryview):
            return self._bytes(model, name, bytes(value), row)
        if isinstance(value, str) and self.number and self.number in value:
            return (kinds.NUMBERED, escaped(value).replace(self.number, "{}"))
        return as_is(value, isinstance(model._meta.get_field(name), ArrayField))

    def _bytes(self, model: type[Model], name: str, value: bytes, row: dict[str, Any]) -> Cell:
        if name == "hash":
            return (kinds.BYTES, len(value))
        if name != "sealed":
            return as_is(value)
        bound = f"{model._meta.db_table}.sealed"
        return (kinds.SEALED, sealed.unseal(value, f"{bound}|{row['uuid']}", self.key), bound)

    def _own(self, table: str, pk: int) -> Cell:
        return (kinds.OWN, table, self.places[table, pk])

    def _of(self, model: type[Model], pk: int) -> int:
        return self.places[model._meta.db_table, pk]

    def _referred(self, to: Any, pk: Any, column: str) -> Cell:
        if (to._meta.db_table, pk) in self.places:
            return self._own(to._meta.db_table, pk)
        if to is children.Child:
            return (kinds.CHILD,)
        if to is children.Guardian:
            return (kinds.GUARDIAN,)
        if to is Organisation:
            return (kinds.OFFICE, self._office(pk))
        if to is Account:
            return self._account(pk)
        if to is Clause:
            return (kinds.CLAUSE,)
        if to._meta.app_label in ("procedures", "forms"):
            return as_is(pk)
        raise Unknown(f"{column} leads to {to._meta.label}")

    def _account(self, pk: int) -> Cell:
        own = (Account._meta.db_table, pk)
        return self._own(*own) if own in self.places else (kinds.PERSON, self._person(pk))

    def _key(self, row: dict[str, Any]) -> Cell:
        if row["organisation_id"]:
            return (kinds.OFFICE, self._office(row["organisation_id"]))
        return (kinds.MINUS, self._account(row["account_id"]))

    # ---- days

    def _near(self, day: date) -> tuple[int, int]:
        """The last day of the telling by then, and how many days after it."""
        place = max((at for at, one in enumerate(self.days) if one <= day), default=0)
        return place, (day - self.days[place]).days

    def _exact(self, day: date) -> int | None:
        return self.days.index(day) if day in self.days else None

    def _begins(self, row: dict[str, Any]) -> int:
        """The last day of the telling that the row names: what stands in it for later is reckoned from there."""
        named = [
            clock.day_of(one) if isinstance(one, datetime) else one for one in row.values() if isinstance(one, date)
        ]
        return max((place for one in named if (place := self._exact(one)) is not None), default=len(self.days) - 1)

    def _day(self, day: date, row: dict[str, Any]) -> Cell:
        if (place := self._exact(day)) is not None:
            return (kinds.DAY, place, 0)
        for place, one in enumerate(self.days):  # ended on the day before
            if (one - day).days == 1 and place:
                return (kinds.DAY, place, -1)
        place = self._begins(row)
        return (kinds.DAY, place, (day - self.days[place]).days)

    def _moment(self, moment: datetime, row: dict[str, Any]) -> Cell:
        day, time = clock.day_of(moment), f"{moment.astimezone(clock.ZONE):%H:%M:%S}"
        if day == clock.today() and day not in self.days:  # the clock of the machine, not of the story
            return (kinds.MOMENT, self._begins(row), 0, "12:30:00")
        _kind, place, later = self._day(day, row)
        return (kinds.MOMENT, place, later, time)

    def _last(self, row: dict[str, Any]) -> Cell:
        return (kinds.AS_IS, kinds.NULL) if row["until"] is None else self._day(row["until"], row)

    def _numbered_on(self) -> int:
        asking = {rule.key for rule in self.definition.moves if "registry_number" in rule.asks}
        return next((self._near(row["happened_on"])[0] for row in self.rows[casework.Move] if row["move"] in asking), 0)

    def _clock(self, row: dict[str, Any]) -> dict[str, Any]:
        case = self._of(casework.Case, row["case_id"])
        rule = of_version(self.rows[casework.Case][case]["version_id"]).deadline[row["key"]]
        pauses = tuple(
            (self._near(date.fromisoformat(one["since"]))[0], self._near(date.fromisoformat(one["until"]))[0], one["move"])
            for one in row["pauses"]
        )  # fmt: skip
        started, stopped, paused = (
            None if row[name] is None else self._near(row[name])[0]
            for name in ("started_on", "stopped_on", "paused_on")
        )
        found = ClockRow(case, rule, started or 0, stopped, paused, pauses)
        cells: dict[str, Any] = {
            "due_on": (kinds.DUE,), "pauses": (kinds.PAUSES,), "missed_on": (kinds.MISSED,),
            "reminded": (kinds.REMINDED,), "clock": found,
        }  # fmt: skip
        return cells | ({"due_at": (kinds.DUE_AT,)} if row["due_at"] else {})


def as_is(value: Any, is_array: bool = False) -> Cell:
    """As COPY reads it."""
    if isinstance(value, bytes):
        return (kinds.AS_IS, rf"\\x{value.hex()}")
    if isinstance(value, bool):
        return (kinds.AS_IS, "t" if value else "f")
    if is_array:
        return (kinds.AS_IS, escaped("{" + ",".join(json.dumps(str(one), ensure_ascii=False) for one in value) + "}"))
    if isinstance(value, list | dict):
        return (kinds.AS_IS, escaped(json.dumps(value, ensure_ascii=False)))
    return (kinds.AS_IS, escaped(str(value)))


def escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
