"""The press: sets a booklet as PDF in a process of its own, which may be as large as it likes and ends after a minute.

Typst reads the template and its data from a folder that holds nothing else, and fonts from ours alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cityplus.web.lettering import BUILT

TEMPLATE = Path(__file__).with_name("booklet.typ")
SECONDS = 60

_CHILD = (
    "import sys, typst; sys.stdout.buffer.write(typst.compile(sys.argv[1], root=sys.argv[2], font_paths=[sys.argv[3]], "
    "ignore_system_fonts=True, format='pdf'))"
)


class PressError(RuntimeError):
    """A booklet that could not be set; the message is what the press said."""


def press(book: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """The PDF of a booklet: ``book`` is what the template reads, ``pictures`` are the files that it names.

    Raises:
        PressError: the press failed, or took longer than a minute.
    """
    with TemporaryDirectory(prefix="cityplus-press-") as folder:
        root = Path(folder)
        (root / "book.json").write_text(json.dumps(book, ensure_ascii=False))
        (root / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        for name, content in pictures.items():
            (root / name).write_bytes(content)
        command = [sys.executable, "-I", "-c", _CHILD, str(root / TEMPLATE.name), str(root), str(BUILT)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own
        except subprocess.TimeoutExpired:
            raise PressError(f"the booklet took longer than {SECONDS} seconds") from None
    if done.returncode:
        raise PressError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
