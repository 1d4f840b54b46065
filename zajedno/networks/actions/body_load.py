"""Bodies that a pack names for its places: written where they are not here yet, left alone once somebody keeps them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.networks.actions.body import free_slug
from zajedno.networks.logic.body_pack import said
from zajedno.networks.models import Body
from zajedno.networks.rules import KEEP_BODY
from zajedno.places.queries.territory import marked
from zajedno.procedures.rules import LOAD


@transaction.atomic
def load_bodies(content: Mapping[str, Any], *, country: str, by: Actor | None) -> int:
    """Bring the bodies of a country in line with its checked `bodies.toml`; how many were written.

    `by` None is the command line, as the owner of the tables; whoever else loads packs has been asked for LOAD before.
    """
    written = sum(_load(body, country) for body in content.get("body", ()))
    if written:
        audit.record(by=by, verb=LOAD.key if by else KEEP_BODY.key, detail={"bodies": written, "country": country})
    return written


def _load(body: Mapping[str, Any], country: str) -> int:
    known = {row.territory_id: row for row in Body.objects.filter(kind=body["kind"]).exclude(source="")}
    written = 0
    for place in marked(country, body["where"]):
        columns = said(body, cyrillic=place.name_cyr, latin=place.name_lat, phase=place.spis_phase)
        row = known.get(place.pk)
        if row is None:
            Body.objects.create(territory=place, kind=body["kind"], slug=free_slug(columns["titles"]), **columns)
        elif row.organisation_id is None and any(getattr(row, name) != value for name, value in columns.items()):
            Body.objects.filter(pk=row.pk).update(**columns)
        else:
            continue
        written += 1
    return written
