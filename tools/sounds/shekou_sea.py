"""The evening sea at Shekou."""

from __future__ import annotations

import numpy as np
from tools.sounds.creatures import cricket
from tools.sounds.mastering import mastered
from tools.sounds.space import echo, empty, pan, place, reverb
from tools.sounds.street import horn
from tools.sounds.synthesis import Signal, band, clock, level, line
from tools.sounds.water import slap, surf_afar

SLAPS = (0.35, 4.2, 8.15, 12.1, 16.0, 19.9)
"""Seconds."""


def compose() -> Signal:
    """0:00 small waves, 0:05 insects high and low, 0:10 a ship's horn, 0:15 closer, denser, 0:20 the horn again."""
    rng = np.random.default_rng(1962)
    scene = level(_waves(rng), -18.5)
    scene += level(surf_afar(rng), -36)
    scene += level(_insects(rng), -27)
    scene += level(_ship(rng), -20)
    return mastered(scene, 0.3, 2.4)


def _waves(rng: np.random.Generator) -> Signal:
    """One about every four seconds; that at 0:16 comes closest."""
    scene = empty()
    for second in SLAPS:
        wave = level(slap(rng), 0.0)
        place(scene, wave * (1.3 if 15 < second < 19 else 0.85), second + rng.uniform(-0.08, 0.08))
    return scene


def _insects(rng: np.random.Generator) -> Signal:
    """One high, one low from 0:05; four more from 0:15."""
    at = clock()
    few = line(at, (4.7, 0), (6.2, 1), (21.5, 1), (24, 0.3))
    many = line(at, (14.3, 0), (16.0, 1), (21.5, 1), (24, 0.3))
    scene = pan(cricket(rng, 4350, (3, 31, 0.46), few), 0.55)
    scene += pan(cricket(rng, 2380, (9, 24, 0.95), few), -0.5)
    for hertz, beat, side in (
        (4620, (4, 33, 0.41), -0.8),
        (4140, (3, 29, 0.52), 0.85),
        (3700, (22, 40, 0.9), 0.1),
        (2520, (8, 23, 1.1), 0.75),
    ):
        scene += pan(0.6 * cricket(rng, hertz, beat, many), side)
    return reverb(rng, scene, 0.8, 0.2)


def _ship(rng: np.random.Generator) -> Signal:
    """A horn at 0:10 and one at 0:20, when the ship is farther out; both come back from the hills."""
    near, far = empty(), empty()
    place(near, pan(band(horn(rng, 98, 3.1), 50, 700), 0.25), 10.0)
    place(far, pan(band(horn(rng, 98, 2.3), 50, 420), 0.5), 20.0)
    harbour = level(near, -20) + level(far, -29)
    return reverb(rng, echo(harbour, 1.35, 9), 4.2, 0.55, 900)
