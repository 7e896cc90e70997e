"""Out of one server and into another, empty one: byte for byte for media, and value for value for the rest."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTENT, launch, make_city
from django.core.files.storage import default_storage
from django.db import models

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text, Version
from cityplus.media.models import Medium
from cityplus.packs.declaring import Table
from cityplus.packs.exporting import export_city
from cityplus.packs.importing import import_packs
from cityplus.packs.tables import TABLES
from cityplus.packs.tests.conftest import SVG, edit
from cityplus.packs.tests.network import TECHNICAL, empty_the_network, technical_of_the_tables, tree, whole
from cityplus.packs.tests.past import ceremonies_of
from cityplus.routes.models import Route, Stop, StopMedium
from cityplus.ties.models import Tie

pytestmark = pytest.mark.django_db

WORDS = {
    "country": "BG", "time_zone": "Europe/Sofia", "website": "https://example.org/x", "opening_hours": "24/7",
    "since": "2014-11", "on": "2018-12-03", "licence": "CC0-1.0", "address_language": "zh-Hans", "slug": "a-b_C", "language": "zh-Hans",
    "stage": "ready",
    "languages": ["bg", "zh-Hans"], "leg_track": [[52.1, 4.3], [-1e-07, 179.99999], [3, 4.0]],
}  # fmt: skip
"""Values for columns that do not take any word; all others get one by the kind of their field."""
STORY = "  First, with blanks.\r\n\n\tThen “a tab”: 海 😀 #1, - no\u2028null\n\n"


def journey(folder: Path, suffix: str = "") -> None:
    """Every city out, into an empty server, and out again; nothing may have changed."""
    handles = sorted(City.objects.values_list("actor__handle", flat=True))
    before, files = whole(), originals()
    for handle in handles:
        export_city(handle, folder / "out" / f"{handle}{suffix}")
    empty_the_network()
    assert not any(whole().values())
    for handle in handles if suffix else [""]:
        import_packs(folder / "out" / f"{handle}{suffix}")
    if suffix:  # ties meet late when packs come one by one
        import_packs(folder / "out" / f"{handles[0]}{suffix}")
    assert whole() == before
    assert originals() == files
    for handle in handles:
        export_city(handle, folder / "again" / f"{handle}{suffix}")
    out, again = tree(folder / "out"), tree(folder / "again")
    assert list(out) == list(again)
    assert [name for name in out if out[name] != again[name]] == []


def originals() -> dict[str, bytes]:
    files = {}
    for key in Medium.objects.values_list("original", flat=True):
        with default_storage.open(key) as file:
            files[key] = file.read()
    return files


def test_the_sample_network_travels_whole(tmp_path: Path) -> None:
    import_packs(CONTENT)
    assert City.objects.count() == 9
    journey(tmp_path)
    given = {path.name: path.read_bytes() for path in (CONTENT / "thehague/media").glob("*.[sfm][vlp][ga4]*")}
    assert len(given) > 25
    assert {
        path.name: path.read_bytes() for path in (tmp_path / "out/thehague/media").iterdir() if path.name in given
    } == given


def other(value: Any, field: models.Field[Any, Any]) -> Any:  # noqa: PLR0911 - one return for each kind
    """A value for a column that it does not have by default, so that a column which stays behind is missed."""
    if field.name in WORDS:
        return WORDS[field.name]
    if isinstance(field, MultilingualField):
        return Text(
            "bg", {"bg": Version(f"{field.name}{STORY}"), "nl": Version("", "reviewed", "Ann, desk", "2026-11-22")}
        )
    if field.choices:
        return next(key for key, _ in reversed(field.flatchoices) if key != value)
    if isinstance(field, models.DateTimeField):
        return datetime(2018, 12, 3, 10, 20, 30, 123456, tzinfo=UTC)
    if isinstance(field, models.FloatField):
        return 0.1234567890123 if field.name.startswith("focal_") else -0.1234567890123
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return 207
    if isinstance(field, models.JSONField):
        return ["1", STORY]
    return f"{field.name[: (field.max_length or 99) - 4]}: #1"


def fill(row: models.Model, table: Table, **instead: Any) -> None:
    """Every column changed, asked of the model and not of the table: a column that the table forgot is missed at the end."""
    told_otherwise = {"sha256", "kind", "handle", "name", *table.placed, *table.left}
    for field in row._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey) and field.name not in told_otherwise - {"slug"}:
            instead.setdefault(field.name, other(getattr(row, field.name), field))
    type(row)._default_manager.filter(pk=row.pk).update(**instead)


def medium(city: City, folder: Path, name: str, colour: str, alt: Text | None = None) -> Medium:
    path = folder / f"{colour}.svg"
    path.write_text(SVG.replace("#c00", f"#{colour}"))
    return Medium.add(city.actor, path, name, credit="Ann", licence="CC0-1.0", alt=alt or Text())


def own_media(city: City) -> tuple[Medium, Medium]:
    """A sound and a film of the sample, as the city's own."""
    found = []
    for name in ("scheveningen-sea.flac", "22-destinations.mp4"):
        path = CONTENT / "thehague/media" / name
        found.append(Medium.add(city.actor, path, f"media/{name}", credit="Ann", licence="CC0-1.0", alt=Text()))
    return found[0], found[1]


