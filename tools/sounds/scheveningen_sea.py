"""The sea below the Pier of Scheveningen."""

from __future__ import annotations

import numpy as np
from tools.sounds.creatures import gull_cry
from tools.sounds.mastering import mastered
from tools.sounds.space import empty, pan, place, reverb
from tools.sounds.synthesis import Signal, band, clock, level, line
from tools.sounds.water import breaker, surf_afar, wind

FAR_CRIES = ((10.1, 820, 0.40, -0.7), (10.75, 850, 0.40, -0.62), (11.4, 800, 0.45, -0.5))
NEAR_CRIES = (
    (12.5, 900, 0.50, -0.15),
    (13.05, 960, 0.36, -0.02),
    (13.45, 980, 0.34, 0.1),
    (13.85, 950, 0.36, 0.22),
    (14.35, 860, 0.55, 0.35),
)
"""(second, highest pitch in Hz, length in seconds, place)."""


def compose() -> Signal:
    """0:00 a wave, 0:06 the wind swells, 0:10 a gull far off, then overhead, 0:16 a heavier wave, 0:21 only wind."""
    rng = np.random.default_rng(382)
    at = clock()
    weather = line(at, (0, 0.35), (5.5, 0.4), (7.8, 1), (10.2, 0.45), (15, 0.4), (20, 0.5), (22, 0.62), (24, 0.55))
    scene = level(breaker(rng, 2.0), -19)
    scene += level(breaker(rng, 9.2, 0.7), -31) + level(breaker(rng, 12.9, 0.6), -33)
    scene += level(breaker(rng, 16.3, 1.35), -14.5)
    scene += level(wind(rng, weather), -23)
    scene += level(surf_afar(rng), -34) * line(at, (0, 1), (20, 1), (22.5, 0.4), (24, 0.3))
    return mastered(scene + _gull(rng), 0.5, 1.6)


def _gull(rng: np.random.Generator) -> Signal:
    far, near = empty(), empty()
    for second, hertz, seconds, side in FAR_CRIES:
        place(far, pan(band(gull_cry(rng, hertz, seconds), 400, 2200), side), second)
    for second, hertz, seconds, side in NEAR_CRIES:
        place(near, pan(gull_cry(rng, hertz, seconds), side), second)
    return level(reverb(rng, far, 1.2, 0.6), -32) + level(reverb(rng, near, 0.7, 0.12), -21.5)
