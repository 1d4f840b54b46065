"""Rows of a list of members of a body as offices keep it: any order of columns, either script, roles in words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets import Cell, Matches, Row, Table, gettext_noop, match_columns
from zajedno.kernel.spreadsheets.spans import read_span
from zajedno.places.logic.arriving import Fault

# Field -> headings, in Latin without marks (columns are matched folded).
COLUMNS: Mapping[str, Sequence[str]] = {
    "institution": ("ustanova", "institucija", "naziv ustanove", "naziv institucije", "organizacija", "sluzba",
        "ustanova organizacija", "predstavnik ustanove", "iz ustanove", "institution", "organisation",
        "organization", "intezmeny", "szervezet", "institucioni", "organizata"),
    "sector": ("sektor", "resor", "oblast", "podrucje", "sector", "agazat", "sektori"),
    "person": ("ime i prezime", "prezime i ime", "clan", "ime i prezime clana", "osoba", "predstavnik", "lice",
        "clanovi", "imenovani", "name", "full name", "person", "member", "representative", "nev", "tag", "emri",
        "emri dhe mbiemri", "anetari", "ko je predstavlja", "tko je predstavlja", "who sits for it", "ki kepviseli",
        "kush e perfaqeson"),
    "given": ("ime", "given name", "first name", "keresztnev", "emri i pare"),
    "family": ("prezime", "surname", "family name", "last name", "vezeteknev", "mbiemri"),
    "role": ("uloga", "uloga u telu", "uloga u tijelu", "funkcija u mrezi", "funkcija u telu", "funkcija u tijelu",
        "svojstvo", "role", "szerep", "szerep a testuletben", "tisztseg", "roli", "roli ne trup"),
    "post": ("funkcija", "polozaj", "duznost", "radno mesto", "radno mjesto", "zvanje", "zanimanje", "function", "post",
        "position", "funksioni", "beosztas", "pozita"),
    "term": ("mandat", "trajanje mandata", "period", "period clanstva", "trajanje", "term", "mandate", "mandatum",
        "mandati"),
    "deputy": ("zamenik", "zamjenik", "zamenik clana", "zamjenik clana", "zamenica", "ime zamenika", "ime zamjenika",
        "deputy", "substitute", "helyettes", "zevendesi"),
    "email": ("e mail", "email", "e posta", "eposta", "elektronska posta", "mejl", "imejl", "mail", "adresa e poste",
        "kontakt", "contact", "kapcsolat", "kontakti", "emaili"),
    "since": ("od", "clan od", "imenovan", "imenovana", "datum imenovanja", "imenovan od", "mandat od",
        "pocetak mandata", "since", "from", "first day", "appointed", "member since", "mettol", "miota", "kinevezes",
        "nga", "qe nga"),
    "until": ("do", "clan do", "mandat do", "kraj mandata", "razresen", "datum razresenja", "istek mandata", "until",
        "to", "last day", "meddig", "deri", "deri me"),
}  # fmt: skip
# What they are in the body, by how the words begin; a vice-chair is a member. The longest beginning wins.
ROLES: Mapping[str, Sequence[str]] = {
    "coordinator": ("koordin", "coordin"),
    "chair": ("predsed", "predsjed", "chair", "elnok", "kryetar", "kryesues", "rukovodil", "voditelj"),
    "secretary": ("sekretar", "tajni", "secretar", "titkar"),
    "member": ("clan", "member", "tag", "anetar", "podpredsed", "potpredsed", "potpredsjed", "dopredsjed", "vice",
               "zamenik predsed", "zamenica predsed", "zamjenik predsjed", "zamjenica predsjed", "alelnok",
               "deputy chair", "zamenik koord", "zamjenik koord", "nenkryetar"),
    "deputy": ("zamen", "zamjen", "deput", "substitut", "helyettes", "zevendes"),
}  # fmt: skip
SECTORS: Mapping[str, Sequence[str]] = {
    "local_government": ("opstin", "opcin", "gradska uprav", "gradske uprav", "lokaln", "jls", "municip", "local",
        "onkormany", "komun", "mesna zajed", "mjesna zajed", "skupstin"),
    "education": ("obrazov", "prosvet", "prosvjet", "skol", "vrtic", "predskol", "os", "educat", "school",
        "kindergarten", "oktatas", "iskola", "ovoda", "arsim", "shkoll"),
    "health": ("zdravst", "zdravlj", "bolnic", "dom zdrav", "klinik", "health", "hospital", "egeszseg", "shendet"),
    "social_protection": ("socij", "centar za socij", "soc rad", "social", "szocialis", "mirovin"),
    "justice": ("pravosud", "polic", "sud", "osnovni sud", "opstinski sud", "opcinski sud", "tuzil", "mup", "bezbed",
        "sigurn", "justice", "police", "court", "igazsagugy", "rendor", "drejtesi"),
    "civil_society": ("civil", "udruzen", "udrug", "nvo", "nevlad", "fondacij", "zaklad", "crveni krst",
        "crveni kriz", "ngo", "association", "egyesulet", "shoqat", "roditelj"),
    "national": ("ministar", "republick", "republic", "zavod za unapr", "drzavn", "national", "federaln"),
    "intersectoral": ("medjusekt", "intersekt", "mreza", "komisij", "intersector"),
}  # fmt: skip
MOST = {"institution": 250, "person": 200, "deputy": 200}
_BODY = (
    "clan",
    "mrez",
    "komisij",
    "tim",
    "odbor",
    "tel",
    "tijel",
    "grup",
    "savet",
    "vijec",
    "network",
    "halozat",
    "rrjet",
)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;.<>]+")


@dataclass(frozen=True)
class Said:
    """What a row says. `until` is the last day; `is_deputy`: who stands in it only comes for somebody else."""

    number: int
    person: str
    institution: str = ""
    sector: str = ""
    role: str = "member"
    deputy: str = ""
    email: str = ""
    since: date | None = None
    until: date | None = None
    is_deputy: bool = False
    faults: list[Fault] = field(default_factory=list)


def headings() -> set[str]:
    return {name for names in COLUMNS.values() for name in names}


def matched(header: Sequence[str]) -> Matches:
    return match_columns(header, COLUMNS)


def said(table: Table, rows: Sequence[Row], today: date, since: date | None = None) -> Iterator[Said]:
    """What each row says. `since`: the first day where the file names none."""
    columns = matched(table.header).columns
    for row in rows:
        cells = {name: row.values[at] for name, at in columns.items() if at < len(row.values)}
        yield _row(row.number, cells, today, since)


def _row(number: int, cells: Mapping[str, Cell], today: date, since: date | None) -> Said:
    faults: list[Fault] = []
    texts = {name: _text(cells.get(name)) for name in ("institution", "person", "deputy")}
    if not texts["person"]:
        texts["person"] = " ".join(filter(None, (_text(cells.get("given")), _text(cells.get("family")))))
    faults += [Fault(f"no_{name}", name) for name in ("person", "institution") if not texts[name]]
    faults += [Fault("too_long", name, {"most": most}) for name, most in MOST.items() if len(texts[name]) > most]
    role = _word(ROLES, _text(cells.get("role")), "role", faults) or _of_post(_text(cells.get("post")))
    sector = _word(SECTORS, _text(cells.get("sector")), "sector", faults)
    email = _email(_text(cells.get("email")), faults)
    first, last, wrong = read_span(cells, today, "since", "until", "term")
    faults += [Fault(one.code, one.column) for one in wrong]
    if (first := first or since) is None and not wrong:
        faults.append(Fault("no_since", "since"))
    if first and last and last < first:
        faults.append(Fault("days_turned", "until"))
    row = Said(number, texts["person"], texts["institution"], sector, role, texts["deputy"], email, first, last)
    row = replace(row, role="member", is_deputy=True) if role == "deputy" else row
    return replace(row, faults=faults)


def _text(value: Cell) -> str:
    """Dashes are nothing."""
    text = "" if value is None else " ".join(str(value).split())
    return "" if text.strip(" -–—/.") == "" or fold(text) in ("nema", "n a") else text


def _of_post(written: str) -> str:
    """What stands as their post is their role only where it says so of the body: many a member presides elsewhere."""
    words = fold(written).split()
    of_body = len(words) == 1 or any(word.startswith(_BODY) for word in words)
    return (begun(ROLES, written) if of_body else "") or "member"


def _email(written: str, faults: list[Fault]) -> str:
    """The one address of the cell; a telephone number beside it, or alone, is left."""
    found = _EMAIL.findall(written.removeprefix("mailto:"))
    if len(found) != 1 and written and ("@" in written or not any(letter.isdigit() for letter in written)):
        faults.append(Fault("not_email", "email"))
    return found[0] if len(found) == 1 else ""


def _word(known: Mapping[str, Sequence[str]], written: str, name: str, faults: list[Fault]) -> str:
    if not written:
        return ""
    found = begun(known, written)
    if not found:
        faults.append(Fault(f"{name}_unknown", name, {"word": written[:60]}))
    return found


def begun(known: Mapping[str, Sequence[str]], written: str, *, earliest: bool = False) -> str:
    """The key one of whose beginnings a word of the text has; the longest wins, or the one that comes first. What has
    three letters or fewer is a whole word."""
    folded = f" {fold(written)} "
    if written in known:
        return written
    tried = [
        (f" {start} " if len(start) <= 3 else f" {start}", key) for key, starts in known.items() for start in starts
    ]
    found = [(-folded.find(start) if earliest else 0, len(start), key) for start, key in tried if start in folded]
    return max(found)[2] if found else ""


def sector_of(institution: str) -> str:
    """The sector that an institution's name tells of, by its first word that does."""
    return begun(SECTORS, institution, earliest=True)


