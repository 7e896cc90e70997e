"""Bells above the Grote Kerk: a short tune of our own for a carillon."""

from __future__ import annotations

import numpy as np
from tools.sounds.bells import bell
from tools.sounds.mastering import mastered
from tools.sounds.space import empty, pan, place, reverb
from tools.sounds.synthesis import SECONDS, Signal, bump, level, noise, paint, wander

CENTS = {"A": 0, "B": 193, "C": 310, "D": 503, "E": 697, "F#": 890, "G": 1007}
"""Above A, in quarter-comma meantone, as the Hemony brothers tuned their bells."""
BEAT = 0.78
"""Seconds."""
DESCENT = "E6 1 D6 ½ C6 ½ D6 1 C6 ½ B5 ½ C6 1 B5 ½ A5 ½ G5 1 E5 2"
CLIMB = "A4 1 B4 ½ C5 ½ D5 1 C5 ½ D5 ½ E5 1 F#5 ½ G5 ½ A5 ½ B5 ½ C6 ½ D6 ½ E6 1"
"""Notes, each with its beats."""
UNDER = ((7.12, "A4"), (9.46, "E4"), (11.0, "A3"), (12.56, "G4"), (14.12, "C4"), (15.68, "D4"))
"""Lower bells beneath the tune: (second, note)."""
CHORD = ("A3", "E4", "A4", "C5", "E5", "A5", "C6", "E6")


def compose() -> Signal:
    """0:00 one deep bell, 0:04 a tune that descends, 0:11 the answer climbs, 0:18 a chord, 0:21 it rings on."""
    rng = np.random.default_rng(1541)
    tower = empty()

    def strike(second: float, name: str, force: float) -> None:
        hertz = pitch(name)
        side = float(np.clip(0.28 * np.log2(hertz / 500), -0.45, 0.55))
        place(tower, pan(bell(rng, hertz, force), side), second)

    strike(0.15, "A3", 1.0)
    for begin, tune, force in ((4.0, DESCENT, 0.62), (11.0, CLIMB, 0.7)):
        second, words = begin, tune.split()
        for name, beats in zip(words[::2], words[1::2], strict=True):
            strike(second + rng.uniform(-0.012, 0.012), name, force * rng.uniform(0.88, 1.08))
            second += BEAT * (0.5 if beats == "½" else int(beats))
    for second, name in UNDER:
        strike(second, name, 0.45)
    for number, name in enumerate(CHORD):
        strike(18.02 + 0.022 * number, name, 0.62)
    square = reverb(rng, tower, 2.6, 0.3, 3500)
    return mastered(level(square, -14) + level(_air(rng), -47), 0.12, 2.8)


def pitch(name: str) -> float:
    """The strike note of a bell such as F#5, in Hz."""
    octave = int(name[-1]) - (4 if name[:-1] in {"A", "B"} else 5)
    return float(440 * 2.0 ** (octave + CENTS[name[:-1]] / 1200))


def _air(rng: np.random.Generator) -> Signal:
    """A light wind about the lantern of the tower."""
    sides = [paint(noise(rng), lambda t, f: bump(f, 350, 1.3)) for _ in range(2)]
    return np.stack([side * (0.7 + 0.3 * wander(rng, SECONDS, 0.6)) for side in sides])
