"""From a finished scene to a file: loudness, peaks, fades, and the spectrogram to look at."""

from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image
from tools.sounds.synthesis import RATE, Signal, band, clock, line, span

LOUDNESS = -20.0
"""What listeners get, in LUFS."""
PEAK = -3.0
"""No sample is louder, in dB below full scale."""


def loudness(scene: Signal) -> float:
    """The integrated loudness of a scene in LUFS, after ITU-R BS.1770-4."""
    hertz = np.arange(scene.shape[1] // 2 + 1) * RATE / scene.shape[1]
    weighted = np.fft.irfft(np.fft.rfft(scene) * _k_weighting(hertz), scene.shape[1])
    power = np.sum(weighted**2, axis=0)
    sums = np.concatenate([[0.0], np.cumsum(power)])
    starts = np.arange(0, scene.shape[1] - span(0.4), span(0.1))
    blocks = np.maximum((sums[starts + span(0.4)] - sums[starts]) / span(0.4), 1e-12)
    loud = blocks[_lufs(blocks) > -70]
    return float(_lufs(np.mean(loud[_lufs(loud) > _lufs(np.mean(loud)) - 10])))


def _lufs(power: Signal) -> Signal:
    return -0.691 + 10 * np.log10(power)


def _k_weighting(hertz: Signal) -> Signal:
    """The standard's two filters in the analogue domain: a shelf of 4 dB for the head, a cut below 38 Hz."""
    s = 1j * np.maximum(hertz, 1e-3)
    low, shelf = 38.135, 1681.97
    cut = s**2 / (s**2 + s * low / 0.5003 + low**2)
    high, mid = 10 ** (3.99984 / 20), 10 ** (3.99984 / 20 * 0.49967)
    head = (high * s**2 + mid * s * shelf / 0.70718 + shelf**2) / (s**2 + s * shelf / 0.70718 + shelf**2)
    return np.abs(cut * head)


def limited(scene: Signal, peak: float = PEAK) -> Signal:
    """The scene with its peaks held below ``peak`` (dB): turned down 5 ms ahead and back up as slowly."""
    ceiling = 10 ** (peak / 20)
    reach = span(0.005)
    need = np.minimum(1, ceiling / np.maximum(np.max(np.abs(scene), axis=0), 1e-9))
    ahead = np.lib.stride_tricks.sliding_window_view(np.pad(need, reach, constant_values=1), 2 * reach + 1)
    window = np.hanning(2 * reach + 3)[1:-1]
    gain = np.convolve(np.pad(ahead.min(axis=1), reach, mode="edge"), window / window.sum(), mode="valid")
    return scene * gain


def mastered(scene: Signal, fade_in: float, fade_out: float) -> Signal:
    """The scene with gentle ends (seconds), at the loudness that all soundscapes share, give or take a decibel.

    What is limited or left below the peak is brought up to it.
    """
    at = clock(scene.shape[1] / RATE)
    end = float(at[-1])
    ends = line(at, (0, 0), (fade_in, 1)) * line(at, (end - fade_out, 1), (end, 0))
    ready = band(scene, 30, 17_000) * ends
    for _ in range(4):
        ready = limited(ready * 10 ** ((LOUDNESS - loudness(ready)) / 20))
    return ready * (10 ** (PEAK / 20) / float(np.max(np.abs(ready))))


def write(scene: Signal, path: Path, title: str) -> None:
    """Write a scene as FLAC of 16 bits. Rounding is hidden under the faintest noise, the same at each run."""
    rng = np.random.default_rng(0)
    dither = rng.random(scene.shape) - rng.random(scene.shape)
    samples = np.clip(np.round(scene * 32767 + dither), -32768, 32767).astype("<i2")
    subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y",
            "-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0",
            "-fflags", "+bitexact", "-flags:a", "+bitexact", "-compression_level", "12",
            "-metadata", f"title={title}", "-metadata", "comment=Made by code, not a recording", str(path),
        ],
        input=samples.T.tobytes(),
        check=True,
    )  # fmt: skip


def picture(scene: Signal, path: Path) -> None:
    """Draw a spectrogram: left above right, a mark each second, 40 Hz to 16 kHz in octaves, 80 dB deep."""
    rows = np.geomspace(16_000, 40, 318)
    halves = []
    for channel in scene:
        frames = np.lib.stride_tricks.sliding_window_view(np.pad(channel, 2048), 4096)
        spectra = np.abs(np.fft.rfft(frames[np.linspace(0, len(frames) - 1, 1200).astype(int)] * np.hanning(4096)))
        decibels = 20 * np.log10(spectra / 1024 + 1e-9)
        halves.append(np.clip((decibels[:, (rows * 4096 / RATE).astype(int)].T + 90) / 80, 0, 1))
    grey = np.vstack([halves[0], np.ones((4, 1200)), halves[1]])
    seconds = scene.shape[1] / RATE
    grey[:, (np.arange(1, seconds) * 1200 / seconds).astype(int)] += 0.12
    Image.fromarray((np.clip(grey, 0, 1) * 255).astype(np.uint8)).save(path)
