"""How many people a rate is divided by, in a territory: those of the places that take part in it."""

from collections.abc import Mapping, Sequence

from zajedno.figures.logic.partition import Above

AGES = ("0-6", "7-14", "15-18")  # as they are published; no others are told of
People = Mapping[str, Mapping[str, int]]  # by territory and band


def people(known: People, above: Above, bands: Sequence[str]) -> dict[tuple[str, str], int]:
    """By territory and band; "" is for all of `bands`. Of a place that lies in another one, only the other is added.
    Where one place is not known there is no sum of it, unless it is known of the territory itself."""
    found: dict[tuple[str, str], int] = {}
    for territory, places in _inside(above).items():
        for band in bands:
            parts = [known.get(place, {}).get(band) for place in places]
            whole = known.get(territory, {}).get(band) if None in parts else sum(part or 0 for part in parts)
            if whole is not None:
                found[territory, band] = whole
        if all((territory, band) in found for band in bands):
            found[territory, ""] = sum(found[territory, band] for band in bands)
    return found


def _inside(above: Above) -> dict[str, list[str]]:
    """The places of each territory that lie in no other place of it. A country itself is no place."""
    real = {place for place, path in above.items() if path[0] != place}
    found: dict[str, list[str]] = {}
    for place in sorted(real):
        for one in (place, *above[place]):
            found.setdefault(one, []).append(place)
            if one != place and one in real:  # further up the other place stands for it
                break
    return {one: [one] if one in real else places for one, places in found.items()}
