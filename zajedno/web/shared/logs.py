"""The log says what happened and where, never to whom."""

import logging
import re
import traceback
from types import TracebackType

_QUERY = re.compile(r"\?[^\s\"'>]*")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_NUMBER = re.compile(r"\b\d{9,}\b")  # national numbers, telephones
_CALLED = re.compile(r"(?<=[=(:\s])(['\"])[^'\"\n]*[^\x00-\x7f'\"\n][^'\"\n]*\1")  # quoted text in our letters: a name?
_TYPED = re.compile(r"(?<=/)[^/\s\"']*(?:[\\%]|[^\x00-\x7f])[^/\s\"']*")  # a part of a path that is no address of ours
# Errors whose message speaks of code, not of data.
_SPEAK = (ImportError, NameError, AttributeError, SyntaxError, NotImplementedError)


def mask(text: str) -> str:
    """The text without query strings, addresses, long numbers and words that could be a name, quoted or in a path."""
    text = _TYPED.sub("…", text)
    text = _QUERY.sub("?…", text)
    text = _MAIL.sub("…@…", text)
    return _CALLED.sub("'…'", _NUMBER.sub("#…", text))


def frames(kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> str:
    """Files, lines and functions, then the kind of error. Of a database error its code, not its detail."""
    lines = [f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(tb)]
    name = kind.__name__ if kind else "error"
    diagnosis = getattr(error.__cause__ or error, "diag", None) if error else None
    if diagnosis is not None:
        name += f" {diagnosis.sqlstate or ''} {diagnosis.constraint_name or ''}".rstrip()
    elif isinstance(error, _SPEAK):
        name += f": {mask(str(error))}"
    if error is not None and error.__cause__ is not None:
        name += f" (from {type(error.__cause__).__name__})"
    return "\n".join([*lines, name])


class Nameless(logging.Filter):
    """Rewrites a record before any handler writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = frames(*record.exc_info)
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = mask(record.exc_text)
        return True
