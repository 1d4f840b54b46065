"""Who sits in the commission for a case."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zajedno.casework.models import Recusal
from zajedno.casework.queries.case import CaseFile
from zajedno.places.queries.post import colleagues

if TYPE_CHECKING:
    from zajedno.access.models import Account
    from zajedno.places.models import Post


@dataclass(frozen=True)
class Member:
    """A person with a vote (or without: the coordinator), for this case."""

    person: "Account"
    part: str
    seat: str
    votes: bool
    recused: bool = False
    instead_of: int | None = None

    @property
    def account(self) -> int:
        return self.person.pk

    @property
    def name(self) -> str:
        return self.person.name


def members(file: CaseFile) -> list[Member]:
    """Holders of posts at the commission and persons appointed for the case, in the order of the procedure's parts."""
    found: list[Member] = []
    recusals = {row.account_id: row for row in Recusal.objects.filter(case=file.case)}
    holders = colleagues(file.case.organisation, file.by.today)
    for part in file.definition.parts:
        if part.kind == "post" and part.of == file.definition.keeper:
            rows = [
                (post.account, post.seat) for post in holders if post.role_id == part.role and not post.deputy_for_id
            ]
        elif part.votes:
            rows = [
                (row.tie.account, row.seat) for row in file.participants if row.part == part.key and row.tie.account
            ]
        else:
            continue
        found += [
            Member(person, part.key, seat, part.votes, recused=person.pk in recusals)
            for person, seat in rows
            if person.pk not in {member.account for member in found}
        ]
    return [*found, *_deputies(found, recusals), *_standing_in(file, holders)]


def _standing_in(file: CaseFile, holders: Iterable["Post"]) -> list[Member]:
    """Who holds a post for a colleague who is away. A vote is not handed on so: they have none by it."""
    return [
        Member(post.account, part.key, "", False, instead_of=post.deputy_for.account_id)
        for part in file.definition.parts
        for post in holders
        if post.deputy_for and (part.kind, part.role, part.of) == ("post", post.role_id, file.definition.keeper)
    ]


def _deputies(found: list[Member], recusals: dict[int, Recusal]) -> list[Member]:
    known = {member.account for member in found}
    return [
        Member(row.deputy, member.part, member.seat, True, instead_of=member.account)
        for member in found
        if (row := recusals.get(member.account)) and row.deputy_id and row.deputy and row.deputy_id not in known
    ]


def holders_elsewhere(file: CaseFile, parts: Collection[str]) -> "list[Account]":
    """Who holds the posts of parts at other institutions of the case, such as the head of the one that receives."""
    rules = [part for key, part in file.definition.part.items() if key in parts and part.kind == "post"]
    found: list[Account] = []
    for row in file.participants:
        wanted = {part.role for part in rules if part.of == row.part != file.definition.keeper}
        if wanted and row.tie.organisation:
            posts = colleagues(row.tie.organisation, file.by.today)
            found += [post.account for post in posts if post.role_id in wanted]
    return found


def voters(file: CaseFile) -> list[Member]:
    return [member for member in members(file) if member.votes and not member.recused]
