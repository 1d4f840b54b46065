"""What is drawn of released figures is drawn once: they do not change until another edition comes."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from zajedno.kernel.clock import today
from zajedno.web.shared.figures.board import Board
from zajedno.web.shared.figures.told import last_change

HOUR = 3600  # then names of places and their populations are read anew


def drawn(board: Board, template: str, about: object, context: Callable[[], Mapping[str, Any]]) -> SafeString:
    """A piece of a page of a board. `about`: what else it is made from, but for figures, language and day.

    Nothing of who asks may be in it: the next one is given the same.
    """
    desk = (board.home, board.country, board.wide, sorted(board.rooms), list(board.by_code))
    key = sha256(repr((template, desk, about, get_language(), today(), last_change())).encode()).hexdigest()
    piece = caches["drawn"].get(key)
    if piece is None:
        piece = str(render_to_string(f"figures/{template}.html", dict(context())))
        caches["drawn"].set(key, piece, HOUR)
    return SafeString(piece)
