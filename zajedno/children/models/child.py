"""The child: names as registered, never transliterated."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Greatest, Least, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.children.enums import IdentifierKind, Settlement, Sex
from zajedno.kernel import privacy, sealed


def text_function(name: str, field: str, output: models.Field) -> models.GeneratedField:
    """A stored column computed by one of the kernel's SQL text functions."""
    return models.GeneratedField(
        expression=models.Func(models.F(field), function=f"app.{name}"), output_field=output, db_persist=True
    )


class Child(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given_name = models.CharField(_("given name"), max_length=120)
    family_name = models.CharField(_("family name"), max_length=120)
    birth_date = models.DateField(_("date of birth"), null=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    residence = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+", null=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    settlement = models.CharField(_("kind of settlement"), max_length=5, choices=Settlement.choices, blank=True)
    language = models.CharField(_("language of the family"), max_length=10, blank=True)
    created_on = models.DateTimeField(default=timezone.now, editable=False)
    registered_by = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey("children.ChildBatch", on_delete=models.SET_NULL, related_name="+", null=True)
    given_fold = text_function("fold", "given_name", models.CharField(max_length=240))
    family_fold = text_function("fold", "family_name", models.CharField(max_length=240))
    names = models.GeneratedField(  # " djordje nadj njezic": what a search looks through, word by word
        expression=models.functions.Concat(
            models.Value(" "),
            models.Func(models.F("given_name"), function="app.fold"),
            models.Value(" "),
            models.Func(models.F("family_name"), function="app.fold"),
            output_field=models.TextField(),
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    sort_key = models.GeneratedField(
        expression=models.Func(
            models.functions.Concat("family_name", models.Value(" "), "given_name"), function="app.sort_key"
        ),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    acl = ArrayField(models.IntegerField(), default=list, editable=False)  # kept by trigger from ties

    class Meta:
        indexes = [
            models.Index(fields=["given_fold", "family_fold"]),
            models.Index(fields=["family_fold", "given_fold"]),
            models.Index(fields=["birth_date"]),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(given_name=""), name="child_has_given_name"),
            models.CheckConstraint(condition=~models.Q(family_name=""), name="child_has_family_name"),
            models.CheckConstraint(condition=models.Q(birth_date__lte=Now()), name="child_is_born"),
            models.CheckConstraint(condition=models.Q(birth_date__gte="1900-01-01"), name="child_born_this_age"),
            models.CheckConstraint(condition=models.Q(settlement__in=Settlement.values), name="child_settlement"),
        ]

    class Privacy(privacy.Privacy):
        personal = {
            "given_name", "family_name", "birth_date", "sex", "residence", "address", "settlement",
            "given_fold", "family_fold", "names", "sort_key", "registered_by",
        }  # fmt: skip
        special: ClassVar[set[str]] = {"language"}
        plain = {"uuid", "created_on", "batch", "acl"}
        retention = "child"

    def __str__(self) -> str:
        return str(self.uuid)  # never the name: this is what logs and error pages would print

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class DataKey(models.Model):
    """The child's own key, wrapped by the master. Emptied, everything sealed under it is erased."""

    child = models.OneToOneField(Child, on_delete=models.CASCADE, related_name="data_key")
    wrapped = models.BinaryField(null=True)
    destroyed_on = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wrapped=None) ^ models.Q(destroyed_on=None), name="data_key_is_or_was"
            )
        ]

    class Privacy(privacy.Privacy):
        plain = {"child", "wrapped", "destroyed_on"}
        retention = "child"

    def __str__(self) -> str:
        return f"key {self.pk}"

    def open(self) -> bytes:
        if self.wrapped is None:
            raise sealed.BrokenSeal("erased")
        return sealed.unseal(self.wrapped, f"children_datakey.wrapped|{self.child_id}")


class Identifier(models.Model):
    """A number of the child, sealed; `blind` finds it exactly. A number held twice raises an alert, no merge."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=IdentifierKind.choices)
    issuer = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    sealed = models.BinaryField()
    blind = models.BinaryField(max_length=32)
    added_on = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["blind"])]
        constraints = [
            models.UniqueConstraint(fields=["child", "kind", "issuer"], nulls_distinct=False, name="identifier_once"),
            models.UniqueConstraint(
                fields=["blind"], condition=models.Q(kind="local"), name="identifier_local_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="local") ^ models.Q(issuer=None), name="identifier_local_has_issuer"
            ),
        ]

    class Privacy(privacy.Privacy):
        special = {"kind", "sealed", "blind"}
        personal: ClassVar[set[str]] = {"issuer"}
        plain = {"uuid", "child", "added_on"}
        retention = "child"

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def value(self) -> str:
        return sealed.unseal(self.sealed, f"children_identifier.sealed|{self.uuid}").decode()


class Alias(models.Model):
    """ "Is the same child as": proposed by people, a shared number or likeness, confirmed by a person, undone without
    loss. A pair is written once, in either order.

    Who sees one of the files knows of the pair; how alike the two are stands in `AliasWeight`, for who sees both.
    `asked`, `agreed`: which sides asked the other, and said "the same", since the last decision: 1 `child`, 2
    `same_as`, 3 both.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Different children")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="aliases")
    same_as = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=20)  # number | name_and_birth | likeness
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_on = models.DateTimeField(default=timezone.now)
    decided_by = models.BigIntegerField(null=True)
    decided_on = models.DateTimeField(null=True)
    reason = models.CharField(max_length=250, blank=True)
    asked = models.PositiveSmallIntegerField(default=0)
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.BigIntegerField(null=True)  # the institution of who asked
    agreed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(Least("child", "same_as"), Greatest("child", "same_as"), name="alias_pair_once"),
            models.CheckConstraint(condition=~models.Q(child=models.F("same_as")), name="alias_of_another"),
            models.CheckConstraint(
                condition=models.Q(asked__lte=3, agreed__lte=3)
                & (models.Q(asked=0) ^ models.Q(asked_by__isnull=False)),
                name="alias_asked_by_somebody",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"same_as", "why", "reason", "decided_by", "asked_by", "asked_at"}
        plain = {"uuid", "child", "state", "proposed_on", "decided_on", "asked", "agreed"}
        retention = "child"

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def probability(self) -> float | None:
        """None while nobody has weighed the pair, and to who sees one of the files."""
        return self.weight.probability if hasattr(self, "weight") else None

    @property
    def levels(self) -> dict[str, str]:
        return self.weight.levels if hasattr(self, "weight") else {}
