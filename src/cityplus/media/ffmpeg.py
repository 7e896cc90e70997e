"""FFmpeg as a child process: found once, given one local file, no network protocol, bounded in time."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import imageio_ffmpeg
from django.conf import settings

FLOOR = (8, 1, 3)
"""Older releases have holes that matter for files of strangers (CVE-2026-8461 among them)."""
TIMEOUT = 1800
"""Seconds that one run may take."""
_PROGRESS = re.compile(r"[a-z]\w*=")
_DONE = re.compile(r"out_time_us=(\d+)")


class FfmpegError(RuntimeError):
    """FFmpeg could not do it; the message is its last line."""


@dataclass(frozen=True, slots=True)
class Look:
    seconds: float
    width: int
    height: int


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
    """Length and size of a film or sound; a film that is stored lying on its side has the size it is shown in.

    Raises:
        FfmpegError: it cannot be read.
    """
    command = [executable(), "-hide_banner", "-nostdin", "-protocol_whitelist", "file", "-i", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=60, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise FfmpegError("it cannot be read within a minute") from None
    length = re.search(r"Duration: (\d+):(\d+):(\d+\.\d+)", done.stderr)
    if not length:
        raise FfmpegError(_last_line(done.stderr.splitlines()))
    hours, minutes, seconds = length.groups()
    return Look(int(hours) * 3600 + int(minutes) * 60 + float(seconds), *_size(done.stderr))


def _size(said: str) -> tuple[int, int]:
    """Width and height of the moving picture, 0 where there is none: the cover of a sound does not move."""
    streams = [line for line in re.findall(r"Stream #\S+.*Video: .*", said) if "(attached pic)" not in line]
    size = re.search(r"(\d{2,5})x(\d{2,5})", streams[0]) if streams else None
    if not size:
        return 0, 0
    width, height = int(size[1]), int(size[2])
    turned = re.search(r"rotation of (-?\d+)", said)
    return (height, width) if turned and int(turned[1]) % 180 == 90 else (width, height)


def run(source: Path, options: Sequence[str], target: Path, progress: Callable[[float], None] | None = None) -> None:
    """Make one file from another; ``progress`` is told the seconds done so far.

    Raises:
        FfmpegError: it failed or took longer than TIMEOUT; no target is left behind.
    """
    command = [
        executable(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-protocol_whitelist", "file",
        "-i", str(source), *options, "-map_metadata", "-1", "-progress", "pipe:1", str(target),
    ]  # fmt: skip
    complaints: deque[str] = deque(maxlen=20)
    # One pipe for both: of two, the one that nobody reads yet fills up and both sides wait for ever.
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        watchdog = threading.Timer(TIMEOUT, process.kill)
        watchdog.start()
        try:
            for line in process.stdout or ():
                if not _PROGRESS.match(line):
                    complaints.append(line)
                elif progress and (done := _DONE.match(line)):
                    progress(int(done[1]) / 1e6)
        except BaseException:
            process.kill()
            target.unlink(missing_ok=True)
            raise
        finally:
            watchdog.cancel()
    if process.returncode:
        target.unlink(missing_ok=True)
        killed = f"it was ended, for it took longer than {TIMEOUT} seconds or more memory than there is"
        raise FfmpegError(killed if process.returncode == -signal.SIGKILL else _last_line(complaints))


def _last_line(lines: Iterable[str]) -> str:
    said = [line.strip() for line in lines if line.strip()]
    return said[-1][:300] if said else "no reason given"
