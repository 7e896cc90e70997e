"""An afternoon in the rose garden of the Westbroekpark."""

from __future__ import annotations

import numpy as np
from tools.sounds.bells import gong
from tools.sounds.creatures import bee, whistle
from tools.sounds.mastering import mastered
from tools.sounds.space import empty, pan, place, reverb
from tools.sounds.synthesis import SECONDS, Signal, band, bump, clock, level, line, noise, paint, wander

SONG = (
    (0.00, 0.26, 2050, 2180),
    (0.34, 0.20, 2620, 2600),
    (0.58, 0.42, 2450, 1900),
    (1.12, 0.15, 3050, 3300),
    (1.30, 0.15, 3300, 3050),
    (1.50, 0.30, 2780, 2300),
)
ANSWER = (
    (0.00, 0.30, 2300, 2250),
    (0.38, 0.24, 2900, 2750),
    (0.70, 0.36, 2100, 2380),
    (1.16, 0.12, 3150, 3400),
    (1.32, 0.22, 2700, 2150),
)
"""Notes of two blackbirds: (second, length, Hz at the start, Hz at the end)."""
BEES = ((212, -0.8, 0.0), (238, 0.75, 0.5), (226, -0.45, 0.15), (251, 0.45, 0.65))
"""Wing beat in Hz, place, and at which part of its rounds the bee begins."""


def compose() -> Signal:
    """0:00 bees left and right, 0:06 a bird and its answer, 0:12 a bee comes close, 0:18 a tram, 0:21 only bees."""
    rng = np.random.default_rng(1961)
    scene = level(_leaves(rng), -42) * line(clock(), (0, 1), (20, 1), (22, 0.6), (24, 0.5))
    scene += level(_bees_about(rng), -27)
    scene += level(_visit(rng), -17.5)
    scene += _birds(rng)
    return mastered(scene + _tram(rng), 0.6, 2.2)


def _bees_about(rng: np.random.Generator) -> Signal:
    """Four bees that keep to their beds of roses: while those on the left are loud, those on the right rest."""
    scene = empty()
    for hertz, side, begins in BEES:
        rounds = 0.42 + 0.58 * np.cos(2 * np.pi * (clock() / 4.6 - begins))
        flight = np.clip(rounds + 0.2 * wander(rng, SECONDS, 0.8), 0.03, 1)
        wings = bee(rng, hertz * (1 + 0.05 * wander(rng, SECONDS, 0.9)))
        scene += pan(band(wings, 120, 2200) * flight, side + 0.2 * wander(rng, SECONDS, 0.5))
    return scene


def _visit(rng: np.random.Generator) -> Signal:
    """One bee that comes to look at the listener and leaves again."""
    at = clock()
    loud = line(at, (11.6, 0), (12.6, 0.25), (14.2, 0.9), (14.9, 0.7), (15.6, 1), (17.2, 0.22), (18.4, 0))
    side = line(at, (11.6, -0.9), (14.2, -0.5), (15.2, 0.35), (16.2, 0.1), (18.4, 0.95))
    hertz = 222 * line(at, (11.6, 1.03), (15.6, 1.02), (16.4, 0.97), (18.4, 0.96))
    wings = bee(rng, hertz * (1 + 0.05 * wander(rng, SECONDS, 1.3)))
    near = loud**2
    return pan((wings * near + band(wings, 100, 900) * (1 - near)) * loud, side)


def _birds(rng: np.random.Generator) -> Signal:
    """One blackbird, and one across the park that answers."""
    here, there = empty(), empty()
    place(here, pan(whistle(rng, SONG, 2.0), -0.3), 6.05)
    place(there, pan(band(whistle(rng, ANSWER, 1.8), 800, 3200), 0.65), 9.1)
    return level(reverb(rng, here, 1.0, 0.25), -23) + level(reverb(rng, there, 1.7, 0.9), -32)


def _tram(rng: np.random.Generator) -> Signal:
    """Two double strokes on the gong, and wheels that are felt more than heard."""
    at = clock()
    bell = empty()
    for second in (18.05, 18.38, 19.2, 19.53):
        place(bell, pan(band(gong(), 300, 3000), 0.45), second)
    rolling = paint(noise(rng), lambda t, f: bump(f, 130, 0.8) + 0.15 * bump(f, 650, 0.6))
    passing = line(at, (16.8, 0), (19.2, 1), (21.4, 0))
    wheels = pan(rolling * passing, line(at, (16.8, 0.75), (21.4, 0.2)))
    return level(reverb(rng, bell, 2.2, 1.0, 2500), -28) + level(wheels, -40)


def _leaves(rng: np.random.Generator) -> Signal:
    """A breath of air in the bushes."""
    sides = [paint(noise(rng), lambda t, f: bump(f, 420, 1.4) + 0.35 * bump(f, 3600, 0.8)) for _ in range(2)]
    return np.stack([side * (0.7 + 0.3 * wander(rng, SECONDS, 0.7)) for side in sides])
