"""Field devices: a token is shown once, kept as a hash, and revoked at any time."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.places import rules
from zajedno.places.logic.token import digest_secret, new_name, new_token, token_hash
from zajedno.places.models import Device, Post


@transaction.atomic
def issue(*, by: Actor, post: Post, label: str) -> tuple[Device, str]:
    """Let a device act for a post; returns it with its token, which nobody can read again."""
    if post.account_id != by.account:
        ask(by, rules.ISSUE_DEVICE, post.organisation_id)
    if post.until is not None and post.until <= by.today:
        raise Refused(_("This post has already ended."), "ended")
    label = " ".join(label.split())[:120]
    if not label:
        raise Refused(_("Give the device a name by which you will know it."), "label")
    name, token = new_name(), new_token()
    device = Device(
        post=post, label=label, name=name, token_hash=token_hash(token), issued_on=now(), issued_by_id=by.account
    )
    device.secret = digest_secret(name, token)
    device.save()
    audit.record(by=by, verb=rules.ISSUE_DEVICE.key, about=device, organisation=post.organisation_id)
    return device, token


@transaction.atomic
def revoke(*, by: Actor, device: Device) -> Device:
    """The token opens nothing from this moment."""
    device = Device.objects.select_for_update(of=("self",)).select_related("post").get(pk=device.pk)
    if device.post.account_id != by.account:
        ask(by, rules.REVOKE_DEVICE, device.post.organisation_id)
    if device.revoked_on is not None:
        raise Overtaken(_("This device has already been stopped."), "revoked")
    device.revoked_on, device.ha1 = now(), None
    device.save(update_fields=["revoked_on", "ha1"])
    audit.record(by=by, verb=rules.REVOKE_DEVICE.key, about=device, organisation=device.post.organisation_id)
    return device
