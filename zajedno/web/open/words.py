"""How levels of places are called."""

from django.utils.translation import gettext_lazy as _

LEVELS = {
    "country": _("Country"), "entity": _("Entity"), "region": _("Region, province or canton"),
    "district": _("District"), "municipality": _("Municipality or city"),
}  # fmt: skip
