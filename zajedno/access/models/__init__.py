"""Tables of the room: accounts, roles, invitations, tokens, audit, outbox; abstract `File` and `Batch` for others."""

from zajedno.access.models.account import Account, Invitation
from zajedno.access.models.audit import AuditEntry, AuditHead
from zajedno.access.models.batch import Batch, BatchRow
from zajedno.access.models.file import File
from zajedno.access.models.outbox import Message
from zajedno.access.models.role import Role
from zajedno.access.models.token import Token

__all__ = ["Account", "AuditEntry", "AuditHead", "Batch", "BatchRow", "File", "Invitation", "Message", "Role", "Token"]
