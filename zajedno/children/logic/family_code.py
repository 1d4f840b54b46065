"""The one-time code of a letter to a parent: three groups of letters and digits that nobody mixes up.

The first group finds the invitation, the other two open it: so a wrong guess counts against one invitation.
"""

import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O 1 I L U
GROUP, GROUPS = 4, 3
_CYRILLIC = str.maketrans("АВЕКМНРСТХЈЗБГДФЦ", "ABEKMHPCTXJZBGDFC")  # typed on a Cyrillic keyboard


def new_code() -> str:
    """A fresh code as it is kept: 12 signs, of which 8 are secret (39 bits, few tries)."""
    return "".join(secrets.choice(LETTERS) for _sign in range(GROUP * GROUPS))


def written(code: str) -> str:
    """As it stands in the letter: K7QM-3VXR-9TWH."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """A code as somebody typed it, in small letters, with blanks, or in Cyrillic; "" for what cannot be one."""
    found = "".join(sign for sign in typed.upper().translate(_CYRILLIC) if sign.isalnum())
    return found if len(found) == GROUP * GROUPS and set(found) <= set(LETTERS) else ""


def selector(code: str) -> str:
    return code[:GROUP]
