"""How two entries are compared: fields, their levels from most alike to different, and where pairs are looked for.

Conditions are SQL of DuckDB over the columns of `entry.Keys`, `l` and `r` for the two entries. What a level weighs is
data (`weights.toml`); where a field is `unsaid` in one of them it weighs nothing.
"""

MACROS = (
    "create or replace temp macro off(a, b) as damerau_levenshtein(a, b)",
    "create or replace temp macro closest(a, b) as"
    " list_min(flatten(list_transform(a, lambda x: list_transform(b, lambda y: damerau_levenshtein(x, y)))))",
    "create or replace temp macro shared_parts(a, b) as"
    " (a[:4] = b[:4])::int + (a[5:6] = b[5:6])::int + (a[7:] = b[7:])::int",
)
"""`off`: slips between two words (a letter more, less, other, two swapped); `shared_parts`: of year, month and day."""

_SWAPPED = "closest(l.family_words, r.given_words) <= 1 and closest(l.given_words, r.family_words) <= 1"
_HALF_SWAPPED = (
    "off(l.given, r.given) > 2 and closest(l.family_words, r.family_words) > 2 and"
    " (list_has_any(l.family_words, r.given_words) or list_has_any(l.given_words, r.family_words))"
)
_ALIKE = "jaro_winkler_similarity(l.given, r.given) >= 0.8"
_LONG = "least(length(l.given), length(r.given)) > 4"
_JANUARY = "(l.birth[5:] = '0101' or r.birth[5:] = '0101')"
_STREET = "off(l.street, r.street) <= 1"

FIELDS: dict[str, dict[str, str]] = {
    "given_name": {
        "unsaid": "l.given is null or r.given is null",
        "same": "l.given_written = r.given_written",
        "sounds_same": "l.given = r.given",
        "swapped": _SWAPPED,
        "half_swapped": _HALF_SWAPPED,
        "part": "list_has_any(l.given_words, r.given_words)",
        "alike_with_own_numbers": f"{_ALIKE} and l.number <> r.number and l.number_fits and r.number_fits",
        "alike_and_both_usual": "off(l.given, r.given) <= 2 and l.given_usual and r.given_usual",
        "nearly": f"off(l.given, r.given) <= 1 and {_LONG}",
        "nearly_short": "off(l.given, r.given) <= 1",
        "two_off": f"off(l.given, r.given) <= 2 and {_LONG}",
        "alike": _ALIKE,
        "differs": "else",
    },
    "family_name": {
        "unsaid": "l.family is null or r.family is null",
        "same": "l.family = r.family",
        "swapped": _SWAPPED,
        "half_swapped": _HALF_SWAPPED,
        "part": "list_has_any(l.family_words, r.family_words)",
        "nearly": "closest(l.family_words, r.family_words) <= 1 or off(l.family, r.family) <= 1",
        "two_off": "closest(l.family_words, r.family_words) <= 2 and least(length(l.family), length(r.family)) > 4",
        "differs": "else",
    },
    "sex": {
        "unsaid": "l.sex is null or r.sex is null",
        "same": "l.sex = r.sex",
        "differs": "else",
    },
    "birth_date": {
        "unsaid": "l.birth is null or r.birth is null",
        "same": "l.birth = r.birth",
        "day_and_month_swapped": "l.birth = r.birth[:4] || r.birth[7:8] || r.birth[5:6]",
        "only_year_known": f"l.birth[:4] = r.birth[:4] and {_JANUARY}",
        "year_off": "l.birth[5:] = r.birth[5:] and abs(l.birth[:4]::int - r.birth[:4]::int) <= 1",
        "one_digit_off": "off(l.birth, r.birth) <= 1",
        "by_number": "l.birth = r.number_birth or l.number_birth = r.birth",
        "two_parts": "shared_parts(l.birth, r.birth) = 2",
        "differs": "else",
    },
    "number": {
        "unsaid": "l.number is null or r.number is null",
        "same": "l.number = r.number and l.number_fits and r.number_fits",
        "same_but_born_otherwise": f"l.number = r.number and shared_parts(l.birth, r.birth) < 2 and not {_JANUARY}",
        "same_but_row_says_otherwise": "l.number = r.number",
        "nearly": "off(l.number, r.number) <= 2 and not (l.number_ok and r.number_ok)",
        "other_but_row_says_otherwise": "not (l.number_fits and r.number_fits)",
        "differs": "else",
    },
    "parent": {
        "unsaid": "l.parent is null or r.parent is null",
        "same": "l.parent = r.parent",
        "nearly": "off(l.parent, r.parent) <= 1",
        "differs": "else",
    },
    "municipality": {
        "unsaid": "l.municipality is null or r.municipality is null",
        "same": "off(l.municipality, r.municipality) <= 1",
        "differs": "else",
    },
    "address": {
        "unsaid": "l.street is null or r.street is null",
        "same": f"{_STREET} and l.house = r.house",
        "street": _STREET,
        "differs": "else",
    },
}
"""Field -> level -> its condition; the first that holds."""

_INITIALS = "(l.given[:1] = r.given[:1] or l.given[:1] = r.family[:1])"
_TOWN, _FAMILY = "l.municipality = r.municipality", "l.family_words[1] = r.family_words[1]"
_HOME = f"{_TOWN} and l.street = r.street and l.house = r.house"
BLOCKS = (
    "l.number = r.number",
    f"l.day = r.day and {_TOWN}",
    f"l.day = r.day and {_FAMILY}",
    "l.day = r.day and l.given = r.given",
    "l.day = r.day and l.parent = r.parent",
    f"l.day = r.day and {_INITIALS}",
    f"l.day = r.number_birth and {_INITIALS}",
    f"l.number_birth = r.day and {_INITIALS}",
    f"l.given = r.given and {_FAMILY}",
    f"l.given[:1] = r.given[:1] and {_FAMILY} and {_TOWN}",
    "l.given = r.family_words[1] and l.family_words[1] = r.given",
    f"l.given = r.family_words[1] and {_TOWN}",
    f"l.family_words[1] = r.given and {_TOWN}",
    "l.given = r.given and l.birth[5:] = r.birth[5:]",
    f"l.given = r.given and l.birth[:4] = r.birth[:4] and {_TOWN}",
    f"l.given = r.given and l.parent = r.parent and {_TOWN}",
    f"{_HOME} and l.birth[:4] = r.birth[:4]",
    f"{_HOME} and {_INITIALS}",
    f"{_TOWN} and l.parent = r.parent and {_INITIALS}",
)
"""Pairs are looked for where one of these holds."""
