"""Taking a city out: what is refused leaves nothing behind, and the command says how far it is."""

from __future__ import annotations

import threading
import zipfile
from pathlib import Path

import pytest
from conftest import launch, make_city
from django.core.files.storage import default_storage
from django.db import connection, connections

from cityplus.cities.models import City
from cityplus.config.cli import main
from cityplus.languages.text import Text
from cityplus.lib.snapshots import snapshot
from cityplus.media.models import Medium
from cityplus.packs.exporting import export_city
from cityplus.packs.importing import import_packs
from cityplus.packs.reading import PackError
from cityplus.packs.tests.conftest import SVG, edit
from cityplus.packs.tests.network import empty_the_network, tree

pytestmark = pytest.mark.django_db
Says = pytest.CaptureFixture[str]


@pytest.fixture
def delft(pack: Path) -> City:
    return import_packs(pack)[0]


def test_a_city_that_is_not_here(db: None, tmp_path: Path) -> None:
    with pytest.raises(PackError, match="there is no city @delft"):
        export_city("delft", tmp_path / "out")
    assert list(tmp_path.glob("*out*")) == []


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_what_is_there_is_not_overwritten(delft: City, tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(PackError, match=f"{name} is there already"):
        export_city("delft", tmp_path / name)
    (tmp_path / name).rmdir()
    (tmp_path / name).symlink_to("nowhere")
    with pytest.raises(PackError, match=f"{name} is there already"):
        export_city("delft", tmp_path / name)


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_a_missing_original_stops_it(delft: City, tmp_path: Path, name: str) -> None:
    default_storage.delete(Medium.objects.get(name="media/gate.svg").original)
    with pytest.raises(PackError, match=r"media/gate\.svg: its original originals/.* is not in the store"):
        export_city("delft", tmp_path / name)
    assert list(tmp_path.glob("*out*")) == []


def test_a_damaged_original_stops_it(delft: City, tmp_path: Path) -> None:
    Path(default_storage.path(Medium.objects.get(name="media/gate.svg").original)).write_text(SVG.replace("#c", "#d"))
    with pytest.raises(PackError, match=r"media/gate\.svg: its original .* is damaged"):
        export_city("delft", tmp_path / "out")
    assert list(tmp_path.glob("*out*")) == []


def test_a_place_that_cannot_be_written(delft: City, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PackError, match="cannot be written: "):
        export_city("delft", tmp_path / "file" / "out")


def test_what_an_import_would_refuse_does_not_go_out(delft: City, tmp_path: Path) -> None:
    delft.routes.get().stops.filter(number=1).update(website="javascript:alert(1)")
    with pytest.raises(
        PackError, match=r"holds what an import would refuse\. delft/.*/01-oostpoort\.yaml, line \d+: “java"
    ):
        export_city("delft", tmp_path / "out")
    assert list(tmp_path.glob("*out*")) == []


def test_an_original_that_was_changed_on_the_way_is_refused(delft: City, tmp_path: Path) -> None:
    export_city("delft", tmp_path / "delft")
    (tmp_path / "delft/media/gate.svg").write_text(SVG.replace("#c00", "#00c"))
    empty_the_network()
    with pytest.raises(
        PackError, match=r"^delft/media/gate\.svg\.yaml, line 1: .*is damaged or was changed.*leave sha256 out"
    ):
        import_packs(tmp_path / "delft")
    assert not City.objects.exists()


WRONG = [
    ("city.yaml", "stage: launched\ncountry", "stage: sunk\ncountry", "“sunk” is not one of invited, preparing"),
    ("city.yaml", "number: 10\n", "", "a city that is launched has a member number"),
    ("city.yaml", "place: {lat: 52.0116, lon: 4.3571}", "place: {lat: 52.0116}", "lon must be said here"),
    ("city.yaml", "country: NL", "country: NL\ncolour: red", "“colour” is not known here; known are format, original"),
    ("city.yaml", "cover: media/cover.svg", "cover: media/none.svg", r"media/none\.svg is no picture of this pack"),
    ("city.yaml", '"on": "2020-02-29"', '"on": "2021-02-29"', "no calendar has it"),
    ("city.yaml", "with: shenzhen", "with: delft", "a city has no tie with itself"),
    ("city.yaml", "proposed_by: delft", "proposed_by: liege", "“liege” is not one of delft, shenzhen"),
    ("route.yaml", "state: published", "state: public", "“public” is not one of draft, published, withdrawn"),
    ("route.yaml", "minutes: 45", "minutes: 3000000000", "is not a number from 0 to 2.14748e"),
    ("route.yaml", "published_at: ", "published_at: yesterday #", "“yesterday” is not a date and time with its zone"),
    ("01-oostpoort.yaml", "minutes: 15", "minutes: 99999", "“99999” is not a number from 0 to 32767"),
    ("01-oostpoort.yaml", "file: media/gate.svg", "file: media/x.svg", r"media/x\.svg is no medium of this pack"),
    ("02-markt.yaml", "[[52.0115, 4.365]]", "[[52.0115, 200]]", "“200” is not a number from -180 to 180"),
    ("gate.svg.yaml", "kind: picture", "kind: sound", r"media/gate\.svg is a picture, and a sound stands here"),
    ("gate.svg.yaml", "licence: CC-BY-4.0", "licence: all rights", "“all rights” is not an SPDX licence"),
    ("gate.svg.yaml", "sha256: ", "sha256: zz", "is not a SHA-256"),
    ("gate.svg.yaml", "credit: A test", "credit: A test\nposter: media/none.svg", r"none\.svg is no picture of this pack"),
    ("gate.svg.yaml", "credit: A test", "credit: A test\nname: media/cover.svg", "is that of media/cover.svg too"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "says"), WRONG)
def test_what_is_wrong_in_the_second_format_is_named(
    delft: City, shenzhen: City, tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    from cityplus.ties.models import Tie  # noqa: PLC0415

    Tie.propose(delft, shenzhen, by="x")
    export_city("delft", tmp_path / "delft")
    line = edit(tmp_path / "delft", file, old, new)
    empty_the_network()
    with pytest.raises(PackError, match=rf"^delft/\S*{file}, line (\d+): .*{says}") as refusal:
        import_packs(tmp_path / "delft")
    if "must be said" not in says and not file.endswith(".svg.yaml") and new:
        assert f"line {line}: " in str(refusal.value) or f"line {line + 1}: " in str(refusal.value)
    assert not City.objects.exists()


def test_two_stops_of_one_number_and_a_stop_of_none(delft: City, tmp_path: Path) -> None:
    export_city("delft", tmp_path / "delft")
    stops = tmp_path / "delft/routes/along-the-canal/stops"
    (stops / "02-markt.yaml").rename(stops / "01-markt.yaml")
    with pytest.raises(PackError, match=r"stops: two stops have the number 1"):
        import_packs(tmp_path / "delft")
    (stops / "01-markt.yaml").rename(stops / "markt.yaml")
    with pytest.raises(PackError, match=r"markt\.yaml, line 1: a stop's file is named by its number"):
        import_packs(tmp_path / "delft")


def test_the_command_takes_out_and_brings_in(delft: City, tmp_path: Path, capsys: Says) -> None:
    assert main(["pack", "export", "@delft", str(tmp_path / "delft.zip")]) == 0
    told = capsys.readouterr().out
    assert told.startswith("@delft: 1 routes, 2 media\nroutes: 1 of 1\n")
    assert told.endswith(f"@delft is in {tmp_path}/delft.zip\n")
    with zipfile.ZipFile(tmp_path / "delft.zip") as file:
        assert "delft/routes/along-the-canal/stops/02-markt.yaml" in file.namelist()
    empty_the_network()
    assert main(["pack", "import", str(tmp_path / "delft.zip")]) == 0
    assert City.objects.get().routes.get().state == "published"
    assert main(["pack", "export", "delft", str(tmp_path / "delft.zip")]) == 1
    assert "nothing was exported. " in capsys.readouterr().err


def test_a_picture_of_somebody_else_that_the_city_shows_comes_along(delft: City, tmp_path: Path) -> None:
    other = make_city("leiden", Text.of("nl", nl="Leiden"))
    (tmp_path / "x.svg").write_text(SVG.replace("#c00", "#abc"))
    medium = Medium.add(other.actor, tmp_path / "x.svg", "media/cover.svg", credit="Leiden", licence="CC0-1.0")
    delft.routes.get().stops.get(number=2).links.create(medium=medium)
    export_city("delft", tmp_path / "delft")
    files = [name for name, data in tree(tmp_path / "delft").items() if data == (tmp_path / "x.svg").read_bytes()]
    assert files == [f"media/{medium.sha256[:16]}.svg"]
    empty_the_network()
    import_packs(tmp_path / "delft")
    assert Medium.objects.get(sha256=medium.sha256).credit == "Leiden"


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_does_not_see_what_is_written_meanwhile_and_keeps_nobody_from_writing() -> None:
    launch(make_city("delft", Text.of("nl", nl="Delft")))

    def write() -> None:
        City.objects.update(hue=1)
        connections.close_all()

    with snapshot():
        assert City.objects.get().hue == 75
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(10)
        assert not writer.is_alive()
        assert City.objects.get().hue == 75
    assert City.objects.get().hue == 1
    assert not connection.in_atomic_block
