"""Headings by which the fields of a child go in registers; compared folded, so either script and any capitals."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CHILD_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "record": ("record id", "id", "šifra", "broj kartona", "broj dosijea", "matični broj u registru", "r br"),
        "given_name": ("ime", "ime deteta", "ime djeteta", "first name", "given", "keresztnév", "utónév", "emri"),
        "family_name": (
            "prezime", "prezime deteta", "prezime djeteta", "surname", "last name", "vezetéknév", "családnév",
            "mbiemri",
        ),
        "full_name": (
            "ime i prezime", "ime i prezime deteta", "ime i prezime djeteta", "ime i prezime učenika", "dete", "dijete",
            "dete ime i prezime",
            "učenik", "name", "child", "full name", "emri dhe mbiemri", "teljes név",
        ),
        "full_name_family_first": (
            "prezime i ime", "prezime i ime deteta", "prezime i ime djeteta", "prezime i ime učenika",
            "prezime ime roditelja i ime", "dete prezime i ime", "név", "gyermek neve",
        ),
        "sex": ("pol", "spol", "gender", "nem", "gjinia"),
        "birth_date": (
            "datum rođenja", "date of birth", "birth date", "dob", "rođen", "rođena", "rođen a", "dat rođ", "dr",
            "datum rođenja deteta", "datum rođenja djeteta", "rođeno", "born", "születési dátum", "született",
            "datëlindja", "data e lindjes",
        ),
        "national_number": (
            "jmbg", "jmb", "matični broj", "jmbg deteta", "jmb djeteta", "személyi szám",
            "numri personal",
        ),
        "parent": (
            "mother given name", "majka", "otac", "roditelj", "roditelj staratelj", "ime majke", "ime oca",
            "ime roditelja", "ime jednog roditelja", "ime i prezime roditelja", "roditelj ime i prezime",
            "zakonski zastupnik", "mother", "father", "guardian", "szülő", "prindi",
        ),
        "municipality": ("opština", "općina", "grad", "opština prebivališta", "mesto", "mjesto", "község", "komuna"),
        "address": (
            "street", "adresa", "ulica", "ulica i broj", "prebivalište", "adresa stanovanja", "cím", "adresa e banimit",
        ),
        "settlement": (
            "tip naselja", "vrsta naselja", "kind of settlement", "type of settlement", "település típusa",
            "településtípus", "lloji i vendbanimit",
        ),
        "institution": ("ustanova", "škola", "vrtić", "naziv ustanove", "school", "intézmény", "iskola", "shkolla"),
        "class": ("razred", "odeljenje", "odjeljenje", "grupa", "razred odeljenje", "grade", "osztály", "klasa"),
    }
)  # fmt: skip
"""Fields of a register of children and the headings they go by, for `match_columns`."""
