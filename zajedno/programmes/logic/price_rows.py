"""Rows of a price list as offices keep it: any order of columns, either script, currencies and payers in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets import Cell, Matches, Row, Table, gettext_noop, match_columns
from zajedno.kernel.spreadsheets.amounts import currency_in, read_price
from zajedno.kernel.spreadsheets.spans import read_span
from zajedno.places.logic.arriving import Fault

# Field -> headings, in Latin without marks (columns are matched folded).
COLUMNS: Mapping[str, Sequence[str]] = {
    "code": ("sifra", "sifra mere", "sifra mjere", "sifra usluge", "kod", "oznaka", "code", "measure code", "kodi"),
    "thing": ("mera", "mjera", "usluga", "mera ili usluga", "mjera ili usluga", "naziv usluge", "naziv mere",
        "naziv mjere", "vrsta usluge", "naziv", "opis", "measure", "service", "measure or service", "item",
        "intezkedes", "szolgaltatas", "intezkedes vagy szolgaltatas", "masa", "sherbimi", "masa ose sherbimi"),
    "provider": ("ustanova", "pruzalac", "pruzalac usluge", "pruzatelj", "pruzatelj usluge", "institution",
        "provider", "intezmeny", "institucioni"),
    "unit": ("jedinica", "jedinica mere", "jedinica mjere", "jed mere", "jed mjere", "jm", "j m", "unit", "egyseg",
        "mertekegyseg", "njesia"),
    "amount": ("cena", "cijena", "jedinicna cena", "jedinicna cijena", "cena po jedinici", "cijena po jedinici",
        "iznos", "price", "price of a unit", "unit price", "amount", "ar", "egysegar", "cmimi", "cmimi per njesi"),
    "currency": ("valuta", "currency", "penznem", "monedha", "valuta cene", "valuta cijene"),
    "payer": ("platilac", "placa", "ko placa", "tko placa", "obveznik placanja", "izvor finansiranja",
        "izvor financiranja", "finansira", "financira", "payer", "who pays", "paid by", "ki fizeti", "fizeto",
        "kush paguan", "paguesi"),
    "source": ("izvor", "pravni osnov", "osnov", "odluka", "osnov cene", "source", "legal basis", "basis", "forras",
        "burimi"),
    "valid_from": ("vazi od", "vrijedi od", "od", "od datuma", "pocetak vazenja", "datum od", "primenjuje se od",
        "primjenjuje se od", "valid from", "from", "first day", "prvi dan", "dita e pare", "ervenyes ettol",
        "mettol", "elso nap", "vlen nga", "nga"),
    "valid_until": ("vazi do", "vrijedi do", "do", "do datuma", "kraj vazenja", "datum do", "primenjuje se do",
        "primjenjuje se do", "valid until", "valid to", "until", "to", "last day", "poslednji dan", "posljednji dan",
        "zadnji dan", "dita e fundit", "ervenyes eddig", "meddig", "utolso nap", "vlen deri", "deri"),
    "valid": ("vazi", "vrijedi", "vazenje", "period", "period vazenja", "razdoblje", "godina", "valid", "validity",
        "holds", "year", "ervenyes", "vlen", "ev", "viti"),
}  # fmt: skip
# A payer by how its words begin, folded; the key itself counts too. The longest beginning wins.
PAYERS: Mapping[str, Sequence[str]] = {
    "municipality": ("opstin", "opcin", "grad", "lokaln", "jls", "municip", "city", "onkormany", "kozseg", "komun",
                     "bashki"),
    "canton": ("kanton", "zupan", "canton"),
    "entity": ("entitet", "federac", "fbih", "republika srpska", "republike srpske", "budzet rs", "entity", "entitas"),
    "republic": ("republi", "drzav", "ministar", "koztarsasag", "minist"),
    "health_fund": ("fond zdrav", "zdravstven", "fond", "rfzo", "zzo", "hzzo", "health", "egeszseg", "fondi"),
    "institution": ("ustanov", "skol", "institu", "intezmen"),
    "shared": ("vise", "zajedn", "nekolik", "podel", "podijel", "several", "shared", "tobb", "disa", "se bashku"),
    "unknown": ("nepoznat", "nije poznat", "ne zna", "not known", "unknown", "nem ismert", "ismeretlen", "i panjohur",
                "nuk dihet"),
}  # fmt: skip
MOST = {"unit": 40, "source": 250}


@dataclass(frozen=True)
class Said:
    """What a row says. `thing` is a name, `code` a key of ours or the uuid of a service; the rest as it stands, or as
    the sender said it for all rows."""

    number: int
    thing: str
    code: str = ""
    provider: str = ""
    unit: str = ""
    amount: Decimal | None = None
    currency: str = ""
    payer: str = ""
    source: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Otherwise:
    """What holds where the file says nothing."""

    currency: str = ""
    payer: str = ""
    source: str = ""
    valid_from: date | None = None


def headings() -> set[str]:
    return {name for names in COLUMNS.values() for name in names}


def matched(header: Sequence[str]) -> Matches:
    return match_columns(header, COLUMNS)


def said(table: Table, rows: Sequence[Row], today: date, otherwise: Otherwise) -> Iterator[Said]:
    """What each row says."""
    columns = matched(table.header).columns
    above = currency_in(table.header[columns["amount"]]) if "amount" in columns else set()
    above = above or currency_in(" ".join(table.titles))
    currency = next(iter(above)) if len(above) == 1 else otherwise.currency
    for row in rows:
        cells = {name: row.values[at] for name, at in columns.items() if at < len(row.values)}
        yield _row(row.number, cells, today, otherwise, currency)


def _row(number: int, cells: Mapping[str, Cell], today: date, otherwise: Otherwise, currency: str) -> Said:
    faults: list[Fault] = []
    price = read_price(cells.get("amount"))
    if price.problem or price.amount is None:
        faults.append(Fault(price.problem or "no_amount", "amount"))
    texts = {name: _text(cells.get(name)) for name in ("thing", "code", "provider", "unit", "source")}
    texts["unit"], texts["source"] = texts["unit"] or price.unit, texts["source"] or otherwise.source
    faults += [Fault("too_long", name, {"most": most}) for name, most in MOST.items() if len(texts[name]) > most]
    faults += [Fault(f"no_{name}", name) for name in ("unit", "source") if not texts[name]]
    if not (texts["thing"] or texts["code"]):
        faults.append(Fault("no_thing", "thing"))
    since, until, wrong = read_span(cells, today, "valid_from", "valid_until", "valid")
    faults += [Fault(one.code, one.column) for one in wrong]
    if (since := since or otherwise.valid_from) is None and not wrong:
        faults.append(Fault("no_day", "valid_from"))
    if since and until and until < since:
        faults.append(Fault("days_turned", "valid_until"))
    known = _currency(_text(cells.get("currency")), price.currency, currency, faults)
    payer = _payer(_text(cells.get("payer")), otherwise.payer, faults)
    return Said(number, **texts, amount=price.amount, currency=known, payer=payer, valid_from=since, valid_until=until,
                faults=faults)  # fmt: skip


def _text(value: Cell) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def _currency(written: str, beside: str, otherwise: str, faults: list[Fault]) -> str:
    """Of its own column, beside the price, over the column, said for all; two that differ are not one."""
    named = currency_in(written)
    if written and len(named) != 1:
        faults.append(Fault("currency_unknown", "currency", {"word": written[:40]}))
        return ""
    own = next(iter(named), "")
    if own and beside and own != beside:
        faults.append(Fault("currencies", "amount"))
    found = own or beside or otherwise
    if not found:
        faults.append(Fault("no_currency", "currency"))
    return found


def _payer(written: str, otherwise: str, faults: list[Fault]) -> str:
    if not written:
        if not otherwise:
            faults.append(Fault("no_payer", "payer"))
        return otherwise
    folded = fold(written)
    if written in PAYERS:
        return written
    found = [(len(start), key) for key, starts in PAYERS.items() for start in starts if f" {start}" in f" {folded}"]
    if not found:
        faults.append(Fault("payer_unknown", "payer", {"word": written[:60]}))
    return max(found)[1] if found else ""


SENTENCES = {
    "no_thing": gettext_noop("Write which measure or service the price is of."),
    "thing_unknown": gettext_noop("No measure and no service here is called “%(name)s”. Write it as in the list of "
                                  "measures, or enter the service first."),
    "thing_many": gettext_noop("“%(name)s” may mean: %(names)s. Write which."),
    "no_amount": gettext_noop("Write the price."),
    "no_unit": gettext_noop("Write the unit, such as hour or day."),
    "no_source": gettext_noop("Write where the price comes from, or say it in the form for all rows."),
    "no_day": gettext_noop("Write from which day the price holds, or say it in the form for all rows."),
    "no_currency": gettext_noop("Write the currency, or say it in the form for all rows."),
    "no_payer": gettext_noop("Write who pays, or say it in the form for all rows."),
    "currency_unknown": gettext_noop("“%(word)s” is none of RSD, BAM (KM) and EUR."),
    "currencies": gettext_noop("Two currencies are written here. Write one."),
    "payer_unknown": gettext_noop("“%(word)s” is not on the list of who pays."),
    "days_turned": gettext_noop("The last day lies before the first."),
    "same_twice": gettext_noop("The same stands in row %(row)s already."),
    "overlaps": gettext_noop(
        "There is a price for some of these days already: %(price)s, %(days)s. End that one first."
    ),
    "overlaps_row": gettext_noop("Row %(row)s has a price for some of these days."),
}  # fmt: skip
