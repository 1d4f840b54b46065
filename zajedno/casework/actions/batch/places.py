"""The commission of a batch."""

from typing import TYPE_CHECKING

from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.organisation import organisations

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


def commission(organisation: int) -> "Organisation":
    """The organisation by id, with its territory."""
    found = organisations().filter(pk=organisation).first()
    if found is None:
        raise NotFound("")
    return found
