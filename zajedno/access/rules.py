"""Who may do which verb of this room."""

from django.utils.translation import gettext_lazy as _

from zajedno.kernel.scopes import Scope
from zajedno.kernel.verbs import Verb

INVITE = Verb("access.invite", _("Invite a person to have an account"))
CLOSE_ACCOUNT = Verb("access.close_account", _("Close or reopen an account"))
READ_AUDIT = Verb("access.read_audit", _("Read the audit trail of the institution"))
READ_ALL_AUDIT = Verb("access.read_all_audit", _("Read the whole audit trail"))
EXPORT_AUDIT = "access.export_audit"  # by whoever may read it; the taking out is itself an entry
ISSUE_TOKEN = Verb("access.issue_token", _("Let a program act for one's own institution"))
REVOKE_TOKEN = Verb("access.revoke_token", _("Take back tokens of programs of one's own institution"))
BREAK_GLASS = Verb("access.break_glass", _("Open a file without a tie, with a reason"))

AUDIT_OUT = Scope("audit:read", _("Read the audit trail of the institution"), (READ_AUDIT,))
