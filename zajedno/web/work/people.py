"""Whom a move may name: people and commissions to choose from."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from zajedno.access.queries.account import by_ids
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.members import members
from zajedno.casework.queries.receivers import ANY, Sought, receivers
from zajedno.casework.rules import RECEIVE
from zajedno.children.queries.guardian import entered
from zajedno.kernel.clock import today
from zajedno.places.queries.organisation import organisations
from zajedno.places.queries.post import carrying, held
from zajedno.procedures.logic.definition import Part

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

COMMISSION = "intersectoral_commission"  # key of a kind of organisation, in packs/common/organisation_kinds.toml
KNOW_CHILDREN = ("education", "health", "social_protection")
MOST = 500

Choices = list[tuple[str, str]]


def staff(file: CaseFile) -> Choices:
    """People with posts in education, health and social protection of the municipality, the initiator's first."""
    case = file.case
    near = Q(organisation__territory=case.organisation.territory_id, organisation__kind__sector__in=KNOW_CHILDREN)
    posts = carrying(RECEIVE.key, file.by.today).filter(near | Q(organisation=case.initiated_by_id))
    rows = posts.exclude(organisation=case.organisation_id).select_related("account", "organisation")
    ordered = sorted(rows[:MOST], key=lambda post: (post.organisation_id != case.initiated_by_id, post.account.name))
    return list({str(post.account_id): f"{post.account.name}, {post.organisation}" for post in ordered}.items())


def voting(file: CaseFile) -> Choices:
    """Members who take part in this case and have not stepped back."""
    return [(str(one.account), one.name) for one in members(file) if one.votes and not one.recused]


def deputies(file: CaseFile) -> Choices:
    """Colleagues at the commission who do not sit in this case yet, then the staff of the municipality."""
    sitting = {str(one.account) for one in members(file) if one.votes}
    posts = held(file.by.today).filter(organisation=file.case.organisation_id, role__opens_files=True)
    own = {
        str(post.account_id): f"{post.account.name}, {post.organisation}"
        for post in posts.select_related("account", "organisation")
    }
    return [(key, name) for key, name in {**own, **dict(staff(file))}.items() if key not in sitting]


def staff_for(file: CaseFile, part: Part) -> Choices:
    """Who may play a person's part: parents who have entered the family desk, for one of theirs; who holds the role
    that it names; else the staff, the people of the institution it is of before all others."""
    if part.guardians:
        return [(str(account.pk), account.name) for account, _fields in entered(file.case.child_id)]
    if part.role:
        return _holders(file, part.role)
    return _own_first(file, part.of) if part.of else staff(file)


def _holders(file: CaseFile, role: str) -> Choices:
    """Holders of a role in the municipality, those of the keeper, of what it belongs to and of who began first."""
    near = {file.case.organisation_id, file.case.organisation.parent_id, file.case.initiated_by_id}
    posts = held(file.by.today).filter(role=role).select_related("account", "organisation")
    rows = posts.filter(Q(organisation__territory=file.case.organisation.territory_id) | Q(organisation__in=near))
    ordered = sorted(rows[:MOST], key=lambda post: (post.organisation_id not in near, post.account.name))
    return list({str(post.account_id): f"{post.account.name}, {post.organisation}" for post in ordered}.items())


def _own_first(file: CaseFile, of: str) -> Choices:
    """The people of an institution (or, while none plays that part, those of the keeper), whatever files their posts
    open, since the part opens this one; then the staff."""
    at = file.organisation_in(of) or file.case.organisation_id
    posts = held(file.by.today).filter(organisation=at).select_related("account", "organisation")[:MOST]
    own = {str(post.account_id): f"{post.account.name}, {post.organisation}" for post in posts}
    return [*sorted(own.items(), key=lambda one: one[1]), *(one for one in staff(file) if one[0] not in own)]


def organisations_for(file: CaseFile, part: Part, sought: Sought = ANY) -> "QuerySet[Organisation]":
    """Institutions that may receive and play the part, the nearest first; never the one that keeps the case."""
    here = file.case.organisation
    rows = receivers(part.kinds, here.territory.country_id, file.by.today, sought, here.territory_id)
    return rows.exclude(pk=here.pk)


def chosen(part: Part, number: str) -> Any:
    """Who was chosen: an account or an organisation."""
    if not number.isdecimal():
        return None
    if part.kind == "organisation":
        return organisations(working_on=today()).filter(pk=int(number)).first()
    return by_ids([int(number)]).get(int(number))


def commissions() -> Choices:
    """Every commission at work."""
    return [(str(row.pk), str(row)) for row in organisations(kind=COMMISSION, working_on=today())[:MOST]]
