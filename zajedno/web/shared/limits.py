"""How often one address may do what anybody may do."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def too_many(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Count this attempt; true when there were more than `most` without a pause of `seconds`."""
    key = _key(request, what)
    count = cache.get(key, 0) + 1
    cache.set(key, count, seconds)
    return bool(count > most)


def is_over(request: HttpRequest, what: str, *, most: int) -> bool:
    """Have as many attempts been counted already? This one is not."""
    return bool(cache.get(_key(request, what), 0) >= most)


def _key(request: HttpRequest, what: str) -> str:
    return f"limit:{what}:{get_adapter().get_client_ip(request)}"