SENTENCES = {
    "no_person": gettext_noop("Write who sits for the institution."),
    "no_institution": gettext_noop("Write the institution in this row too; a merged cell counts for its first row."),
    "no_since": gettext_noop("Write from which day they sit, or say it in the form for all rows."),
    "no_sector": gettext_noop(
        "There is no institution “%(name)s” here. Write its sector, and it stands with its name only; or have the "
        "institution entered first."
    ),
    "institution_many": gettext_noop("“%(name)s” may mean: %(names)s. Write which."),
    "role_unknown": gettext_noop("“%(word)s” is no role here. Write coordinator, chair, secretary or member."),
    "sector_unknown": gettext_noop("“%(word)s” is not on the list of sectors."),
    "days_turned": gettext_noop("The last day lies before the first."),
    "twice": gettext_noop("They stand in row %(row)s already."),
    "role_other": gettext_noop("They sit in the body as: %(role)s. Let them leave, then name them anew."),
    "chair_taken": gettext_noop("%(person)s chairs the body then. Let their time end first."),
    "deputy_of_whom": gettext_noop("Nobody of this institution stands in the list for whom they come. Write the deputy "
                                   "beside the member."),
    "sat_before": gettext_noop("They have left the body. Write a first day after %(day)s."),
}  # fmt: skip
