"""Letters: written with the act, in the receiver's language, sent once, and emptied afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tests.places import factories
from zajedno.access.actions import outbox
from zajedno.access.models import Message
from zajedno.access.queries.outbox import in_trouble, waiting
from zajedno.kernel import clock

pytestmark = pytest.mark.django_db


def write(key: str = "reminder-1", **changes: Any) -> bool:
    fields = {"to": factories.account(), "key": key, "subject": "A reminder", "body": "Look here"} | changes
    return outbox.write(**fields)


def test_the_same_letter_is_written_once() -> None:
    assert write()
    assert not write()
    assert Message.objects.count() == 1


def test_a_letter_goes_away_with_the_act_that_failed() -> None:
    @transaction.atomic
    def act() -> None:
        write()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not waiting().exists()


def test_a_letter_is_in_the_receivers_language() -> None:
    with translation.override("en"):
        write("one", to=factories.account(language="sr"), subject=_("Yes"))
        write("two", to=factories.account(language="en"), subject=_("Yes"))
    assert Message.objects.get(key="two").subject == "Yes"
    assert Message.objects.get(key="one").subject != "Yes"


def test_without_a_way_to_send_letters_wait(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    write()
    assert not outbox.send_next()
    assert waiting().get().body == "Look here"


def test_sent_once_and_emptied() -> None:
    account = factories.account("ana@demo.invalid")
    write(to=account)
    assert outbox.send_next()
    assert not outbox.send_next()
    [letter] = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (["ana@demo.invalid"], "A reminder", "Look here")
    kept = Message.objects.get()
    assert (kept.body, kept.trouble, bool(kept.sent_on)) == ("", "", True)
    assert not waiting().exists()


def test_a_letter_the_server_would_not_take_is_tried_later_and_later(monkeypatch: pytest.MonkeyPatch) -> None:
    write()

    def refuse(*_args: object) -> None:
        raise ConnectionRefusedError("ana@demo.invalid is unknown to mail.primer.invalid")

    with monkeypatch.context() as patch:
        patch.setattr(outbox.EmailMessage, "send", refuse)
        assert outbox.send_next()
        assert not outbox.send_next(), "not before its time"
        letter = in_trouble().get()
        assert (letter.attempts, letter.trouble) == (1, "ConnectionRefusedError")  # no address, no server
        for attempt in range(2, outbox.ATTEMPTS + 1):
            with clock.on(clock.today() + timedelta(days=attempt)):
                assert outbox.send_next()
        with clock.on(clock.today() + timedelta(days=60)):
            assert not outbox.send_next(), "given up"
    assert in_trouble().get().attempts == outbox.ATTEMPTS
    assert mail.outbox == []


def _late(*_args: object) -> None:
    raise TimeoutError


def test_the_next_letter_is_not_held_up_by_one_in_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    write("first")
    with monkeypatch.context() as patch:
        patch.setattr(outbox.EmailMessage, "send", _late)
        outbox.send_next()
    write("second")
    assert outbox.send_next()
    assert list(waiting().values_list("key", flat=True)) == ["first"]


def test_the_system_and_nobody_get_no_letters() -> None:
    assert not write(to=factories.account(is_system=True, is_active=False))
    assert Message.objects.count() == 0


def test_a_closed_account_gets_no_letters_until_it_is_opened_again() -> None:
    account = factories.account()
    write("before", to=account)
    account.is_active = False
    account.save()
    assert not write("after", to=account)
    assert not outbox.send_next()
    account.is_active = True
    account.save()
    assert outbox.send_next()
    assert len(mail.outbox) == 1


def test_headers_go_with_the_letter_and_are_gone_afterwards() -> None:
    write(headers={"List-Unsubscribe": "<https://demo.invalid/x/>"})
    assert outbox.send_next()
    assert mail.outbox[0].extra_headers == {"List-Unsubscribe": "<https://demo.invalid/x/>"}
    assert Message.objects.get().headers == {}


def test_to_somebody_without_an_account_once_and_then_the_address_is_gone() -> None:
    letter = {"address": "x@demo.invalid", "language": "en", "key": "a-1", "subject": "A", "body": "B"}
    assert outbox.write_to(**letter)
    assert not outbox.write_to(**letter)
    assert outbox.send_next()
    assert [sent.to for sent in mail.outbox] == [["x@demo.invalid"]]
    assert Message.objects.values_list("address", "body").get() == ("", "")


def test_a_letter_has_one_receiver() -> None:
    for fields in ({"account": None, "address": ""}, {"account": factories.account(), "address": "x@demo.invalid"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.create(key="a", subject="A", body="B", **fields)
