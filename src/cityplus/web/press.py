"""The press: sets a template of Typst as PDF in a process of its own, which may be as large as it likes and ends after a minute.

Typst reads the template and its data (``book.json``) from a folder that holds nothing else, and fonts from ours alone.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import segno

from cityplus.languages.tags import direction
from cityplus.web.lettering import BUILT
from cityplus.web.printable import printable

SECONDS = 60
INK = "#121b33"

_CHILD = (
    "import sys, typst; sys.stdout.buffer.write(typst.compile(sys.argv[1], root=sys.argv[2], font_paths=[sys.argv[3]], "
    "ignore_system_fonts=True, format='pdf'))"
)


class PressError(RuntimeError):
    """Something that could not be set; the message is what the press said."""


def press(template: Path, book: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """The PDF of a template: ``book`` is what it reads, ``pictures`` are the files that it names.

    Raises:
        PressError: the press failed, or took longer than a minute.
    """
    with TemporaryDirectory(prefix="cityplus-press-") as folder:
        root = Path(folder)
        (root / "book.json").write_text(json.dumps(book, ensure_ascii=False))
        (root / template.name).write_bytes(template.read_bytes())
        for name, content in pictures.items():
            (root / name).write_bytes(content)
        command = [sys.executable, "-I", "-c", _CHILD, str(root / template.name), str(root), str(BUILT)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own
        except subprocess.TimeoutExpired:
            raise PressError(f"{template.name} took longer than {SECONDS} seconds") from None
    if done.returncode:
        raise PressError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def in_language(tag: str) -> dict[str, Any]:
    """A language as the press says it: Chinese by its region, for its letters differ by it."""
    language, _dash, rest = tag.partition("-")
    region = {"Hans": "CN", "Hant": "TW"}.get(rest, rest if len(rest) == 2 else "")
    return {"lang": language, "region": region, "rtl": direction(tag) == "rtl"}


def line(words: str, tag: str) -> dict[str, Any]:
    """Words in one line, with their language; letters that no font has as a mark."""
    return {**in_language(tag), "text": printable(" ".join(words.split()))}


def svg_code(address: str) -> str:
    """A code to scan as SVG, in ink, without a border: the page around it is white."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, dark=INK)
    return out.getvalue().decode()
