"""Half-written requests: everybody finds only their own."""

import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zajedno.casework.models import DraftRequest
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound


def own(by: Actor) -> QuerySet[DraftRequest]:
    """The newest first."""
    return DraftRequest.objects.filter(account=by.account).select_related("organisation").order_by("-saved_on")


def find(by: Actor, uuid: UUID) -> DraftRequest:
    draft = own(by).filter(uuid=uuid).first()
    if draft is None:
        raise NotFound("")
    return draft


def content_of(draft: DraftRequest) -> dict[str, Any]:
    """The steps filled so far: {step: {field: value}}."""
    content: dict[str, Any] = json.loads(draft.text)
    return content
