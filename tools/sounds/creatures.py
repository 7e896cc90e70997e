"""Gulls, songbirds, bees and the insects of a warm evening."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tools.sounds.synthesis import RATE, Signal, band, bump, clock, follow, harmonics, line, noise, paint, phase, wander


def gull_cry(rng: np.random.Generator, pitch: float, seconds: float = 0.42) -> Signal:
    """One “kyow” of a herring gull; ``pitch`` is where it is highest, in Hz."""
    at = clock(seconds)
    bend = line(at, (0, 0.62), (0.16 * seconds, 0.98), (0.4 * seconds, 1), (0.75 * seconds, 0.8), (seconds, 0.6))
    hertz = pitch * bend * (1 + 0.012 * wander(rng, seconds, 60))
    voice = harmonics(hertz, [0.5, 0.9, 1.0, 0.8, 0.6, 0.45, 0.32, 0.24, 0.16, 0.12, 0.08])
    rasp = 1 + 0.35 * np.sin(phase(hertz / 12)) * line(at, (0, 0.2), (seconds, 1))
    beak = 1250 + 300 * bend**2

    def throat(t: Signal, f: Signal) -> Signal:
        return 0.15 + bump(f, follow(t, beak), 0.45) + 0.7 * bump(f, 3100, 0.3)

    cry = paint(voice * rasp + 0.25 * band(noise(rng, seconds), 1200, 4000), throat)
    return cry * line(at, (0, 0), (0.04, 1), (0.6 * seconds, 0.8), (seconds, 0))


def whistle(rng: np.random.Generator, notes: Sequence[tuple[float, float, float, float]], seconds: float) -> Signal:
    """A songbird's phrase: notes of (second, length, Hz at the start, Hz at the end), flute-like."""
    phrase = np.zeros(len(clock(seconds)))
    for start, length, first, last in notes:
        at = clock(length)
        hertz = line(at, (0, first), (length, last)) * (1 + 0.004 * np.sin(2 * np.pi * 26 * at + rng.uniform(0, 6)))
        tone = harmonics(hertz, [1.0, 0.10, 0.04])
        swell = line(at, (0, 0), (0.25 * length, 1), (0.7 * length, 0.85), (length, 0))
        begin = round(start * RATE)
        phrase[begin : begin + len(at)] += tone * swell
    return phrase


def bee(rng: np.random.Generator, hertz: Signal) -> Signal:
    """A flying bee; ``hertz`` is the curve of its wing beat, some 230 a second."""
    seconds = len(hertz) / RATE
    unsteady = hertz * (1 + 0.022 * wander(rng, seconds, 9) + 0.02 * wander(rng, seconds, 31))
    wings = harmonics(unsteady, [0.8, 1.0, 0.75, 0.5, 0.42, 0.28, 0.2, 0.16, 0.11, 0.09, 0.06, 0.05, 0.04, 0.03])
    air = band(noise(rng, seconds), 250, 1600) * (0.5 + 0.5 * np.sin(phase(unsteady)))
    return (wings + 0.4 * air) * (1 + 0.16 * wander(rng, seconds, 17))


def cricket(rng: np.random.Generator, hertz: float, beat: tuple[int, float, float], during: Signal) -> Signal:
    """An insect that chirps. ``beat`` is (pulses in a chirp, pulses a second, seconds from chirp to chirp).

    ``during`` is the curve of its loudness; a silent insect keeps its rhythm.
    """
    pulses, rate, pause = beat
    seconds = len(during) / RATE
    at = clock(seconds)
    tempo = at * (1 + 0.01 * wander(rng, seconds, 0.3))
    within = np.mod(tempo + rng.uniform(0, pause), pause)
    number = within * rate
    shape = np.sin(np.pi * np.clip(np.mod(number, 1) / 0.72, 0, 1)) ** 2
    swell = (0.55 + 0.45 * np.minimum(1, number / max(pulses - 1, 1))) * (number < pulses)
    pitch = hertz * (1 - 0.012 * np.mod(number, 1)) * (1 + 0.002 * wander(rng, seconds, 2))
    chirps: Signal = harmonics(pitch, [1.0, 0.06]) * shape * swell * during
    return chirps
