"""A pair that is no one child may be of one family: what its levels say of that, for a person to answer by."""

from collections.abc import Mapping

_DIFFERENT_NAME = frozenset(
    ["differs", "alike", "alike_and_both_usual", "alike_with_own_numbers", "half_swapped", "two_off", "nearly_short"]
)
_ONE_FAMILY_NAME = frozenset(["same", "part", "nearly"])


def kinship(levels: Mapping[str, str]) -> str:
    """ "twin" (another given name, one day, one parent or home), "sibling" (another day, too), or "" for neither."""
    home = levels.get("parent") in ("same", "nearly") or levels.get("address") == "same"
    family = levels.get("family_name") in _ONE_FAMILY_NAME
    if not (home and family and levels.get("given_name") in _DIFFERENT_NAME):
        return ""
    return {"same": "twin", "differs": "sibling", "two_parts": "sibling"}.get(levels.get("birth_date", ""), "")
