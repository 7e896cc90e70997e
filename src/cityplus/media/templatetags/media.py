"""Tags that show media."""

from __future__ import annotations

from typing import Any

from django import template

from cityplus.languages.tags import name_of, reader_tag
from cityplus.media.models import Medium

register = template.Library()
FOCAL_STEP = 5


@register.filter
def focal_class(medium: Medium) -> str:
    """The classes that keep in sight what is to be seen of a picture where it is cropped; none where that is the middle."""
    places = (("x", medium.focal_x), ("y", medium.focal_y))
    steps = [(axis, round(place * 100 / FOCAL_STEP) * FOCAL_STEP) for axis, place in places]
    return " ".join(f"focal-{axis}-{step}" for axis, step in steps if step != 50)


@register.filter
def enlarged(medium: Medium) -> str:
    """The address of a picture as large as there is; nothing while it is being prepared."""
    largest = medium.best("image/jpeg", 10_000)
    return largest.url if largest else ""


@register.inclusion_tag("media/picture.html")
def picture(
    medium: Medium | None, sizes: str = "100vw", css: str = "", eager: bool = False, alt: bool = True
) -> dict[str, Any]:
    """A picture in all its renditions. ``sizes`` as in HTML; ``eager`` for what is seen first; without ``alt`` it is decoration
    (its words stand beside it)."""
    context: dict[str, Any] = {"medium": medium, "sizes": sizes, "css": css, "eager": eager, "with_alt": alt}
    if medium:
        context["css"] = f"{css} {focal_class(medium)}".strip()
        sources: dict[str, list[str]] = {}
        for rendition in sorted(medium.renditions.all(), key=lambda r: r.width):
            sources.setdefault(rendition.content_type, []).append(f"{rendition.url} {rendition.width}w")
        context |= {
            "avif": ", ".join(sources.get("image/avif", [])),
            "webp": ", ".join(sources.get("image/webp", [])),
            "jpeg": ", ".join(sources.get("image/jpeg", [])),
            "fallback": medium.best("image/jpeg", 960),
        }
    return context


@register.inclusion_tag("media/film.html")
def film(medium: Medium, still: bool = False) -> dict[str, Any]:
    """A film with its captions; nothing of it is loaded before it is played but its poster. ``still`` shows one of its own
    frames instead, where the poster stands on the page already."""
    reader = reader_tag()
    tracks = list(medium.captions.all())
    languages = [track.language for track in tracks]
    default = reader if reader in languages else next((tag for tag in ("en", *languages) if tag in languages), "")
    poster = medium.poster.best("image/jpeg", 960) if medium.poster and not still else None
    return {
        "medium": medium,
        "poster": poster or medium.best("image/jpeg", medium.height),
        "files": sorted((r for r in medium.renditions.all() if r.content_type == "video/mp4"), key=lambda r: -r.height),
        "tracks": [
            {"track": t, "name": name_of(t.language, t.language), "default": t.language == default} for t in tracks
        ],
        "machine": any(t.state == "machine" and t.language == default for t in tracks),
    }


@register.inclusion_tag("media/sound.html")
def sound(medium: Medium, role: str = "") -> dict[str, Any]:
    """A sound with its transcript; ``role`` is soundscape or guide."""
    return {
        "medium": medium,
        "role": role,
        "files": [r for r in medium.renditions.all() if r.content_type.startswith("audio/")],
    }
