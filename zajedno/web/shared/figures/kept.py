"""What is read and drawn of released figures is made once: they do not change until another edition or target comes."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, TypeVar

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from zajedno.kernel.clock import today
from zajedno.web.shared.figures.board import Board

Kept = TypeVar("Kept")
HOUR = 3600  # then names of places and their populations are read anew


def drawn(board: Board, template: str, about: object, context: Callable[[], Mapping[str, Any]]) -> SafeString:
    """A piece of a page of a board."""
    path = f"figures/{template}.html"
    return SafeString(kept(board, (template, about), lambda: str(render_to_string(path, dict(context())))))


def kept(board: Board, about: object, made: Callable[[], Kept]) -> Kept:
    """`about`: what else it is made from, but for figures, targets, language and day.

    Nothing of who asks may be in it: the next one is given the same.
    """
    desk = (board.home, board.country, board.wide, sorted(board.rooms), list(board.by_code))
    key = sha256(repr((desk, about, get_language(), today(), board.last_change)).encode()).hexdigest()
    found: Kept | None = caches["drawn"].get(key)
    if found is None:
        found = made()
        caches["drawn"].set(key, found, HOUR)
    return found
