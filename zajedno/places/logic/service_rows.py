"""Rows of a list of services as offices keep it: any order of columns, either script, ages and needs in words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from zajedno.kernel.script import fold, latin
from zajedno.kernel.spreadsheets import Cell, Matches, Table, match_columns, read_day
from zajedno.kernel.spreadsheets.asides import split_asides
from zajedno.places.logic.arriving import Fault, Said

# Field -> headings, in Latin without marks (columns are matched folded); the first is what our own list is headed by.
COLUMNS: Mapping[str, Sequence[str]] = {
    "name": ("usluga", "naziv usluge", "naziv", "service", "name", "szolgaltatas", "sherbimi"),
    "provider": ("ustanova", "pruzalac", "pruzalac usluge", "organizacija", "sifra ustanove", "institution",
                 "organisation", "organization", "provider", "pruzatelj", "pruzatelj usluge", "davalac usluge",
                 "naziv ustanove", "naziv pruzaoca", "intezmeny", "institucioni"),
    "target": ("za koga", "korisnici", "namenjeno", "namijenjeno", "korisnicka grupa",
               "ciljna grupa", "for whom", "target group", "kinek", "per ke"),
    "about": ("opis", "opis usluge", "sta je", "description", "leiras", "pershkrimi"),
    "needs": ("potreba", "potrebe", "oblast", "tema", "need", "needs", "theme", "szukseglet", "nevoja"),
    "age": ("uzrast", "uzrast dece", "dob", "dobna skupina", "uzrasna grupa", "starost", "age", "ages",
            "eletkor", "mosha"),
    "age_from": ("uzrast od", "od godina", "dob od", "age from", "minimum age"),
    "age_until": ("uzrast do", "do godina", "dob do", "age to", "age until", "maximum age"),
    "capacity": ("kapacitet", "broj mesta", "broj mjesta", "mesta", "capacity", "places", "ferohely", "kapaciteti"),
    "free_told": ("slobodna mesta", "slobodna mjesta", "slobodno", "free places", "szabad hely", "vende te lira"),
    "entry": ("kako do usluge", "nacin ulaska", "kako se ukljuciti", "prijem", "how to enter", "application"),
    "fee": ("placanje", "cena", "cijena", "ucesce", "cost", "fee", "ar", "cmimi"),
    "fee_note": ("cena napomena", "napomena o ceni", "cost note"),
    "languages": ("jezici", "jezik", "jezik rada", "languages", "language", "nyelv", "gjuhet"),
    "accessibility": ("pristupacnost", "accessibility", "akadalymentesseg", "qasshmeria"),
    "phone": ("telefon", "kontakt telefon", "kontakt", "tel", "phone", "telephone", "telefoni"),
    "email": ("email", "e mail", "e posta", "mejl", "imejl"),
    "url": ("sajt", "internet stranica", "mrezna stranica", "veb sajt", "web", "website", "url", "weboldal", "faqja"),
    "checked_on": ("provereno", "provjereno", "datum provere", "azurirano", "checked on", "checked", "ellenorizve"),
}  # fmt: skip
# A need by how its words begin, folded; the key itself counts too.
NEEDS: Mapping[str, Sequence[str]] = {
    "early": ("rana", "rani", "rano", "early", "korai", "razvoj"), "speech": ("govor", "logoped", "speech", "beszed"),
    "movement": ("motor", "kret", "fizi", "rehabilit", "movement", "mozgas"),
    "senses": ("vid", "sluh", "cul", "senzor", "sight", "hearing", "latas", "hallas"),
    "behaviour": ("ponas", "psiho", "emoc", "oseca", "osjeca", "behavio", "viselked"),
    "learning": ("ucenj", "skol", "obrazov", "learning", "school", "tanulas"), "autism": ("autiz", "autis"),
    "daily": ("licni pratilac", "pratilac", "personaln", "asisten", "svakodnev", "daily", "help in"),
    "family": ("porodic", "obitelj", "roditelj", "savet", "savjet", "family", "parent", "csalad"),
    "respite": ("predah", "odmor", "respite"), "transport": ("prevoz", "prijevoz", "transport", "szallitas"),
    "devices": ("pomagal", "asistivn", "device", "aids", "segedeszkoz"),
    "safety": ("nasilj", "zastit", "bezbed", "safety", "violence", "vedelem"),
    "money": ("novcan", "novac", "prava", "naknad", "money", "rights", "penz"),
    "leisure": ("slobodno vreme", "slobodno vrijeme", "sport", "igra", "druzenj", "leisure", "free time", "szabadido"),
}  # fmt: skip
FEES: Mapping[str, Sequence[str]] = {
    "free": ("besplat", "free", "ne naplacuje", "ingyen", "falas"), "partly": ("delimic", "djelimic", "ucesc",
    "participac", "partly", "reszben", "pjeserisht"), "paid": ("placa", "puna cena", "paid", "fizet", "me pagese"),
}  # fmt: skip
LANGUAGES: Mapping[str, Sequence[str]] = {
    "sr": ("srp", "serb"), "bs": ("bosan", "bosn"), "hr": ("hrv", "croat", "horvat"), "hu": ("madj", "madar", "mađ",
    "hungar", "magyar"), "sq": ("alban", "shqip"), "rom": ("romsk", "romani", "roma", "cigany"), "ro": ("rumun",
    "romanian", "roman"), "sk": ("slovac", "slovak", "szlovak"), "bg": ("bugar", "bulgar", "bolgar"),
    "mk": ("makedon", "macedon"), "en": ("engl", "angol", "angl"), "sgn": ("znakov", "gestov", "sign", "jelnyelv"),
}  # fmt: skip
MOST = {"name": 200, "target": 250, "about": 4000, "entry": 2000, "fee_note": 1000, "accessibility": 2000,
        "phone": 100, "email": 254, "url": 500}  # fmt: skip
LARGEST, OLDEST = 100_000, 120
_SPAN = re.compile(r"(?:od\s*)?(\d{1,3})\s*(?:[-–—]|do|to|-tol)\s*(\d{1,3})")
_ONE = re.compile(r"(od|do|from|to|iznad|preko|ispod)?\s*(\d{1,3})\s*(\+)?")
_MONTHS = re.compile(r"(\d{1,3})\s*(?:mj?esec\w*|mj?\.|month\w*|hónap\w*|muaj\w*)")
_YEARS = re.compile(r"(?<=\d)\s*(?:god\w*\.?|g\.|years?|éves\w*|vjeç\w*)")
_COUNT = re.compile(r"([0-9]{1,6})(?: (?:mest|mjest|dece|djece|korisni|osob|place|child|fo|hely|vende|femij)\w*)?")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_PARTS = re.compile(r"[,;/\n•|]+")


def headings() -> set[str]:
    """All that a column may be called, to find the header by."""
    return {name for names in COLUMNS.values() for name in names}


def matched(header: Sequence[str]) -> Matches:
    return match_columns(header, COLUMNS)


def said(table: Table, today: date, language: str) -> Iterator[Said]:
    """What each row says. `language`: the one the names are written in."""
    columns = matched(table.header).columns
    for row in split_asides(table)[0]:
        cells = {field: row.values[at] for field, at in columns.items() if at < len(row.values)}
        yield _row(row.number, {field: value for field, value in cells.items() if value is not None}, today, language)


def _row(number: int, cells: Mapping[str, Cell], today: date, language: str) -> Said:
    faults: list[Fault] = []
    name = cell_text(cells.get("name"))
    fields: dict[str, Any] = {"labels": {language: name}}
    if not name:
        faults.append(Fault("no_name", "name"))
    for field in MOST.keys() & cells.keys():
        text = cell_text(cells[field])
        if len(text) > MOST[field]:
            faults.append(Fault("too_long", field, {"most": MOST[field]}))
        if field != "name":
            fields[field] = text
    for field, read in READERS.items():
        if field in cells:
            found, wrong = read(cells[field], today)
            fields |= found
            faults += [Fault(code, field, what) for code, what in wrong]
    if (fields.get("age_from") or 0) > (fields.get("age_until") or OLDEST):
        faults.append(Fault("ages_turned", "age"))
    return Said(number, name, [cell_text(cells.get("provider"))], fields, faults=faults)


def cell_text(value: Cell) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


Read = tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]


def _whole(field: str, most: int, code: str) -> Callable[[Cell, date], Read]:
    def read(value: Cell, today: date) -> Read:
        text = cell_text(value)
        plain = "-" not in text and all(one.isdecimal() for one in text if one.isdigit())  # a key makes 20² into 202
        found = _COUNT.fullmatch(fold(text)) if plain else None
        if found and int(found[1]) <= most:
            return {field: int(found[1])}, []
        return {}, [(code, {})]

    return read


def _ages(value: Cell, today: date) -> Read:
    """`3-7`, `od 3 do 7 godina`, `do 7`, `od 3`, `3+`, `5`; a workbook turns 3-7 into the third of July."""
    if isinstance(value, date):
        return {"age_from": min(value.day, value.month), "age_until": max(value.day, value.month)}, []
    text = latin(cell_text(value)).lower()  # not folded: the hyphen must stay
    text = _YEARS.sub("", _MONTHS.sub(lambda told: str(int(told[1]) // 12), text))
    if span := _SPAN.search(text):
        return {"age_from": int(span[1]), "age_until": int(span[2])}, []
    if (one := _ONE.search(text)) is None:
        return ({}, []) if any(word in text for word in ("svi", "sve", "all")) else ({}, [("not_age", {})])
    years = int(one[2])
    if one[3] or one[1] in ("od", "from", "iznad", "preko"):
        return {"age_from": years}, []
    return {"age_until": years} if one[1] else {"age_from": years, "age_until": years}, []


def _listed(field: str, known: Mapping[str, Sequence[str]], code: str) -> Callable[[Cell, date], Read]:
    """Words of a closed list, each by how it begins."""

    def read(value: Cell, today: date) -> Read:
        keys, unknown = keys_of(known, cell_text(value))
        return {field: keys}, [(code, {"word": word}) for word in unknown if code]

    return read


def keys_of(known: Mapping[str, Sequence[str]], text: str) -> tuple[list[str], list[str]]:
    """(keys of the words in a cell, each once; the beginnings of words that are none)."""
    parts = [(part, key_of(known, part)) for part in filter(None, map(str.strip, _PARTS.split(text)))]
    return list(dict.fromkeys(key for _part, key in parts if key)), [part[:60] for part, key in parts if not key]


def key_of(known: Mapping[str, Sequence[str]], text: str) -> str:
    folded = fold(text)
    if folded in known:
        return folded
    found = [(len(start), key) for key, starts in known.items() for start in starts
             if folded.startswith(start) or f" {start}" in folded]  # fmt: skip
    return max(found)[1] if found else ""


def _fee(value: Cell, today: date) -> Read:
    """A price is kept as it is written: who writes one, lets the family pay."""
    key = key_of(FEES, cell_text(value))
    if key:
        return {"fee": key}, []
    if any(sign.isdigit() for sign in cell_text(value)):
        return {"fee": "paid", "fee_note": cell_text(value)}, []
    return {}, [("fee_unknown", {})]


def _email(value: Cell, today: date) -> Read:
    return {}, [] if _EMAIL.fullmatch(cell_text(value)) else [("not_email", {})]


def _url(value: Cell, today: date) -> Read:
    text = cell_text(value)
    if text.startswith("www."):
        text = f"https://{text}"
    good = re.fullmatch(r"https?://[^\s/]+\.[^\s]+", text)
    return ({"url": text}, []) if good else ({}, [("not_url", {})])


def _day(value: Cell, today: date) -> Read:
    found = read_day(value, today, "checked_on")
    return {"checked_on": found.day}, [("not_day", {})] if found.problem else []


READERS: Mapping[str, Callable[[Cell, date], Read]] = {
    "age": _ages, "age_from": _whole("age_from", OLDEST, "not_age"),
    "age_until": _whole("age_until", OLDEST, "not_age"), "capacity": _whole("capacity", LARGEST, "not_whole"),
    "free_told": _whole("free_told", LARGEST, "not_whole"), "needs": _listed("needs", NEEDS, "need_unknown"),
    "languages": _listed("languages", LANGUAGES, ""), "fee": _fee, "email": _email, "url": _url, "checked_on": _day,
}  # fmt: skip
