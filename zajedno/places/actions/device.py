"""Field devices: a token is shown once, kept as a hash, and revoked at any time."""

import secrets

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.places import rules
from zajedno.places.logic.token import token_hash
from zajedno.places.models import Device, Post


@transaction.atomic
def issue(*, by: Actor, post: Post, label: str) -> tuple[Device, str]:
    """Let a device act for a post; returns it with its token, which nobody can read again."""
    if post.account_id != by.account:
        ask(by, rules.ISSUE_DEVICE, post.organisation_id)
    if post.until is not None and post.until <= by.today:
        raise Refused(_("This post has already ended."), "ended")
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        post=post,
        label=" ".join(label.split()),
        token_hash=token_hash(token),
        issued_on=now(),
        issued_by_id=by.account,
    )
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
    device.revoked_on = now()
    device.save(update_fields=["revoked_on"])
    audit.record(by=by, verb=rules.REVOKE_DEVICE.key, about=device, organisation=device.post.organisation_id)
    return device
