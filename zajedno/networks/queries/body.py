"""Bodies: whose they are, who sits in them, what is still missing of them; and what the public reads."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks.models import Body, BodyFile, Member
from zajedno.networks.rules import KEEP_BODY
from zajedno.places.enums import Sector
from zajedno.places.queries.post import held_at
from zajedno.places.queries.territory import marked, of_organisation

SOON = timedelta(days=60)  # before a mandate ends people are warned


def sitting(day: date) -> Q:
    """Who sits on a day: begun and not over."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


def seats_of(by: Actor) -> QuerySet[Member]:
    """Where the actor sits today, for themselves or as somebody's deputy."""
    mine = Q(account=by.account) | Q(deputy_account=by.account)
    return Member.objects.filter(mine, sitting(by.today))


def kept(by: Actor) -> list[int]:
    """Organisations (ids) whose bodies the actor keeps."""
    return by.organisations_for(KEEP_BODY.key)


def keeps(by: Actor, row: Body) -> bool:
    return row.organisation_id in kept(by)


def waiting(by: Actor) -> QuerySet[Body]:
    """Bodies that a pack names where the actor works, and nobody keeps yet."""
    return Body.objects.filter(organisation=None, ended_on=None, territory__in=of_organisation(kept(by)))


def visible_to(by: Actor) -> QuerySet[Body]:
    """Those that the actor keeps, sits in, or could take up."""
    here = Exists(seats_of(by).filter(body=OuterRef("pk")))
    rows = Body.objects.filter(Q(organisation__in=kept(by)) | here | Q(pk__in=waiting(by).values("pk")))
    return rows.select_related("organisation", "territory__country").order_by(
        F("ended_on").desc(nulls_first=True), "pk"
    )


def find(by: Actor, uuid: UUID) -> Body:
    """NotFound for a body of others as for none."""
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def members(row: Body, day: date) -> QuerySet[Member]:
    """Who sits on that day, by seat, with institution."""
    return Member.objects.filter(sitting(day), body=row).select_related("organisation", "body").order_by("seat")


def coming(row: Body, day: date) -> QuerySet[Member]:
    """Who will sit, and does not yet."""
    rows = Member.objects.filter(Q(until=None) | Q(until__gt=F("since")), body=row, since__gt=day)
    return rows.select_related("organisation").order_by("since", "seat")


def former(row: Body, day: date) -> QuerySet[Member]:
    """Who sat there, the last first; not who was named by mistake and taken off the same day."""
    rows = Member.objects.filter(body=row, until__lte=day, until__gt=F("since"))
    return rows.select_related("organisation").order_by("-until", "seat")


def member(row: Body, uuid: UUID) -> Member:
    found = Member.objects.filter(body=row, uuid=uuid).select_related("organisation", "body").first()
    if found is None:
        raise NotFound("")
    return found


def account_at(organisation: int, email: str, day: date) -> int | None:
    """Who logs in with an address and holds a post in an organisation (its id) that day; their account's id."""
    posts = held_at(organisation, day).filter(account__email__iexact=email) if email else []
    return next((one.account_id for one in posts), None)


def files(row: Body) -> QuerySet[BodyFile]:
    """The newest first, without what is in them."""
    return BodyFile.objects.filter(body=row).defer("content").order_by("-added_on", "-pk")


def newest_file(row: Body) -> BodyFile:
    found = files(row).first()
    if found is None:
        raise NotFound("")
    return found


def seated(rows: Iterable[Body], day: date) -> set[int]:
    """Those (ids) in which anybody sits that day. One query."""
    return set(Member.objects.filter(sitting(day), body__in=list(rows)).values_list("body", flat=True))


def gaps(row: Body, day: date, seated: Collection[int] | None = None) -> list[str]:
    """What is still to be completed, as keys: "keeper", "act", "mandate", "rules", "members", "contact". `seated`: of
    several bodies, those in which anybody sits; None: it is looked up."""
    missing = {
        "keeper": row.organisation_id is None,
        "act": not (row.organ and row.established_on),
        "mandate": row.mandate_until is None,
        "rules": not row.rules.strip(),
        "members": not members(row, day).exists() if seated is None else row.pk not in seated,
        "contact": not row.contact.strip(),
    }
    return [key for key, is_missing in missing.items() if is_missing]


def ends_soon(row: Body, day: date) -> bool:
    """Does its mandate end within `SOON`, or has it ended?"""
    return row.ended_on is None and row.mandate_until is not None and row.mandate_until <= day + SOON


def public() -> QuerySet[Body]:
    """Bodies that work, by country and place."""
    rows = Body.objects.filter(ended_on=None).select_related("territory__country", "organisation")
    return rows.order_by("territory__country", "territory__key", "kind", "pk")


def by_slug(slug: str) -> Body:
    found = public().filter(slug=slug).first()
    if found is None:
        raise NotFound("There is no such body.")
    return found


def institutions(row: Body, day: date) -> dict[str, list[str]]:
    """Names of the institutions that sit in it, by sector (key); no person is asked for."""
    rows = Member.objects.filter(sitting(day), body=row).select_related("organisation").order_by("seat")
    found: dict[str, list[str]] = {}
    for one in rows.only("institution", "sector", "organisation__name"):
        found.setdefault(one.sector, []).append(one.of)
    return {key: list(dict.fromkeys(found[key])) for key in Sector.values if key in found}


def to_load(content: Mapping[str, Any], country: str) -> int:
    """How many bodies of a pack's file are not here yet."""
    there = set(Body.objects.exclude(source="").values_list("kind", "territory"))
    lines = content.get("body", ())
    return sum((one["kind"], place.pk) not in there for one in lines for place in marked(country, one["where"]))
