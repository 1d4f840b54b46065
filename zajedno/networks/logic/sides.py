"""Who gives and who receives under a clause, told apart from how it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sides:
    """One direction of a clause: whoever is of one of the sectors, kinds (keys) or named institutions (ids); when
    nobody is named, every signatory."""

    sectors: Sequence[str] = ()
    kinds: Sequence[str] = ()
    organisations: Sequence[int] = ()

    def includes(self, *, organisation: int, kind: str, sector: str) -> bool:
        named = bool(self.sectors or self.kinds or self.organisations)
        return not named or sector in self.sectors or kind in self.kinds or organisation in self.organisations


ANYBODY = Sides()
