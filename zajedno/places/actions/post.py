"""Appointing to a post and ending it. Access follows the post: it ends at the next click after the post does."""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models.functions import Greatest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import account as accounts
from zajedno.access.actions import audit, outbox
from zajedno.access.queries.account import by_email, roles
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import Verb
from zajedno.places import rules
from zajedno.places.models import Organisation, Post


@transaction.atomic
def appoint(
    *,
    by: Actor,
    account: AbstractBaseUser,
    organisation: Organisation,
    role: str,
    since: date,
    until: date | None = None,
    title: str = "",
    seat: str = "",
    deputy_for: Post | None = None,
) -> Post:
    """Give a person a role (its key) in an organisation from `since` until before `until`.

    `seat`: the voice it is in a body, a key of the procedure ("health"). Within one's own organisation only roles that
    one's own role may also end; anywhere and any role by the wider verb.
    """
    _ask_to_appoint(by, organisation, role)
    _check(organisation, role, since, until, deputy_for)
    post = Post(
        account_id=account.pk,
        organisation=organisation,
        role_id=role,
        title=" ".join(title.split()),
        seat=seat,
        since=since,
        until=until,
        deputy_for=deputy_for,
        appointed_by_id=by.account,
    )
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as error:
        raise Refused(_("This person already holds this role here at that time."), "held") from error
    detail = {"role": role, "account": account.pk, "since": since.isoformat()}
    audit.record(by=by, verb=rules.APPOINT.key, about=post, organisation=organisation.pk, detail=detail)
    return post


@transaction.atomic
def appoint_by_email(
    *, by: Actor, email: str, name: str, language: str, site: str, organisation: Organisation, role: str, **fields: Any
) -> Post:
    """Appoint the person with this address; who has no password yet is sent an invitation, who is new gets an account.

    `site`: the address of this installation, for the letters; `fields` as of `appoint`.
    """
    _ask_to_appoint(by, organisation, role)  # before the address is looked up
    account = by_email(email)
    if account is None and not name.strip():
        raise Refused(_("Nobody with this address is here yet. Write their name too, and they are invited."), "name")
    if account is None or account.is_system or not account.is_active or not account.has_usable_password():
        account = accounts.invite(by=by, email=email, name=name, language=language, site=site)
    post = appoint(by=by, account=account, organisation=organisation, role=role, **fields)
    outbox.write(
        to=account,
        key=f"appointed-{post.pk}",
        subject=_("You have a new post"),
        body=format_lazy(_("You are appointed at {place}. Log in:\n\n{site}/"), place=organisation, site=site),
    )
    return post


@transaction.atomic
def end(*, by: Actor, post: Post, on: date, reason: str) -> Post:
    """The post is over on the day `on` (from that day it carries no rights, and nobody stands in for it).

    One's own post may always be laid down; others' with the verb in the same organisation and a role that may end it.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    _ask_to_end(by, post)
    if post.until is not None and post.until <= on:
        raise Overtaken(_("This post has already ended."), "ended")
    if on < post.since:
        raise Refused(_("A post cannot end before it begins."), "order")
    if not reason.strip():
        raise Refused(_("Say why the post ends."), "reason")
    post.until, post.ended_by_id, post.reason = on, by.account, " ".join(reason.split())
    post.save(update_fields=["until", "ended_by", "reason"])
    post.deputies.filter(until__gt=on).update(until=Greatest("since", on), ended_by=by.account)
    detail = {"role": post.role_id, "account": post.account_id, "on": on.isoformat()}
    audit.record(by=by, verb=rules.END_POST.key, about=post, organisation=post.organisation_id, detail=detail)
    return post


def may_end(by: Actor, post: Post) -> bool:
    """May the actor end this post (so that a page shows the button)?"""
    if post.account_id == by.account or by.may(rules.END_POST_ANYWHERE.key):
        return True
    return _in_charge(by, rules.END_POST, post.organisation_id, post.role_id)


def _in_charge(by: Actor, verb: Verb, organisation: int, role: str) -> bool:
    """Is the role among those that a role of the actor may end, there where it carries the verb?"""
    mine = {seat.role for seat in by.seats_for(verb.key, organisation)}
    return roles().filter(key__in=mine, may_end__contains=[role]).exists()


def _ask_to_appoint(by: Actor, organisation: Organisation, role: str) -> None:
    rules.ask_here_or_anywhere(by, rules.APPOINT, rules.APPOINT_ANYWHERE, organisation.pk)
    if not by.may(rules.APPOINT_ANYWHERE.key) and not _in_charge(by, rules.APPOINT, organisation.pk, role):
        raise NotPermitted(_("Your post may not appoint to this role. Ask the administrator of the installation."))


def _ask_to_end(by: Actor, post: Post) -> None:
    if post.account_id == by.account:
        return
    rules.ask_here_or_anywhere(by, rules.END_POST, rules.END_POST_ANYWHERE, post.organisation_id)
    if not may_end(by, post):
        raise NotPermitted(_("Your post may not end this one. Ask who supervises it."))


def _check(organisation: Organisation, role: str, since: date, until: date | None, deputy_for: Post | None) -> None:
    if not roles().filter(key=role).exists():
        raise Refused(_("This role is no longer in use."), "role")
    if until is not None and until <= since:
        raise Refused(_("A post cannot end before it begins."), "order")
    if organisation.active_until is not None and organisation.active_until <= since:
        raise Refused(_("This institution is closed."), "closed")
    if deputy_for is not None and deputy_for.organisation_id != organisation.pk:
        raise Refused(_("A deputy belongs to the same institution as the person they stand in for."), "deputy")
