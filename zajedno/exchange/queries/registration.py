"""Registrations: found by a letter's link, and by who prepares the gathering; what somebody needs, unsealed."""

import hmac
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Func, QuerySet, TextField, Value
from django.db.models.functions import Concat

from zajedno.exchange.enums import Audience, Need, RegistrationState
from zajedno.exchange.models import Evaluation, Gathering, Letter, Registration
from zajedno.exchange.queries import gathering as gatherings
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold


def token(row: Registration) -> str:
    """Of the link in every letter to this person: made from the row's key by a secret, so nothing of it is kept."""
    return sealed.blind(str(row.uuid), "registration").hex()


def by_link(slug: str, uuid: UUID, given: str) -> Registration:
    """NotFound for a wrong link as for none."""
    rows = Registration.objects.filter(gathering__slug=slug, uuid=uuid)
    found = rows.exclude(gathering__state="draft").select_related("gathering").first()
    if found is None or not hmac.compare_digest(token(found).encode(), given.encode()):
        raise NotFound("")
    return found


def registered(gathering: Gathering, text: str = "") -> QuerySet[Registration]:
    """All whose address is confirmed, in the order in which they came; cancelled ones too.

    Every word of `text` stands in the name or the institution, in either script.
    """
    named = Concat("name", Value(" "), "institution", output_field=TextField())
    rows = Registration.objects.filter(gathering=gathering, queued_on__isnull=False)
    rows = rows.alias(folded=Func(named, function="app.fold", output_field=TextField()))
    for word in fold(text).split():
        rows = rows.filter(folded__contains=word)
    return rows.order_by("queued_on", "pk")


def coming(gathering: Gathering) -> QuerySet[Registration]:
    return registered(gathering).filter(state=RegistrationState.CONFIRMED).order_by("name", "pk")


def own(by: Actor, gathering: Gathering) -> Registration | None:
    """The one that is in force."""
    rows = Registration.objects.filter(gathering=gathering, account=by.account)
    return rows.exclude(state=RegistrationState.CANCELLED).first()


def packed(kinds: Sequence[str], text: str) -> str:
    """What somebody needs, as it is sealed."""
    return json.dumps({"kinds": [kind for kind in Need.values if kind in kinds], "text": text}, ensure_ascii=False)


def needed(row: Registration) -> tuple[list[str], str]:
    """(kinds of Need, words); whoever calls this asked whether the reader prepares the gathering, or is the person."""
    if not row.needs:
        return [], ""
    told = json.loads(sealed.unseal(row.needs, seal_of(row)).decode())
    return told["kinds"], told["text"]


def needs(row: Registration) -> str:
    """The same in words of the language in use."""
    kinds, text = needed(row)
    return "; ".join(filter(None, [*(str(Need(kind).label) for kind in kinds), text]))


def counted(rows: Iterable[Registration]) -> list[tuple[str, int]]:
    """How many of these need what, in the order of Need."""
    found = Counter(kind for row in rows for kind in needed(row)[0])
    return [(str(Need(kind).label), found[kind]) for kind in Need.values if found[kind]]


def evaluations(gathering: Gathering) -> list[Evaluation]:
    return list(gathering.evaluations.all())


def seal_of(row: Registration) -> str:
    return f"exchange_registration.needs|{row.uuid}"


def letter(by: Actor, slug: str, uuid: UUID) -> Letter:
    found = Letter.objects.filter(gathering__in=gatherings.run_by(by), gathering__slug=slug, uuid=uuid)
    row = found.select_related("gathering").first()
    if row is None:
        raise NotFound("")
    return row


def receivers(letter: Letter) -> "list[Registration]":
    """To whom a letter to the registered goes."""
    if letter.audience == Audience.PROPOSERS:
        return []
    return list(registered(letter.gathering).filter(state=letter.audience))
