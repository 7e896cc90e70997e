"""Bronze: the bells of a tower and the gong of a tram."""

from __future__ import annotations

import numpy as np
from tools.sounds.synthesis import Signal, band, clock, noise, ringing

PARTIALS = (
    (0.5, 0.40, 1.00),  # hum
    (1.0, 0.45, 0.55),  # prime
    (1.2, 0.55, 0.60),  # tierce: the minor third that makes a bell a bell
    (1.5, 0.10, 0.30),  # quint
    (2.0, 1.00, 0.32),  # nominal: an octave above the note that is heard
    (2.51, 0.16, 0.20),
    (2.66, 0.14, 0.18),
    (3.01, 0.50, 0.20),  # duodecime
    (4.17, 0.30, 0.13),  # double octave, a little wide, as in all bells
    (5.43, 0.16, 0.08),
    (6.80, 0.10, 0.06),
    (8.21, 0.06, 0.04),
)
"""Frequency beside the prime, level, and how long it rings beside the hum."""


def bell(rng: np.random.Generator, hertz: float, force: float = 1.0) -> Signal:
    """One stroke on a tower bell with this strike note (Hz). ``force`` below 1 is softer and darker.

    No bell is perfectly round: each partial is a pair a fraction of a hertz apart, and they beat.
    """
    hum = 34 * (220 / hertz) ** 0.5
    depth = (440 / hertz) ** 0.35
    partials: list[tuple[float, float, float]] = []
    for number, (ratio, loud, ring) in enumerate(PARTIALS):
        strength = loud * force ** (1 + 0.12 * number) * (depth if ratio < 2 else 1)
        split = hertz * ratio * rng.uniform(0.0002, 0.0007)
        partials.append((hertz * ratio - split / 2, 0.62 * strength, hum * ring))
        partials.append((hertz * ratio + split / 2, 0.38 * strength, hum * ring * 0.9))
    seconds = min(hum, 20.0)
    at = clock(seconds)
    clapper = band(noise(rng, 0.08), 1800, 7000) * np.exp(-clock(0.08) / 0.007)
    stroke = ringing(partials, seconds) * np.minimum(1, at / 0.0015)
    stroke[: len(clapper)] += 0.35 * force * force * clapper
    ended: Signal = stroke * np.minimum(1, (seconds - at) / 0.5)
    return ended


def gong() -> Signal:
    """One stroke on the small gong under a tram."""
    partials = (
        (1046, 0.6, 1.7),
        (1051, 0.4, 1.5),
        (2110, 1.0, 1.0),
        (2121, 0.5, 0.9),
        (3390, 0.6, 0.6),
        (5170, 0.35, 0.3),
    )
    return ringing(partials, 1.8)
