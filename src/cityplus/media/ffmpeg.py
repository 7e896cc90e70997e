"""FFmpeg behind bars (:mod:`cityplus.media.cage`): given one open file and no name of any other, told how to read it.

It gets the file as an open one (``fd:``), which is the one protocol it may use, so nothing in the file can lead it to another.
It does not guess: the one demuxer is named, and only the decoders in ``DECODERS`` are there for it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import imageio_ffmpeg
from django.conf import settings

from cityplus.media import cage, sniffing
from cityplus.media.bounds import FILM_PIXELS, THREADS, Bounds

FLOOR = (8, 1, 3)
"""Older releases have holes that matter for files of strangers (CVE-2026-8461 among them)."""
DECODERS = (
    "h264,hevc,mpeg4,vp8,vp9,libvpx-vp9,av1,libdav1d,prores,mjpeg,png,aac,mp3,mp3float,opus,libopus,vorbis,flac,alac,ac3,eac3,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_u8"
)
"""What cameras, phones and recorders write; FFmpeg has some hundred more, in which most of its holes are found."""
_PROGRESS = re.compile(r"[a-z]\w*=")
_DONE = re.compile(r"out_time_us=(\d+)")
# Anchored, with the spaces that FFmpeg puts before what it says itself: what a file's own title says has more of them.
_LENGTH = re.compile(r"^  Duration: (\d+):(\d+):(\d+\.\d+)", re.MULTILINE)
_STREAM = re.compile(r"^  Stream #0:\d+.*$", re.MULTILINE)
_TURNED = re.compile(r"^ {6,}[Dd]isplay ?[Mm]atrix: rotation of (-?\d+)", re.MULTILINE)
_FRAMES = re.compile(r"frame=\s*(\d+)")


class FfmpegError(RuntimeError):
    """FFmpeg could not do it; the message is its last line."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is: ``seconds`` as its head says, ``reached`` the second at which it ends; the size as it is shown, 0 where
    nothing moves; ``rate`` the frames there are in a second."""

    seconds: float
    reached: float
    width: int
    height: int
    streams: int
    rate: float


def version(path: str) -> tuple[int, ...]:
    """The version of an ffmpeg; (0,) when it does not say one."""
    try:
        out = subprocess.run([path, "-version"], capture_output=True, text=True, timeout=20, check=False).stdout  # noqa: S603
    except OSError:
        return (0,)
    match = re.match(r"ffmpeg version n?(\d+(?:\.\d+)*)", out)
    return tuple(int(part) for part in match[1].split(".")) if match else (0,)


@lru_cache(maxsize=1)
def executable() -> str:
    """The ffmpeg we use: the setting's, else the system's when it is new enough, else the one that came along.

    Raises:
        FfmpegError: the setting names one that is missing or too old.
    """
    chosen: str = settings.CITYPLUS.ffmpeg
    if chosen:
        if version(chosen) < FLOOR:
            raise FfmpegError(f"CITYPLUS_FFMPEG={chosen}: needs version {'.'.join(map(str, FLOOR))} or newer")
        return chosen
    system = shutil.which("ffmpeg")
    if system and version(system) >= FLOOR:
        return system
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def look(path: Path) -> Look:
    """Look into a film or sound, and go through it to its end.

    Raises:
        FfmpegError: it cannot be read.
    """
    bounds = Bounds.now()
    # All of it is copied to nowhere, by which a file that is cut off is found out; its first second is decoded, by which we know
    # that we can.
    streams_of = ("-map", "0:v:0?", "-map", "0:a:0?")
    output = (*streams_of, "-c", "copy", "-f", "null", "-", *streams_of, "-t", "1", "-f", "null", "-")
    frames = 0

    def count(line: str) -> None:
        nonlocal frames
        if found := _FRAMES.match(line):
            frames = int(found[1])

    everything, reached, ended_well = _play(path, output, bounds.for_a_look, bounds, "info", count)
    said, _, _ = everything.partition("\nStream mapping:")  # what follows is of the output
    length, streams = _LENGTH.search(said), _STREAM.findall(said)
    if not ended_well or not streams:
        raise FfmpegError(_last_line(everything.splitlines()))
    hours, minutes, seconds = length.groups() if length else (0, 0, reached)
    moving = [stream for stream in streams if "Video: " in stream and "(attached pic)" not in stream]
    told = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    return Look(told, reached, *_size(said, moving), len(streams), frames / max(reached, 1))


def _size(said: str, moving: list[str]) -> tuple[int, int]:
    """Width and height of the moving picture, 0 where there is none: the cover of a sound does not move."""
    size = re.search(r"(\d{2,5})x(\d{2,5})", moving[0]) if moving else None
    if not size:
        return 0, 0
    width, height = int(size[1]), int(size[2])
    turned = _TURNED.search(said)
    return (height, width) if turned and int(turned[1]) % 180 == 90 else (width, height)


def run(source: Path, options: Sequence[str], target: Path, progress: Callable[[float], None] | None = None) -> None:
    """Make one file from another; ``progress`` is told the seconds done so far.

    Raises:
        FfmpegError: it failed, or reached a limit on time or memory; no target is left behind.
    """
    bounds = Bounds.now()

    def follow(line: str) -> None:
        if progress and (done := _DONE.match(line)):
            progress(int(done[1]) / 1e6)

    nothing_beside = ("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-sn", "-dn")
    output = (*options, *nothing_beside, "-t", str(bounds.seconds), "-threads", str(THREADS), str(target))
    try:
        said, _, ended_well = _play(source, output, bounds.for_work, bounds, "error", follow, [target.parent])
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    if not ended_well:
        target.unlink(missing_ok=True)
        raise FfmpegError(_last_line(said.splitlines()))


def _play(
    source: Path,
    output: Sequence[str],
    limits: cage.Limits,
    bounds: Bounds,
    level: str,
    follow: Callable[[str], None],
    writes: Sequence[Path] = (),
) -> tuple[str, float, bool]:
    """Run FFmpeg over a file; returns what it said, the second it came to, and whether it ended well."""
    sort = sniffing.sniff(source)
    if sort is None or sort.picture:
        raise FfmpegError("it is neither film nor sound")
    first: list[str] = []
    last: deque[str] = deque(maxlen=20)
    reached = 0.0
    with source.open("rb") as file:
        command = [*_reader(file.fileno(), sort.reader, bounds, level), *output]
        with cage.program(command, limits, writes=writes, handles=[file.fileno()]) as tool:
            for line in tool.lines:
                if not _PROGRESS.match(line):
                    (first if len(first) < 2000 else last).append(line[:1000])
                else:
                    follow(line)
                    reached = int(done[1]) / 1e6 if (done := _DONE.match(line)) else reached
    if tool.was_stopped:
        last.append(f"it was ended, for it needs more than {limits.seconds:g} seconds or more memory than we give")
    return "".join([*first, *last]), reached, tool.status == 0 and not tool.was_stopped


def _reader(handle: int, demuxer: str, bounds: Bounds, level: str) -> list[str]:
    return [
        executable(), "-hide_banner", "-loglevel", level, "-nostats", "-nostdin", "-y", "-progress", "pipe:1",
        "-threads", str(THREADS), "-filter_threads", str(THREADS), "-max_alloc", str(bounds.memory // 2),
        "-protocol_whitelist", "fd", "-format_whitelist", demuxer, "-codec_whitelist", DECODERS,
        "-max_pixels", str(FILM_PIXELS), "-max_streams", str(bounds.streams),
        "-f", demuxer, "-fd", str(handle), "-i", "fd:",
    ]  # fmt: skip


def _last_line(lines: Iterable[str]) -> str:
    said = [line.strip() for line in lines if line.strip()]
    return said[-1][:300] if said else "no reason given"
