"""People whom an administrator may see: all of them, or those who hold or held a post in their own institutions."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from zajedno.access.queries.account import search
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places import rules
from zajedno.places.models import Post
from zajedno.places.queries.organisation import manageable

if TYPE_CHECKING:
    from zajedno.access.models import Account


def people(by: Actor, text: str = "") -> "QuerySet[Account]":
    """In the order of names; `text` is looked for in names, in either script, and in addresses."""
    rows = search(text)
    if by.may(rules.APPOINT_ANYWHERE.key):
        return rows
    posts = Post.objects.filter(organisation__in=manageable(by))
    return rows.filter(pk__in=posts.values("account"))


def person(by: Actor, uuid: str) -> "Account":
    """One of them; NotFound for others as for nobody."""
    found = people(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("There is no such account.")
    return found
