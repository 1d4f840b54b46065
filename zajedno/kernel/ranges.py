"""Days as a range of the database, for constraints that keep two of a kind from the same day."""

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func


class Days(Func):
    """From the first to before the second; with `Value("[]")` as the third, with that day too."""

    function = "daterange"
    output_field = DateRangeField()
