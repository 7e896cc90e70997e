"""Drawings: SVG that holds shapes only. It comes from packs, which the operator imports; of strangers none is taken."""

from __future__ import annotations

import re
from math import isclose
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from cityplus.media.errors import MediumError

MAX_BYTES = 2 * 1024 * 1024
MAX_RATIO = 4
_FORBIDDEN = re.compile(rb"<!DOCTYPE|<!ENTITY|<script|<foreignObject|<image|<style|javascript:", re.IGNORECASE)
_OUTSIDE = re.compile(rb"(?:href|src)\s*=\s*[\"']\s*(?!#)", re.IGNORECASE)

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_LENGTH = re.compile(r"(\d+\.?\d*|\.\d+)([a-z]*)", re.ASCII)


def look(path: Path) -> tuple[int, int]:
    """Width and height of a drawing.

    Raises:
        MediumError: it holds more than shapes, has no size, or is too large.
    """
    if path.stat().st_size > MAX_BYTES:
        raise MediumError(f"{path.name}: a drawing has at most {MAX_BYTES // 1024} KB")
    data = path.read_bytes()
    found = _FORBIDDEN.search(data) or _OUTSIDE.search(data)
    if found:
        raise MediumError(
            f"{path.name}: a drawing holds shapes only; it has “{found.group().decode('ascii', 'replace')}”"
        )
    width, height = _drawn_size(path.name, _root(path.name, data))
    # Renditions have fixed widths, so a thin high drawing would need more memory than there is.
    if height > width * MAX_RATIO:
        raise MediumError(f"{path.name}: a drawing is at most {MAX_RATIO} times as high as it is wide")
    return max(1, round(width)), max(1, round(height))


def _root(name: str, data: bytes) -> Element:
    parser: XMLPullParser[Any] = XMLPullParser(["start"])
    try:
        parser.feed(data.decode("utf-8"))  # in another encoding the search above would have read other words
        parser.close()
        _, root = next(iter(parser.read_events()))  # type: ignore[misc]
    except (ParseError, StopIteration, UnicodeDecodeError) as error:
        raise MediumError(f"{name}: not a drawing in SVG ({error})") from None
    if not isinstance(root, Element) or root.tag != "{http://www.w3.org/2000/svg}svg":
        raise MediumError(f"{name}: not a drawing in SVG (its root is no svg element of the SVG namespace)")
    return root


def _drawn_size(name: str, root: Element) -> tuple[float, float]:
    """Width and height of a drawing by its viewBox, with which its own width and height must agree where it has them."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(box) != 4 or not all(map(_NUMBER.fullmatch, box)) or min(float(box[2]), float(box[3])) <= 0:
        raise MediumError(f"{name}: a drawing needs a viewBox with its size")
    width, height = float(box[2]), float(box[3])
    outer = [root.get(side, "").strip() for side in ("width", "height")]
    if any(outer):
        wide, high = (_LENGTH.fullmatch(side) for side in outer)
        if not (
            wide
            and high
            and wide[2] == high[2]
            and isclose(float(wide[1]) * height, float(high[1]) * width, rel_tol=0.02)
        ):
            raise MediumError(f"{name}: width and height must have the proportions of the viewBox; or leave both out")
    return width, height
