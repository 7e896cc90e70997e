"""Reading XML in pieces: no document type, no entities, bounded depth and texts, and errors that say where.

Built on expat itself: it hands out the file's elements as they come, so a file of any length costs what its reader keeps.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from cityplus.routes.formats.reading.finds import FileError, Finds, Tell

PIECE = 256 * 1024
STRIDE = 4 * 1024 * 1024
"""Bytes between two tellings of how far the reading is."""
MOST_DEPTH = 60
MOST_TAG = 1024 * 1024
"""Bytes of one tag or comment: expat holds it whole until its end."""
MOST_TEXT = 1024 * 1024
"""Characters of one text."""
MOST_TEXTS = 32 * 1024 * 1024
"""Characters of all texts that a reader takes."""

Opener = Callable[[dict[str, str]], None]
Closer = Callable[[str], None]

_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SINGLE_BYTE = re.compile(r"(?i)iso-?8859|latin|windows-?125|cp125|us-ascii|ascii")


class Root(Exception):
    """Ends the look at the first element; ``name`` is ``namespace name``."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class XmlReader:
    """The part that every reader of an XML dialect shares.

    A subclass fills ``openers`` and ``closers`` by full name (``"namespace local"``), and ``texts`` with the names of elements
    whose text its closer is given. While a text is collected, elements within it are passed over, their words taken along.
    """

    def __init__(self, finds: Finds) -> None:
        self.finds = finds
        self.openers: dict[str, Opener] = {}
        self.closers: dict[str, Closer] = {}
        self.texts: set[str] = set()
        self._depth = 0
        self._text: list[str] | None = None
        self._inside = 0
        self._long = self._all = 0
        self._encoding = ""

    @property
    def where(self) -> str:
        """Where in the file the reader is, for messages."""
        return _("Line %(line)s") % {"line": self._parser.CurrentLineNumber}

    def fail(self, problem: str) -> FileError:
        return FileError(f"{self.where}: {problem}")

    def read(self, file: IO[bytes], size: int, tell: Tell) -> None:
        """Read a file to its end.

        Raises:
            FileError: it is not well formed, has a document type, says a wrong encoding, or goes beyond a bound.
        """
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        done, shown = 0, 0
        while piece := file.read(PIECE):
            if not done and (said := _ENCODING.search(piece[:400])):
                self._encoding = said[1].decode()
            self._feed(piece, final=False)
            done += len(piece)
            if done - parser.CurrentByteIndex > MOST_TAG + PIECE:
                raise self.fail(_("one tag or comment is longer than a megabyte"))
            if done - shown > STRIDE:
                shown = done
                tell(min(99, 100 * done // max(size, 1)), self.finds.rows)
        self._feed(b"", final=True)

    def _feed(self, piece: bytes, final: bool) -> None:
        try:
            self._parser.Parse(piece, final)
        except expat.ExpatError as error:
            raise FileError(self._explained(error, piece)) from None
        except (LookupError, ValueError) as error:
            if isinstance(error, FileError):
                raise
            raise FileError(
                _("The file says it is written in %(encoding)s, which is not an encoding we can read.")
                % {"encoding": self._encoding}
            ) from None

    def _explained(self, error: expat.ExpatError, piece: bytes) -> str:
        """What went wrong, in words: expat's codes are terse, and a wrong encoding hides behind several of them."""
        said = self._encoding or "UTF-8"
        line = {"line": error.lineno, "encoding": said}
        codes = expat.errors.codes
        if error.code in (
            codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
            codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
        ):
            return _("The file says it is written in %(encoding)s, and it is not, or we cannot read that.") % line
        if error.code in (codes[expat.errors.XML_ERROR_INVALID_TOKEN], codes[expat.errors.XML_ERROR_PARTIAL_CHAR]):
            at = self._parser.ErrorByteIndex
            near = piece[max(0, at % PIECE - 8) : at % PIECE + 8] if at >= 0 else piece
            if any(byte > 127 for byte in near):
                return (
                    _("Line %(line)s has letters that are not %(encoding)s. Save the file as UTF-8 and try again.")
                    % line
                )
        if error.code == codes[expat.errors.XML_ERROR_NO_ELEMENTS]:
            if self._depth:
                return _("The file is cut off: it ends in the middle of an element.")
            return _("The file ends before it says anything.")
        reason = expat.ErrorString(error.code) or "error"
        return _("Line %(line)s: the XML is not well formed (%(reason)s).") % {**line, "reason": reason}

    def _doctype(self, *_args: object) -> None:
        raise self.fail(_("a document type (DOCTYPE) is not taken, for it may hold entities without end. Remove it."))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise self.fail(_("elements are nested more than %(most)s deep") % {"most": MOST_DEPTH})
        if self._text is not None:
            self._inside += 1
            return
        opener = self.openers.get(name)
        if opener:
            opener(attributes)
        if name in self.texts:
            self._text, self._long = [], 0
            self._parser.CharacterDataHandler = self._data

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._text is not None:
            if self._inside:
                self._inside -= 1
                return
            text, self._text = "".join(self._text), None
            self._parser.CharacterDataHandler = None
            self.closers[name](self._checked(text))
            return
        closer = self.closers.get(name)
        if closer:
            closer("")

    def _data(self, data: str) -> None:
        self._long += len(data)
        self._all += len(data)
        if self._long > MOST_TEXT or self._all > MOST_TEXTS:
            raise self.fail(_("a text is longer than a megabyte, or all texts together are longer than 32"))
        if self._text is not None:
            self._text.append(data)

    def _checked(self, text: str) -> str:
        """The text, unless it is UTF-8 that was declared as something else: then every letter with an accent would be two wrong ones."""
        if text.isascii() or not _SINGLE_BYTE.search(self._encoding):
            return text
        try:
            meant = text.encode("cp1252" if "125" in self._encoding else "latin-1").decode()
        except UnicodeError:
            return text
        raise self.fail(
            _(
                "the file says it is written in %(encoding)s, but “%(text)s” reads as “%(meant)s” in UTF-8. Correct the first line."
            )
            % {"encoding": self._encoding, "text": text.strip()[:40], "meant": meant.strip()[:40]}
        )


class _RootReader(XmlReader):
    def _start(self, name: str, attributes: dict[str, str]) -> None:
        raise Root(name)


def root_of(file: IO[bytes], finds: Finds) -> str:
    """The name of the first element, as ``namespace name``.

    Raises:
        FileError: as :meth:`XmlReader.read`.
    """
    try:
        _RootReader(finds).read(file, 0, lambda percent, rows: None)
    except Root as root:
        return root.name
    raise FileError(_("The file ends before it says anything."))
