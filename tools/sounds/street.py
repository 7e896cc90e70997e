"""A busy street: signals, wheels, motors, tape, and people too far off to be understood."""

from __future__ import annotations

import numpy as np
from tools.sounds.space import pan, passing, place
from tools.sounds.synthesis import (
    RATE,
    Signal,
    band,
    bump,
    clock,
    follow,
    harmonics,
    line,
    noise,
    paint,
    phase,
    ringing,
    wander,
)


def tick() -> Signal:
    """One knock of a pedestrian signal: a small hammer in a plastic box."""
    return ringing(((1180, 1.0, 0.07), (2310, 0.55, 0.045), (3900, 0.25, 0.025), (6200, 0.1, 0.012)), 0.1)


def trolley(rng: np.random.Generator, seconds: float, nearest: float, speed: float) -> Signal:
    """A loaded hand trolley that rolls by from left to right and clicks over the joints; two channels."""
    at = clock(seconds)
    loud, side, _ = passing(at, nearest, speed, 1.6)
    turning = 1 + 0.25 * np.sin(2 * np.pi * 5.5 * at) + 0.35 * wander(rng, seconds, 38)

    def rolling(t: Signal, f: Signal) -> Signal:
        return bump(f, 210, 0.9) + 0.55 * bump(f, 900, 0.8) + 0.4 * follow(t, loud) * bump(f, 2600, 0.7)

    roll = paint(noise(rng, seconds), rolling)
    scene = pan(0.22 * roll * turning * loud, side)
    for joint in np.arange(0.1, seconds - 0.3, 0.47):
        for axle, strength in ((0.0, 1.0), (0.11, 0.75)):
            second = joint + axle + rng.uniform(-0.012, 0.012)
            here = min(round(second * RATE), len(loud) - 1)
            place(scene, pan(0.65 * strength * loud[here] * _clack(rng), float(side[here])), second)
    return scene


def _clack(rng: np.random.Generator) -> Signal:
    worn = rng.uniform(0.94, 1.06)
    partials = ((150, 0.9, 0.09), (430, 1.0, 0.07), (1130, 0.8, 0.05), (2250, 0.6, 0.035), (4100, 0.35, 0.02))
    rattle = band(noise(rng, 0.12), 1500, 6000) * np.exp(-clock(0.12) / 0.02)
    knock = ringing([(hertz * worn, loud * rng.uniform(0.7, 1.2), fall) for hertz, loud, fall in partials], 0.12)
    return knock + 0.12 * rattle


def scooter(rng: np.random.Generator, seconds: float, nearest: float) -> Signal:
    """An electric scooter that hums past from right to left and speeds up a little; two channels."""
    at = clock(seconds)
    loud, side, shift = passing(at, nearest, -5.5, 2.4)
    hertz = line(at, (0, 232), (0.55 * seconds, 276), (seconds, 284)) * shift * (1 + 0.004 * wander(rng, seconds, 5))
    motor = harmonics(hertz, [0.55, 1.0, 0.35, 0.5, 0.12, 0.3, 0.06, 0.12, 0.03, 0.05])
    motor += 0.06 * np.sin(phase(hertz * 11.7))
    tyres = paint(noise(rng, seconds), lambda t, f: bump(f, 620, 1.0) + 0.3 * bump(f, 2400, 0.8))
    return pan((motor + 1.1 * tyres * loud) * loud, side)


def tape(rng: np.random.Generator, seconds: float) -> Signal:
    """Packing tape pulled off its roll: hundreds of small cracks a second, more as the arm moves faster."""
    at = clock(seconds)
    pull = line(at, (0, 0.5), (0.25 * seconds, 0.9), (0.8 * seconds, 1.0), (seconds, 0.75))
    cracks = 330 * pull * (1 + 0.16 * wander(rng, seconds, 14) + 0.08 * wander(rng, seconds, 70))
    letting_go = (0.5 + 0.5 * np.cos(phase(cracks))) ** 5
    torn = noise(rng, seconds) * (0.12 + letting_go)
    shriek = paint(torn, lambda t, f: _shriek(f, follow(t, pull)))
    return shriek * line(at, (0, 0), (0.02, 0.8), (0.3 * seconds, 1), (seconds - 0.03, 0.95), (seconds, 0))


def _shriek(f: Signal, pull: Signal) -> Signal:
    ridges = bump(f, 2700 * pull, 0.10) + 0.7 * bump(f, 4300 * pull, 0.10) + 0.5 * bump(f, 6900 * pull, 0.12)
    return 0.35 * bump(f, 1300, 0.5) + 0.4 * bump(f, 3800, 0.8) + 1.3 * ridges


def snap(rng: np.random.Generator) -> Signal:
    """The tape is cut: a dry crack of the blade."""
    return band(noise(rng, 0.12), 700, 7000) * np.exp(-clock(0.12) / 0.016)


def voice(rng: np.random.Generator, seconds: float, pitch: float) -> Signal:
    """Someone talking without words: syllables of changing vowels and tones about ``pitch`` Hz."""
    starts, opened, tones, first, second = [0.0], [0.0], [1.0], [500.0], [1400.0]
    while starts[-1] < seconds:
        breath = rng.uniform(0.5, 1.3) if rng.random() < 0.12 else 0.0
        length = rng.uniform(0.15, 0.29)
        rise = rng.choice([0.86, 1.0, 1.14])
        syllable = ((0.02 + breath, 0.05, 1.0), (0.35 * length, rng.uniform(0.6, 1.0), 1.0), (0.35 * length, 0.6, rise))
        for wait, mouth, tone in syllable:
            starts.append(starts[-1] + wait)
            opened.append(mouth)
            tones.append(tone * rng.uniform(0.9, 1.12))
            first.append(rng.uniform(320, 800))
            second.append(rng.uniform(850, 2200))

    def vowels(t: Signal, f: Signal) -> Signal:
        low, high = np.interp(t, starts, first), np.interp(t, starts, second)
        return 0.04 + bump(f, low, 0.28) + 0.6 * bump(f, high, 0.18) + 0.15 * bump(f, 2700, 0.2)

    at = clock(seconds)
    hertz = pitch * line(at, *zip(starts, tones, strict=True)) * (1 + 0.01 * wander(rng, seconds, 20))
    speech = paint(harmonics(hertz, [k**-0.9 for k in range(1, 22)]), vowels)
    return speech * line(at, *zip(starts, opened, strict=True))


def traffic(rng: np.random.Generator, seconds: float) -> Signal:
    """The breath of a large city, streets away; two channels."""
    sides = [paint(noise(rng, seconds), lambda t, f: bump(f, 90, 1.1) + 0.14 * bump(f, 500, 1.3)) for _ in range(2)]
    return np.stack([side * (0.8 + 0.2 * wander(rng, seconds, 0.5)) for side in sides])


def horn(rng: np.random.Generator, hertz: float, seconds: float) -> Signal:
    """The horn of a large ship; its plate needs a moment to find the note and sags as the air goes."""
    at = clock(seconds)
    sag = line(at, (0, 0.93), (0.25, 1.0), (seconds - 0.3, 0.998), (seconds, 0.95))
    levels = [1.0, 0.9, 0.75, 0.8, 0.5, 0.42, 0.3, 0.26, 0.18, 0.13, 0.1, 0.07, 0.05]
    plate = harmonics(hertz * sag * (1 + 0.0015 * wander(rng, seconds, 8)), levels)
    second = harmonics(hertz * 1.004 * sag, levels)
    return (plate + 0.6 * second) * line(at, (0, 0), (0.35, 1), (seconds - 0.4, 0.9), (seconds, 0))
