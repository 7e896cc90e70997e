"""Makes the film of a route from the posters and soundscapes of its pack.

    python tools/films.py content/thehague/media/22-destinations.film.yaml
    python tools/films.py --stills /tmp/stills content/thehague/media/22-destinations.film.yaml

The first writes 22-destinations.mp4 beside the storyboard, the second one picture of each scene's start, middle and end.
A storyboard says which poster is seen for how long, and which part of it: `from` and `to` are [left, top, width] in
units of the poster (1600 × 1200), of a view that is always 16:9. `sound` lays pieces of soundscapes under the pictures:
`at` is the film's second, `from` the sound's, `level` in dB. Words are left to the captions.
"""

from __future__ import annotations

import argparse
import io
import math
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import resvg_py
import yaml
from PIL import Image

SIZE = (1280, 720)
FPS = 25
CROSSFADE = 0.6
"""Seconds, half of them before and half after the cut, so that captions cut where the scenes do."""
SOUND_FADE = 1.5
"""Seconds that each piece of sound takes to come and to go."""
POSTER_WIDTH = 1600
RENDERED_WIDTH = 3200
"""Pixels; fine enough for views down to 640 units wide."""
INK = (10, 16, 34)
"""What the last picture fades into."""


class StoryboardError(ValueError):
    """A storyboard that cannot be filmed; the message says where and why."""


@dataclass(frozen=True, slots=True)
class View:
    """The part of a poster that is seen, in its units; 16:9."""

    left: float
    top: float
    width: float

    @classmethod
    def read(cls, numbers: list[float], where: str) -> View:
        view = cls(*numbers)
        if view.left < 0 or view.top < 0 or view.left + view.width > 1600 or view.top + view.width * 9 / 16 > 1200:
            raise StoryboardError(f"{where}: {numbers} reaches over the edge of the poster (1600 × 1200)")
        return view

    def towards(self, other: View, share: float) -> View:
        """The view after this share (0 to 1) of the way. Zooms keep their pace: each second the same factor."""
        width = self.width * (other.width / self.width) ** share
        if abs(other.width - self.width) > 1:
            share = (width - self.width) / (other.width - self.width)
        return View(self.left + (other.left - self.left) * share, self.top + (other.top - self.top) * share, width)


@dataclass(frozen=True, slots=True)
class Scene:
    poster: Path
    start: float
    seconds: float
    first: View
    last: View

    def frame(self, second: float) -> Image.Image:
        """What is seen at this second of the film; the camera sets off and arrives softly, while the scene fades."""
        share = (second - self.start + CROSSFADE / 2) / (self.seconds + CROSSFADE)
        view = self.first.towards(self.last, (1 - math.cos(math.pi * min(max(share, 0), 1))) / 2)
        scale = RENDERED_WIDTH / POSTER_WIDTH
        left, top, width = view.left * scale, view.top * scale, view.width * scale
        box = (left, top, left + width, top + width * 9 / 16)
        return _drawn(self.poster).resize(SIZE, Image.Resampling.LANCZOS, box=box)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a soundscape; times in seconds, level in dB."""

    file: Path
    at: float
    start: float
    seconds: float
    level: float

    def filter(self, stream: int) -> str:
        """The words by which ffmpeg cuts it out, fades it and puts it in its place."""
        return (
            f"[{stream}:a]atrim=start={self.start}:duration={self.seconds},asetpts=PTS-STARTPTS,"
            f"afade=t=in:d={SOUND_FADE},afade=t=out:st={self.seconds - SOUND_FADE}:d={SOUND_FADE},"
            f"volume={self.level}dB,adelay={round(self.at * 1000)}:all=1[piece{stream}]"
        )


@dataclass(frozen=True, slots=True)
class Storyboard:
    film: Path
    scenes: tuple[Scene, ...]
    pieces: tuple[Piece, ...]

    @classmethod
    def read(cls, path: Path) -> Storyboard:
        """Read ``<name>.film.yaml``; posters and sounds lie beside it.

        Raises:
            StoryboardError: a key is missing, a view leaves its poster, or a file is not there.
        """
        said: Mapping[str, Any] = yaml.safe_load(path.read_text("utf-8"))
        scenes: list[Scene] = []
        try:
            for number, scene in enumerate(said["scenes"], start=1):
                where = f"{path.name}, scene {number}"
                start = scenes[-1].start + scenes[-1].seconds if scenes else 0.0
                views = View.read(scene["from"], where), View.read(scene["to"], where)
                scenes.append(Scene(path.parent / scene["picture"], start, scene["seconds"], *views))
            pieces = tuple(
                Piece(path.parent / p["file"], p["at"], p["from"], p["seconds"], p["level"]) for p in said["sound"]
            )
        except KeyError as error:
            raise StoryboardError(f"{path.name}: {error.args[0]} must be said") from None
        for file in [*(s.poster for s in scenes), *(p.file for p in pieces)]:
            if not file.exists():
                raise StoryboardError(f"{path.name}: {file.name} is not in {path.parent}")
        return cls(path.with_name(path.name.removesuffix(".film.yaml") + ".mp4"), tuple(scenes), pieces)

    @property
    def seconds(self) -> float:
        return self.scenes[-1].start + self.scenes[-1].seconds

    def frames(self) -> Iterator[Image.Image]:
        """Every picture of the film, in order."""
        for number in range(round(self.seconds * FPS)):
            yield self.frame(number / FPS)

    def frame(self, second: float) -> Image.Image:
        """The film's picture at this second: one scene, or two that fade into each other."""
        number = max(i for i, scene in enumerate(self.scenes) if scene.start <= second + 1e-6)
        scene = self.scenes[number]
        since, left = second - scene.start, scene.start + scene.seconds - second
        picture = scene.frame(second)
        if number and since < CROSSFADE / 2:
            return Image.blend(self.scenes[number - 1].frame(second), picture, _soft(0.5 + since / CROSSFADE))
        if scene is self.scenes[-1]:
            return Image.blend(Image.new("RGB", SIZE, INK), picture, _soft(left / CROSSFADE))
        if left < CROSSFADE / 2:
            return Image.blend(self.scenes[number + 1].frame(second), picture, _soft(0.5 + left / CROSSFADE))
        return picture


