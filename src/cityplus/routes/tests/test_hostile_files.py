"""Files that are broken, or made to break us: each is refused with a sentence, in bounded memory, and nothing is written."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.routes.formats.importing import Wish, draft_from
from cityplus.routes.formats.reading import FileError, finds
from cityplus.routes.models import Route

GPX = '<?xml version="1.0" encoding="{0}"?>\n<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">{1}</gpx>'
WPT = '<wpt lat="{0}" lon="{1}"><name>{2}</name></wpt>'
KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{0}</Document></kml>'
MARK = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>{0}</Placemark></Document></kml>'
TWO = WPT.format(52, 4, "One") + WPT.format(52.1, 4.1, "Two")
BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY l0 "ha">{BOMB}]><gpx><name>&l9;</name></gpx>'
OUTSIDE = (
    '<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]><gpx><wpt lat="1" lon="1"><name>&x;</name></wpt></gpx>'
)


def collection(*places: object, **more: object) -> str:
    features = [
        {"type": "Feature", "properties": {"name": "x"}, "geometry": {"type": "Point", "coordinates": p}}
        for p in places
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


EARTH = " is no place on Earth. Latitude goes from −90 to 90, longitude from −180 to 180."
MANY = "The file names {} places; a route has 200 stops at most. Bring in the folder or layer that is the route."
CUT = "The file is cut off: it ends in the middle of an element."
DEGREES = "The places of the file are in the reference system {}. Export it again in WGS 84 (EPSG:4326)."
UTF8 = "Line 2: the file says it is written in {}, but “CafÃ©” reads as “Café” in UTF-8. Correct the first line."
TEXT = "Line 2: a text is longer than a megabyte, or all texts together are longer than 32"
JSON = "The GeoJSON file has 100 MB; 16 MB are taken at most. Leave out what is no part of the route, or use GPX."
TAG = "one tag or comment is longer than a megabyte"
RD = "urn:ogc:def:crs:EPSG::28992"

CASES = [
    ("", "The file is empty."),
    ("GIF89a…", "The file is neither GPX, KML, KMZ nor GeoJSON."),
    ("<html><body>Sign in</body></html>", "The file is “html”, and neither GPX nor KML."),
    ("<?xml version='1.0'?>", "The file ends before it says anything."),
    (LAUGHS, "Line 1: a document type (DOCTYPE) is not taken, for it may hold entities without end. Remove it."),
    (OUTSIDE, "Line 1: a document type (DOCTYPE) is not taken, for it may hold entities without end. Remove it."),
    (GPX.format("UTF-8", "<trk><trkseg>")[:-6], CUT),
    (GPX.format("UTF-8", "<wpt lat='1' lon='1'></rte>"), "Line 2: the XML is not well formed (mismatched tag)."),
    (GPX.format("UTF-8", "&nbsp;"), "Line 2: the XML is not well formed (undefined entity)."),
    (GPX.format("UTF-8", ""), "The file holds neither a point nor a track."),
    (GPX.format("UTF-8", "\n" + WPT.format(152, 4, "x")), f"Line 3: 152.0, 4.0{EARTH}"),
    (GPX.format("UTF-8", WPT.format("NaN", 4, "x")), f"Line 2: nan, 4.0{EARTH}"),
    (GPX.format("UTF-8", WPT.format("1e999", 4, "x")), f"Line 2: inf, 4.0{EARTH}"),
    (GPX.format("UTF-8", "<wpt lat='52,1' lon='4'/>"), "Line 2: a point needs its place as numbers of degrees, not lat=“52,1” lon=“4”"),
    (GPX.format("UTF-8", "<wpt/>"), "Line 2: a point needs its place as numbers of degrees, not lat=“” lon=“”"),
    (GPX.format("UTF-8", "<a>" * 100), "Line 2: elements are nested more than 60 deep"),
    (GPX.format("UTF-8", "".join(WPT.format(52 + n / 1000, 4, n) for n in range(500))), MANY.format(500)),
    (MARK.format("<Point><coordinates>4.1 52.1</coordinates></Point>"), "Line 1: “4.1” is no place: write longitude,latitude"),
    (MARK.format("<Point><coordinates>4,95,0</coordinates></Point>"), f"Line 1: 95.0, 4.0{EARTH}"),
    (MARK.format("<name>Area</name><Polygon/>"), "The file holds neither a point nor a track. Area: An area is neither a stop nor a way."),
    (collection([4, 52, 1], [4.0, 91]), f"Feature 2: 91, 4.0{EARTH}"),
    (collection(["4", 52]), "Feature 1: a place is a list of longitude and latitude."),
    (collection([True, 52]), "Feature 1: a place is a list of longitude and latitude."),
    (collection([10**400, 52]), f"Feature 1: 52, {'1' + '0' * 19}{EARTH}"),
    (collection([4, 52]).replace("52", "NaN"), "NaN is no number that JSON knows."),
    (collection([4, 52]).replace("52", "1" * 5000), "A number in the file has too many digits."),
    (collection([85_000, 455_000], crs={"type": "name", "properties": {"name": RD}}), DEGREES.format(RD)),
    ("[" * 100_000, "The JSON is nested too deep."),
    ('{"type": "FeatureCollection"', "Line 1: this is not JSON (Expecting ',' delimiter)."),
    ('{"features": []}', "The file is no GeoJSON: it lacks its “type”."),
    ('{"type": "FeatureCollection"}', "The file lacks a list that GeoJSON asks for."),
    ('{"type": "FeatureCollection", "features": [7]}', "Feature 1 is no feature of GeoJSON."),
    ('{"type": "Circle", "coordinates": [4, 52]}', "The file: “Circle” is no geometry of GeoJSON."),
    (collection(), "The file holds neither a point nor a track."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), CASES)
def test_what_is_refused_and_why(thehague: City, tmp_path: Path, text: str, sentence: str) -> None:
    assert refusal(thehague, tmp_path, text.encode()) == sentence


def refusal(city: City, folder: Path, body: bytes, **wish: Any) -> str:
    """The sentence with which a file is refused; proves that nothing was written."""
    path, entries = folder / "file", Entry.objects.count()
    path.write_bytes(body)
    with pytest.raises(FileError) as refused:
        draft_from(path, city, Wish(**wish), by="test")
    assert not Route.objects.exists()
    assert Entry.objects.count() == entries
    return str(refused.value)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("UTF-8", "utf-8"), ("UTF-8", "utf-8-sig"), ("utf-16", "utf-16"), ("UTF-16", "utf-16"),
        ("ISO-8859-1", "latin-1"), ("windows-1252", "cp1252"), ("ISO-8859-15", "iso8859-15"),
    ],
)  # fmt: skip
def test_encodings_that_are_declared_rightly(thehague: City, tmp_path: Path, said: str, written: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(GPX.format(said, WPT.format(52, 4, "Café Möwe") + TWO).encode(written))
    draft = draft_from(path, thehague, Wish(), by="test")
    assert str(draft.route.stops.all()[0].title) == "Café Möwe"


@pytest.mark.parametrize(
    ("said", "written", "sentence"),
    [
        ("UTF-8", "latin-1", "Line 2 has letters that are not UTF-8. Save the file as UTF-8 and try again."),
        ("UTF-16", "utf-8", "The file says it is written in UTF-16, and it is not, or we cannot read that."),
        ("klingon", "utf-8", "The file says it is written in klingon, which is not an encoding we can read."),
        ("ISO-8859-1", "utf-8", UTF8.format("ISO-8859-1")),
        ("windows-1252", "utf-8", UTF8.format("windows-1252")),
    ],
)  # fmt: skip
def test_encodings_that_are_declared_wrongly(
    thehague: City, tmp_path: Path, said: str, written: str, sentence: str
) -> None:
    assert refusal(thehague, tmp_path, GPX.format(said, WPT.format(52, 4, "Café")).encode(written)) == sentence


def test_geojson_in_other_encodings(thehague: City, tmp_path: Path) -> None:
    body = '{"type":"Feature","properties":{"name":"Café"},"geometry":{"type":"Point","coordinates":[4,52]}}'
    assert "is not UTF-8" in refusal(thehague, tmp_path, body.encode("latin-1"))
    for encoding in ("utf-8-sig", "utf-16"):
        (tmp_path / "file").write_bytes(body.encode(encoding))
        assert str(draft_from(tmp_path / "file", thehague, Wish(), by="test").route.stops.get().title) == "Café"


def test_a_language_and_a_mode_that_are_none(thehague: City, tmp_path: Path) -> None:
    body = GPX.format("UTF-8", TWO).encode()
    assert refusal(thehague, tmp_path, body, language="zh_hans") == "“zh_hans” is not a language tag: write zh-Hans."
    assert (
        refusal(thehague, tmp_path, body, mode="fly") == "“fly” is no way to go; there are walk, cycle, drive, transit."
    )


def test_too_many_points(thehague: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finds, "MOST_ROWS", 1_000)
    track = "<trk><trkseg>{}</trkseg></trk>".format('<trkpt lat="52" lon="4"/>' * 1_001)
    assert (
        refusal(thehague, tmp_path, GPX.format("UTF-8", track).encode())
        == "The file has more than 1,000 points; that is too many."
    )


def test_archives(thehague: City, tmp_path: Path) -> None:
    for name, sentence in (("../doc.kml", "leads outside"), ("photo.jpg", "The archive holds no KML.")):
        with zipfile.ZipFile(tmp_path / "made", "w") as archive:
            archive.writestr(name, KML.format(""))
        assert sentence in refusal(thehague, tmp_path, (tmp_path / "made").read_bytes())
    assert "damaged or no zip" in refusal(thehague, tmp_path, b"PK\x03\x04 and no more")


CHILD = """
import django, json, resource, sys
from pathlib import Path
django.setup()
from cityplus.routes.formats.laying import lay
from cityplus.routes.formats.reading import FileError, read_file
for name in sys.argv[1:]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        lay(read_file(Path(name)))
        said = "read"
    except FileError as problem:
        said = str(problem)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps([Path(name).name, said, grown]))
