"""Field devices: which still act, for which post, and who acts through one."""

import hmac
from datetime import date

from django.db.models import QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places.logic.token import token_hash
from zajedno.places.models import Device
from zajedno.places.queries.actor import seats_of
from zajedno.places.queries.post import held


def living(today: date) -> QuerySet[Device]:
    """Devices that are not stopped and whose post is held today."""
    return Device.objects.filter(revoked_on=None, post__in=held(today)).select_related(
        "post__account", "post__organisation"
    )


def by_name(name: str, today: date) -> Device | None:
    """The living device that logs in under a name; None for a stopped one as for none."""
    return living(today).filter(name=name).first()


def actor_of(device: Device, today: date) -> Actor:
    """Whose device it is, seated at its one post alone."""
    return Actor(account=device.post.account_id, seats=seats_of(held(today).filter(pk=device.post_id)), today=today)


def own(by: Actor) -> QuerySet[Device]:
    """Every device of the actor's posts, also stopped ones; the newest first."""
    rows = Device.objects.filter(post__account=by.account).select_related("post__organisation", "post__role")
    return rows.order_by("-issued_on", "-id")


def find_own(by: Actor, uuid: str) -> Device:
    """One of them; NotFound for others' as for none."""
    device = own(by).filter(uuid=uuid).first()
    if device is None:
        raise NotFound("There is no such device.")
    return device


def token_fits(device: Device, token: str) -> bool:
    return hmac.compare_digest(bytes(device.token_hash), token_hash(token))
