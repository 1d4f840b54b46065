"""What allauth asks us: nobody signs up, and every letter goes through the outbox."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import outbox
from zajedno.access.models import Account


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth's other letters (to addresses without an account, for one) are not sent at all."""

    def send_password_reset_mail(self, user: Account, email: str, context: dict[str, Any]) -> None:
        """A link to choose a new password, in the receiver's language. A closed account gets none."""
        if not user.is_active or not user.has_usable_password():
            return
        outbox.write(
            to=user,
            key=f"password-{user.pk}-{secrets.token_hex(8)}",
            subject=_("A new password for Zajedno"),
            body=_Letter(context["password_reset_url"]),
        )


class _Letter:
    """Text made when the outbox asks for it, in the receiver's language."""

    def __init__(self, link: str) -> None:
        self.link = link

    def __str__(self) -> str:
        sentence = _(
            "Somebody, probably you, asked for a new password. Choose it here:\n\n%(link)s\n\n"
            "If it was not you, do nothing: the old password stays."
        )
        return str(sentence) % {"link": self.link}
