"""Two scripts, one language: Serbian Cyrillic to Latin, search keys and alphabetical order.

The tables below are the one source: the functions here read them, and `script_sql` writes the same functions for the
database from them (`app.latin`, `app.fold`, `app.loose`, `app.sort_key`). A test holds that both say the same of every
letter. Never Latin to Cyrillic: that loses (injekcija, Tanjug), and names are kept as they were entered.
"""

import re
import unicodedata


def _paired(letters: str, written: str) -> dict[str, str]:
    return dict(zip(letters, written.split(), strict=True))


_SERBIAN = _paired("абвгдђежзијклљмнњопрстћуфхцчџш", "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š")
# Letters of neighbouring alphabets, as Serbian registers write their names: Ѓорѓи is Đorđi, Ќосев is Ćosev.
_OTHER_CYRILLIC = _paired("йыэіґўѓќщюяёїєѕ", "j y e i g u đ ć šč ju ja jo ji je dz")
_SILENT = "ъьЪЬ"
_MARKS = "".join(map(chr, [*range(0x300, 0x370), *range(0x483, 0x48A)]))
# Apostrophes and invisible characters do not part words: D'Angelo, soft hyphens of a word processor.
_INVISIBLE = "'’‘‛`ʼʹ′\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# Latin letters that no accent explains. Icelandic eth and African D are what old code pages make of Đ.
_OTHER_LATIN = _paired(
    "ðɖłøıħŧŋəɛɔƒƶßæœþĸÐƉŁØĦŦŊƏƶÆŒÞẞ",
    "đ đ l o i h t n e e o f z ss ae oe th k đ đ l o h t n e z ae oe th ss",
)
UNSEEN = _MARKS + _INVISIBLE[1:]

# The order of the alphabet, with the foreign letters in their Latin places.
_RANK = {
    letter: rank
    for rank, letter in _paired(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgh", "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š t u v w x y z ž"
    ).items()
}

# Spelling of the same sound in the neighbours' orthographies and in hurried typing, applied to a folded text in order.
LOOSENING = [
    ("xh", "dz"), ("dzs", "dz"), ("dzh", "dz"), ("gj", "d"), ("gy", "d"), ("dj", "d"), ("dh", "d"),
    ("sh", "s"), ("sz", "s"), ("zs", "z"), ("zh", "z"), ("ch", "c"), ("cs", "c"), ("cz", "c"), ("ty", "c"), ("q", "c"),
    ("ph", "f"), ("th", "t"), ("ck", "k"), ("x", "ks"), ("w", "v"),
    ("ly", "l"), ("lj", "l"), ("ny", "n"), ("nj", "n"), ("y", "i"), ("j", "i"),
]  # fmt: skip

# Letters that look alike and are not the same, Latin and Cyrillic.
LOOKALIKES = ("ABEJKMHOPCTYXaejopcyx", "АВЕЈКМНОРСТУХаејорсух")
# Patterns that Python and PostgreSQL read alike.
_LATIN_RANGE, _CYRILLIC_RANGE, _MARK_RANGE = r"A-Za-z\u00c0-\u024f", r"\u0400-\u052f", r"\u0300-\u036f"
CYRILLIC = f"[{_CYRILLIC_RANGE}]"
MIXED = f"[{_LATIN_RANGE}][{_CYRILLIC_RANGE}]|[{_CYRILLIC_RANGE}][{_LATIN_RANGE}]"
WORD = f"[{_LATIN_RANGE}{_CYRILLIC_RANGE}{_MARK_RANGE}]+"
LATIN_ONLY = f"(?![{LOOKALIKES[0]}])[{_LATIN_RANGE}]"
CYRILLIC_ONLY = f"(?![{LOOKALIKES[1]}])[{_CYRILLIC_RANGE}]"
_UPPER = "A-ZÀ-ÖØ-ÞČĆĐŠŽŐŰŁĂĄĘĚŘŇŤĎŃŚŹŻЀ-Я"
_LOWER = "a-zß-öø-ÿčćđšžőűłăąęěřňťďńśźżа-џ"


def in_capitals(letter: str) -> str:
    """Pattern: the letter in a word of capitals, judged by the next letter or, at the end, by the one before."""
    alone = f"{letter}(?![{_UPPER}{_LOWER}])"
    return f"{letter}(?=[{_UPPER}])|(?<=[{_UPPER}]){alone}|(?<=[{_UPPER}][{_MARK_RANGE}]){alone}"


def _display() -> dict[str, str]:
    """Cyrillic letter to Latin, both cases; a digraph of a capital is written as at the start of a name (Lj)."""
    table = dict.fromkeys(_SILENT, "")
    for letter, written in (_SERBIAN | _OTHER_CYRILLIC).items():
        table[letter] = written
        table[letter.upper()] = written[0].upper() + written[1:]
    for letter in map(chr, range(0x400, 0x530)):  # ѐ, ѝ and the like keep their accent
        base, *marks = list(unicodedata.normalize("NFD", letter))
        if marks and letter not in table and len(table.get(base, "xx")) == 1:
            written = unicodedata.normalize("NFC", table[base] + "".join(marks))
            if len(written) == 1:
                table[letter] = written
    return table


# Basic Latin, its supplements, Cyrillic, Latin with several marks.
_BLOCKS = (
    range(0x41, 0x5B),
    range(0x61, 0x7B),
    range(0xC0, 0x250),
    range(0x400, 0x530),
    range(0x1E00, 0x1F00),
)


