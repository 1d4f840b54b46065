"""What somebody writes for others to read, as it is kept. A child in it is looked for first."""

from collections.abc import Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.exchange.logic.naming import Sign, suspicions
from zajedno.kernel.refusal import Refused

LIMIT = 2_000  # letters
SHOWN = 5  # of what looks like a child


def clean(texts: Mapping[str, str], is_checked: bool, *, limit: int | Mapping[str, int] = LIMIT) -> dict[str, str]:
    """The texts without blanks around them; none may be empty. `limit`: of all, or of each by its name.

    Refused with `naming` where one may name a child, unless `is_checked`: the person has read what was found, and says
    that it is none. A national number is always refused.
    """
    found = {name: text.strip() for name, text in texts.items()}
    if not all(found.values()):
        raise Refused(_("Write something."), "empty")
    for name, text in found.items():
        most = limit if isinstance(limit, int) else limit[name]
        if len(text) > most:
            raise Refused(format_lazy(_("Write at most {limit} characters."), limit=most), "too_long")
    signs = suspicions(found)
    if any(one.sign == Sign.NUMBER for one in signs):
        raise Refused(_("There is a national number in it. Take it out: others read this."), "number")
    if signs and not is_checked:
        sentence = _("This may name a child: {found}. Take it out, or say below that it is no child.")
        raise Refused(format_lazy(sentence, found=", ".join(one.found for one in signs[:SHOWN])), "naming")
    return found
