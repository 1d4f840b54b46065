"""Hours as people write them."""

from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zajedno.web.shared.fields import Text


def hour_of(text: str) -> tuple[int, int]:
    """Hour and minute of "9", "9:30", "09.30" or "930"; ValueError when it is none of them."""
    digits = text.strip().replace(".", ":").replace(",", ":").removesuffix("h").strip()
    hour, _sep, minute = digits.partition(":")
    if not minute and len(hour) > 2:
        hour, minute = hour[:-2], hour[-2:]
    found = int(hour), int(minute or 0)
    if not (0 <= found[0] < 24 and 0 <= found[1] < 60):
        raise ValueError(text)
    return found


class Hour(Text):
    """A time of day; nothing for none."""

    def clean(self, value: Any) -> time | None:
        text = super().clean(value)
        try:
            return time(*hour_of(text)) if text else None
        except ValueError:
            raise ValidationError(_("Write the hour as 9:30."), code="hour") from None