def _soft(share: float) -> float:
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


@lru_cache(maxsize=3)
def _drawn(poster: Path) -> Image.Image:
    """A poster in pixels. Three are kept: the one that is seen and its neighbours."""
    png = resvg_py.svg_to_bytes(svg_path=str(poster), width=RENDERED_WIDTH, skip_system_fonts=True)
    return Image.open(io.BytesIO(png)).convert("RGB")


def film(board: Storyboard) -> None:
    """Write the film: H.264 and AAC in an MP4 that can start playing before it has been fetched whole."""
    pieces = board.pieces
    mix = "".join(f"[piece{n}]" for n in range(1, len(pieces) + 1))
    sound = [piece.filter(n) for n, piece in enumerate(pieces, start=1)]
    sound.append(f"{mix}amix=inputs={len(pieces)}:normalize=0,apad,atrim=duration={board.seconds}[sound]")
    colours = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams=color_primaries=bt709:color_trc=bt709"
    picture = f"[0:v]{colours}[picture]"
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIZE[0]}x{SIZE[1]}", "-r", str(FPS), "-i", "pipe:0",
        *(word for piece in pieces for word in ("-i", str(piece.file))),
        "-filter_complex", ";".join([picture, *sound]), "-map", "[picture]", "-map", "[sound]",
        # Flat shapes need fewer bits than grain does (crf 21 without the tuning is a third larger and looks the same);
        # dark, smooth skies need more, or they fall into bands.
        "-c:v", "libx264", "-crf", "23", "-preset", "slow", "-tune", "animation",
        "-x264-params", "aq-mode=3:aq-strength=0.6:psy-rd=0.2,0",
        "-c:a", "aac", "-b:a", "128k", "-ar", "44100", "-fflags", "+bitexact", "-flags", "+bitexact",
        "-movflags", "+faststart", str(board.film),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None  # noqa: S101  (a pipe was asked for)
        for frame in board.frames():
            encoder.stdin.write(frame.tobytes())
        encoder.stdin.close()
        if encoder.wait():
            raise subprocess.CalledProcessError(encoder.returncode, command)


def stills(board: Storyboard, folder: Path) -> None:
    """Write a PNG of the start, the middle and the end of each scene, to judge movement and cross-fades."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, scene in enumerate(board.scenes, start=1):
        for moment, second in ((1, 0.0), (2, scene.seconds / 2), (3, scene.seconds - CROSSFADE / 2)):
            board.frame(scene.start + second).save(folder / f"{number:02}-{moment}.png")


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the film of a route from its storyboard.")
    parser.add_argument("storyboards", nargs="+", type=Path, metavar="name.film.yaml")
    parser.add_argument("--stills", type=Path, metavar="folder", help="write stills in here instead of the film")
    asked = parser.parse_args()
    for path in asked.storyboards:
        try:
            board = Storyboard.read(path)
        except (OSError, StoryboardError) as error:
            parser.error(str(error))
        if asked.stills:
            stills(board, asked.stills / path.name.removesuffix(".film.yaml"))
        else:
            film(board)
            print(f"{board.film}: {board.seconds:g} s, {board.film.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
