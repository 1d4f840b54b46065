"""Searching for a child: fuzzy on the lexicon of names, exact on children, and always written down."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children.enums import IdentifierKind
from zajedno.children.models import Child, Identifier
from zajedno.children.queries.child import visible_to
from zajedno.children.rules import SEARCH
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.national_numbers import bare
from zajedno.kernel.refusal import Refused
from zajedno.kernel.script import fold
from zajedno.kernel.verbs import ask

NAMES_A_WORD = 40
MOST_WORDS = 4


@transaction.atomic
def search(
    *, by: Actor, text: str = "", born: date | None = None, number: str = "", wider: bool = False, limit: int = 20
) -> list[Child]:
    """Children among those the actor may see, best first: by name in either script and order, misspelt or cut short,
    by date of birth, or by an exact number (blanks and lost leading zeros do not matter).
    """
    ask(by, SEARCH)
    if not (text.strip() or born or number.strip()):
        raise Refused(_("Enter a name, a date of birth or a number."), "empty")
    found = _by_number(by, number) if number.strip() else _by_name(by, text, born, wider, limit)
    audit.record(by=by, verb=SEARCH.key, detail={"found": len(found), "wider": wider, "number": bool(number.strip())})
    return found[:limit]


def _by_number(by: Actor, number: str) -> list[Child]:
    digits = bare(number)
    forms = {digits, digits.zfill(13), digits.lstrip("0") or "0"}
    blinds = [sealed.blind(form, kind) for form in forms for kind in IdentifierKind.values]
    blinds += [sealed.blind(f"{org}|{form}", IdentifierKind.LOCAL) for form in {*forms, number.strip()}
               for org in by.keys if org > 0]  # fmt: skip
    return list(visible_to(by).filter(pk__in=Identifier.objects.filter(blind__in=blinds).values("child")))


def _similar(word: str, wider: bool) -> dict[str, float]:
    with connection.cursor() as cursor:
        cursor.execute("select token, score from app.similar_names(%s, %s, %s)", [word, NAMES_A_WORD, wider])
        return dict(cursor.fetchall())


def _by_name(by: Actor, text: str, born: date | None, wider: bool, limit: int) -> list[Child]:
    rows = visible_to(by)
    if born:
        rows = rows.filter(birth_date=born)
    words = fold(text).split()[:MOST_WORDS]
    if not words:
        return list(rows.order_by("sort_key", "id")[:limit])
    likeness = [_similar(word, wider) for word in words]
    candidates = _holding(rows, words, likeness)
    scored = [(_score(child, likeness), child) for child in candidates[:500]]
    scored.sort(key=lambda pair: (-pair[0], pair[1].sort_key, pair[1].pk))
    return [child for _score_, child in scored]


def _holding(rows: QuerySet[Child], words: list[str], likeness: list[dict[str, float]]) -> QuerySet[Child]:
    """Children who have, for every word asked, a name that begins with it or is like it."""
    rows = rows.annotate(
        tokens=Func(F("names"), Value(" "), function="string_to_array", output_field=ArrayField(TextField()))
    )
    for word, similar in zip(words, likeness, strict=True):
        rows = rows.filter(Q(names__contains=f" {word}") | Q(tokens__overlap=sorted(similar)))
    return rows


def _score(child: Child, likeness: list[dict[str, float]]) -> float:
    return sum(max((one.get(token, 0.0) for token in child.names.split()), default=0.0) for one in likeness)
