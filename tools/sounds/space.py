"""Putting sounds somewhere: left and right, near and far, in the open or between walls."""

from __future__ import annotations

import numpy as np
from tools.sounds.synthesis import SECONDS, Signal, band, noise, paint, span

SOUND_SPEED = 343.0
"""Metres in a second, in air at 20 °C."""


def empty(seconds: float = SECONDS) -> Signal:
    """A scene in which nothing sounds yet."""
    return np.zeros((2, span(seconds)))


def pan(signal: Signal, position: Signal | float) -> Signal:
    """One channel as two, from −1 (left) to 1 (right), equally loud everywhere."""
    angle = (np.clip(position, -1, 1) + 1) * np.pi / 4
    return np.stack([signal * np.cos(angle), signal * np.sin(angle)])


def place(scene: Signal, sound: Signal, at: float) -> None:
    """Add a sound of two channels to the scene from this second on; what goes past the end is cut off."""
    start = span(at)
    room = scene.shape[1] - start
    scene[:, start : start + sound.shape[1]] += sound[:, : max(room, 0)]


def passing(at: Signal, nearest: float, speed: float, distance: float) -> tuple[Signal, Signal, Signal]:
    """Someone goes past: how loud, where, and by which factor the pitch is shifted, at each second.

    ``nearest`` is the second of the least ``distance`` (m); ``speed`` (m/s) is negative from right to left.
    """
    along = (at - nearest) * speed
    metres = np.hypot(along, distance)
    approach = -along * speed / metres
    return distance / metres, 0.95 * along / metres, SOUND_SPEED / (SOUND_SPEED - approach)


def reverb(rng: np.random.Generator, scene: Signal, seconds: float, wet: float, dullness: float = 3000) -> Signal:
    """The scene with its echo off many walls: ``seconds`` until 60 dB are lost, less above ``dullness`` Hz.

    ``wet`` is how loud the echo is beside the sound. The scene keeps its length.
    """
    size = scene.shape[1] + span(seconds)
    out = scene.copy()
    for channel in range(2):
        walls = paint(noise(rng, seconds), lambda t, f: 10 ** (-3 * np.maximum(t, 0) * (1 + f / dullness) / seconds))
        walls[: span(0.012)] *= np.linspace(0, 1, span(0.012))
        walls /= np.sqrt(np.sum(walls**2))
        # Some of the other side comes back too: walls do not know left from right.
        source = 0.75 * scene[channel] + 0.25 * scene[1 - channel]
        echo = np.fft.irfft(np.fft.rfft(source, size) * np.fft.rfft(walls, size), size)
        out[channel] += wet * echo[: scene.shape[1]]
    return out


def echo(scene: Signal, delay: float, loss: float) -> Signal:
    """The scene and one answer from afar: ``delay`` seconds later, ``loss`` dB softer, from the other side."""
    out = scene.copy()
    shift = span(delay)
    out[:, shift:] += 10 ** (-loss / 20) * band(scene[::-1], 20, 900)[:, : scene.shape[1] - shift]
    return out
