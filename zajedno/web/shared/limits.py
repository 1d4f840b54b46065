"""How often one address may do what anybody may do."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def too_many(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Count this attempt; true when there were more than `most` without a pause of `seconds`."""
    key = f"limit:{what}:{get_adapter().get_client_ip(request)}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, seconds)
    return bool(count > most)
