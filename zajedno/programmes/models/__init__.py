"""Tables of the room. No child and no name of one stands in any of them."""

from zajedno.programmes.models.budget import Budget, BudgetLine, Code, Entry
from zajedno.programmes.models.funding import Funder, Grant, Promise
from zajedno.programmes.models.price import Price, Rate

__all__ = [
    "Budget",
    "BudgetLine",
    "Code",
    "Entry",
    "Funder",
    "Grant",
    "Price",
    "Promise",
    "Rate",
]
