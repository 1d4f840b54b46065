"""Narrative about a child, sealed under the child's own key. Mixed into every table that holds some."""

from django.db import models

from zajedno.kernel import sealed


class Narrative(models.Model):
    """`text` reads and writes the sealed column. `uuid` binds it to its row; `case` leads to the child's key."""

    sealed = models.BinaryField(null=True)

    class Meta:
        abstract = True

    def _bound_to(self) -> str:
        return f"{self._meta.db_table}.sealed|{self.uuid}"  # type: ignore[attr-defined]

    def _key(self) -> bytes:
        key: bytes = self.case.child.data_key.open()  # type: ignore[attr-defined]
        return key

    @property
    def text(self) -> str:
        return sealed.unseal(self.sealed, self._bound_to(), self._key()).decode() if self.sealed else ""

    @text.setter
    def text(self, value: str) -> None:
        self.sealed = sealed.seal(value.encode(), self._bound_to(), self._key()) if value else None

    @property
    def bytes_inside(self) -> bytes:
        return sealed.unseal(self.sealed, self._bound_to(), self._key()) if self.sealed else b""

    @bytes_inside.setter
    def bytes_inside(self, value: bytes) -> None:
        self.sealed = sealed.seal(value, self._bound_to(), self._key())
