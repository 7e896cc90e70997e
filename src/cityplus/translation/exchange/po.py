"""PO, the files of gettext: the path of a text is its context, its original the message."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from babel.messages import pofile
from django.utils.translation import gettext as _

from cityplus.translation.exchange.units import MOST_UNITS, FileRefused, Found, Unit, original_mark
from cityplus.translation.rows import OPEN, State

_LINE = re.compile(rb'(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*")?', re.S)
PIECE = "X-CityPlus-Piece"


def written(units: Iterable[Unit], *, original: str, source: str, target: str) -> bytes:
    """A file of these units; what somebody has yet to work at is fuzzy."""
    head = {
        "Project-Id-Version": "CityPlus", "Language": target.replace("-", "_"), "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source, PIECE: original,
    }  # fmt: skip
    lines = ['msgid ""', 'msgstr ""', *(pofile.escape(f"{name}: {value}\n") for name, value in head.items())]
    for unit in units:
        lines += ["", *(f"#. {' '.join(words.split())}" for _category, words in unit.notes), f"#: {unit.path}"]
        if unit.state in OPEN and unit.state != State.MISSING:
            lines.append("#, fuzzy")
        lines.append(f"msgctxt {pofile.normalize(unit.path)}")
        lines.append(f"msgid {pofile.normalize(unit.source)}")
        lines.append(f"msgstr {pofile.normalize(unit.target)}")
    return ("\n".join(lines) + "\n").encode()


def read(content: bytes, *, original: str, target: str) -> list[Found]:
    """The units of a file that was written for this piece and language.

    Raises:
        FileRefused: it is no such file, or is of something else.
    """
    _check_lines(content)
    try:
        catalog = pofile.read_po(io.BytesIO(content), abort_invalid=True)
    except pofile.PoFileError as problem:
        raise FileRefused(_("Line %(line)s: this is no PO file.") % {"line": problem.lineno + 1}) from None
    except (UnicodeDecodeError, LookupError):
        raise FileRefused(_("The file is not in the encoding that it names. Save it as UTF-8 and try again.")) from None
    except (ValueError, TypeError, IndexError):  # of a header that is none
        raise FileRefused(_("The file is no PO file.")) from None
    head = {str(name).lower(): str(value) for name, value in catalog.mime_headers}
    head |= _own_head(content)
    _check(head, original, target)
    found: list[Found] = []
    for message in catalog:
        if not message.id:
            continue
        if len(found) >= MOST_UNITS:
            raise FileRefused(_("The file has more than %(most)s units.") % {"most": MOST_UNITS})
        words = message.string if isinstance(message.string, str) else ""
        source = message.id if isinstance(message.id, str) else message.id[0]
        state = "fuzzy" if message.fuzzy else "translated" if words else "initial"
        found.append(Found(message.lineno or 0, str(message.context or "")[:300], original_mark(source), words, state))
    return found


def _check_lines(content: bytes) -> None:
    """See that every line is whole: the reader itself would take a line without its end for a shorter one."""
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not _LINE.fullmatch(line.strip()):
            raise FileRefused(_("Line %(line)s: this is no PO file.") % {"line": number})


def _own_head(content: bytes) -> dict[str, str]:
    """The lines of the head that are ours, as they are written: the reader keeps only those it knows."""
    own = {}
    for line in content[:8192].decode("utf-8", "replace").splitlines():
        name, _colon, value = line.strip().strip('"').removesuffix("\\n").partition(": ")
        if name.lower() in {PIECE.lower(), "language"}:
            own[name.lower()] = value.strip()
    return own


def _check(head: dict[str, str], original: str, target: str) -> None:
    said = head.get("language", "").replace("_", "-")
    if said and said.lower() != target.lower():
        raise FileRefused(_("The file is for %(there)s, and here is %(here)s.") % {"there": said[:20], "here": target})
    piece = head.get(PIECE.lower(), original)
    if piece != original:
        raise FileRefused(
            _("The file is of %(there)s, and here is %(here)s.") % {"there": piece[:120], "here": original}
        )
