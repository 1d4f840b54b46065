"""The functions of `script` in SQL, written from the same tables; no extension, no ICU, PostgreSQL 15 and later.

`python -m zajedno.kernel.script_sql` prints what a migration freezes. When a test says that the tables have
drifted from the newest migration: add a migration with the new text, and reindex what is built on the functions.
The database must be in UTF-8. Compare `app.sort_key` with collate "C".
"""

import string
import sys
from collections.abc import Iterable

from zajedno.kernel import script

# translate() looks through its letters from the front, so the frequent ones stand there.
_FREQUENT = (
    "aioenrstvkmdljpuzbcghfyxwq аиоенрствкмдљјпучзбцгшжћфхњђџčćšžđ"
    "AIOENRSTVKMDLJPUZBCGHFYXWQАИОЕНРСТВКМДЉЈПУЧЗБЦГШЖЋФХЊЂЏ"
    'ČĆŠŽĐ0123456789.,-/()"'
)
_HEAD = """create or replace function app.{name}(t text) returns text language sql immutable strict parallel safe
return {body};
"""
_UNMIX = """case when t collate "C" ~ {mixed} then (
  select string_agg(
    case
      when part !~ {latin} and part ~ {cyrillic} then translate(part, {latin_alike}, {cyrillic_alike})
      when part ~ {latin} and part !~ {cyrillic} then translate(part, {cyrillic_alike}, {latin_alike})
      else part
    end, '' order by nr)
  from (
    select pieces[1] collate "C" as part, nr
    from regexp_matches(t collate "C", {pieces}, 'g') with ordinality as found(pieces, nr)
  ) as parts
) else t end"""


def sql() -> str:
    """The whole script: schema `app` and its functions, safe to run again."""
    return "create schema if not exists app;\n" + "".join(
        _HEAD.format(name=name, body=body)
        for name, body in (
            ("latin_capitals", _capitals()),
            ("latin", _latin()),
            ("unmix", _unmix()),
            ("fold", _fold()),
            ("loose", _loose()),
            ("sort_key", _sort_key()),
        )
    )


def _capitals() -> str:
    body = 't collate "C"'
    for letter in script.CAPITALS:
        body = f"regexp_replace({body}, {_quoted(script.in_capitals(letter))}, '{script.LATIN[letter].upper()}', 'g')"
    return f"case when t collate \"C\" ~ '[{script.CAPITALS}]' then {body} else t end"


def _latin() -> str:
    single = {letter: written for letter, written in script.LATIN.items() if len(written) < 2}
    body = _translated('app.latin_capitals(normalize(t collate "C", NFC))', single)
    body = _replaced(body, script.DIGRAPHS.items())
    return f"case when t collate \"C\" ~ '{script.CYRILLIC}' then normalize({body}, NFC) else t end"


def _unmix() -> str:
    return _UNMIX.format(
        mixed=_quoted(script.MIXED),
        latin=_quoted(script.LATIN_ONLY),
        cyrillic=_quoted(script.CYRILLIC_ONLY),
        latin_alike=_quoted(script.LOOKALIKES[0]),
        cyrillic_alike=_quoted(script.LOOKALIKES[1]),
        pieces=_quoted(f"({script.WORD}|[^{script.WORD[1:]})"),
    )


def _fold() -> str:
    body = _keyed(script.FOLD, spare=string.ascii_uppercase)
    return f"btrim(regexp_replace({body}, '[^a-z0-9]+', ' ', 'g'))"


def _loose() -> str:
    return f"regexp_replace({_replaced('app.fold(t)', script.LOOSENING)}, '([a-z])\\1+', '\\1', 'g')"


def _sort_key() -> str:
    body = _replaced(_keyed(script.SORT, spare="ijklmnopqrstuvwxyz"), script.SORT_DIGRAPHS)
    return f"btrim(regexp_replace({body}, '[^0-9A-Za-h]+', ' ', 'g'))"


def _keyed(table: dict[str, str], spare: str) -> str:
    """translate() gives one letter for one; what becomes several passes through an unused `spare` one."""
    several = dict(zip(sorted({key for key in table.values() if len(key) > 1}), spare, strict=False))
    single = {letter: several.get(key, key) for letter, key in table.items()}
    body = _translated('app.unmix(normalize(t collate "C", NFKC)) collate "C"', single)
    return _replaced(body, [(mark, key) for key, mark in several.items()])


def _translated(body: str, table: dict[str, str]) -> str:
    kept = {letter: table.get(letter, letter) for letter in _FREQUENT} | table
    given = [letter for letter, key in kept.items() if key] + [letter for letter, key in kept.items() if not key]
    return f"translate({body}, {_quoted(''.join(given))}, {_quoted(''.join(kept[letter] for letter in given))})"


def _replaced(body: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        body = f"replace({body}, '{old}', '{new}')"
    return body


def _quoted(text: str) -> str:
    """A literal; marks and invisible characters are escaped so that the script can be read and sent by mail."""
    if all(c.isprintable() and c not in script.UNSEEN for c in text):
        return "'" + text.replace("'", "''") + "'"
    escaped = "".join(f"\\{ord(c):04X}" if not c.isprintable() or c in script.UNSEEN or c == "\\" else c for c in text)
    return "U&'" + escaped.replace("'", "''") + "'"


if __name__ == "__main__":
    sys.stdout.write(sql())
