"""Fields of this desk: places as people write them."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zajedno.places.logic.resolver import AMBIGUOUS
from zajedno.places.queries.territory import resolve
from zajedno.web.shared.fields import LongText, Text

if TYPE_CHECKING:
    from zajedno.places.models import Territory

SEVERAL = _("More than one place is called “%(name)s”. Add its district, canton or country.")
NONE = _("No place called “%(name)s” is known here. Write the name of a municipality, in either script.")


def territory(text: str) -> "Territory":
    """The place a written name means; ValidationError says what is unclear about it."""
    found, match = resolve(text)
    if found is None:
        raise ValidationError(SEVERAL if match.code == AMBIGUOUS else NONE, code="place", params={"name": text})
    return found


class Place(Text):
    """One place, in either script, with or without “opština”. Cleans to a Territory or None."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return territory(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "name", value)


class Places(LongText):
    """Places, one a line. Cleans to a list of Territories, each once."""

    def clean(self, value: Any) -> Any:
        found: dict[int, Territory] = {}
        wrong: list[ValidationError] = []
        for line in filter(None, map(str.strip, super().clean(value).splitlines())):
            try:
                place = territory(line)
            except ValidationError as error:
                wrong.append(error)
            else:
                found[place.pk] = place
        if wrong:
            raise ValidationError(wrong)
        return list(found.values())

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(place.name for place in value) if isinstance(value, list) else value
