"""Text as FHIR and XML can carry it."""

import re

# Signs that XML 1.0 has no place for, and halves of letters that no encoding can write.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """Without signs that could not be written; blanks at both ends go, as FHIR wants it."""
    return _NO_TEXT.sub("", text).strip()
