"""Making and colouring signals: noise, curves, tones, ringing bodies, filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float64]
"""Samples of one channel, of shape (n,), or of two, of shape (2, n)."""

RATE = 44_100
"""Samples in a second."""
SECONDS = 24.0
"""Length of every soundscape."""

_FRAME = 2048
_HOP = _FRAME // 4


def span(seconds: float) -> int:
    """The number of samples in so many seconds."""
    return round(seconds * RATE)


def clock(seconds: float = SECONDS) -> Signal:
    """The second at which each sample stands."""
    return np.arange(span(seconds)) / RATE


def noise(rng: np.random.Generator, seconds: float = SECONDS) -> Signal:
    """White noise with a mean square of one."""
    return rng.standard_normal(span(seconds))


def line(at: Signal, *points: tuple[float, float]) -> Signal:
    """A curve through (second, value) points that leaves and enters each of them level."""
    seconds = np.array([p[0] for p in points])
    values = np.array([p[1] for p in points])
    left = np.clip(np.searchsorted(seconds, at, side="right") - 1, 0, len(points) - 2)
    way = np.clip((at - seconds[left]) / (seconds[left + 1] - seconds[left]), 0, 1)
    curve: Signal = values[left] + (values[left + 1] - values[left]) * way * way * (3 - 2 * way)
    return curve


def wander(rng: np.random.Generator, seconds: float, rate: float) -> Signal:
    """A curve that strolls between −1 and 1 and changes its mind ``rate`` times a second."""
    count = int(seconds * rate) + 3
    stations = np.arange(count) / rate
    return line(clock(seconds), *zip(stations.tolist(), rng.uniform(-1, 1, count).tolist(), strict=True))


def follow(seconds: Signal, curve: Signal) -> Signal:
    """What a curve says at other seconds than its own samples'."""
    return np.interp(seconds, np.arange(len(curve)) / RATE, curve)


def phase(hertz: Signal) -> Signal:
    """The angle in radians that a tone of this changing frequency has reached."""
    return 2 * np.pi * np.cumsum(hertz) / RATE


def harmonics(hertz: Signal, levels: Iterable[float]) -> Signal:
    """A tone with overtones; the first level is the fundamental's. What is too high to be heard is left out."""
    angle = phase(hertz)
    tone = np.zeros_like(angle)
    for number, level in enumerate(levels, start=1):
        tone += np.where(number * hertz < 0.4 * RATE, level * np.sin(number * angle), 0)
    return tone


def ringing(partials: Sequence[tuple[float, float, float]], seconds: float) -> Signal:
    """A struck body: each partial is (Hz, level, seconds until it has lost 60 dB)."""
    at = clock(seconds)
    body = np.zeros_like(at)
    for hertz, level, fall in partials:
        body += level * np.sin(2 * np.pi * hertz * at) * 10 ** (-3 * at / fall)
    return body * np.minimum(1, at / 0.0008)


def band(signal: Signal, low: float, high: float, order: int = 2) -> Signal:
    """What lies between two frequencies, with slopes of 6 dB per octave and order; the phase is kept."""
    spectrum = np.fft.rfft(signal)
    hertz = np.maximum(np.fft.rfftfreq(signal.shape[-1], 1 / RATE), 1e-3)
    gain = 1 / np.sqrt((1 + (low / hertz) ** (2 * order)) * (1 + (hertz / high) ** (2 * order)))
    return np.fft.irfft(spectrum * gain, signal.shape[-1])


def bump(hertz: Signal, centre: Signal | float, octaves: float) -> Signal:
    """A soft hill over the frequencies: 1 at its centre, 0.6 so many octaves beside it."""
    return np.exp(-0.5 * (np.log2(np.maximum(hertz, 1) / centre) / octaves) ** 2)


def paint(signal: Signal, gain: Callable[[Signal, Signal], Signal]) -> Signal:
    """The signal with its spectrum repainted as time goes by.

    ``gain`` is asked once, with the seconds as a column and the frequencies as a row, and answers with a
    factor for each pair. Changes faster than about 20 ms are smeared.
    """
    length = len(signal)
    padded = np.pad(signal, (_FRAME, _FRAME + _HOP))
    window = np.hanning(_FRAME + 1)[:-1]
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FRAME)[::_HOP] * window
    seconds = (np.arange(len(frames)) * _HOP - _FRAME / 2) / RATE
    hertz = np.arange(_FRAME // 2 + 1) * RATE / _FRAME
    painted = np.fft.irfft(np.fft.rfft(frames) * gain(seconds[:, None], hertz[None, :]), _FRAME) * window / 1.5
    out = np.zeros((len(frames) + 3) * _HOP)
    for quarter in range(4):
        part = painted[:, quarter * _HOP : (quarter + 1) * _HOP].ravel()
        out[quarter * _HOP : quarter * _HOP + len(part)] += part
    return out[_FRAME : _FRAME + length]


def level(signal: Signal, decibels: float) -> Signal:
    """The signal so loud that its loudest 50 ms have this root mean square, in dB below full scale."""
    power = np.mean(np.atleast_2d(signal) ** 2, axis=0)
    sums = np.concatenate([[0.0], np.cumsum(power)])
    width = min(span(0.05), len(power))
    loudest = float(np.sqrt(np.max(sums[width:] - sums[:-width]) / width))
    return signal * (10 ** (decibels / 20) / max(loudest, 1e-12))
