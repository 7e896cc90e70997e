"""The bounds on files of strangers, from the settings page."""

from __future__ import annotations

import os
from dataclasses import dataclass

from django.conf import settings

from cityplus.media.cage import Limits

MEGA = 1_000_000
FILM_PIXELS = 36 * MEGA
"""Pixels of one frame of a film: 8K, as it is shown or lying on its side."""
FRAME_RATE = 240
"""Frames in a second; who films slow motion has as many."""
THREADS = min(4, os.cpu_count() or 1)
"""Threads of one tool: more take memory without being much faster."""


@dataclass(frozen=True, slots=True)
class Bounds:
    picture_bytes: int
    film_bytes: int
    pixels: int
    frames: int
    seconds: int
    streams: int
    memory: int
    working_seconds: int

    @classmethod
    def now(cls) -> Bounds:
        """As the operator set them."""
        env = settings.CITYPLUS
        return cls(
            picture_bytes=env.media_picture_mb * MEGA,
            film_bytes=env.media_film_mb * MEGA,
            pixels=env.media_megapixels * MEGA,
            frames=env.media_frames,
            seconds=env.media_seconds,
            streams=env.media_streams,
            memory=env.media_memory_mb * MEGA,
            working_seconds=env.media_minutes * 60,
        )

    @property
    def largest(self) -> int:
        return max(self.picture_bytes, self.film_bytes)

    @property
    def for_a_look(self) -> Limits:
        """For finding out what a file is: somebody waits for the answer."""
        return Limits(self.memory, file=0, seconds=60, processor=60)

    @property
    def for_work(self) -> Limits:
        """For making renditions, in a job."""
        return Limits(self.memory, self.film_bytes, self.working_seconds, self.working_seconds * THREADS)
