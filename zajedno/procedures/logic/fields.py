"""Parts of a file that ties and clauses may open, with their words, for rooms that know no child.

`children.enums.Field` is the same list where files are kept; a test holds them together.
"""

from collections.abc import Mapping

from zajedno.procedures.logic.needs import gettext_noop

FIELDS: Mapping[str, str] = {
    "identity": gettext_noop("Name, birth date, sex"),
    "contact": gettext_noop("Address, telephone, language"),
    "identifiers": gettext_noop("National and other numbers"),
    "family": gettext_noop("Parents and family"),
    "enrolment": gettext_noop("School or kindergarten"),
    "request": gettext_noop("The request"),
    "papers": gettext_noop("Papers"),
    "education": gettext_noop("Education"),
    "health": gettext_noop("Health"),
    "social": gettext_noop("Social protection"),
    "opinions": gettext_noop("Opinions of the commission"),
    "plan": gettext_noop("Support plan"),
    "reports": gettext_noop("Reports on the support given"),
    "violence": gettext_noop("Violence and protection"),
}
