"""Mail: written with the act, sent after it."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import translation
from django.utils.functional import Promise

from zajedno.access.models import Account, Message
from zajedno.kernel import clock

ATTEMPTS = 8


def write(
    *, to: Account, key: str, subject: str | Promise, body: str | Promise, headers: Mapping[str, str] | None = None,
    calendar: str = "",
) -> bool:  # fmt: skip
    """Put a letter in the outbox in the receiver's language, once for a `key`. Returns whether it was new.

    Neither subject nor body may carry personal data of a child: they say where to look. `headers`: of the mail, beside
    the usual ones; `calendar`: an iCalendar file that goes with it. Nothing is written to an account that is closed.
    """
    new = _reached(to) and not is_written(key)
    if new:
        write_each(to={key: to}, subject=subject, body=body, headers=headers, calendar=calendar)
    return new


def write_each(
    *, to: Mapping[str, Account], subject: str | Promise, body: str | Promise,
    headers: Mapping[str, str] | None = None, calendar: str = "",
) -> None:  # fmt: skip
    """The same to each, by the keys of their letters; one whose key is written already stays as it is."""
    letters = [_letter(one, key, subject, body, headers or {}, calendar) for key, one in to.items() if _reached(one)]
    Message.objects.bulk_create(letters, ignore_conflicts=True)


def _reached(to: Account) -> bool:
    return bool(to.email) and to.is_active and not to.is_system


def _letter(
    to: Account, key: str, subject: str | Promise, body: str | Promise, headers: Mapping[str, str], calendar: str
) -> Message:  # fmt: skip
    with translation.override(to.language):
        return Message(
            account=to, key=key, subject=_line(subject), body=str(body), headers=dict(headers), calendar=calendar,
            written_on=clock.now(),
        )  # fmt: skip


def write_to(
    *, address: str, language: str, key: str, subject: str | Promise, body: str | Promise, calendar: str = ""
) -> bool:
    """The same to somebody without an account. Who calls this limits how often a stranger can cause it."""
    with translation.override(language):
        fields = {"address": address, "subject": _line(subject), "body": str(body), "calendar": calendar,
                  "written_on": clock.now()}  # fmt: skip
        return Message.objects.get_or_create(key=key, defaults=fields)[1]


def _line(subject: str | Promise) -> str:
    """Of a title that somebody wrote no break gets into the head of a mail."""
    return " ".join(str(subject).split())


def is_written(key: str) -> bool:
    return Message.objects.filter(key=key).exists()


def drop(about: str) -> int:
    """Letters whose key ends with this and that nobody has sent yet are never sent; how many. Whom they were for wants
    nothing of it kept."""
    return Message.objects.filter(sent_on=None, key__endswith=about).delete()[0]


def send_next() -> bool:
    """Send the oldest letter that is due, in this transaction: false when none is, or there is no way to send.

    A failure waits longer each time. A letter to an account that was closed meanwhile waits until it is opened again.
    """
    if settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend"):
        return False
    now = clock.now()
    message = (
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(Q(account=None) | Q(account__is_active=True))
        .filter(sent_on=None, attempts__lt=ATTEMPTS, not_before__lte=now)
        .order_by("not_before", "id")
        .first()
    )
    if message is None:
        return False
    to = message.account.email if message.account else message.address
    try:
        _mail(message, to).send()
    except (OSError, ValueError) as trouble:  # also an address or head that is none: the others go on
        message.attempts += 1
        message.trouble = type(trouble).__name__
        message.not_before = now + timedelta(minutes=2**message.attempts)
    else:
        message.sent_on, message.body, message.headers, message.address, message.trouble = now, "", {}, "", ""
        message.calendar = ""
    message.save()
    return True


def _mail(message: Message, to: str) -> EmailMessage:
    mail = EmailMessage(message.subject, message.body, settings.DEFAULT_FROM_EMAIL, [to], headers=message.headers)
    if message.calendar:
        mail.attach("meeting.ics", message.calendar, "text/calendar")
    return mail
