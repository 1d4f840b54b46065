"""Every address of the project, read from the resolver and filled with ids."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

_NAMED = re.compile(r"%\((\w+)\)s")
_WORDS = {"SlugConverter", "StringConverter", "none"}  # what they take is no id of a row
_ROWS = {"school", "group"}  # but these words stand for one


@dataclass(frozen=True, eq=False)
class Route:
    """`text` as "/work/case/%(uuid)s/"; `places`: name -> "work/case/uuid"; `ids`: names that stand for a row."""

    text: str
    places: Mapping[str, str]
    ids: frozenset[str]

    def unknown(self, ids: Mapping[str, object]) -> list[str]:
        """Places for which no real id is given."""
        return [place for place in self.places.values() if not _known(place, ids)]

    @property
    def is_of_a_child(self) -> bool:
        return bool(self.ids) and self.text.startswith(("/work/", "/panel/", "/family/"))

    def filled(self, ids: Mapping[str, object], *invented: str) -> str:
        """With real ids, but for the names of `invented`."""
        real = {name: ids[_known(place, ids)] for name, place in self.places.items()}
        unreal = {name: 987654 if isinstance(real[name], int) else uuid4() for name in invented}
        return self.text % (real | unreal)

    def __str__(self) -> str:
        return self.text


@cache
def routes() -> list[Route]:
    return [_route(text, kinds) for text, kinds in _walk(get_resolver(), "/", {})]


def _walk(resolver: URLResolver, before: str, known: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for one in resolver.url_patterns:
        text = before + normalize(one.pattern.regex.pattern)[0][0]
        kinds = {**known, **{name: type(kind).__name__ for name, kind in one.pattern.converters.items()}}
        if isinstance(one, URLPattern):
            yield text, kinds
        else:
            yield from _walk(one, text, kinds)


def _known(place: str, ids: Mapping[str, object]) -> str:
    """The longest key that ends a place: "case/uuid" for "work/case/uuid", but "work/register/uuid" for its own."""
    return max((key for key in ids if f"/{place}".endswith(f"/{key}")), key=len, default="")


def _route(text: str, kinds: Mapping[str, str]) -> Route:
    places, fixed = {}, ""
    for part in filter(None, text.split("/")):
        names = _NAMED.findall(part)
        places |= {name: f"{fixed}{name}" for name in names}
        fixed = fixed if names else f"{fixed}{part}/"
    ids = (name for name in places if name in _ROWS or kinds.get(name, "none") not in _WORDS)
    return Route(text, places, frozenset(ids))
