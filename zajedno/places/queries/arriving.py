"""Services on their way in: which institution is meant, and whether the service is here already."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.script import fold
from zajedno.places.logic.arriving import Arriving, Fault, Said
from zajedno.places.logic.named import Names
from zajedno.places.models import Organisation, Service
from zajedno.places.queries.organisation import keeping


def same(row: Arriving) -> Service | None:
    """The service that a row speaks of: by its id, else by its name at the institution, in either script."""
    if row.uuid:
        return Service.objects.filter(uuid=row.uuid).first()
    name = fold(row.name)
    rows = Service.objects.filter(organisation=row.organisation, active_until=None).order_by("id")
    return next((one for one in rows if name in map(fold, one.labels.values())), None)


def placed(by: Actor, said: Iterable[Said], fallback: Organisation | None = None) -> tuple[list[Arriving], list[Said]]:
    """(rows that can be taken, rows that cannot with all their faults). `fallback`: where nothing is said of whom."""
    known = _known(keeping(by))
    named = _named(keeping(by))
    ready: list[Arriving] = []
    refused: list[Said] = []
    seen: dict[tuple[int, str], int] = {}
    for one in said:
        provider, fault = _provider(known, named, one, fallback)
        faults = [*one.faults, *([fault] if fault else [])]
        key = (provider, one.uuid or fold(one.name))
        if not faults and key in seen:
            faults = [Fault("twice", what={"row": seen[key]})]
        if not faults and one.uuid and _is_elsewhere(one.uuid, provider):
            faults = [Fault("taken")]
        if faults:
            refused.append(replace(one, faults=faults))
            continue
        seen[key] = one.number
        ready.append(Arriving(one.number, one.name, provider, one.fields, one.uuid))
    return ready, refused


def _known(rows: QuerySet[Organisation]) -> Mapping[str, set[int]]:
    """Institutions by whatever names them: id, code, numbers, folded name."""
    found: dict[str, set[int]] = {}
    for row in rows.values_list("pk", "uuid", "code", "registry_number", "tax_number", "name"):
        for word in row[1:]:
            if word:
                found.setdefault(fold(str(word)), set()).add(row[0])
    return found


def _named(rows: QuerySet[Organisation]) -> Names[int]:
    """Institutions by a name that is written a little otherwise than theirs."""
    found: Names[int] = Names()
    for row in rows.values_list("pk", "name", "territory__name_cyr", "territory__name_lat"):
        found.add(row[0], [row[1]], row[2:])
    return found


def _provider(
    known: Mapping[str, set[int]], named: Names[int], one: Said, fallback: Organisation | None
) -> tuple[int, Fault | None]:
    words = [word for word in one.provider if word]
    for word in words:
        found = known.get(fold(word), set()) or named.find(word)
        if len(found) == 1:
            return next(iter(found)), None
        if found:
            return 0, Fault("provider_many", what={"name": word})
    if fallback is not None:
        return fallback.pk, None
    if not words:
        return 0, Fault("provider_missing")
    return 0, Fault("provider_unknown", what={"name": words[-1]})


def _is_elsewhere(uuid: str, organisation: int) -> bool:
    return Service.objects.filter(uuid=uuid).exclude(organisation=organisation).exists()
