"""One file of any of the formats: told apart by what is in it, never by its name."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from cityplus.lib.archives import Archive, ArchiveError, Bounds, opened
from cityplus.routes.formats.reading import gpx, kml
from cityplus.routes.formats.reading.finds import FileError, Finds, Tell
from cityplus.routes.formats.reading.geojson import read_geojson
from cityplus.routes.formats.reading.xml import root_of

MOST_BYTES = 256 * 1024 * 1024
"""Of a file: a track of three million points. It is read in pieces, so this bounds time, not memory."""
KMZ = Bounds(entries=2_000, total=512 * 1024 * 1024, single=MOST_BYTES)
_HEAD = 4096


def read_file(path: Path, tell: Tell = lambda percent, rows: None) -> Finds:
    """What stands in a GPX, KML, KMZ or GeoJSON file. ``tell`` hears every few megabytes how far the reading is.

    Raises:
        FileError: it is none of these, is damaged, is larger than our bounds, says a place that is none, or holds no place at all.
    """
    size = path.stat().st_size
    if not size:
        raise FileError(_("The file is empty."))
    if size > MOST_BYTES:
        raise FileError(
            _("The file has %(size)s MB; %(most)s MB are taken at most.")
            % {"size": f"{size / 2**20:,.0f}", "most": MOST_BYTES // 2**20}
        )
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
        file.seek(0)
        finds = _read_archive(path, tell) if packed else _read_plain(file, tell)
    if not finds.places and not finds.lines:
        raise FileError(_("The file holds neither a point nor a track.") + _list_of(finds))
    tell(100, finds.rows)
    return finds


def _list_of(finds: Finds) -> str:
    """What there was instead, in a sentence more."""
    return "".join(f" {unused.name}: {unused.reason}" for unused in finds.unused[:3])


def _read_plain(file: IO[bytes], tell: Tell) -> Finds:
    size = os.fstat(file.fileno()).st_size
    head = file.read(_HEAD)
    file.seek(0)
    start = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip(b" \t\r\n\0")
    if start[:1] in (b"{", b"["):
        finds = Finds("geojson")
        read_geojson(file, size, finds, tell)
        return finds
    if start[:1] != b"<":
        raise FileError(_("The file is neither GPX, KML, KMZ nor GeoJSON."))
    root = root_of(file, Finds("xml"))
    file.seek(0)
    if root in gpx.spelled("gpx"):
        finds = Finds("gpx")
        gpx.GpxReader(finds).read(file, size, tell)
    elif root in kml.spelled("kml"):
        finds = Finds("kml")
        kml.KmlReader(finds).read(file, size, tell)
    else:
        name = root.rpartition(" ")[2]
        raise FileError(_("The file is “%(name)s”, and neither GPX nor KML.") % {"name": name[:60]})
    return finds


def _read_archive(path: Path, tell: Tell) -> Finds:
    try:
        with opened(path, KMZ) as archive, tempfile.TemporaryFile() as copy:
            name = _main(archive)
            archive.copy(name, copy)
            copy.seek(0)
            finds = _read_plain(copy, tell)
            for other in archive.names():
                if other != name:
                    finds.leave(other, _("Files beside the map are not brought in; add pictures at their stop."))
    except ArchiveError as error:
        raise FileError(_("The archive cannot be taken: %(reason)s.") % {"reason": error}) from None
    finds.format = "kmz"
    return finds


def _main(archive: Archive) -> str:
    """The map of a KMZ: its first KML, one at the root before one in a folder."""
    maps = [name for name in archive.names() if name.lower().endswith(".kml")]
    if not maps:
        raise FileError(_("The archive holds no KML."))
    return min(maps, key=lambda name: name.count("/"))
