"""What each table says of people: declared on the model, read by the data register, exports and retention."""

from typing import ClassVar


class Privacy:
    """Inner class of a model. Every column is in exactly one of the three sets; a test holds that.

    `personal`: identifies or describes a person. `special`: health, violence, ethnicity, national numbers.
    `plain`: keys, moments and states that say nothing of a person by themselves.
    `retention`: key of the rule in the pack's `retention.toml`.
    """

    personal: ClassVar[frozenset[str] | set[str]] = frozenset()
    special: ClassVar[frozenset[str] | set[str]] = frozenset()
    plain: ClassVar[frozenset[str] | set[str]] = frozenset()
    retention: ClassVar[str] = ""


class Impersonal(Privacy):
    """`Privacy = Impersonal` on a model: no column says anything of a person."""
