"""Writes the soundscapes of the sample network into its packs.

    python tools/sounds/make.py                          all of them
    python tools/sounds/make.py carillon                 one
    python tools/sounds/make.py --pictures /tmp/sounds   all, and their spectrograms: does it happen when said?

It needs numpy, which CityPlus itself does not.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from tools.sounds import carillon, huaqiangbei_crossing, mastering, rose_garden, scheveningen_sea, shekou_sea

ROOT = Path(__file__).resolve().parents[2]
SOUNDSCAPES = {
    "carillon": ("thehague", carillon.compose, "Bells above the Grote Kerk"),
    "scheveningen-sea": ("thehague", scheveningen_sea.compose, "The sea below the Pier"),
    "rose-garden": ("thehague", rose_garden.compose, "An afternoon among the roses"),
    "huaqiangbei-crossing": ("shenzhen", huaqiangbei_crossing.compose, "A crossing in Huaqiangbei"),
    "shekou-sea": ("shenzhen", shekou_sea.compose, "Evening sea at Shekou"),
}
"""The city whose pack it belongs to, its maker, its title."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the soundscapes of the sample network.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"one of {', '.join(SOUNDSCAPES)}; else all")
    parser.add_argument("--pictures", type=Path, metavar="folder", help="draw a spectrogram of each in here")
    asked = parser.parse_args()
    for name in asked.names:
        if name not in SOUNDSCAPES:
            parser.error(f"“{name}” is not a soundscape; there are {', '.join(SOUNDSCAPES)}")
    for name in asked.names or SOUNDSCAPES:
        city, compose, title = SOUNDSCAPES[name]
        scene = compose()
        path = ROOT / "content" / city / "media" / f"{name}.flac"
        mastering.write(scene, path, title)
        peak = 20 * np.log10(np.max(np.abs(scene)))
        size = f"{path.stat().st_size / 1e6:.2f} MB"
        print(f"{path.relative_to(ROOT)}: {mastering.loudness(scene):.1f} LUFS, peak {peak:.1f} dBFS, {size}")
        if asked.pictures:
            asked.pictures.mkdir(parents=True, exist_ok=True)
            mastering.picture(scene, asked.pictures / f"{name}.png")


if __name__ == "__main__":
    main()
