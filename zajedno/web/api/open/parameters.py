"""Parameters that several endpoints have."""

from zajedno.web.api.declared import LANGUAGE, Parameter
from zajedno.web.shared.language import COMPLETE

LANG = Parameter(LANGUAGE, "The language of names; without it, what `Accept-Language` asks for.",
                 {"type": "string", "enum": list(COMPLETE)})  # fmt: skip
COUNTRY = Parameter("country", "Of which country: its code.", {"type": "string", "pattern": "[A-Z]{2}", "maxLength": 2})
