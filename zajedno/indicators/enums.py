"""Closed vocabularies of the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileKind(TextChoices):
    AGREEMENT = "agreement", _("Agreement with the researcher")
    DATA = "data", _("Extract with its dictionary")


class Asked(TextChoices):
    """Columns of an extract. There are no others; none is of a name, a number, an address or a day."""

    SEX = "sex", _("Sex")
    AGE = "age", _("Age in bands of years")
    DISTRICT = "district", _("District where the child lives")
    SETTLEMENT = "settlement", _("Does the child live in a town or in a village?")
    DIFFICULTY = "difficulty", _("Was a difficulty in functioning found?")
    SCHOOL = "school", _("Is it at a school or kindergarten?")
    CASES = "cases", _("How many cases were opened in the years asked for")
    PROCEDURE = "procedure", _("Procedure of the newest of these cases")
    OPENED = "opened", _("Half-year in which that case was received")
    WEEKS = "weeks", _("Whole weeks from receiving to closing that case")
    OUTCOME = "outcome", _("How that case ended")
    MEASURES = "measures", _("How many measures of support stand in its plans")
    UNMET = "unmet", _("Is any of these measures not met?")


QUASI = (
    Asked.SEX,
    Asked.AGE,
    Asked.DISTRICT,
    Asked.SETTLEMENT,
    Asked.DIFFICULTY,
    Asked.SCHOOL,
)  # what somebody may know of a child they look for
NUMERIC = (Asked.CASES, Asked.WEEKS, Asked.MEASURES)
UNITS = {Asked.AGE: _("completed years"), Asked.WEEKS: _("weeks")}
RUNGS = {  # how coarse a column became: words of `logic.extract.ladders`
    "whole": _("as it is kept"),
    "band": _("bands: 0 to 2, 3 to 6, 7 to 14, 15 to 18 years"),
    "half": _("two bands: 0 to 6, 7 to 18 years"),
    "district": _("by district"),
    "region": _("by region or entity"),
    "not_told": _("not told: otherwise few children would stand alone"),
}
