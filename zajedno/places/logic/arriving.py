"""A service on its way in, from a table or an HSDS file: what it says, where it goes, or why it cannot be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zajedno.kernel.spreadsheets import gettext_noop


@dataclass(frozen=True)
class Fault:
    """Why a row is not taken. `where`: the column or the place in the file; `what`: fills the sentence."""

    code: str
    where: str = ""
    what: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Arriving:
    """`organisation`: id; `uuid`: of an HSDS record; `fields`: as `actions.service` takes them."""

    number: int
    name: str
    organisation: int
    fields: Mapping[str, Any]
    uuid: str = ""


@dataclass(frozen=True)
class Said:
    """What a row or record says, before anybody knows which institution is meant.

    `provider`: the names and numbers by which to find it, best first. `faults`: reasons not to take it.
    """

    number: int
    name: str
    provider: Sequence[str]
    fields: Mapping[str, Any]
    uuid: str = ""
    faults: Sequence[Fault] = ()


SENTENCES = {
    "no_name": gettext_noop("The name of the service is missing."),
    "too_long": gettext_noop("This text is too long: at most %(most)s characters are kept."),
    "not_whole": gettext_noop("Write a whole number here, such as 12."),
    "not_age": gettext_noop("Write an age in years, such as 3, or two, such as 3-7."),
    "ages_turned": gettext_noop("The lower age must come first."),
    "not_day": gettext_noop("Write a day here, such as 5. 6. 2026."),
    "not_email": gettext_noop("This is not an e-mail address."),
    "not_url": gettext_noop("This is not an address on the internet; it begins with https://."),
    "need_unknown": gettext_noop("“%(word)s” is not on the list of needs."),
    "fee_unknown": gettext_noop("Write free, partly or paid."),
    "provider_missing": gettext_noop("It does not say which institution gives the service."),
    "provider_unknown": gettext_noop("There is no institution “%(name)s” here whose services you keep."),
    "provider_many": gettext_noop("Several institutions are called “%(name)s”: write the short code instead."),
    "twice": gettext_noop("The same service stands in row %(row)s already."),
    "taken": gettext_noop("Another institution keeps a service with this id."),
    "missing": gettext_noop("“%(name)s” is missing."),
    "wrong_kind": gettext_noop("Here must stand %(kind)s."),
    "wrong_choice": gettext_noop("Here must stand one of these: %(choices)s."),
    "wrong_form": gettext_noop("This is not written as a %(format)s must be."),
    "not_allowed": gettext_noop("This does not follow the standard."),
}
