"""A photo of 24 megapixels to all renditions as the worker makes them, against the same by Pillow bare, in turn, in one run.

Ours: the job, from the original in the store to the rows: a process behind bars, looked into and decoded there, files made durable.
Bare: Pillow in this process, opened, turned, each width scaled from the whole picture, saved. Goal: at most 1.3 times as long.
"""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import time
from pathlib import Path

SIZE, ROUNDS = (6000, 4000), 3


def photo(path: Path) -> Path:
    """A picture with the detail of a photo: noise in several sizes on a slope of light."""
    from PIL import Image, ImageChops, ImageFilter  # noqa: PLC0415 - made when it is asked for

    light = Image.linear_gradient("L").resize(SIZE)
    coarse = Image.effect_noise((SIZE[0] // 16, SIZE[1] // 16), 90).resize(SIZE, Image.Resampling.BICUBIC)
    fine = Image.effect_noise(SIZE, 30).filter(ImageFilter.GaussianBlur(1))
    bands = [ImageChops.add(ImageChops.blend(light, coarse, part), fine, 2) for part in (0.4, 0.5, 0.6)]
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.merge("RGB", bands).save(path, quality=92, exif=exif)
    return path


def bare(path: Path, folder: Path) -> None:
    """The same renditions with nothing around them."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    from cityplus.media.pictures import FORMATS, WIDTHS  # noqa: PLC0415

    with Image.open(path) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    for width in WIDTHS:
        scaled = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
        for _, ending, options in FORMATS:
            scaled.save(folder / f"{width}{ending}", **options)  # type: ignore[arg-type]


def main() -> None:
    """Print the seconds of both, their ratio, and the memory that the tool took."""
    with tempfile.TemporaryDirectory(prefix="cityplus-bench-") as name:
        folder = Path(name)
        os.environ["CITYPLUS_DATA"] = str(folder / "data")
        os.environ["DJANGO_SETTINGS_MODULE"] = "cityplus.config.settings"
        import django  # noqa: PLC0415

        django.setup()
        ours, plain = _measure(photo(folder / "photo.jpg"), folder)
    tool = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'':<28}{'seconds':>9}")
    print(f"{'Pillow bare':<28}{plain:>9.2f}")
    print(f"{'the job, behind bars':<28}{ours:>9.2f}{ours / plain:>8.2f} times (goal: at most 1.3)")
    print(f"{'memory of the tool':<28}{tool:>7.0f} MB")


def _measure(path: Path, folder: Path) -> tuple[float, float]:
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    from cityplus.actors.models import Actor  # noqa: PLC0415
    from cityplus.media import rendering  # noqa: PLC0415
    from cityplus.media.models import Medium  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    owner = Actor.objects.create(handle="bench", kind=Actor.Kind.CITY)
    medium = Medium.add(owner, path, "media/photo.jpg", credit="A bench", licence="CC0-1.0")
    ours, plain = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        rendering.render(medium.pk)
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        bare(path, folder)
        plain.append(time.perf_counter() - began)
    return statistics.median(ours), statistics.median(plain)
