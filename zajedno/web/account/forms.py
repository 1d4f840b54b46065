"""Forms of a person's own account."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from zajedno.web.shared.fields import Password, Radios, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.shell import languages

_RULES = _("At least 12 characters. Three or four words that you remember are better than one that is hard to read.")


class Own(Form):
    name = Text(label=_("Your name"), max_length=200, width="two-thirds")
    language = Radios(label=_("Language of your letters and pages"), small=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = languages(str(self.initial.get("language", "")))
        named = [(row["code"], format_html('<span lang="{}">{}</span>', row["tag"], row["name"])) for row in offered]
        self.fill("language", named)


class Accept(Form):
    """The first password, written twice."""

    password = Password(label=_("Choose a password"), help_text=_RULES, new=True)
    again = Password(label=_("The same password again"), new=True)

    def __init__(self, *args: Any, account: Any = None, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data and "again" in data and data["password"] != data["again"]:
            self.add_error("again", ValidationError(_("The two passwords are not the same."), code="different"))
        return data
