"""Photos as phones and cameras make them: HEIC, several pictures in one file, colours of their own, held in any way."""

from __future__ import annotations

import struct
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageCms

from cityplus.actors.models import Actor
from cityplus.media.probe import probe
from cityplus.media.tests.conftest import add, photo, work
from cityplus.media.tests.test_renditions import BLUE, RED, near, opened

P3 = {
    b"rXYZ": (0.51512, 0.24120, -0.00105),
    b"gXYZ": (0.29198, 0.69225, 0.04189),
    b"bXYZ": (0.15710, 0.06657, 0.78407),
}
"""The primaries of Display P3 as profiles state them, adapted to D50."""


def display_p3() -> bytes:
    """A profile of Display P3: that of sRGB, which has the same curve, with its three primaries."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for index in range(struct.unpack_from(">I", data, 128)[0]):
        name, place, _ = struct.unpack_from(">4sII", data, 132 + 12 * index)
        if name in P3:
            struct.pack_into(">3i", data, place + 8, *(round(part * 65536) for part in P3[name]))
    return bytes(data)


def to_linear(value: float) -> float:
    value /= 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def to_srgb(value: float) -> int:
    value = max(0.0, min(1.0, value))
    return round(255 * (12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055))


def p3_in_srgb(colour: tuple[int, int, int]) -> tuple[int, ...]:
    """By the matrices of the two standards, with no library of colours."""
    linear = [to_linear(part) for part in colour]
    rows = ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979))
    return tuple(to_srgb(sum(a * b for a, b in zip(row, linear, strict=True))) for row in rows)


@pytest.mark.parametrize("kind", ["jpg", "png", "heic", "webp"])
@pytest.mark.parametrize("colour", [(200, 100, 50), (60, 180, 90), (128, 128, 128), (30, 60, 200)])
def test_colours_of_display_p3_look_the_same_in_srgb(
    keeper: Actor, tmp_path: Path, kind: str, colour: tuple[int, int, int]
) -> None:
    pillow_heif.register_heif_opener()
    path = tmp_path / f"phone.{kind}"
    Image.new("RGB", (480, 64), colour).save(path, icc_profile=display_p3(), quality=100)
    medium = add(keeper, path)
    work()
    wanted = p3_in_srgb(colour)
    found = opened(medium.best("image/jpeg", 480)).getpixel((200, 30))
    assert all(abs(a - b) <= 5 for a, b in zip(found, wanted, strict=True)), (found, wanted)  # type: ignore[arg-type]
    assert (
        colour == (128, 128, 128) or max(abs(a - b) for a, b in zip(colour, wanted, strict=True)) > 5
    )  # it is no no-op


@pytest.mark.parametrize(("mode", "profile"), [("CMYK", b"no profile"), ("L", display_p3()), ("LA", display_p3())])
def test_a_profile_that_does_not_fit_is_as_good_as_none(
    keeper: Actor, tmp_path: Path, mode: str, profile: bytes
) -> None:
    path = tmp_path / ("x.jpg" if mode == "CMYK" else "x.png")
    Image.new(mode, (480, 64), 0 if mode == "CMYK" else 200 if mode == "L" else (200, 255)).save(
        path, icc_profile=profile
    )
    medium = add(keeper, path)
    work()
    wanted = (255, 255, 255) if mode == "CMYK" else (200, 200, 200)
    assert near(opened(medium.best("image/jpeg", 480)).getpixel((200, 30)), wanted)


def test_heic_is_a_picture_like_others(keeper: Actor, tmp_path: Path) -> None:
    pillow_heif.register_heif_opener()
    path = photo(tmp_path / "phone.heic", (1000, 500))
    assert (probe(path).content_type, probe(path).ending) == ("image/heic", ".heic")
    medium = add(keeper, path)
    work()
    assert {row.width for row in medium.renditions.all()} == {480, 960}
    image = opened(medium.best("image/avif", 480))
    assert near(image.getpixel((100, 100)), RED)
    assert near(image.getpixel((380, 100)), BLUE)


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "heic"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_whatever_way_it_was_held_it_stands_upright(keeper: Actor, tmp_path: Path, kind: str, turn: int) -> None:
    """The eight orientations of EXIF, each of a picture that is red above left and white elsewhere once it is upright."""
    pillow_heif.register_heif_opener()
    upright = Image.new("RGB", (480, 240), "white")
    upright.paste(RED, (0, 0, 120, 60))
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = turn
    path = tmp_path / f"phone.{kind}"
    (upright.transpose(back[turn]) if turn in back else upright).save(path, exif=exif.tobytes())
    assert (probe(path).width, probe(path).height) == (480, 240)
    medium = add(keeper, path)
    work()
    image = opened(medium.best("image/jpeg", 480))
    assert image.size == (480, 240)
    assert near(image.getpixel((50, 25)), RED)
    for corner in ((430, 25), (50, 215), (430, 215)):
        assert near(image.getpixel(corner), (255, 255, 255))


def test_a_file_of_several_photos_is_its_first(keeper: Actor, tmp_path: Path) -> None:
    """What phones write that keep a second exposure, or the picture of a second lens, behind the first."""
    first, second = Image.new("RGB", (480, 64), RED), Image.new("RGB", (480, 64), BLUE)
    first.save(tmp_path / "phone.jpg", "MPO", save_all=True, append_images=[second])
    assert probe(tmp_path / "phone.jpg").content_type == "image/jpeg"
    medium = add(keeper, tmp_path / "phone.jpg")
    work()
    assert near(opened(medium.best("image/jpeg", 480)).getpixel((100, 30)), RED)


def test_a_large_photo_in_all_its_widths(keeper: Actor, tmp_path: Path) -> None:
    """It is decoded at half its size, which must not show."""
    medium = add(keeper, photo(tmp_path / "camera.jpg", (4032, 3024), quality=95))
    assert (medium.width, medium.height) == (4032, 3024)
    work()
    assert {(r.width, r.height) for r in medium.renditions.all()} == {
        (480, 360),
        (960, 720),
        (1440, 1080),
        (1920, 1440),
    }
    image = opened(medium.best("image/jpeg", 1920))
    assert near(image.getpixel((900, 700)), RED)
    assert near(image.getpixel((1000, 700)), BLUE)


def test_sixteen_bits_of_grey_keep_their_brightness(keeper: Actor, tmp_path: Path) -> None:
    Image.new("I;16", (480, 64), 100 * 257).save(tmp_path / "scan.png")
    medium = add(keeper, tmp_path / "scan.png")
    work()
    assert near(opened(medium.best("image/jpeg", 480)).getpixel((100, 30)), (100, 100, 100))
