"""A list of members on its way in: which institution is meant, who sits in the body already, what would come of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zajedno.kernel.actor import Actor
from zajedno.kernel.script import fold
from zajedno.networks.enums import MemberRole
from zajedno.networks.logic.member_rows import Said, sector_of
from zajedno.networks.models import Body, Member
from zajedno.networks.queries.body import account_at
from zajedno.places.logic.arriving import Fault
from zajedno.places.logic.named import Names
from zajedno.places.queries.organisation import by_ids, organisations

NEW, SAME, CHANGED = "new", "same", "changed"
DAY = 1


@dataclass(frozen=True)
class Coming:
    """A row that can be taken. `organisation`: id, 0 for an institution that is only written, of `sector`; `member`:
    the id of who sits already."""

    said: Said
    kind: str
    organisation: int
    institution: str
    sector: str
    member: int = 0


@dataclass(frozen=True)
class Entered:
    """A row as it was shown. `fields`: of a `Seat`, for a new one; `deputy`, `until`: for who sits already."""

    number: int
    kind: str
    member: int
    fields: dict[str, Any]
    since: date
    until: date | None


class Institutions:
    """Those of the body's place by any spelling of the name, those of the country by their very name or code."""

    def __init__(self, body: Body, today: date) -> None:
        self.near: Names[int] = Names()
        self.far: Names[int] = Names()
        around = (body.territory.name_cyr, body.territory.name_lat)
        for row in organisations(territory=body.territory, working_on=today):
            self.near.add(row.pk, (row.name, row.code, row.registry_number, row.tax_number), around)
        rows = organisations(working_on=today).filter(territory__country=body.territory.country_id)
        for pk, *names in rows.values_list("pk", "name", "code", "registry_number"):
            self.far.add(pk, names)

    def find(self, said: Said) -> int | Fault:
        """An id; 0 for one that is only written."""
        found = self.near.find(said.institution) or self.far.exact.get(fold(said.institution), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            names = ", ".join(sorted(map(str, by_ids(found).values()))[:4])
            return Fault("institution_many", "institution", {"name": said.institution[:100], "names": names})
        if not (said.sector or sector_of(said.institution)):
            return Fault("no_sector", "institution", {"name": said.institution[:100]})
        return 0


def placed(by: Actor, body: Body, said: Iterable[Said]) -> tuple[list[Coming], list[Said]]:
    """(rows that can be taken, rows that cannot with all their faults), both in the order of the file."""
    known = Institutions(body, by.today)
    found: list[tuple[Said, int]] = []
    deputies: list[tuple[Said, int]] = []
    refused: list[Said] = []
    for one in said:
        at = known.find(one) if one.institution else 0
        faults = [*one.faults, *([at] if isinstance(at, Fault) else [])]
        if faults or isinstance(at, Fault):
            refused.append(replace(one, faults=faults))
        else:
            (deputies if one.is_deputy else found).append((one, at))
    refused += _deputised(found, deputies)
    ready, more = _compared(body, found, by.today)
    return ready, sorted(refused + more, key=lambda one: one.number)


def _deputised(found: list[tuple[Said, int]], deputies: list[tuple[Said, int]]) -> list[Said]:
    """Who stands in a row of their own as deputy comes for a member of the institution who has none yet; the others."""
    left = []
    for one, at in deputies:
        mine = next((place for place, (other, there) in enumerate(found)
                     if _at(other, there) == _at(one, at) and not other.deputy), None)  # fmt: skip
        if mine is None:
            left.append(replace(one, faults=[Fault("deputy_of_whom", "role")]))
        else:
            found[mine] = (replace(found[mine][0], deputy=one.person), found[mine][1])
    return left


def _at(said: Said, organisation: int) -> str:
    return str(organisation or fold(said.institution))


def _key(at: str, person: str) -> tuple[str, ...]:
    """Institution and person, whichever name stands first, in either script."""
    return (at, *sorted(fold(person).split()))


def _compared(body: Body, found: list[tuple[Said, int]], today: date) -> tuple[list[Coming], list[Said]]:
    sitting = list(body.members.select_related("organisation").order_by("-since"))
    ready: list[Coming] = []
    refused: list[Said] = []
    seen: dict[tuple[str, ...], int] = {}
    for one, at in found:
        key = _key(_at(one, at), one.person)
        if key in seen:
            refused.append(replace(one, faults=[Fault("twice", what={"row": seen[key]})]))
            continue
        seen[key] = one.number
        outcome = _outcome(sitting, one, at, today)
        if isinstance(outcome, Fault):
            refused.append(replace(one, faults=[outcome]))
        else:
            ready.append(outcome)
    return _one_chair(sitting, ready, refused), refused


def _outcome(sitting: list[Member], one: Said, at: int, today: date) -> Coming | Fault:
    name = "" if at else one.institution
    sector = "" if at else one.sector or sector_of(one.institution)
    here = _sits(sitting, one, at, today)
    if here is None:
        return Coming(one, NEW, at, name, sector)
    if here.until is not None and here.until <= today and one.until is None:
        return Fault("sat_before", "since", {"day": date.fromordinal(here.until.toordinal() - DAY)})
    if here.role != one.role:
        return Fault("role_other", "role", {"role": str(MemberRole(here.role).label)})
    ends = one.until is not None and here.until is None
    other = bool(one.deputy) and fold(one.deputy) != fold(here.deputy)
    return Coming(one, CHANGED if ends or other else SAME, at, name, sector, here.pk)


def _sits(sitting: list[Member], one: Said, at: int, today: date) -> Member | None:
    """Who is meant, by account or name, in days that meet those of the row."""
    account = account_at(at, one.email, today) if at and one.email else None
    key = _key(_at(one, at), one.person)
    for row in sitting:
        there = str(row.organisation_id or fold(row.institution))
        theirs = (account is not None and row.account_id == account) or _key(there, row.person) == key
        if theirs and _meet(one, row.since, row.until):
            return row
    return None


def _meet(one: Said, since: date, until: date | None) -> bool:
    assert one.since is not None
    return (until is None or one.since < until) and (one.until is None or since <= one.until) and since != until


def _one_chair(sitting: list[Member], ready: list[Coming], refused: list[Said]) -> list[Coming]:
    """New chairs may not meet one who is there, or an earlier one of the list."""
    leaving = {one.member: one.said.until for one in ready if one.kind == CHANGED and one.said.until}
    chairs = [(row.person, row.since, _after(leaving[row.pk]) if row.pk in leaving else row.until)
              for row in sitting if row.role == MemberRole.CHAIR]  # fmt: skip
    kept = []
    for one in ready:
        if one.kind == NEW and one.said.role == MemberRole.CHAIR:
            taken = next((who for who, since, until in chairs if _meet(one.said, since, until)), None)
            if taken is not None:
                refused.append(replace(one.said, faults=[Fault("chair_taken", "role", {"person": taken})]))
                continue
            assert one.said.since is not None
            chairs.append((one.said.person, one.said.since, _after(one.said.until)))
        kept.append(one)
    return kept


def _after(last: date | None) -> date | None:
    return date.fromordinal(last.toordinal() + DAY) if last else None


def entered(one: Coming) -> Entered:
    said = one.said
    assert said.since is not None
    fields = {
        "person": said.person, "organisation": one.organisation or None, "institution": one.institution,
        "sector": one.sector, "role": said.role, "email": said.email, "deputy": said.deputy,
    }  # fmt: skip
    return Entered(said.number, one.kind, one.member, fields, said.since, said.until)
