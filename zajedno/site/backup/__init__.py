"""One file holds the whole database and a list of what must be found again after restoring. Knows no Django."""

from zajedno.site.backup.archive import restore, write
from zajedno.site.backup.inventory import Inventory, take

__all__ = ["Inventory", "restore", "take", "write"]
