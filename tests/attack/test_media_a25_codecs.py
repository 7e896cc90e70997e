"""A25: formats whose readers have had holes, under the name of one that we take."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import pytest
from PIL import Image
from tests.attack.conftest import Said

from cityplus.media.sniffing import sort_of


def by_pillow(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("P" if kind in {"BLP", "GIF"} else "RGB", (64, 64)).save(out, kind)
    return out.getvalue()


PILLOW = ("TIFF", "PDF", "EPS", "ICNS", "BLP", "BMP", "ICO", "PCX", "PPM", "TGA", "SGI", "JPEG2000", "DDS", "AVIF")
ODD = {
    **{kind: by_pillow(kind) for kind in PILLOW},
    "FITS": b"SIMPLE  =                    T".ljust(2880) + bytes(2880),
    "PSD": b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 64, 64, 8, 3) + bytes(100),
    "FLI": struct.pack("<IHHHH", 500, 0xAF11, 3, 64, 64) + bytes(500),
    "AREA": struct.pack("<16I", 0, 4, *[1] * 14) + bytes(500),
    "WMF": b"\xd7\xcd\xc6\x9a" + bytes(200),
    "AVI": b"RIFF" + struct.pack("<I", 500) + b"AVI LIST" + bytes(500),
    "FLV": b"FLV\1\5\0\0\0\x09" + bytes(200),
    "MPEG-TS": (b"\x47\x40\0\x10" + bytes(184)) * 5,
    "MPEG-PS": b"\0\0\1\xba" + bytes(500),
    "ASF": bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(200),
    "RealMedia": b".RMF" + bytes(200),
    "AIFF": b"FORM" + struct.pack(">I", 200) + b"AIFF" + bytes(200),
    "text": b"just words",
    "noughts": bytes(1000),
}


@pytest.mark.parametrize("data", ODD.values(), ids=ODD.keys())
def test_a25_no_other_format_is_taken(refused: Callable[..., Said], data: bytes) -> None:
    assert sort_of(data[:64]) is None  # no reader is ever asked
    said = refused(data, "x.png", "image/png", status=415)
    assert "not a picture in JPEG, PNG, WebP or HEIC, nor film or sound that we take" in said.sentence


@pytest.mark.parametrize("inner", ["TIFF", "EPS", "PDF", "ICNS"])
def test_a25_a_true_head_before_another_format_brings_no_other_reader(refused: Callable[..., Said], inner: str) -> None:
    for head in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\xff\0\0\0WEBP", b"\0\0\0\x18ftypheic"):
        refused(head + ODD[inner], "x.png", status=422)
