"""The job that makes renditions, and the subscriber that asks for it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from cityplus import jobs, journal
from cityplus.journal.models import Entry
from cityplus.media import ffmpeg, pictures, store
from cityplus.media.errors import MediumError
from cityplus.media.holding import rely_on
from cityplus.media.models import Medium, Rendition
from cityplus.media.pictures import Made, Prints
from cityplus.media.probe import SVG
from cityplus.media.sniffing import sniff

HEIGHTS = (480, 720)
"""Film heights in pixels; a film that is lower than the lowest keeps its own."""
FILM = (
    "-map", "0:v:0", "-map", "0:a:0?", "-fpsmax", "60", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p",
    "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart",
)  # fmt: skip
SOUNDS = (
    ("audio/ogg", ".opus", ("-vn", "-map", "0:a:0", "-c:a", "libopus", "-b:a", "64k")),
    ("audio/mp4", ".m4a", ("-vn", "-map", "0:a:0", "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart")),
)


@dataclass(slots=True)
class Outcome:
    """What browsers get of a medium, on its way into the rows."""

    colour: str = ""
    first_paint: str = ""
    rows: list[Rendition] = field(default_factory=list)

    def take(self, medium: Medium, made: Made) -> None:
        """Move a file that was made into the store."""
        size = made.path.stat().st_size
        key = store.move_in(made.path, f"renditions/{medium.sha256[:16]}/{made.path.name}")
        self.rows.append(
            Rendition(
                medium=medium, content_type=made.content_type, width=made.width, height=made.height, bytes=size, key=key
            )
        )

    def take_prints(self, medium: Medium, prints: Prints) -> None:
        self.colour, self.first_paint = prints.colour, prints.first_paint
        for made in prints.files:
            self.take(medium, made)


@journal.subscribe("media.renditions", "medium.added", "medium.replaced")
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
        outcome = makers[Medium.Kind(medium.kind)](medium, source, bench)
    with transaction.atomic():
        rely_on(row.key for row in outcome.rows)
        journal.queue_up()  # before the row, as whoever describes a medium does
        if not Medium.objects.select_for_update().filter(pk=medium_id, sha256=medium.sha256).exists():
            return  # it was replaced meanwhile; the job of the new bytes makes theirs
        Rendition.objects.filter(medium=medium).delete()
        Rendition.objects.bulk_create(outcome.rows)
        Medium.objects.filter(pk=medium_id).update(colour=outcome.colour, first_paint=outcome.first_paint)
        journal.record("medium.rendered", medium, handle=medium.owner.handle, files=len(outcome.rows))


def _tell(done: float, of: float) -> None:
    jobs.report(round(100 * done / max(of, 1)))


def _picture(medium: Medium, source: Path, bench: Path) -> Outcome:
    outcome = Outcome()
    if medium.content_type == SVG:
        prints = pictures.draw(source, bench, _tell)
    else:
        sort = sniff(source)
        if sort is None:
            raise MediumError(f"{medium.name}: the original is no picture any more")
        prints = pictures.make(source, sort, bench, _tell)
    outcome.take_prints(medium, prints)
    return outcome


def _film(medium: Medium, source: Path, bench: Path) -> Outcome:
    outcome = Outcome()
    outcome.take_prints(medium, pictures.poster(_frame(medium, source, bench / "frame.png"), bench))
    heights = [h for h in HEIGHTS if h <= medium.height] or [medium.height - medium.height % 2]
    for index, height in enumerate(heights):
        path = bench / f"{height}.mp4"

        def tell(seconds: float, index: int = index) -> None:
            _tell(index + min(1, seconds / max(medium.seconds, 1)), len(heights))

        ffmpeg.run(source, ("-vf", f"scale=-2:{height}", *FILM), path, tell)
        outcome.take(medium, Made(path, "video/mp4", round(medium.width * height / medium.height), height))
    return outcome


def _frame(medium: Medium, source: Path, target: Path) -> Path:
    """A picture of the film at a tenth of its length, or its first one: its pictures may end long before its sound."""
    width = f"scale='min({pictures.POSTER_WIDTH},iw)':-1"
    for moment in (medium.seconds / 10, 0):
        with contextlib.suppress(ffmpeg.FfmpegError):
            ffmpeg.run(source, ("-map", "0:v:0", "-ss", f"{moment:.2f}", "-frames:v", "1", "-vf", width), target)
        if target.exists():
            return target
    raise ffmpeg.FfmpegError(f"{medium.name} has no picture that could be its poster")


def _sound(medium: Medium, source: Path, bench: Path) -> Outcome:
    outcome = Outcome()
    for content_type, suffix, options in SOUNDS:
        path = bench / f"sound{suffix}"
        ffmpeg.run(source, options, path)
        outcome.take(medium, Made(path, content_type))
        _tell(len(outcome.rows), len(SOUNDS))
    return outcome
