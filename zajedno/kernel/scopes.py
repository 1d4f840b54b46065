"""What a program of another house may be let do. Each room lists its own in `rules.py`, beside its verbs."""

from dataclasses import dataclass

from django.utils.functional import Promise

from zajedno.kernel.verbs import Verb

_known: dict[str, "Scope"] = {}


@dataclass(frozen=True)
class Scope:
    """`noun:act`. A token with it does what the post of who made it may do, and of that only these `verbs`; it reaches
    children's files only where it `opens_files` and that post does."""

    key: str
    label: str | Promise
    verbs: tuple[Verb, ...]
    opens_files: bool = False

    def __post_init__(self) -> None:
        _known[self.key] = self

    def __str__(self) -> str:
        return self.key


def known() -> dict[str, Scope]:
    """Every scope of every room that has been imported, by key."""
    return dict(_known)