def table_of(row: models.Model) -> Table:
    return next(table for table in TABLES if table.model is type(row))


@pytest.fixture
def full(route: Route, shenzhen: City, plovdiv: City, tmp_path: Path) -> City:
    """A city with something in every column, a draft, a withdrawn route, media in every place, and ties in every state."""
    city = route.city
    first, _, third = route.stops.all()
    alt = Text.of("nl", nl="Een vlak.", en="A field.")
    pictures = [medium(city, tmp_path, f"media/{name}.svg", name, alt=alt) for name in ("a00", "b00", "c00", "d00")]
    unused = medium(city, tmp_path, "Übersicht / 海.svg", "e00")
    caption = unused.captions.create(
        language="zh-Hans", vtt="WEBVTT\r\n\r\n00:00.000 --> 00:01.000\n海\n", state="reviewed"
    )
    Medium.objects.filter(pk=unused.pk).update(poster=pictures[0])
    for order, (picture, role) in enumerate([(pictures[1], "guide"), (pictures[0], ""), (pictures[1], "soundscape")]):
        StopMedium.objects.create(stop=first, medium=picture, role=role, order=order)
    route.publish(by="Ann")
    route.withdraw(by="Ann")
    Route.objects.create(city=city, slug="draft", title=Text.of("en", en="A draft"), theme="sea", mode="walk",
                         difficulty="hard", minutes=0)  # fmt: skip
    city.advance("dormant", by="Ann", on="2020-01-01", note=STORY)
    city.strengths.create(section="J", sentence=Text.of("nl", nl="Recht"), order=0)
    city.contacts.create(kind="phone", value="+31 70 353 3000", order=0)
    city.contacts.create(kind="address", value="Spui 70\nDen Haag", order=1)
    Tie.propose(city, shenzhen, by="Ann", since="2014", source="A list").accept(shenzhen, by="Li")
    Tie.propose(plovdiv, city, by="Ivan")
    City.objects.filter(pk=city.pk).update(cover=pictures[2], number=42)
    rows: list[models.Model] = [
        city,
        city.steps.earliest("pk"),
        city.strengths.earliest("pk"),
        route,
        first,
        *pictures,
        unused,
        caption,
    ]
    for row in rows:
        fill(row, table_of(row), **({"hue": 359, "number": 42, "stage": "dormant"} if row is city else {}))
    for found in Medium.objects.all():
        found.save()  # what it is found by follows its words
    ceremonies_of(city, shenzhen, route, pictures, *own_media(city), lambda row, **i: fill(row, table_of(row), **i))
    fill(city.actor, table_of(city.actor))
    fill(Tie.objects.get(first=shenzhen), table_of(Tie()), state="ended")
    Actor.objects.filter(kind=Actor.Kind.PAIR).delete()  # it is called after the cities as they are called now
    Tie.objects.get(first=shenzhen).found_pair()
    Route.objects.filter(pk=route.pk).update(cover=pictures[3], state="withdrawn")
    Stop.objects.filter(pk=third.pk).update(number=107, slug="")
    return city


