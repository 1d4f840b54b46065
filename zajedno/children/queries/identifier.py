"""Numbers are found exactly, by their blind index."""

from collections.abc import Iterable

from zajedno.children.enums import IdentifierKind
from zajedno.children.logic import numbers
from zajedno.kernel import sealed


def blind_of(kind: str, value: str, organisation: int | None = None) -> bytes:
    """The blind index of a number as it is kept (`logic.numbers`); a local one is of one organisation."""
    return sealed.blind(f"{organisation}|{value}" if kind == IdentifierKind.LOCAL else value, str(kind))


def blinds_for(text: str, organisations: Iterable[int]) -> list[bytes]:
    """Every blind index that a number somebody typed may have, in the registers of these organisations."""
    found = []
    for kind, normal in numbers.BY_KIND.items():
        if value := normal(text):
            issuers: list[int | None] = list(organisations) if kind == IdentifierKind.LOCAL else [None]
            found += [blind_of(kind, value, issuer) for issuer in issuers]
    return found