"""
MEGABYTE = 2**20


def large(folder: Path) -> dict[str, str]:
    """Files of up to 300 MB by name, with what is said of them."""
    dice = random.Random(7)  # noqa: S311 no secret
    point = '<trkpt lat="52.{:04}" lon="4.{:04}"/>'
    track = "".join(point.format(dice.randrange(10_000), dice.randrange(10_000)) for _ in range(20_000))
    head, tail = GPX.format("UTF-8", "|").split("|")
    trk, end = "<trk><trkseg>", "</trkseg></trk>"
    made = {
        "attribute": (["<gpx version='", *["x" * MEGABYTE] * 100], f"Line 1: {TAG}"),
        "comment": ([head, "<!--", *["x" * MEGABYTE] * 100], f"Line 2: {TAG}"),
        "text": ([head, "<name>", *["x" * MEGABYTE] * 100], TEXT),
        "depth": ([head, *["<a>" * 300_000] * 100], "Line 2: elements are nested more than 60 deep"),
        "crooked": ([head, trk, *[track] * 26, end, tail], "The tracks of the file are too many or too long: thin them out first."),
        "many": ([head, *[TWO * 5_000] * 20, tail], MANY.format(200000)),
        "300mb": (["<gpx>", *[" " * MEGABYTE] * 300], "The file has 300 MB; 256 MB are taken at most."),
        "100mb.json": (["[", *[" " * MEGABYTE] * 100], JSON),
        "brackets.json": (["[", *["[]," * 300_000] * 17], "The GeoJSON file has more than 1,000,000 points and parts."),
    }  # fmt: skip
    for name, (parts, _) in made.items():
        with (folder / name).open("w") as file:
            file.writelines(parts)
    bomb = "“doc.kml” unpacks to more than 256 MB"
    with (
        zipfile.ZipFile(folder / "bomb.kmz", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("doc.kml", "w") as inside,
    ):
        for _ in range(300):
            inside.write(b" " * MEGABYTE)
    return {name: said for name, (_, said) in made.items()} | {"bomb.kmz": f"The archive cannot be taken: {bomb}."}


def test_large_files_cost_little_memory(tmp_path: Path) -> None:
    expected = large(tmp_path)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cityplus.config.settings"}
    command = [sys.executable, "-c", CHILD, *(str(tmp_path / name) for name in expected)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {name: said for name, said, _ in found} == expected
    grown = {name: megabytes for name, _, megabytes in found}
    assert max(grown.values()) < 100, grown
    assert sum(grown.values()) < 150, grown
