"""Water and wind."""

from __future__ import annotations

import numpy as np
from tools.sounds.space import empty, pan, place
from tools.sounds.synthesis import RATE, SECONDS, Signal, bump, clock, follow, line, noise, paint, ringing, wander


def _after(t: Signal, rise: float, fall: float) -> Signal:
    """0 before second 0, then a swift rise and a slow fall (time constants in seconds)."""
    late = np.maximum(t, 0)
    return (1 - np.exp(-late / rise)) * np.exp(-late / fall)


def breaker(rng: np.random.Generator, breaks: float, weight: float = 1.0) -> Signal:
    """One wave of the open sea that rolls in, turns over at this second along the beach, and hisses back.

    ``weight`` above 1 makes it deeper and longer. The scene is as long as a soundscape.
    """
    scene = empty()
    for position in np.linspace(-0.9, 0.9, 6):
        turn = breaks + 0.35 * position + rng.uniform(-0.12, 0.12)
        grain = 1 + 0.45 * wander(rng, SECONDS, 22) * line(clock(), (turn, 0), (turn + 1, 1))
        strip = paint(noise(rng), lambda t, f, turn=turn: _surf(t - turn, f, weight))  # type: ignore[misc]
        scene += pan(strip * grain, float(position))
    drops = line(clock(), (breaks, 0), (breaks + 0.5, 1), (breaks + 1.6, 0.8), (breaks + 4 * weight, 0))
    return scene * weight + 0.35 * bubbles(rng, 130 * weight * drops, (500, 3200))


def _surf(t: Signal, f: Signal, weight: float) -> Signal:
    """The spectrum of a breaking wave, ``t`` seconds after it turned over."""
    coming = np.exp(np.minimum(t, 0) / 0.9) * np.exp(-np.maximum(t, 0) / (1.1 * weight))
    roll = 2.2 * bump(f, 95 / weight, 1.1) * coming + 0.25 * bump(f, 320, 1.0) * coming
    crash = 1.0 * bump(f, 520 / weight, 1.2) * _after(t, 0.10, 0.9 * weight)
    brightening = 1500 * 2 ** np.clip(t / 2.2, 0, 1.5)
    foam = 0.62 * bump(f, brightening, 0.95) * _after(t - 0.15, 0.35, 1.5 * weight)
    surf: Signal = roll + crash + foam
    return surf


def slap(rng: np.random.Generator, seconds: float = 3.6) -> Signal:
    """One small wave that claps against a quay, gurgles between the stones and draws back hissing."""
    scene = empty(seconds)
    for hit, strength in ((0.0, 1.0), (rng.uniform(0.22, 0.34), 0.55), (rng.uniform(0.5, 0.75), 0.3)):
        place(scene, pan(strength * _clap(rng), rng.uniform(-0.6, 0.6)), hit)
    hiss = paint(noise(rng, seconds), lambda t, f: bump(f, 2600 + 900 * abs(t), 0.7) * _after(t - 0.5, 0.5, 0.8))
    other = paint(noise(rng, seconds), lambda t, f: bump(f, 3200, 0.8) * _after(t - 0.7, 0.6, 0.7))
    scene += 0.1 * np.stack([hiss + 0.5 * other, 0.5 * hiss + other])
    flow = line(clock(seconds), (0, 0.3), (0.25, 1), (0.9, 0.7), (2.4, 0))
    return scene + 0.5 * bubbles(rng, 60 * flow, (280, 1500))


def _clap(rng: np.random.Generator) -> Signal:
    return paint(
        noise(rng, 1.2),
        lambda t, f: (
            1.6 * bump(f, 190, 0.9) * _after(t - 0.03, 0.02, 0.10)
            + 0.8 * bump(f, 620, 1.0) * _after(t - 0.03, 0.02, 0.13)
            + 0.3 * bump(f, 2200, 1.0) * _after(t - 0.06, 0.04, 0.22)
        ),
    )


def bubbles(rng: np.random.Generator, rate: Signal, hertz: tuple[float, float]) -> Signal:
    """Air that rings under water: ``rate`` bubbles a second (a curve), each a drop of tone in this range of Hz."""
    seconds = len(rate) / RATE
    scene = empty(seconds)
    for sample in np.flatnonzero(rng.random(len(rate)) < rate / RATE):
        pitch = float(np.exp(rng.uniform(*np.log(hertz))))
        drop = ringing([(pitch, rng.exponential(0.3), rng.uniform(12, 45) / pitch)], 0.06)
        place(scene, pan(drop, rng.uniform(-0.95, 0.95)), sample / RATE)
    return scene


def surf_afar(rng: np.random.Generator) -> Signal:
    """The sea where single waves can no longer be told apart."""
    sides = []
    for _ in range(2):
        swell = 0.7 + 0.3 * wander(rng, SECONDS, 0.35)
        sides.append(paint(noise(rng), lambda t, f: bump(f, 260, 1.4) + 0.22 * bump(f, 1500, 1.2)) * swell)
    return np.stack(sides)


def wind(rng: np.random.Generator, strength: Signal) -> Signal:
    """Wind about the ears; ``strength`` (a curve from 0 to 1) makes it louder, higher and more restless."""
    gust = np.clip(strength * (1 + 0.25 * wander(rng, SECONDS, 1.4)), 0, None)
    sides = [_wind(noise(rng), gust, 380 + 260 * gust + 60 * wander(rng, SECONDS, 1.1)) for _ in range(2)]
    return np.stack([side * (1 + 0.3 * strength * wander(rng, SECONDS, 6)) for side in sides])


def _wind(air: Signal, gust: Signal, whistle: Signal) -> Signal:
    def spectrum(t: Signal, f: Signal) -> Signal:
        now = follow(t, gust)
        body = bump(f, 110 + 160 * now, 1.2) * now
        return body + 0.5 * bump(f, follow(t, whistle), 0.22) * now**2 + 0.06 * bump(f, 1800, 1.0) * now**1.5

    return paint(air, spectrum)
