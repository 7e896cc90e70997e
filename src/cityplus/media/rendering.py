"""The job that makes renditions, and the subscriber that asks for it."""

from __future__ import annotations

import base64
import contextlib
import io
from pathlib import Path

import resvg_py
from django.db import transaction
from PIL import Image, ImageCms, ImageOps

from cityplus import jobs, journal
from cityplus.journal.models import Entry
from cityplus.media import ffmpeg, store
from cityplus.media.models import Medium, Rendition

WIDTHS = (480, 960, 1440, 1920)
"""Picture widths in pixels; none is larger than the original, but for drawings, which have every size."""
FORMATS = (
    ("image/avif", ".avif", {"format": "AVIF", "quality": 58, "speed": 8}),
    ("image/webp", ".webp", {"format": "WEBP", "quality": 78, "method": 4}),
    ("image/jpeg", ".jpg", {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True}),
)
HEIGHTS = (480, 720)
"""Film heights in pixels; a film that is lower than the lowest keeps its own."""
SOUNDS = (
    ("audio/ogg", ".opus", ("-vn", "-c:a", "libopus", "-b:a", "64k")),
    ("audio/mp4", ".m4a", ("-vn", "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart")),
)


@journal.subscribe("media.renditions", "medium.added")
def ask_for_renditions(entry: Entry) -> None:
    """Enqueue the job; pictures first, for they are soonest done and most seen."""
    kind = Medium.objects.filter(pk=entry.subject_id).values_list("kind", flat=True).first()
    if kind:
        jobs.enqueue(
            "media.render",
            key=str(entry.pk),
            priority=3 if kind == Medium.Kind.PICTURE else 6,
            medium_id=entry.subject_id,
        )


@jobs.job("media.render")
def render(medium_id: int) -> None:
    """Make every rendition of a medium, then write their rows at once; doing it again comes to the same."""
    medium = Medium.objects.select_related("owner").filter(pk=medium_id).first()
    if medium is None:
        return
    with store.local(medium.original) as source, store.workbench() as bench:
        makers = {Medium.Kind.PICTURE: _picture, Medium.Kind.FILM: _film, Medium.Kind.SOUND: _sound}
        rows = makers[Medium.Kind(medium.kind)](medium, source, bench)
    with transaction.atomic():
        if not Medium.objects.select_for_update().filter(pk=medium_id, sha256=medium.sha256).exists():
            return  # it was replaced meanwhile; the job of the new bytes makes theirs
        Rendition.objects.filter(medium=medium).delete()
        Rendition.objects.bulk_create(rows)
        medium.save(update_fields=["colour", "first_paint"])
        journal.record("medium.rendered", medium, handle=medium.owner.handle, files=len(rows))


def _row(medium: Medium, path: Path, content_type: str, width: int = 0, height: int = 0) -> Rendition:
    size = path.stat().st_size
    key = store.move_in(path, f"renditions/{medium.sha256[:16]}/{path.name}")
    return Rendition(medium=medium, content_type=content_type, width=width, height=height, bytes=size, key=key)


def _picture(medium: Medium, source: Path, bench: Path) -> list[Rendition]:
    image = _open(medium, source)
    widths = [w for w in WIDTHS if w <= image.width] or [image.width]
    medium.colour, medium.first_paint = _mean_colour(image), _first_paint(image)
    rows, steps = [], len(widths) * len(FORMATS)
    for width in widths:
        height = max(1, round(image.height * width / image.width))
        scaled = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
        for content_type, suffix, options in FORMATS:
            path = bench / f"{width}{suffix}"
            scaled.save(path, **options)  # type: ignore[arg-type]
            rows.append(_row(medium, path, content_type, width, height))
            jobs.report(100 * len(rows) // steps)
    return rows


def _open(medium: Medium, source: Path) -> Image.Image:
    """The picture upright in RGB and without metadata; a drawing is rendered at the largest width we serve."""
    if medium.content_type == "image/svg+xml":
        png = bytes(resvg_py.svg_to_bytes(svg_path=str(source), width=WIDTHS[-1], skip_system_fonts=True))
        return _flat(Image.open(io.BytesIO(png)))
    with Image.open(source) as image:
        return _flat(ImageOps.exif_transpose(image))


def _flat(image: Image.Image) -> Image.Image:
    """On white where it was transparent, in sRGB, with nothing beside its pixels."""
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    flat = _in_srgb(image, profile) if profile else image.convert("RGB")
    flat.info = {}
    return flat


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """In the colours that browsers take for granted; a profile that cannot be read is as good as none."""
    try:
        own, common = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, common, outputMode="RGB") or image.convert("RGB")
    except (ImageCms.PyCMSError, OSError):
        return image.convert("RGB")


def _mean_colour(image: Image.Image) -> str:
    r, g, b = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return f"#{r:02x}{g:02x}{b:02x}"


def _first_paint(image: Image.Image) -> str:
    tiny = image.copy()
    tiny.thumbnail((20, 20))
    out = io.BytesIO()
    tiny.save(out, "WEBP", quality=40, method=6)
    return "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode()


def _film(medium: Medium, source: Path, bench: Path) -> list[Rendition]:
    heights = [h for h in HEIGHTS if h <= medium.height] or [medium.height - medium.height % 2]
    rows = []
    still = _still(medium, source, bench / "poster.jpg")
    with Image.open(still) as image:
        medium.colour, medium.first_paint = _mean_colour(image.convert("RGB")), _first_paint(image.convert("RGB"))
    rows.append(_row(medium, still, "image/jpeg", medium.width, medium.height))
    for index, height in enumerate(heights):
        path = bench / f"{height}.mp4"

        def tell(seconds: float, index: int = index) -> None:
            jobs.report(round(100 * (index + seconds / max(medium.seconds, 1)) / len(heights)))

        ffmpeg.run(
            source,
            ("-vf", f"scale=-2:{height}", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p",
             "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart"),
            path,
            tell,
        )  # fmt: skip
        rows.append(_row(medium, path, "video/mp4", round(medium.width * height / medium.height), height))
    return rows


def _still(medium: Medium, source: Path, target: Path) -> Path:
    """A picture of the film at a tenth of its length, or its first one: its pictures may end long before its sound."""
    for moment in (medium.seconds / 10, 0):
        with contextlib.suppress(ffmpeg.FfmpegError):
            ffmpeg.run(source, ("-ss", f"{moment:.2f}", "-frames:v", "1", "-q:v", "3"), target)
        if target.exists():
            return target
    raise ffmpeg.FfmpegError(f"{medium.name} has no picture that could be its poster")


def _sound(medium: Medium, source: Path, bench: Path) -> list[Rendition]:
    rows = []
    for content_type, suffix, options in SOUNDS:
        path = bench / f"sound{suffix}"
        ffmpeg.run(source, options, path)
        rows.append(_row(medium, path, content_type))
        jobs.report(100 * len(rows) // len(SOUNDS))
    return rows
