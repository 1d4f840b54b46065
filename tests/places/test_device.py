"""A phone's name, its token, and who acts through it."""

import re

import pytest

from tests.places import factories
from zajedno.kernel import sealed
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.places.actions import device as devices
from zajedno.places.logic.token import digest_secret
from zajedno.places.models import Device
from zajedno.places.queries import device as queries
from zajedno.places.queries.actor import actor_for

pytestmark = pytest.mark.django_db
TODAY = factories.TODAY


@pytest.fixture
def issued() -> tuple[Device, str]:
    post = factories.post()
    return devices.issue(by=actor_for(post.account_id, TODAY), post=post, label="Телефон")


def test_name_and_token_can_be_typed(issued: tuple[Device, str]):
    device, token = issued
    assert re.fullmatch(r"[a-hjkmnp-z2-9]{8}", device.name)
    assert re.fullmatch(r"([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}", token)


def test_what_digest_needs_is_sealed_and_goes_with_the_phone(issued: tuple[Device, str]):
    device, token = issued
    device.refresh_from_db()
    assert device.secret == digest_secret(device.name, token)
    assert device.secret.encode() not in bytes(device.ha1)
    other = Device(ha1=device.ha1)
    with pytest.raises(sealed.BrokenSeal):  # bound to its row
        _ = other.secret
    devices.revoke(by=actor_for(device.post.account_id, TODAY), device=device)
    device.refresh_from_db()
    assert (device.ha1, device.secret) == (None, "")


def test_what_is_kept_for_digest_never_changes():
    """MD5 of name, realm and token: another realm would lock every phone out. Reckoned by `md5sum`."""
    assert digest_secret("besa", "abcde") == "67407ade69fa8c9e18f230f63204335e"


def test_through_a_phone_only_its_post_acts(issued: tuple[Device, str]):
    device, token = issued
    factories.post(account=device.post.account)
    assert len(actor_for(device.post.account_id, TODAY).seats) == 2
    assert [seat.post for seat in queries.actor_of(device, TODAY).seats] == [device.post_id]
    assert queries.by_name(device.name, TODAY) == device
    assert queries.token_fits(device, token)
    assert not queries.token_fits(device, token[:-1])


def test_ones_own_phones_are_found_and_no_others(issued: tuple[Device, str]):
    device, _token = issued
    by = actor_for(device.post.account_id, TODAY)
    assert queries.find_own(by, str(device.uuid)) == device
    with pytest.raises(NotFound):
        queries.find_own(factories.actor(), str(device.uuid))


def test_a_phone_has_a_name(issued: tuple[Device, str]):
    device, _token = issued
    with pytest.raises(Refused, match="label"):
        devices.issue(by=actor_for(device.post.account_id, TODAY), post=device.post, label="  ")
