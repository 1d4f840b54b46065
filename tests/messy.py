"""Messy registers of requests made from the invented people of `dev_register`, the same for the same seed.

`requests` says what is meant, `messy_workbook` and `messy_csv` write it the way offices do.
"""

import csv
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from unicodedata import normalize

from xlsxwriter import Workbook

from zajedno.kernel.script import latin

REGISTER = Path(__file__).parents[2] / "shared" / "data" / "people" / "dev_register"
TODAY = date(2026, 11, 24)
FILES = ("csr", "health", "school")
_FORMATS = {"csr": "%Y-%m-%d", "health": "%d/%m/%Y", "school": "%d.%m.%Y."}
_STATUSES = {
    "completeness": ("примљено", "ZAVEDEN", "Заведено", "нов"),
    "returned": ("допуна", "vraćeno na dopunu", "тражена допуна"),
    "awaiting_consent": ("чека се сагласност", "čeka saglasnost"),
    "scheduled": ("заказано", "Zakazana procena"),
    "assessment": ("процена у току", "PROCENA"),
    "sitting": ("заказана седница", "čeka sednicu"),
    "adopted": ("мишљење донето", "Mišljenje doneto", "ДОНЕТО"),
    "delivered": ("уручено", "mišljenje uručeno"),
    "implementation": ("праћење", "podrška u toku"),
    "closed": ("завршено", "Rešeno", "а/а"),
    "withdrawn": ("одустао", "обустављен", "odustali"),
    "refused_consent": ("није дата сагласност", "roditelj nije saglasan"),
    "transferred": ("прослеђен", "preseljenje"),
}
_DECIDED = ("adopted", "delivered", "implementation", "closed")
_STARTED = ("sitting", *_DECIDED)
_INITIATORS = {
    "parent": ("родитељ", "majka", "Отац", "zakonski zastupnik"),
    "institution": ("ОШ „Пример”", "Centar za socijalni rad", "дом здравља"),
}
_MEASURES = (
    "лични пратилац",
    "logoped",
    "Педагошки асистент",
    "превоз",
    "прилагођени уџбеници",
    "разговор са разредом",
)
HEADINGS = {
    "row": "р.бр.",
    "number": "дел. бр.",
    "received": "датум пријема",
    "name": "име и презиме детета",
    "born": "дат. рођ.",
    "national_number": "ЈМБГ",
    "parent": "Родитељ",
    "address": "Adresa",
    "initiator": "подносилац",
    "institution": "установа",
    "status": "Status",
    "sitting": "датум седнице",
    "opinion": "мишљење",
    "measures": "мере подршке",
}


@dataclass(frozen=True)
class Person:
    record: str
    given: str
    family: str
    sex: str
    born: date | None
    national_number: str
    parent: str
    municipality: str
    street: str


@dataclass(frozen=True)
class Request:
    """What is meant by one row. `born_in_words`: the birth date is written as a month only (the row must be refused,
    unless a valid number tells the day)."""

    number: str
    received: date
    person: Person
    initiator: str
    status: str
    sitting: date | None
    opinion: date | None
    measures: tuple[str, ...]


def people(count: int, seed: int = 1) -> list[Person]:
    """The people of dev_register with a birth date; after they run out, again with other birth dates and no number."""
    known = [person for name in FILES for person in _read(name)] if REGISTER.is_dir() else list(_invented())
    found = [person for person in known if person.born]
    random.Random(seed).shuffle(found)
    chosen = found[:count]
    for index in range(len(chosen), count):
        person, again = found[index % len(found)], index // len(found)
        born = (person.born or TODAY) - timedelta(days=again)
        chosen.append(
            Person(**{**vars(person), "record": f"{person.record}-{again}", "born": born, "national_number": ""})
        )
    return chosen


def _invented() -> Iterable[Person]:
    """People for a tree without the shared data."""
    for index, given in enumerate(("Ана", "Besa", "Csaba", "Đorđe", "Emina", "Љубица", "Ndërim", "Zsófia")):
        for number, family in enumerate(("Ђукић", "Gashi", "Hadžić", "Szűcs", "Петровић-Њежић")):
            born = date(2010, 1, 1) + timedelta(days=index * 311 + number * 97)
            sex = "M" if given in ("Csaba", "Đorđe", "Ndërim") else "F"
            yield Person(f"I{index}{number}", given, family, sex, born, "", "Марија", "Суботица", "Школска 1")


