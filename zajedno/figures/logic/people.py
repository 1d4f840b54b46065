"""How many people a rate is divided by, in a territory: those of the places that take part in it."""

from collections.abc import Mapping, Sequence

from zajedno.figures.logic.partition import Above

AGES = ("0-6", "7-14", "15-18")  # as they are published; no others are told of
People = Mapping[str, Mapping[str, int]]  # by territory and band


def people(known: People, above: Above, bands: Sequence[str]) -> dict[tuple[str, str], int]:
    """By territory and band; "" is for all of `bands`. Where one place is not known there is no sum of it, unless it is
    known of the territory itself."""
    inside: dict[str, list[str]] = {}
    for place, path in above.items():
        for one in dict.fromkeys((place, *path)):
            inside.setdefault(one, []).append(place)
    found: dict[tuple[str, str], int] = {}
    for territory, places in inside.items():
        for band in bands:
            parts = [known.get(place, {}).get(band) for place in places]
            whole = known.get(territory, {}).get(band) if None in parts else sum(part or 0 for part in parts)
            if whole is not None:
                found[territory, band] = whole
        if all((territory, band) in found for band in bands):
            found[territory, ""] = sum(found[territory, band] for band in bands)
    return found
