"""How many people a rate is divided by, in a territory; and which places take part in it, since that is known."""

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


def known_of(known: People, above: Above, bands: Sequence[str]) -> dict[str, Sequence[str]]:
    """Places of which it is published how many live there, or in the place that they lie in. A rate counts those alone,
    above and below: so a country is told over the others. Which they are depends on no child."""

    def is_known(place: str) -> bool:
        return all(band in known.get(place, {}) for band in bands)

    real = {place for place, path in above.items() if path[0] != place}
    return {
        place: path for place, path in above.items()
        if place in real and any(is_known(one) for one in (place, *path) if one in real)
    }  # fmt: skip


def left_out(above: Above, kept: Above) -> dict[str, int]:
    """By territory, how many places in it are not counted. A place that is counted by its parts is none of them."""
    paths = [(place, path) for place, path in above.items() if path[0] != place]
    inner = {one for place in kept for one in kept[place]}
    found = {one: 0 for place, path in paths for one in (place, *path)}
    for place, path in paths:
        if place not in kept and place not in inner:
            for one in (place, *path):
                found[one] += 1
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