def _read(name: str) -> Iterable[Person]:
    with (REGISTER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            born = row["date_of_birth"]
            yield Person(
                record=row["record_id"],
                given=row["given_name"],
                family=row["surname"],
                sex=row["sex"],
                born=datetime.strptime(born, _FORMATS[name]).date() if born else None,  # noqa: DTZ007
                national_number=row["jmbg"],
                parent=row["mother_given_name"],
                municipality=row["municipality"],
                street=row["street"],
            )


def requests(count: int, seed: int = 1) -> list[Request]:
    """`count` requests with numbers of their own, one for each person."""
    dice = random.Random(seed)
    return [_request(index, person, dice) for index, person in enumerate(people(count, seed), 1)]


def _request(index: int, person: Person, dice: random.Random) -> Request:
    assert person.born
    earliest = max(person.born, date(2022, 1, 1))
    received = earliest + timedelta(days=dice.randrange(max(1, (TODAY - earliest).days)))
    status = dice.choice(tuple(_STATUSES))
    sitting = opinion = None
    if status in _DECIDED:
        sitting = min(TODAY, received + timedelta(days=dice.randrange(5, 60)))
        opinion = min(TODAY, sitting + timedelta(days=dice.randrange(0, 9)))
    elif status in _STARTED:
        sitting = TODAY + timedelta(days=dice.randrange(1, 40))
    measures = tuple(dice.sample(_MEASURES, dice.randrange(1, 4))) if opinion else ()
    initiator = dice.choice(("parent", "institution"))
    return Request(f"ИРК-{index:03d}/{received.year}", received, person, initiator, status, sitting, opinion, measures)


def cells(request: Request, index: int, dice: random.Random) -> dict[str, str | float | date | None]:
    """The cells of a row as somebody typed them."""
    person = request.person
    name = f"{person.given} {person.family}"
    if dice.random() < 0.05:
        name = f"{person.family} {person.given}"
    return {
        "row": float(index),
        "number": request.number,
        "received": _day(request.received, dice),
        "name": _typed(name, dice),
        "born": _day(person.born, dice),
        "national_number": _number(person.national_number, dice),
        "parent": person.parent or dice.choice(("", "-")),
        "address": f"{person.street}, {person.municipality}".strip(", "),
        "initiator": dice.choice(_INITIATORS[request.initiator]),
        "institution": dice.choice(("ОШ „Пример”", "PU „Primer”", "")),
        "status": dice.choice(_STATUSES[request.status]),
        "sitting": _day(request.sitting, dice),
        "opinion": _day(request.opinion, dice),
        "measures": dice.choice(("; ", "\n", ", ", "\n• ")).join(request.measures),
    }


def _typed(text: str, dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.1:
        text = text.upper()
    elif kind < 0.3:
        text = latin(text)
    if dice.random() < 0.1:
        text = " " + text.replace(" ", "  ") + "\u00a0"
    return text


def _number(number: str, dice: random.Random) -> str | float:
    if number and number.isdigit() and dice.random() < 0.4:
        return float(number)
    return number or dice.choice(("", "-", "нема"))


def _day(day: date | None, dice: random.Random) -> str | float | date | None:
    if day is None:
        return dice.choice((None, "", "-", "/"))
    recent = 2000 <= day.year <= TODAY.year
    short = day.strftime("%d/%m/%y") if recent else day.strftime("%d/%m/%Y")
    plain = f"{day.day}.{day.month}.{day.year}."
    serial = float((day - date(1899, 12, 30)).days)
    return dice.choice((plain, short, day.isoformat(), day.strftime("%d.%m.%Y"), serial, day))


def messy_workbook(rows: list[Request], seed: int = 1) -> bytes:
    """An .xlsx: a hidden sheet first, title rows, a merged header of two rows, empty rows between, notes at the end."""
    dice = random.Random(seed)
    buffer = BytesIO()
    with Workbook(buffer, {"constant_memory": True, "strings_to_urls": False}) as book:
        hidden = book.add_worksheet("шифарник")
        for line, words in enumerate(("статус", "примљено", "допуна")):
            hidden.write_string(line, 0, words)
        hidden.hide()
        page = book.add_worksheet("Регистар 2026")
        page.activate()
        page.set_first_sheet()
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        page.write_string(0, 0, "ГРАД СУБОТИЦА")
        page.write_string(1, 0, "Регистар захтева интерресорне комисије за 2026. годину, води координатор")
        _header(page, tuple(HEADINGS.values()))
        line = 5
        for index, request in enumerate(rows, 1):
            if index % 50 == 0:
                line += 1
            for column, value in enumerate(cells(request, index, dice).values()):
                if isinstance(value, date):
                    page.write_datetime(line, column, value, day)
                elif isinstance(value, float):
                    page.write_number(line, column, value)
                elif value:
                    page.write_string(line, column, value)
            line += 1
        page.write_string(line + 1, 1, "Напомена: подаци су унети из свеске.")
    return buffer.getvalue()


def _header(page: object, names: tuple[str, ...]) -> None:
    """Row 4 holds the group over three columns, row 5 their own names; the others stand in row 4."""
    child = ("име и презиме", "дат. рођ.", "ЈМБГ")
    for column, name in enumerate(names):
        if column == 3:
            page.merge_range(3, 3, 3, 5, "Дете")  # type: ignore[attr-defined]
        elif column not in (4, 5):
            page.write_string(3, column, name)  # type: ignore[attr-defined]
    for column, name in enumerate(child, 3):
        page.write_string(4, column, name)  # type: ignore[attr-defined]


def messy_csv(rows: list[Request], encoding: str, separator: str = ";", seed: int = 1) -> bytes:
    """A CSV with a title row. In cp1250 all is Latin; Latin letters that an encoding lacks lose their marks."""
    dice = random.Random(seed)
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerow(["Регистар захтева", *[""] * (len(HEADINGS) - 1)])
    writer.writerow(HEADINGS.values())
    for index, request in enumerate(rows, 1):
        values = cells(request, index, dice).values()
        writer.writerow([f"{value:.0f}" if isinstance(value, float) else value for value in values])
    text = buffer.getvalue()
    text = latin(text) if encoding in ("cp1250", "iso8859-2") else text
    if not encoding.startswith("utf"):
        text = "".join(_fitting(letter, encoding) for letter in text)
    return text.encode(encoding)


def _fitting(letter: str, encoding: str) -> str:
    if letter.encode(encoding, "ignore"):
        return letter
    return {"đ": "dj", "Đ": "Dj"}.get(letter, normalize("NFKD", letter)[0]).encode(encoding, "replace").decode(encoding)