@pytest.mark.parametrize("suffix", ["", ".zip"])
def test_a_city_with_something_in_every_column_travels_whole(full: City, tmp_path: Path, suffix: str) -> None:
    if suffix:
        Tie.objects.all().delete()  # packs that come one by one make their ties anew, at a new hour
        Actor.objects.filter(kind=Actor.Kind.PAIR).delete()
    journey(tmp_path, suffix)


def test_every_column_of_the_full_city_is_other_than_by_default(full: City) -> None:
    """The test above is only worth something if nothing in it is as it would be anyway."""
    for table in TABLES:
        rows = list(table.model._default_manager.all())
        for key, name in table.keys.items():
            field = table.column(name)
            if not (isinstance(field, models.ForeignKey) and name == "film"):
                assert any(getattr(row, field.attname) != field.get_default() for row in rows), f"{table.model} {key}"


def test_only_ids_and_hours_of_writing_may_differ() -> None:
    assert technical_of_the_tables() == TECHNICAL


def test_the_same_city_gives_the_same_bytes(full: City, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export_city("thehague", tmp_path / f"{name}.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_route_is_read_by_people(tmp_path: Path, pack: Path) -> None:
    edit(pack, "01-oostpoort.yaml", '"De laatste poort."', '"De laatste poort.\\n\\nEr waren er acht."')
    import_packs(pack)
    export_city("delft", tmp_path / "delft")
    text = (tmp_path / "delft/routes/along-the-canal/stops/01-oostpoort.yaml").read_text()
    assert (
        text
        == """\
original: nl
title: {nl: Oostpoort, en: East Gate}
place: {lat: 52.0113, lon: 4.3705}
address: {language: nl, text: Oostpoort 1}
story:
  nl: |-
    De laatste poort.

    Er waren er acht.
  en: The last gate.
look_for: {nl: Kijk omhoog., en: Look up.}
access: {nl: Vlak., en: Level.}
step_free: partial
minutes: 15
opening_hours: "24/7"
media:
  - {file: media/gate.svg}
"""
    )


def test_launched_and_tied_cities_are_told_to_the_journal_again(full: City, tmp_path: Path) -> None:
    """Who listens to the journal (the search, the news) learns of what came in, as if it had been done here."""
    from cityplus.journal.models import Entry  # noqa: PLC0415

    launch(City.objects.get(actor__handle="plovdiv"))
    for handle in ("shenzhen", "plovdiv", "thehague"):
        export_city(handle, tmp_path / "out" / handle)
    empty_the_network()
    import_packs(tmp_path / "out")
    verbs = set(Entry.objects.values_list("verb", "handle", "public"))
    assert {
        ("city.launched", "plovdiv", True),
        ("city.dormant", "thehague", True),
        ("route.withdrawn", "thehague", False),
        ("pack.imported", "shenzhen", False),
    } <= verbs


def test_what_is_here_keeps_its_state(full: City, tmp_path: Path) -> None:
    export_city("thehague", tmp_path / "out")
    full.refresh_from_db()
    full.advance("launched", by="office")
    full.routes.get(state="withdrawn").publish(by="Ann")
    steps = full.steps.count()
    import_packs(tmp_path / "out")
    full.refresh_from_db()
    assert (full.stage, full.steps.count(), full.routes.exclude(slug="draft").get().state) == (
        "launched",
        steps,
        "published",
    )


def test_a_city_that_is_not_launched_travels_too(plovdiv: City, tmp_path: Path) -> None:
    make_city("burgas", Text.of("bg", bg="Бургас"))
    journey(tmp_path)
    assert set(City.objects.values_list("stage", "number")) == {("invited", None)}
