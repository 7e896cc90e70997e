"""What a file is, by its content: nothing is believed from its name but that an SVG is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from PIL import Image, UnidentifiedImageError

from cityplus.media import ffmpeg

PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MAX_PIXELS = 100_000_000
MAX_SVG_BYTES = 2 * 1024 * 1024
MAX_SVG_RATIO = 4
MAX_SECONDS = 3600
_FORBIDDEN_SVG = re.compile(rb"<!DOCTYPE|<!ENTITY|<script|<foreignObject|<image|<style|javascript:", re.IGNORECASE)
_OUTSIDE = re.compile(rb"(?:href|src)\s*=\s*[\"']\s*(?!#)", re.IGNORECASE)

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_LENGTH = re.compile(r"(\d+\.?\d*|\.\d+)([a-z]*)", re.ASCII)

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class MediumError(ValueError):
    """A file that we do not take; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Facts:
    """``kind`` is picture, film or sound; pixels for pictures and films, seconds for films and sounds."""

    kind: str
    content_type: str
    width: int = 0
    height: int = 0
    seconds: float = 0.0


def probe(path: Path) -> Facts:
    """Look into a file.

    Raises:
        MediumError: missing, empty, too large in pixels or seconds, or of no kind that we take.
    """
    if not path.is_file() or path.stat().st_size == 0:
        raise MediumError(f"{path.name}: there is no such file, or it is empty")
    with path.open("rb") as file:
        head = file.read(64)
    if path.suffix.lower() == ".svg":
        return _svg(path)
    if head[4:8] == b"ftyp" or (head[:4] in {b"\x1aE\xdf\xa3", b"OggS", b"fLaC", b"RIFF"} and head[8:12] != b"WEBP"):
        return _moving(path, head)
    if head[:3] == b"ID3" or head[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"}:
        return _moving(path, head)
    return _picture(path)


def _svg(path: Path) -> Facts:
    if path.stat().st_size > MAX_SVG_BYTES:
        raise MediumError(f"{path.name}: a drawing has at most {MAX_SVG_BYTES // 1024} KB")
    data = path.read_bytes()
    found = _FORBIDDEN_SVG.search(data) or _OUTSIDE.search(data)
    if found:
        raise MediumError(
            f"{path.name}: a drawing holds shapes only; it has “{found.group().decode('ascii', 'replace')}”"
        )
    width, height = _drawn_size(path.name, _svg_root(path.name, data))
    # Renditions have fixed widths, so a thin high drawing would need more memory than there is.
    if height > width * MAX_SVG_RATIO:
        raise MediumError(f"{path.name}: a drawing is at most {MAX_SVG_RATIO} times as high as it is wide")
    return Facts("picture", "image/svg+xml", max(1, round(width)), max(1, round(height)))


def _svg_root(name: str, data: bytes) -> Element:
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


def _picture(path: Path) -> Facts:
    try:
        with Image.open(path, formats=tuple(PICTURES)) as image:
            width, height = image.size
            kind = PICTURES[image.format or ""]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise MediumError(f"{path.name}: too many pixels; at most {MAX_PIXELS // 10**6} million") from None
    except (UnidentifiedImageError, OSError, KeyError, SyntaxError, ValueError):
        raise MediumError(
            f"{path.name}: not a picture in JPEG, PNG, WebP or SVG, nor film or sound that we take"
        ) from None
    if width * height > MAX_PIXELS:
        raise MediumError(f"{path.name}: too many pixels ({width} × {height}); at most {MAX_PIXELS // 10**6} million")
    return Facts("picture", kind, width, height)


def _moving(path: Path, head: bytes) -> Facts:
    try:
        facts = ffmpeg.look(path)
    except ffmpeg.FfmpegError as error:
        raise MediumError(f"{path.name}: neither film nor sound that we can read ({error})") from None
    if facts.seconds > MAX_SECONDS:
        raise MediumError(f"{path.name}: {facts.seconds:.0f} seconds are too long; at most {MAX_SECONDS}")
    if facts.width:
        kind = "video/webm" if head[:4] == b"\x1aE\xdf\xa3" else "video/mp4"
        return Facts("film", kind, facts.width, facts.height, facts.seconds)
    sound = {b"fLaC": "audio/flac", b"OggS": "audio/ogg", b"RIFF": "audio/wav"}.get(head[:4], "audio/mpeg")
    return Facts("sound", "audio/mp4" if head[4:8] == b"ftyp" else sound, seconds=facts.seconds)
