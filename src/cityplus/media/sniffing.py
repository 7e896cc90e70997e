"""What a file is by its first bytes, and which one reader is told to read it: none may guess."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HEAD = 64
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
_AVIF = {b"avif", b"avis"}


@dataclass(frozen=True, slots=True)
class Sort:
    """``reader`` is Pillow's name of a format for pictures, FFmpeg's of a demuxer for what moves or sounds."""

    picture: bool
    content_type: str
    reader: str


JPEG = Sort(True, "image/jpeg", "JPEG")
PNG = Sort(True, "image/png", "PNG")
WEBP = Sort(True, "image/webp", "WEBP")
HEIC = Sort(True, "image/heic", "HEIF")
MP4 = Sort(False, "video/mp4", "mov")
WEBM = Sort(False, "video/webm", "matroska")
OGG = Sort(False, "audio/ogg", "ogg")
FLAC = Sort(False, "audio/flac", "flac")
WAV = Sort(False, "audio/wav", "wav")
MP3 = Sort(False, "audio/mpeg", "mp3")


def sniff(path: Path) -> Sort | None:
    """The sort of a file; None for one that we do not take."""
    with path.open("rb") as file:
        return sort_of(file.read(HEAD))


def sort_of(head: bytes) -> Sort | None:
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return HEIC if brand in _HEIF else None if brand in _AVIF else MP4
    if head[:4] == b"RIFF":
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12])
    for start, sort in (
        (b"\xff\xd8\xff", JPEG),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"\x1aE\xdf\xa3", WEBM),
        (b"OggS", OGG),
        (b"fLaC", FLAC),
        (b"ID3", MP3),
    ):
        if head.startswith(start):
            return sort
    # The first eleven bits of a frame of MPEG audio are ones, and the next say that it is of layer III.
    return MP3 if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 else None
