from cityplus.journal.models.cursor import Cursor
from cityplus.journal.models.entry import Entry

__all__ = ["Cursor", "Entry"]
