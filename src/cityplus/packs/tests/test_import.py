"""Bringing a pack in: once, again, and changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from cityplus.cities.models import City, Contact, Step, Strength
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text, Version
from cityplus.media.models import Caption, Medium
from cityplus.packs import importing
from cityplus.packs.importing import import_packs
from cityplus.packs.reading import PackError
from cityplus.packs.tests.conftest import SVG, edit, write_pack
from cityplus.routes.models import Route, Stop, StopMedium
from cityplus.ties.models import Tie

pytestmark = pytest.mark.django_db

MODELS = (City, Contact, Step, Strength, Medium, Caption, Route, Stop, StopMedium, Tie)
PASSING = {"id", "changed_at", "city", "stop"}  # new rows of a new import, and times


def state() -> dict[str, list[Any]]:
    """All that an import writes, without ids that may differ."""
    return {
        model.__name__: sorted(
            str({k: v for k, v in row.items() if k.removesuffix("_id") not in PASSING})
            for row in model.objects.values()
        )
        for model in MODELS
    }


def verbs() -> dict[str, int]:
    found = list(Entry.objects.values_list("verb", flat=True))
    return {verb: found.count(verb) for verb in sorted(set(found))}


def test_all_that_a_pack_says_arrives(pack: Path) -> None:
    (city,) = import_packs(pack)
    city.refresh_from_db()
    assert (city.handle, city.number, city.stage, city.country) == ("delft", 10, "launched", "NL")
    assert (city.lat, city.lon, city.time_zone, city.hue) == (52.0116, 4.3571, "Europe/Amsterdam", 210)
    assert (city.population, city.population_year, city.population_scope) == (103581, 2021, "municipality")
    assert (city.languages, city.launched_on, city.sources) == (["nl"], "2020-02-29", ["A book"])
    assert city.tagline == Text(
        "nl",
        {
            "nl": Version("Blauw aan het water"),
            "en": Version("Blue by the water", "reviewed", "The Delft desk", "2026-11-22"),
        },
    )
    assert city.profile.versions["en"].state == "machine"
    assert [(s.section, str(s.sentence)) for s in city.strengths.all()] == [("M", "Waterbouw.")]
    assert [(c.kind, c.value) for c in city.contacts.all()] == [("website", "https://www.delft.nl/")]
    assert city.cover
    assert (city.cover.credit, city.cover.licence, str(city.cover.alt)) == ("A test", "CC-BY-4.0", "De poort")
    assert default_storage.exists(city.cover.original)


def test_routes_and_stops_arrive_and_are_public(pack: Path) -> None:
    import_packs(pack)
    route = Route.objects.get()
    assert (route.slug, route.state, route.theme, route.mode) == ("along-the-canal", "published", "history", "walk")
    first, second = route.stops.all()
    assert (first.number, first.slug, first.opening_hours, first.step_free) == (1, "oostpoort", "24/7", "partial")
    assert (first.address, first.address_language, first.minutes) == ("Oostpoort 1", "nl", 15)
    assert [medium.name for medium in first.pictures] == ["media/gate.svg"]
    assert (second.leg_mode, second.leg_track, str(second.leg_note)) == ("walk", [[52.0115, 4.365]], "Langs het water.")
    assert second.website == "https://www.delft.nl/markt"


def test_the_credit_and_the_licence_of_a_pack_are_those_of_the_words_of_its_routes(pack: Path) -> None:
    import_packs(pack)
    route = Route.objects.get()
    assert (route.credit, route.licence) == ("A test", "CC-BY-4.0")


def test_importing_twice_comes_to_the_same(pack: Path) -> None:
    import_packs(pack)
    deliver()
    before, done, jobs = state(), verbs(), Job.objects.count()
    import_packs(pack)
    deliver()
    assert state() == before
    assert Job.objects.count() == jobs == 2  # nothing is rendered anew
    after = verbs()
    for verb in ("city.preparing", "city.ready", "city.launched", "route.published", "medium.added"):
        assert after[verb] == done[verb], verb
    assert after["pack.imported"] == 2


def test_a_correction_arrives_with_the_next_import(pack: Path) -> None:
    import_packs(pack)
    edit(pack, "01-oostpoort.yaml", "The last gate.", "The last of eight gates.")
    edit(pack, "city.yaml", "section: M", "section: C")
    (pack / "media/gate.svg").write_text(SVG.replace("#c00", "#00c"))
    before = Medium.objects.get(name="media/gate.svg").sha256
    import_packs(pack)
    assert Stop.objects.get(number=1).story.in_language("en") == "The last of eight gates."
    assert list(Strength.objects.values_list("section", flat=True)) == ["C"]
    assert Medium.objects.get(name="media/gate.svg").sha256 != before


def test_a_stop_that_is_gone_from_the_pack_is_gone_from_the_route(pack: Path) -> None:
    stops = pack / "routes/along-the-canal/stops"
    (stops / "03-kerk.yaml").write_text((stops / "02-markt.yaml").read_text())
    import_packs(pack)
    assert Stop.objects.count() == 3
    (stops / "03-kerk.yaml").unlink()
    import_packs(pack)
    assert list(Stop.objects.values_list("slug", flat=True)) == ["oostpoort", "markt"]


def test_what_the_city_withdrew_is_not_published_again(pack: Path) -> None:
    import_packs(pack)
    Route.objects.get().withdraw(by="owner")
    import_packs(pack)
    assert Route.objects.get().state == "withdrawn"


def test_a_city_that_sleeps_is_not_woken(pack: Path) -> None:
    (city,) = import_packs(pack)
    city.advance("dormant", by="office")
    import_packs(pack)
    assert City.objects.get().stage == "dormant"


def test_captions_that_the_pack_no_longer_has_go(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cityplus.media.models import medium as medium_module  # noqa: PLC0415
    from cityplus.media.probe import Facts  # noqa: PLC0415

    def probe(path: Path) -> Facts:
        kind = "film" if path.suffix == ".mp4" else "picture"
        return Facts(kind, "video/mp4" if kind == "film" else "image/svg+xml", 1, 1, 1.0)

    monkeypatch.setattr(importing, "probe", probe)
    monkeypatch.setattr(medium_module, "probe", probe)
    (pack / "media/film.mp4").write_bytes(b"film")
    for tag in ("nl", "en"):
        (pack / f"media/film.{tag}.vtt").write_text(f"WEBVTT\n\n{tag}")
    captions = "{nl: media/film.nl.vtt, en: media/film.en.vtt}"
    film = f"film: {{file: media/film.mp4, title: {{nl: A}}, poster: media/cover.svg, captions: {captions}}}\n"
    edit(pack, "route.yaml", "theme: history\n", film + "theme: history\n")
    import_packs(pack)
    assert sorted(Caption.objects.values_list("language", "state")) == [("en", "machine"), ("nl", "author")]
    route = Route.objects.get()
    assert route.film
    assert route.film.poster == City.objects.get().cover
    edit(pack, "route.yaml", ", en: media/film.en.vtt", "")
    import_packs(pack)
    assert list(Caption.objects.values_list("language", flat=True)) == ["nl"]
    edit(pack, "route.yaml", "poster: media/cover.svg", "poster: media/film.nl.vtt")
    with pytest.raises(PackError, match=r"line 5: the poster media/film\.nl\.vtt must be a picture"):
        import_packs(pack)


def test_a_crash_in_a_city_leaves_it_as_it_was(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: object, **kwargs: object) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(Route, "publish", crash)
        with pytest.raises(OSError, match="the power went"):
            import_packs(pack)
    assert not City.objects.exists()
    assert not Route.objects.exists()
    assert "city.launched" not in verbs()
    (city,) = import_packs(pack)
    assert (city.stage, Route.objects.get().state) == ("launched", "published")


def other_city(pack: Path, handle: str, number: int, ties: str) -> None:
    other = write_pack(pack.parent / handle)
    edit(other, "city.yaml", "handle: delft", f"handle: {handle}")
    edit(other, "city.yaml", "number: 10", f"number: {number}")
    edit(other, "city.yaml", "with: shenzhen", f"with: {ties}")


def test_a_tie_that_both_name_is_accepted(pack: Path) -> None:
    other_city(pack, "shenzhen", 1, "delft")
    import_packs(pack.parent)
    tie = Tie.objects.public().get()
    assert (str(tie), tie.since, tie.source) == ("delft+shenzhen", "2014-11", "A list")
    import_packs(pack.parent)
    assert verbs()["tie.accepted"] == 1


def test_a_tie_that_one_names_waits_for_the_other(pack: Path) -> None:
    other_city(pack, "shenzhen", 1, "plovdiv")
    import_packs(pack.parent)
    assert Tie.objects.get().state == "proposed"
    import_packs(pack.parent)
    assert Tie.objects.get().state == "proposed"  # saying it twice is not agreeing
    assert not Tie.objects.public().exists()


def test_a_tie_with_a_city_that_is_not_here_is_not_made(pack: Path) -> None:
    import_packs(pack)
    assert not Tie.objects.exists()


def test_the_import_tells_what_it_does(pack: Path) -> None:
    other_city(pack, "shenzhen", 1, "delft")
    told: list[str] = []
    import_packs(pack.parent, tell=told.append)
    assert told == ["[1/2] Delft · 1 routes · 2 media", "[2/2] Delft · 1 routes · 2 media"]
