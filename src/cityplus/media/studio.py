"""Where pictures are opened: a script that runs in a process of its own, behind bars (:mod:`cityplus.media.cage`).

It knows nothing of CityPlus. Its task is its one argument, in JSON; ``do`` names one of the functions below. What comes of it is
said as lines of JSON. A picture that is refused is a line ``{"refused": why}``.
"""

from __future__ import annotations

import base64
import io
import json
import sys
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, UnidentifiedImageError

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIXTEEN_BITS = ("I;16", "I;16B", "I;16L", "I;16N", "I")
Image.MAX_IMAGE_PIXELS = None  # what we take is asked below, with a sentence of ours


class Refused(Exception):
    """The message ends the sentence that begins with the name of the file."""


def tell(**facts: Any) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def opened(task: dict[str, Any]) -> Image.Image:
    """The picture, by the one reader that was named, with its size and frames looked at before a pixel is."""
    if task["reader"] == "HEIF":
        import pillow_heif  # noqa: PLC0415 - for those alone who need it

        pillow_heif.register_heif_opener(thumbnails=False)
    image = Image.open(task["source"], formats=(task["reader"],))
    width, height = image.size
    if width * height > task["pixels"]:
        raise Refused(f"too many pixels ({width} × {height}); at most {task['pixels'] // 10**6} million")
    if (frames := getattr(image, "n_frames", 1)) > task["frames"]:
        raise Refused(f"too many frames ({frames}); at most {task['frames']}")
    width, height = upright(image)
    if height > width * task["steepest"]:
        raise Refused(f"a picture is at most {task['steepest']} times as high as it is wide")
    return image


def turn_of(image: Image.Image) -> int:
    return int(image.getexif().get(0x0112, 1))


def upright(image: Image.Image) -> tuple[int, int]:
    width, height = image.size
    return (height, width) if turn_of(image) in {5, 6, 7, 8} else (width, height)


def look(task: dict[str, Any]) -> None:
    """Say the size of the picture as it is shown, having read it to its end."""
    with opened(task) as image:
        width, height = upright(image)
        image.draft(image.mode, (1, 1))  # JPEG: an eighth of its pixels is enough to see whether it is whole
        image.load()
    tell(width=width, height=height)


def picture(task: dict[str, Any]) -> None:
    """Make the renditions of a picture: each width in each format, small pictures of their own size alone."""
    with opened(task) as image:
        width, height = upright(image)
        widths = [w for w in task["widths"] if w <= width] or [width]
        base = scaled(image, widths[-1], width, height)
        turn = _TURNS.get(turn_of(image))
        profile = image.info.get("icc_profile")
    render(flat(base if turn is None else base.transpose(turn), profile), widths, task)


def scaled(image: Image.Image, target: int, width: int, height: int) -> Image.Image:
    """The picture in the largest width that is asked for: everything else is then done with far fewer pixels."""
    share = target / width
    size = tuple(max(1, round(side * share)) for side in image.size)
    if image.mode in {"RGB", "L"}:
        image.draft(
            image.mode, (size[0], size[1])
        )  # JPEG: decoded at a half, a quarter or an eighth where that is enough
    image.load()
    image = plain(image)
    if image.size == size:
        return image
    return image.resize((size[0], size[1]), Image.Resampling.LANCZOS, reducing_gap=3.0)


def plain(image: Image.Image) -> Image.Image:
    """In a mode that can be scaled well."""
    if image.mode in _SIXTEEN_BITS:
        return image.point(lambda value: value / 256).convert("L")  # convert alone would cut off what is above 255
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"RGB", "L", "CMYK"} else image.convert("RGB")


def drawing(task: dict[str, Any]) -> None:
    """Make the renditions of a drawing, which has every width."""
    import resvg_py  # noqa: PLC0415 - for those alone who need it

    drawn = resvg_py.svg_to_bytes(svg_path=task["source"], width=task["widths"][-1], skip_system_fonts=True)
    render(flat(Image.open(io.BytesIO(bytes(drawn)), formats=("PNG",)), None), task["widths"], task)


def flat(image: Image.Image, profile: bytes | None) -> Image.Image:
    """On white where it was transparent, in sRGB, with nothing beside its pixels."""
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    result = in_srgb(image, profile) if profile else image.convert("RGB")
    result.info = {}
    return result


def in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """In the colours that browsers take for granted; a profile that cannot be read is as good as none."""
    try:
        own, common = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, common, outputMode="RGB") or image.convert("RGB")
    except (ImageCms.PyCMSError, OSError):
        return image.convert("RGB")


def render(image: Image.Image, widths: list[int], task: dict[str, Any]) -> None:
    tell(colour=mean_colour(image), first_paint=first_paint(image), files=len(widths) * len(task["formats"]))
    for width in widths:
        height = max(1, round(image.height * width / image.width))
        resized = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
        for content_type, ending, options in task["formats"]:
            name = f"{width}{ending}"
            resized.save(Path(task["folder"]) / name, **options)
            tell(made=name, content_type=content_type, width=width, height=height)


def poster(task: dict[str, Any]) -> None:
    """Make one JPEG of at most so many bytes from a frame of a film."""
    image = Image.open(task["source"], formats=("PNG",)).convert("RGB")
    image.thumbnail((task["width"], task["width"]), Image.Resampling.LANCZOS)
    for quality in (80, 72, 64, 56, 48, 40, 30, 20):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
        if out.tell() <= task["bytes"]:
            break
    name = f"poster-{image.width}.jpg"
    (Path(task["folder"]) / name).write_bytes(out.getvalue())
    tell(colour=mean_colour(image), first_paint=first_paint(image), files=1)
    tell(made=name, content_type="image/jpeg", width=image.width, height=image.height)


def mean_colour(image: Image.Image) -> str:
    r, g, b = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return f"#{r:02x}{g:02x}{b:02x}"


def first_paint(image: Image.Image) -> str:
    tiny = image.copy()
    tiny.thumbnail((20, 20))
    out = io.BytesIO()
    tiny.save(out, "WEBP", quality=40, method=6)
    return "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode()


def main(task: dict[str, Any]) -> None:
    try:
        {"look": look, "picture": picture, "drawing": drawing, "poster": poster}[task["do"]](task)
    except Refused as refused:
        tell(refused=str(refused))
    except MemoryError:
        tell(refused="it needs more memory than we give to one file")
    except UnidentifiedImageError:
        tell(refused="it is damaged or cut off (its head promises another content than it has)")
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        RuntimeError,
    ) as error:  # what readers say of files that are broken
        why = " ".join(str(error).replace(task["source"], "the file").split())
        tell(refused=f"it is damaged or cut off ({why[:200]})")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
