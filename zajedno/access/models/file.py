"""Abstract `File`: each room keeps its own, so that a child's papers and a practice's picture never share a table."""

import uuid

from django.db import models
from django.utils import timezone


class File(models.Model):
    """A file in the database. `content` is sealed where the room says so; `sha256` is of what was uploaded."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    content = models.BinaryField()
    added_by = models.BigIntegerField()
    added_on = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.uuid)
