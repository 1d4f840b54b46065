"""Mail: written with the act, sent after it."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.functional import Promise

from zajedno.access.models import Account, Message
from zajedno.kernel import clock

ATTEMPTS = 8


def write(*, to: Account, key: str, subject: str | Promise, body: str | Promise) -> bool:
    """Put a letter in the outbox in the receiver's language, once for a `key`. Returns whether it was new.

    Neither subject nor body may carry personal data of a child: they say where to look.
    """
    if to.is_system or not to.email:
        return False
    with translation.override(to.language):
        _row, new = Message.objects.get_or_create(
            key=key, defaults={"account": to, "subject": str(subject), "body": str(body), "written_on": clock.now()}
        )
    return new


def write_to(*, address: str, language: str, key: str, subject: str | Promise, body: str | Promise) -> bool:
    """The same to somebody without an account. Who calls this limits how often a stranger can cause it."""
    with translation.override(language):
        fields = {"address": address, "subject": str(subject), "body": str(body), "written_on": clock.now()}
        return Message.objects.get_or_create(key=key, defaults=fields)[1]


def send_next() -> bool:
    """Send the oldest letter that is due, in this transaction: false when none is, or there is no way to send.

    A failure waits longer each time.
    """
    if settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend"):
        return False
    now = clock.now()
    message = (
        Message.objects.select_for_update(skip_locked=True)
        .filter(sent_on=None, attempts__lt=ATTEMPTS, not_before__lte=now)
        .order_by("not_before", "id")
        .first()
    )
    if message is None:
        return False
    to = message.account.email if message.account else message.address
    try:
        send_mail(message.subject, message.body, settings.DEFAULT_FROM_EMAIL, [to])
    except OSError as trouble:
        message.attempts += 1
        message.trouble = type(trouble).__name__
        message.not_before = now + timedelta(minutes=2**message.attempts)
    else:
        message.sent_on, message.body, message.address, message.trouble = now, "", "", ""
    message.save()
    return True
