"""Reads of accounts."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from zajedno.access.models import Account, Role


def by_email(email: str) -> Account | None:
    return Account.objects.filter(email__iexact=email.strip()).first()


def by_uuid(uuid: str) -> Account | None:
    return Account.objects.filter(uuid=uuid).first()


def search(text: str = "") -> QuerySet[Account]:
    """Accounts of people, by name or address."""
    rows = Account.objects.filter(is_system=False).order_by("name", "id")
    return rows.filter(Q(name__icontains=text) | Q(email__icontains=text)) if text else rows


def by_ids(ids: Iterable[int]) -> dict[int, Account]:
    """Accounts by id."""
    return Account.objects.in_bulk(list(ids))


def names(ids: set[int]) -> dict[int, str]:
    """Names of accounts, by id."""
    return dict(Account.objects.filter(id__in=ids).values_list("id", "name"))


def roles() -> QuerySet[Role]:
    """Roles in use, in the order of their keys."""
    return Role.objects.filter(retired_on=None).order_by("key")
