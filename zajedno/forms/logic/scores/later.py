"""What is imported only when somebody asks: growth carries tables, the score of a file the facts of its form."""

from importlib import import_module
from typing import Any


def later(where: str) -> Any:
    """What stands in a module of this package: "growth.score"."""
    module, _mark, name = where.partition(".")
    return getattr(import_module(f"{__package__}.{module}"), name)
