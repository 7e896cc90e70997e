"""``cityplus route import``: a draft from a file, what was not used of it, or one sentence why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityplus.cities.models import City
from cityplus.config.cli import main
from cityplus.routes.formats.reading import xml
from cityplus.routes.models import Route

FILES = Path(__file__).parents[2] / "routes" / "tests" / "files"
Says = pytest.CaptureFixture[str]


def test_a_file_becomes_a_draft_and_the_rest_is_named(thehague: City, capsys: Says) -> None:
    path = str(FILES / "google-earth.kml")
    assert main(["route", "import", path, "--city", "@thehague", "--language", "en", "--title", "To the sea"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "100 %  12 points and features read"
    assert "not used: Trams: It lies in another file; bring that file in by itself." in told
    assert "A draft of 3 stops, 2 legs drawn (to 5 m), from 12 points:" in told
    assert "http://localhost:8000/@thehague/routes/to-the-sea/" in told
    assert Route.objects.get().state == "draft"


def test_a_large_file_tells_how_far_it_is(
    thehague: City, tmp_path: Path, capsys: Says, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml, "STRIDE", 100_000)
    points = "".join(f'<trkpt lat="{52 + n / 1e6:.6f}" lon="4.000000"/>\n' for n in range(20_000))
    (tmp_path / "long.gpx").write_text(f"<gpx><trk><name>Long</name><trkseg>{points}</trkseg></trk></gpx>")
    assert main(["route", "import", str(tmp_path / "long.gpx"), "--city", "thehague"]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line.endswith("features read")]
    assert len(told) >= 3
    rows = [int(line.split()[2].replace(",", "")) for line in told]
    assert rows == sorted(rows)
    assert told[-1] == "100 %  20,000 points and features read"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            [str(FILES / "umap.kml"), "--city", "nowhere"],
            "there is no city @nowhere; cityplus city list names those there are",
        ),
        (
            ["none.gpx", "--city", "thehague"],
            "nothing was imported. none.gpx cannot be read: No such file or directory",
        ),
        (
            [__file__, "--city", "thehague"],
            f"nothing was imported. {__file__}: The file is neither GPX, KML, KMZ nor GeoJSON.",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence(thehague: City, capsys: Says, arguments: list[str], sentence: str) -> None:
    assert main(["route", "import", *arguments]) == 1
    assert capsys.readouterr().err == f"cityplus: {sentence}\n"
    assert not Route.objects.exists()
