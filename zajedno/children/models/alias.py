"""What people say of a pair of files, and how alike the two are. What was said is never edited: undoing is a line of
its own."""

from django.db import models
from django.utils import timezone

from zajedno.children.enums import AliasSaid
from zajedno.kernel import privacy


class AliasWeight(models.Model):
    """`probability` (0 to 1) and `levels` (field -> level of `logic.matching`) of the last weighing: what was declined
    comes back only when another level holds. They tell of both children: the database shows them to who sees both."""

    alias = models.OneToOneField("children.Alias", on_delete=models.CASCADE, related_name="weight")
    probability = models.FloatField()
    levels = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(probability__range=(0, 1)), name="alias_probability"),
        ]

    class Privacy(privacy.Privacy):
        personal = {"probability", "levels"}
        plain = {"alias"}
        retention = "child"

    def __str__(self) -> str:
        return f"weight {self.pk}"


class AliasWord(models.Model):
    """`sides`: which of the two files the speaker saw: 1 `alias.child`, 2 `alias.same_as`, 3 both, 0 nobody spoke."""

    alias = models.ForeignKey("children.Alias", on_delete=models.CASCADE, related_name="words")
    said = models.CharField(max_length=12, choices=AliasSaid.choices)
    sides = models.PositiveSmallIntegerField()
    organisation = models.BigIntegerField(null=True)
    account = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=250, blank=True)
    said_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sides__lte=3), name="alias_word_sides"),
            models.CheckConstraint(
                condition=models.Q(account=None, sides=0, said="again")
                | models.Q(account__isnull=False, sides__gte=1) & ~models.Q(said="again"),
                name="alias_word_of_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(said__in=["asked", "again"]) | ~models.Q(reason=""), name="alias_word_has_reason"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"said", "organisation", "account", "reason"}
        plain = {"alias", "sides", "said_on"}
        retention = "child"

    def __str__(self) -> str:
        return f"word {self.pk}"
