"""The request or initiative: what the family asks for, in sealed words; and the draft while it is being written."""

import uuid

from django.db import models
from django.utils import timezone

from zajedno.casework.models.sealing import Narrative
from zajedno.kernel import privacy, sealed


class Request(Narrative):
    """One for a case. The sealed text is JSON: reasons, what is asked, what was tried, papers listed, doctor."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, related_name="request")
    changed_on = models.DateTimeField(default=timezone.now)

    class Privacy(privacy.Privacy):
        special = {"sealed"}
        plain = {"uuid", "case", "changed_on"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)


class DraftRequest(models.Model):
    """A request half written at the counter: one person's, sealed, in nobody's list, gone after thirty days."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField()  # sealed JSON of the steps filled so far
    step = models.CharField(max_length=40)
    saved_on = models.DateTimeField(default=timezone.now)

    class Privacy(privacy.Privacy):
        personal = {"account", "content"}
        plain = {"uuid", "organisation", "step", "saved_on"}
        retention = "draft"

    def __str__(self) -> str:
        return str(self.uuid)

    def _bound_to(self) -> str:
        return f"casework_draftrequest.content|{self.uuid}"

    @property
    def text(self) -> str:
        return sealed.unseal(self.content, self._bound_to()).decode()

    @text.setter
    def text(self, value: str) -> None:
        self.content = sealed.seal(value.encode(), self._bound_to())
