"""A picture as pixels, for drawing on cards."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from cityplus.media import store
from cityplus.media.models import Medium

WIDTH = 1440
"""Pixels: the rendition nearest to this is taken."""
TYPES = ("image/jpeg", "image/webp", "image/avif")


@dataclass(frozen=True, slots=True)
class Still:
    """``name`` tells its content apart from every other's; it is empty where there is no picture at all. ``focal`` is what stays in
    sight where it is cropped, from 0 to 1 across and down."""

    name: str = ""
    key: str = ""
    focal: tuple[float, float] = (0.5, 0.5)

    def pixels(self) -> Image.Image | None:
        """The picture, with its focal point as ``info["focal"]``; None while its rendition is not made, or cannot be read."""
        if not self.key:
            return None
        try:
            with store.local(self.key) as path, Image.open(path) as image:
                picture = image.convert("RGB")
                picture.info["focal"] = self.focal
                return picture
        except OSError:
            return None


def still(medium: Medium | None) -> Still:
    """The picture of a medium, as far as it is made; asks nothing when the renditions were fetched with it."""
    if medium is None:
        return Still()
    rendition = next((found for kind in TYPES if (found := medium.best(kind, WIDTH))), None)
    if rendition is None:
        return Still(f"{medium.sha256} to come")
    focal = (medium.focal_x, medium.focal_y)
    where = "" if focal == (0.5, 0.5) else f" {focal[0]:g} {focal[1]:g}"
    return Still(rendition.key + where, rendition.key, focal)