def _plain() -> dict[str, str]:
    """Any Latin or Cyrillic letter to small letters of the alphabet above; what does not count to nothing."""
    table = {letter: written.lower() for letter, written in LATIN.items()}
    for letter in (chr(code) for block in _BLOCKS for code in block):
        base, *marks = list(unicodedata.normalize("NFD", letter))
        near = base.lower() + "".join(marks)
        if (composed := unicodedata.normalize("NFC", near)) in _RANK:
            table[letter] = composed
        elif base in table and (marks or base != letter) and letter not in LATIN:
            table[letter] = table[base]
        elif "a" <= near[0] <= "z":
            table[letter] = near[0]
    table |= {letter: _strip(written) for letter, written in table.items() if written not in _RANK}
    return table | _OTHER_LATIN | dict.fromkeys(_MARKS + _INVISIBLE, "")


def _strip(written: str) -> str:
    """`ă` to `a`, but `č` stays a letter of its own, and so do both letters of `šč`."""
    letters = (c if c in _RANK else unicodedata.normalize("NFD", c)[0] for c in written)
    return "".join(letters)


LATIN = _display()
PLAIN = _plain()
_SHAVED = str.maketrans({"č": "c", "ć": "c", "š": "s", "ž": "z", "đ": "dj"})
FOLD = {letter: written.translate(_SHAVED) for letter, written in PLAIN.items()}
SORT = {
    letter: _RANK[written] if written in _RANK else "".join(_RANK[c] for c in written)
    for letter, written in PLAIN.items()
}
SORT_DIGRAPHS = [(_RANK[a] + _RANK[b], _RANK[a + b]) for a, b in (("d", "ž"), ("l", "j"), ("n", "j"))]
DIGRAPHS = {letter: written for letter, written in LATIN.items() if len(written) == 2}
CAPITALS = "".join(letter for letter in DIGRAPHS if letter.isupper())

_cyrillic = re.compile(CYRILLIC)
_capitals = re.compile(in_capitals(f"[{CAPITALS}]"))
_latin_table = str.maketrans(LATIN)
_fold_table = str.maketrans(FOLD)
_sort_table = str.maketrans(SORT)
_mixed = re.compile(MIXED)
_word = re.compile(WORD)
_latin_only, _cyrillic_only = re.compile(LATIN_ONLY), re.compile(CYRILLIC_ONLY)
_to_cyrillic, _to_latin = str.maketrans(*LOOKALIKES), str.maketrans(*LOOKALIKES[::-1])
_between = re.compile("[^a-z0-9]+")
_between_in_lines = re.compile("[^a-z0-9\n]+")
_between_ranks = re.compile("[^0-9A-Za-h]+")
_doubled = re.compile(r"([a-z])\1+")


def latin(text: str) -> str:
    """Serbian Cyrillic as Serbian Latin, letter by letter; Latin text comes back as it is.

    ЉУБАВ is LJUBAV, Љубав is Ljubav, "Џ. Љ." is "Dž. Lj.": a digraph is all capitals when its neighbours are.
    """
    if text.isascii() or not _cyrillic.search(text):
        return text
    return unicodedata.normalize("NFC", _in_latin(unicodedata.normalize("NFC", text)))


def fold(text: str) -> str:
    """The search key: small ASCII letters and digits, single blanks; the same for both scripts, with or without marks.

    đ is dj, č and ć are c, dž is dz; a hyphen is a blank, an apostrophe is nothing.
    """
    return _between.sub(" ", _folded(text)).strip(" ")


def loose(text: str) -> str:
    """A wider key for finding a person across orthographies: Shaqiri and Šaćiri, Gjergj and Đerđ, Kovács and Kovač.

    Two different names may share it: show candidates by it, never decide by it.
    """
    key = fold(text)
    for spelled, sound in LOOSENING:
        key = key.replace(spelled, sound)
    return _doubled.sub(r"\1", key)


def sort_key(text: str) -> str:
    """A key whose plain byte order (in SQL: collate "C") is the order of the Serbian alphabet, whatever the script."""
    key = _unmixed(unicodedata.normalize("NFKC", text)).translate(_sort_table)
    for pair, letter in SORT_DIGRAPHS:
        key = key.replace(pair, letter)
    return _between_ranks.sub(" ", key).strip(" ")


def latin_lines(lines: str) -> str:
    """`latin` of every line of a block, lines parted by "\\n"."""
    if lines.isascii() or not _cyrillic.search(lines):
        return lines
    if unicodedata.is_normalized("NFC", lines):
        written = _in_latin(lines)
        if unicodedata.is_normalized("NFC", written):
            return written
    return "\n".join(map(latin, lines.split("\n")))


def fold_lines(lines: str) -> str:
    """`fold` of every line of a block, lines parted by "\\n"."""
    keys = _between_in_lines.sub(" ", _folded(lines))
    return keys.replace(" \n", "\n").replace("\n ", "\n").strip(" ")


def _in_latin(text: str) -> str:
    return _capitals.sub(lambda found: LATIN[found[0]].upper(), text).translate(_latin_table)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    return _unmixed(unicodedata.normalize("NFKC", text)).translate(_fold_table)


def _unmixed(text: str) -> str:
    """A Latin letter that strayed into a Cyrillic word (or the reverse) and looks like one of its own becomes that."""
    return _word.sub(_unmix, text) if _mixed.search(text) else text


def _unmix(word: re.Match[str]) -> str:
    text = word[0]
    has_latin, has_cyrillic = bool(_latin_only.search(text)), bool(_cyrillic_only.search(text))
    if has_latin == has_cyrillic:
        return text
    return text.translate(_to_latin if has_latin else _to_cyrillic)
