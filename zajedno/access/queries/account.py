"""Reads of accounts."""

from collections.abc import Iterable

from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery, TextField

from zajedno.access.models import Account, Invitation, Role
from zajedno.kernel.script import fold


def by_email(email: str) -> Account | None:
    return Account.objects.filter(email__iexact=email.strip()).first()


def by_uuid(uuid: str) -> Account | None:
    return Account.objects.filter(uuid=uuid).first()


def search(text: str = "") -> QuerySet[Account]:
    """Accounts of people that hold every word of `text` in their name (in either script) or address."""
    rows = Account.objects.filter(is_system=False).order_by("name", "id")
    for word in text.split():
        folded = Func(F("name"), function="app.fold", output_field=TextField())
        rows = rows.alias(folded=folded).filter(Q(folded__contains=fold(word)) | Q(email__icontains=word))
    return rows


def by_ids(ids: Iterable[int]) -> dict[int, Account]:
    """Accounts by id."""
    return Account.objects.in_bulk(list(ids))


def names(ids: set[int]) -> dict[int, str]:
    """Names of accounts, by id."""
    return dict(Account.objects.filter(id__in=ids).values_list("id", "name"))


def roles() -> QuerySet[Role]:
    """Roles in use, in the order of their keys."""
    return Role.objects.filter(retired_on=None).order_by("key")


def waiting_invitations() -> QuerySet[Invitation]:
    """The newest invitation of each account that has no password yet, open or too old, the newest first."""
    newest = Invitation.objects.filter(account=OuterRef("account")).order_by("-created_on", "-id").values("pk")[:1]
    rows = Invitation.objects.filter(pk=Subquery(newest), accepted_on=None, account__is_active=True)
    return rows.select_related("account").order_by("-created_on", "-id")


def invitations(account: Account) -> QuerySet[Invitation]:
    """Every invitation of one person, the newest first, with who sent it."""
    return Invitation.objects.filter(account=account).select_related("invited_by").order_by("-created_on", "-id")
