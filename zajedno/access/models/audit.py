"""The audit trail: append-only, no foreign keys, chained by hash in streams. Written by `app.audit_append_each`
alone."""

from django.db import models

from zajedno.kernel import privacy


class AuditEntry(models.Model):
    """One act or reading. `subject` is the random id of what it was about; `detail` holds no personal data."""

    stream = models.SmallIntegerField()
    position = models.BigIntegerField()  # 1, 2, 3 … within the stream
    moment = models.DateTimeField()
    account = models.BigIntegerField(null=True)
    organisation = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=80)
    noun = models.CharField(max_length=80)
    subject = models.CharField(max_length=60)
    detail = models.JSONField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "position"], name="audit_position_once")]
        indexes = [
            models.Index(fields=["-moment"]),
            models.Index(fields=["account", "-moment"]),
            models.Index(fields=["subject", "-moment"]),
            models.Index(fields=["organisation", "-moment"]),
            models.Index(fields=["verb", "-moment"]),
        ]

    class Privacy(privacy.Privacy):
        personal = {"account", "organisation", "verb", "subject", "moment", "detail", "noun"}
        plain = {"stream", "position", "previous", "hash"}
        retention = "audit"

    def __str__(self) -> str:
        return f"{self.stream}/{self.position}"


class AuditHead(models.Model):
    """The newest hash of a stream: tells when the end of a chain was cut off."""

    stream = models.SmallIntegerField(primary_key=True)
    position = models.BigIntegerField(default=0)
    hash = models.BinaryField()

    Privacy = privacy.Impersonal

    def __str__(self) -> str:
        return f"stream {self.stream}"
