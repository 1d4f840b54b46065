"""What became part of a plan because a network asked for it."""

import uuid

from django.db import models
from django.db.models import Q

from zajedno.kernel import privacy


class Origin(models.Model):
    """A next step of a round of self-evaluation that stands in a plan (`series`: in whichever version): once in all
    plans. While it does, the step is not taken back. `about`: the title of the round, for who does not read it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    step = models.OneToOneField("networks.NextStep", on_delete=models.PROTECT, related_name="+")
    round = models.UUIDField(editable=False)
    about = models.CharField(max_length=250)
    series = models.UUIDField(editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(about=""), name="origin_says_whence")]

    class Privacy(privacy.Privacy):
        plain = {"uuid", "step", "round", "about", "series"}
        retention = "plan"

    def __str__(self) -> str:
        return self.about
