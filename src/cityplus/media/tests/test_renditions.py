"""Renditions of pictures: widths, formats, upright, and without what the camera knew."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageCms

from cityplus.actors.models import Actor
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry
from cityplus.media import rendering, store
from cityplus.media.models import Medium, Rendition
from cityplus.media.tests.conftest import SVG, add, drawing, photo, work

RED, BLUE, WHITE = (200, 0, 0), (0, 0, 200), (255, 255, 255)


def opened(rendition: Rendition | None) -> Image.Image:
    assert rendition
    image = Image.open(default_storage.path(rendition.key))
    image.load()
    return image


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(pixel, colour, strict=True))  # type: ignore[call-overload]


def test_a_picture_in_every_width_it_has_and_every_format(keeper: Actor, tmp_path: Path) -> None:
    medium = add(keeper, photo(tmp_path / "sea.jpg", (1000, 500)))
    work()
    rows = medium.renditions.values_list("content_type", "width", "height")
    assert sorted(rows) == [
        (kind, width, width // 2) for kind in ("image/avif", "image/jpeg", "image/webp") for width in (480, 960)
    ]
    for row in medium.renditions.all():
        image = opened(row)
        assert image.size == (row.width, row.height)
        assert Image.MIME[image.format or ""] == row.content_type
        assert default_storage.size(row.key) == row.bytes
        assert row.url == f"/media/renditions/{medium.sha256[:16]}/{row.width}{Path(row.key).suffix}"


def test_a_small_picture_is_not_blown_up(keeper: Actor, tmp_path: Path) -> None:
    medium = add(keeper, photo(tmp_path / "sea.png", (300, 200)))
    work()
    assert set(medium.renditions.values_list("width", "height")) == {(300, 200)}


def test_a_drawing_has_every_width(keeper: Actor, tmp_path: Path) -> None:
    medium = add(keeper, drawing(tmp_path / "sea.svg", SVG.replace("0 0 1600 1200", "0 0 16 4")))
    work()
    assert set(medium.renditions.values_list("width", "height")) == {(480, 120), (960, 240), (1440, 360), (1920, 480)}


def test_what_is_transparent_lies_on_white(keeper: Actor, tmp_path: Path) -> None:
    medium = add(
        keeper, drawing(tmp_path / "sea.svg", SVG.replace("0 1600 1200", "0 1600 200"))
    )  # its right half is empty
    ghost = Image.new("RGBA", (480, 100), (0, 0, 0, 0))
    ghost.paste(RED, (0, 0, 240, 100))
    ghost.save(tmp_path / "ghost.png")
    ghost.quantize(4).save(tmp_path / "palette.png")
    others = [add(keeper, tmp_path / name) for name in ("ghost.png", "palette.png")]
    work()
    for one in (medium, *others):
        image = opened(one.best("image/jpeg", 480))
        assert near(image.getpixel((100, 50)), RED)
        assert near(image.getpixel((400, 50)), WHITE)


def test_a_picture_that_was_held_sideways_stands_upright(keeper: Actor, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees clockwise to see it upright
    medium = add(keeper, photo(tmp_path / "phone.jpg", (1000, 500), exif=exif))
    work()
    image = opened(medium.best("image/jpeg", 480))
    assert image.size == (480, 960)
    assert near(image.getpixel((240, 50)), RED)  # what was left is now above
    assert near(image.getpixel((240, 900)), BLUE)


def test_nothing_of_what_the_camera_knew_is_left(keeper: Actor, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Secret maker", "Secret model"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 4.0, 36.0)})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Secret place</x:xmpmeta>'
    options = {"exif": exif, "comment": b"Secret words", "xmp": xmp}
    medium = add(keeper, photo(tmp_path / "phone.jpg", (480, 100), **options))
    assert b"Secret place" in (tmp_path / "phone.jpg").read_bytes()
    work()
    for row in medium.renditions.all():
        data = Path(default_storage.path(row.key)).read_bytes()
        assert b"Secret" not in data
        assert b"Exif" not in data
        image = opened(row)
        assert not image.getexif()
        assert not image.info.get("comment")
        assert not image.info.get("xmp")


def test_colours_of_another_profile_become_those_of_browsers(keeper: Actor, tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    turned = srgb.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")  # its red is our blue
    one = add(keeper, photo(tmp_path / "turned.jpg", (480, 100), icc_profile=turned))
    other = add(keeper, photo(tmp_path / "broken.jpg", (480, 100), icc_profile=b"no profile"))
    work()
    for kind in ("image/avif", "image/webp", "image/jpeg"):
        assert near(opened(one.best(kind, 480)).getpixel((100, 50)), BLUE)
        assert near(opened(other.best(kind, 480)).getpixel((100, 50)), RED)
        assert "icc_profile" not in opened(one.best(kind, 480)).info


def test_a_ribbon_is_at_least_one_pixel_high(keeper: Actor, tmp_path: Path) -> None:
    photos = add(keeper, photo(tmp_path / "ribbon.png", (1000, 1)))
    drawn = add(keeper, drawing(tmp_path / "ribbon.svg", SVG.replace("0 0 1600 1200", "0 0 16000 1")))
    work()
    for medium in (photos, drawn):
        assert set(medium.renditions.values_list("height", flat=True)) == {1}


@pytest.mark.parametrize("mode", ["L", "1", "LA", "P", "CMYK"])
def test_pictures_of_every_kind_of_pixel(keeper: Actor, tmp_path: Path, mode: str) -> None:
    suffix = ".jpg" if mode == "CMYK" else ".png"
    Image.new(mode, (480, 100)).save(tmp_path / f"odd{suffix}")
    medium = add(keeper, tmp_path / f"odd{suffix}")
    work()
    assert medium.renditions.count() == 3


def test_a_first_paint_and_a_mean_colour(keeper: Actor, tmp_path: Path) -> None:
    medium = add(keeper, photo(tmp_path / "sea.jpg", (480, 100)))
    work()
    medium.refresh_from_db()
    assert medium.first_paint.startswith("data:image/webp;base64,")
    assert len(medium.first_paint) < 600
    assert near(bytes.fromhex(medium.colour[1:]), (100, 0, 100))


def test_the_best_rendition_is_the_nearest(keeper: Actor, tmp_path: Path) -> None:
    medium = add(keeper, photo(tmp_path / "sea.jpg", (1000, 100)))
    assert medium.best("image/jpeg", 960) is None
    work()
    found = [medium.best("image/webp", near) for near in (1, 700, 800, 5000)]
    assert [rendition.width for rendition in found if rendition] == [480, 480, 960, 960]


def test_a_crash_in_the_middle_leaves_no_rows_and_the_next_try_finishes(
    keeper: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    medium = add(keeper, photo(tmp_path / "sea.jpg", (1000, 100)))
    move_in, made = store.move_in, []

    def fail_at_the_third(path: Path, key: str) -> str:
        made.append(key)
        if len(made) == 3:
            raise OSError("no space left on device")
        return move_in(path, key)

    monkeypatch.setattr(store, "move_in", fail_at_the_third)
    work()
    job = Job.objects.get()
    assert (job.state, job.tries) == ("waiting", 1)
    assert "no space left" in job.error
    assert not medium.renditions.exists()
    assert not Entry.objects.filter(verb="medium.rendered").exists()
    Job.objects.update(run_after="2020-01-01T00:00+00:00")
    work()
    assert Job.objects.get().state == "done"
    assert medium.renditions.count() == 6
    assert Entry.objects.filter(verb="medium.rendered").count() == 1
    for rendition in medium.renditions.all():
        opened(rendition)


def test_doing_it_again_comes_to_the_same(keeper: Actor, tmp_path: Path) -> None:
    medium = add(keeper, photo(tmp_path / "sea.jpg", (480, 100)))
    work()
    before = sorted(medium.renditions.values_list("key", "bytes", "width"))
    rendering.render(medium.pk)
    assert sorted(medium.renditions.values_list("key", "bytes", "width")) == before


def test_a_medium_that_is_gone_is_no_error(keeper: Actor, tmp_path: Path) -> None:
    medium = add(keeper, photo(tmp_path / "sea.jpg", (480, 100)))
    Medium.objects.filter(pk=medium.pk).delete()
    work()
    assert not Job.objects.exclude(state="done").exists()


def test_pictures_are_made_before_films_and_sounds(keeper: Actor, tmp_path: Path, tone: Path) -> None:
    from cityplus.journal.subscribers import deliver  # noqa: PLC0415

    add(keeper, tone)
    picture = add(keeper, photo(tmp_path / "sea.jpg", (480, 100)))
    deliver()
    first = Job.objects.take("test")
    assert first is not None
    assert first.args == {"medium_id": picture.pk}
