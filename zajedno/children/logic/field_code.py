"""The code by which a phone names a child: digits alone, which every keyboard has and no script writes otherwise.

Five random digits and two that check them (ISO 7064, MOD 97-10): with one wrong digit, or two that changed places, a
code fits nobody. The form on the phone has the same rule, so that a slip is seen at the door and not a week later.
"""

import secrets
import unicodedata
from collections.abc import Container

LENGTH = 7
_NUMBERS = 100_000  # five digits
PATTERN = rf"^[0-9]{{{LENGTH}}}$"
CONSTRAINT = f"regex(., '{PATTERN}') and number(.) mod 97 = 1"
"""The rule in XPath, as forms on phones have it."""


def code_of(number: int) -> str:
    """The code of a number of at most five digits."""
    return f"{number:05}{(98 - number * 100 % 97) % 97:02}"


def new_code(taken: Container[str]) -> str:
    """A random code that is not taken yet."""
    while (code := code_of(secrets.randbelow(_NUMBERS))) in taken:
        pass
    return code


def read(text: str) -> str:
    """The code that somebody typed, with or without gaps; empty when it can be nobody's."""
    code = "".join(str(unicodedata.digit(sign, "?")) for sign in text if not (sign.isspace() or sign in "-–."))
    return code if len(code) == LENGTH and code.isdecimal() and int(code) % 97 == 1 else ""


def written(code: str) -> str:
    """As it is printed: 12345 67."""
    return f"{code[:5]} {code[5:]}"
