"""Cases of place names as people write them after "u", "iz" or "opština": Subotici, Subotice, Novog Pazara.

Works on folded Latin. It writes too many forms rather than too few: a form that is nobody's name does no harm.
"""

from collections.abc import Iterator
from itertools import product

SOFT = {"k": "c", "g": "z", "h": "s"}
FLEETING = ("ac", "ak", "alj", "ar")
FIXED = frozenset({"na", "i", "u"})  # what follows these words is already in its case


def forms(key: str) -> set[str]:
    """Genitive, dative, locative, accusative and instrumental forms of a folded name of one to three words."""
    words = key.split()
    if not words or len(words) > 3:
        return set()
    turning = next((i for i, word in enumerate(words) if word in FIXED), len(words))
    heads, rest = words[:turning], words[turning:]
    if not heads:
        return set()
    choices = [_adjective(word) for word in heads[:-1]] + [_noun(heads[-1], alone=len(heads) == 1)]
    return {" ".join([*chosen, *rest]) for chosen in product(*choices)} - {key}


def _noun(word: str, alone: bool) -> list[str]:
    return sorted(set(_noun_forms(word, alone)))


def _noun_forms(word: str, alone: bool) -> Iterator[str]:
    stem, end = word[:-1], word[-1]
    if end == "a":
        yield from (stem + e for e in ("e", "i", "u", "om"))
        if stem[-1:] in SOFT:
            yield stem[:-1] + SOFT[stem[-1]] + "i"
        if alone and stem.endswith(("sk", "ck")):
            yield stem + "oj"
    elif end in "oe":
        yield from (stem + e for e in ("a", "u", "om", "em"))
    elif end == "i":
        yield from (stem + e for e in ("a", "ima", "e"))
        if stem.endswith("c"):
            yield stem[:-1] + "aca"
    else:
        for base in _bases(word):
            yield from (base + e for e in ("a", "u", "om", "em"))


def _bases(word: str) -> Iterator[str]:
    yield word
    for end in FLEETING:
        if word.endswith(end) and len(word) > len(end) + 2:
            stem = word.removesuffix(end)
            yield stem + end[1:]
            if stem.endswith("b"):  # Šabac, Šapca
                yield stem[:-1] + "p" + end[1:]


def _adjective(word: str) -> list[str]:
    stem, end = word[:-1], word[-1]
    if end == "a":
        return [stem + e for e in ("e", "oj", "u", "om")]
    if end in "oie":
        return [stem + e for e in ("og", "om", "im", "eg", "em", "ih", "oga", "ome")]
    return [word, *(word + e for e in ("og", "om", "a", "u", "im"))]
