"""Reading strangers' files: in pieces, within bounds, and never past what they say they are."""

from cityplus.routes.formats.reading.file import read_file
from cityplus.routes.formats.reading.finds import FileError, Finds, Line, Place, Unused

__all__ = ["FileError", "Finds", "Line", "Place", "Unused", "read_file"]
