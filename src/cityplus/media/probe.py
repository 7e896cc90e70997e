"""What a file is, by its content: nothing is believed from its name but, in a pack, that an SVG is one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cityplus.media import drawings, ffmpeg, pictures
from cityplus.media.bounds import FILM_PIXELS, FRAME_RATE, MEGA, Bounds
from cityplus.media.errors import MediumError, NotTaken, TooLarge
from cityplus.media.sniffing import OGG, WAV, Sort, sniff

SVG = "image/svg+xml"
ENDINGS = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/heic": ".heic", SVG: ".svg",
    "video/mp4": ".mp4", "video/webm": ".webm", "audio/mp4": ".m4a", "audio/webm": ".weba", "audio/ogg": ".ogg",
    "audio/flac": ".flac", "audio/wav": ".wav", "audio/mpeg": ".mp3",
}  # fmt: skip
LOST = 0.8
"""The share of the length in its head that a film or sound must really have."""
_PAGE, _LAST_PAGE = 65_307, 0x04
"""The most bytes of a page of Ogg, and the mark of the last one."""
_UNTOLD = 0xFFFFFFFF
"""What recorders write that did not know how long it would be."""

__all__ = ["Facts", "MediumError", "probe"]


@dataclass(frozen=True, slots=True)
class Facts:
    """``kind`` is picture, film or sound; pixels for pictures and films as they are shown, seconds for films and sounds."""

    kind: str
    content_type: str
    width: int = 0
    height: int = 0
    seconds: float = 0.0

    @property
    def ending(self) -> str:
        """That of the content type, whatever the file was called."""
        return ENDINGS[self.content_type]


def probe(path: Path, *, by_stranger: bool = False) -> Facts:
    """Look into a file, to its end. What strangers give is never believed to be a drawing.

    Raises:
        MediumError: missing, empty, damaged, beyond one of the bounds, or of no kind that we take.
    """
    if not path.is_file() or path.stat().st_size == 0:
        raise MediumError(f"{path.name}: there is no such file, or it is empty")
    if path.suffix.lower() == ".svg" and not by_stranger:
        return Facts("picture", SVG, *drawings.look(path))
    sort = sniff(path)
    if sort is None:
        taken = "JPEG, PNG, WebP or HEIC" if by_stranger else "JPEG, PNG, WebP, HEIC or SVG"
        raise NotTaken(f"{path.name}: not a picture in {taken}, nor film or sound that we take")
    bounds = Bounds.now()
    most = bounds.picture_bytes if sort.picture else bounds.film_bytes
    if path.stat().st_size > most:
        raise TooLarge(f"{path.name}: too many bytes; at most {most // MEGA} MB")
    if sort.picture:
        return Facts("picture", sort.content_type, *pictures.look(path, sort))
    return _moving(path, sort, bounds)


def _moving(path: Path, sort: Sort, bounds: Bounds) -> Facts:
    try:
        found = ffmpeg.look(path)
    except ffmpeg.FfmpegError as error:
        raise MediumError(f"{path.name}: neither film nor sound that we can read ({error})") from None
    if why := _beyond(found, bounds) or _cut_off(path, sort):
        raise MediumError(f"{path.name}: {why}")
    seconds = found.reached or found.seconds
    if found.width:
        return Facts("film", sort.content_type, found.width, found.height, seconds)
    return Facts("sound", sort.content_type.replace("video/", "audio/"), seconds=seconds)


def _beyond(found: ffmpeg.Look, bounds: Bounds) -> str:
    """Which bound it goes beyond, as the end of a sentence; empty for none."""
    longest = max(found.seconds, found.reached)
    if longest > bounds.seconds:
        return f"{longest:.0f} seconds are too long; at most {bounds.seconds}"
    if found.streams > bounds.streams:
        return f"{found.streams} streams are too many; at most {bounds.streams}"
    if found.width * found.height > FILM_PIXELS:
        return f"too many pixels ({found.width} × {found.height}); at most {FILM_PIXELS // MEGA} million"
    if found.rate > FRAME_RATE:
        return f"{found.rate:g} frames a second are too many; at most {FRAME_RATE}"
    if found.reached < found.seconds * LOST - 1:
        return f"it is cut off: it says {found.seconds:.0f} seconds and ends after {found.reached:.0f}"
    return ""


def _cut_off(path: Path, sort: Sort) -> str:
    """Whether a sound that says nothing of its length that FFmpeg would tell us lacks its end; empty when it has it."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
        file.seek(max(0, size - _PAGE))
        tail = file.read()
    if sort is WAV:
        promised = int.from_bytes(head[4:8], "little")
        if promised != _UNTOLD and promised > size:
            return f"it is cut off: it says {promised} bytes and has {size}"
    if sort is OGG:
        last = tail.rfind(b"OggS")
        if last < 0 or not tail[last + 5 : last + 6] or not tail[last + 5] & _LAST_PAGE:
            return "it is cut off: its last page is missing"
    return ""
