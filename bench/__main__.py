"""``bin/bench``: run one benchmark, or all of them, and print its figures."""

from __future__ import annotations

import sys

from bench import (
    api,
    beacons,
    ceremony,
    desk,
    doors,
    formats,
    packs,
    pages,
    pictures,
    registrations,
    search,
    slots,
    social,
    start,
    uploads,
    world,
)

BENCHES = {
    "api": api.main,
    "desk": desk.main,
    "doors": doors.main,
    "formats": formats.main,
    "packs": packs.main,
    "pages": pages.main,
    "pictures": pictures.main,
    "registrations": registrations.main,
    "search": search.main,
    "slots": slots.main,
    "social": social.main,
    "start": start.main,
    "uploads": uploads.main,
    "beacons": beacons.main,
    "ceremony": ceremony.main,
    "beacons-exact": beacons.exact,
    "world": world.main,
}


def main() -> int:
    names = sys.argv[1:] or list(BENCHES)
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 1
    for name in names:
        BENCHES[name]()
    return 0


raise SystemExit(main())
