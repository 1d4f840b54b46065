"""What allauth asks us: nobody signs up, and every letter goes through the outbox."""

import secrets
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.access.queries.account import by_email

if TYPE_CHECKING:
    from zajedno.access.models import Account


_LETTER = _(
    "Somebody, probably you, asked for a new password. Choose it here:\n\n{link}\n\n"
    "If it was not you, do nothing: the old password stays."
)


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: "Account", **options: Any) -> HttpResponse:
        """After the last step of a log-in, the second factor too."""
        audit.record(by=None, verb="access.log_in", about=user, account=user.pk)
        return super().post_login(request, user, **options)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password; the address that was written is kept only as the account it belongs to, if to any."""
        account = by_email(str(credentials.get("email", "")))
        audit.record(by=None, verb="access.log_in_failed", about=account, account=account.pk if account else None)

    def logout(self, request: HttpRequest) -> None:
        audit.record(by=None, verb="access.log_out", about=request.user, account=request.user.pk)  # type: ignore[arg-type]
        super().logout(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth's other letters (to addresses without an account, for one) are not sent at all."""

    def send_password_reset_mail(self, user: "Account", email: str, context: dict[str, Any]) -> None:
        """A link to choose a new password, in the receiver's language. A closed account gets none."""
        if not user.is_active or not user.has_usable_password():
            return
        outbox.write(
            to=user,
            key=f"password-{user.pk}-{secrets.token_hex(8)}",
            subject=_("A new password for Zajedno"),
            body=format_lazy(_LETTER, link=context["password_reset_url"]),
        )
