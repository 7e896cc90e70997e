"""A pedestrian crossing in Huaqiangbei."""

from __future__ import annotations

import numpy as np
from tools.sounds.mastering import mastered
from tools.sounds.space import empty, pan, place, reverb
from tools.sounds.street import scooter, snap, tape, tick, traffic, trolley, voice
from tools.sounds.synthesis import SECONDS, Signal, band, clock, level, line

SLOW, FAST = 1.0, 0.17
"""Seconds from knock to knock: wait, and walk."""


def compose() -> Signal:
    """0:00 slow ticks, voices, 0:05 a trolley, 0:10 fast ticks, a scooter, 0:16 tape, 0:20 slow ticks, it fades."""
    rng = np.random.default_rng(1988)
    at = clock()
    scene = level(_signal(), -24)
    scene += level(_crowd(rng), -28.5)
    scene += level(traffic(rng, SECONDS), -33)
    passes = line(at, (4.6, 0), (5.2, 1), (9.6, 1), (11.5, 0.12), (19.2, 0.0))
    leaves = line(at, (18.9, 0), (20.2, 1), (22, 0.6), (24, 0.1))
    scene += level(trolley(rng, SECONDS, 7.4, 1.5) * passes, -19)
    scene += level(trolley(rng, SECONDS, 18.9, 1.1) * leaves, -23)
    rides = line(at, (9.8, 0), (10.4, 1), (15.2, 1), (16, 0))
    scene += level(scooter(rng, SECONDS, 12.7) * rides, -20.5)
    return mastered(reverb(rng, scene + _packing(rng), 1.1, 0.22), 0.4, 2.6)


def _signal() -> Signal:
    """The knocks, slow until 0:10, fast until 0:20, slow again."""
    seconds = [*np.arange(0.2, 9.9, SLOW), *np.arange(10.0, 19.95, FAST), *np.arange(20.2, 23.9, SLOW)]
    scene = empty()
    for second in seconds:
        place(scene, pan(tick(), 0.25), second)
    return scene


def _crowd(rng: np.random.Generator) -> Signal:
    """Voices so far off, and so many, that no word comes through."""
    scene = empty()
    for number in range(11):
        speech = voice(rng, SECONDS, rng.uniform(105, 145) if number % 2 else rng.uniform(180, 250))
        scene += pan(level(speech, -20 - rng.uniform(0, 9)), rng.uniform(-0.9, 0.9))
    dull = np.stack([band(channel, 180, 2100, 1) for channel in scene])
    return reverb(rng, dull, 1.4, 0.8, 2500)


def _packing(rng: np.random.Generator) -> Signal:
    """One long pull of tape, a rest, a shorter one, and the cut."""
    scene = empty()
    for second, seconds in ((16.05, 1.55), (18.3, 1.05)):
        place(scene, pan(tape(rng, seconds), -0.4), second)
    strips = level(scene, -23.5)
    place(strips, pan(level(snap(rng), -27), -0.4), 19.42)
    return strips
