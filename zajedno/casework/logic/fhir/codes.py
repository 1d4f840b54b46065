"""Codes of FHIR: which are binding where, and which of them says a word of this house (`packs/common/fhir.toml`)."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ELSE = "else"


@dataclass(frozen=True)
class Number:
    """How a number of a child is named, and institutions of which sectors may be given it."""

    system: str
    to: frozenset[str]


@dataclass(frozen=True)
class Codes:
    """`required`: where ("Patient.gender") -> name of the set; `maps`: ours -> theirs, by what it is about."""

    systems: Mapping[str, str]
    numbers: Mapping[str, Number]
    maps: Mapping[str, Mapping[str, str]]
    kin: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]
    required: Mapping[str, str]
    procedure: str
    sends: Sequence[str]

    def said(self, about: str, word: str) -> str:
        """Their code for a word of ours. KeyError for a word that nobody has mapped."""
        known = self.maps[about]
        return known[word] if word in known and word != "set" else known[ELSE]

    def kin_of(self, code: str) -> str:
        """Our word for their code of a relative."""
        found = (ours for ours, theirs in self.kin.items() if theirs == code and ours not in ("system", ELSE))
        return next(found, self.kin[ELSE])

    def allowed(self, where: str) -> frozenset[str] | None:
        """The codes of a required set; None where FHIR leaves the choice, or we know of no set."""
        return self.sets[self.required[where]] if where in self.required else None


@cache
def load(packs: Path) -> Codes:
    """From the folder of packs; read once."""
    return parse(tomllib.loads((packs / "common" / "fhir.toml").read_text(encoding="utf-8")))


def parse(content: Mapping[str, Any]) -> Codes:
    numbers = {kind: Number(one["system"], frozenset(one["to"])) for kind, one in content["identifiers"].items()}
    return Codes(
        systems=content["systems"], numbers=numbers, maps=content["maps"], kin=content["kin"],
        sets={name: frozenset(codes) for name, codes in content["sets"].items()}, required=content["required"],
        procedure=content["arriving"]["procedure"], sends=tuple(content["arriving"]["sends"]),
    )  # fmt: skip
