"""Files of evil will, and plain ones to make them of."""

from __future__ import annotations

import io
import struct
import subprocess
import zlib
from pathlib import Path

from PIL import Image

from cityplus.media import ffmpeg


def make(path: Path, *options: str) -> Path:
    """A film or sound by FFmpeg, without bars: it is ours."""
    command = [ffmpeg.executable(), "-loglevel", "error", "-y", *options, str(path)]
    subprocess.run(command, check=True, timeout=120)
    return path


def film(path: Path, seconds: int = 1, size: str = "320x180", rate: int = 5, *options: str) -> Path:
    return make(
        path,
        *("-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}"),
        *("-f", "lavfi", "-i", f"sine=duration={seconds}", *options),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"),
    )


def picture(kind: str = "JPEG", size: tuple[int, int] = (480, 100), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 0, 0)).save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, bits: int = 8, colour: int = 2, before: bytes = b"", pixels: bytes = b"") -> bytes:
    """A PNG that promises this size, with chunks before its pixels."""
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(pixels, 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + before + data + chunk(b"IEND", b"")


def full_png(side: int) -> bytes:
    """A whole PNG of one colour: ``side`` squared pixels, each of which is there, in very few bytes."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (side + 7) // 8)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def moving(kind: str, frames: int) -> bytes:
    """A picture of so many frames: GIF, PNG (which is then APNG) or WEBP."""
    if kind == "GIF":
        images = [Image.new("P", (8, 8), i % 250) for i in range(frames)]
    else:
        images = [Image.new("RGB", (8, 8), (i % 250, i // 250, 0)) for i in range(frames)]
    out = io.BytesIO()
    more = {"lossless": True, "method": 0} if kind == "WEBP" else {}
    images[0].save(out, kind, save_all=True, append_images=images[1:], duration=20, **more)
    return out.getvalue()


def boxes_changed(data: bytes, box: bytes, at: int, value: int) -> bytes:
    """An MP4 with 32 bits of each box of this name set, counted from behind its name."""
    changed, place = bytearray(data), -1
    while (place := data.find(box, place + 1)) >= 0:
        changed[place + 4 + at : place + 8 + at] = struct.pack(">I", value)
    return bytes(changed)
