"""The sample network in `content/`: it imports whole, and what is known of the first nine members holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CONTENT
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.languages.text import Text
from cityplus.lib.geo import Point, distance
from cityplus.media.models import Medium
from cityplus.packs.importing import import_packs
from cityplus.routes.models import Route, Stop
from cityplus.ties.models import Tie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]

SEVEN = {language.tag for language in UI_LANGUAGES}
MEMBERS = (
    (1, "shenzhen", "深圳", "CN", 22.54554, 114.0683, "Asia/Shanghai", "zh-Hans"),
    (2, "sharjah", "الشارقة", "AE", 25.3342, 55.41221, "Asia/Dubai", "ar"),
    (3, "tsukuba", "つくば", "JP", 36.08333, 140.11667, "Asia/Tokyo", "ja"),
    (4, "liege", "Liège", "BE", 50.63373, 5.56749, "Europe/Brussels", "fr"),
    (5, "plovdiv", "Пловдив", "BG", 42.15387, 24.75001, "Europe/Sofia", "bg"),
    (6, "capetown", "Cape Town", "ZA", -33.92584, 18.42322, "Africa/Johannesburg", "en"),
    (7, "brisbane", "Brisbane", "AU", -27.46794, 153.02809, "Australia/Brisbane", "en"),
    (8, "seattle", "Seattle", "US", 47.60621, -122.33207, "America/Los_Angeles", "en"),
    (9, "thehague", "Den Haag", "NL", 52.07667, 4.29861, "Europe/Amsterdam", "nl"),
)
TIES = {("shenzhen", "thehague"): "2014", ("brisbane", "shenzhen"): "1992-06", ("plovdiv", "shenzhen"): "2013-11"}


@pytest.fixture(scope="module")
def network(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The nine packs, brought in once for all tests of this file and taken back after them."""
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path_factory.mktemp("media"), "base_url": "/media/"},
    }
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(STORAGES={"default": storage}):
            import_packs(CONTENT)
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member[1])
def test_the_facts_of_a_member(member: tuple[int, str, str, str, float, float, str, str]) -> None:
    number, handle, name, country, lat, lon, zone, language = member
    city = City.objects.get(actor__handle=handle)
    assert (city.number, city.stage, city.country, city.time_zone) == (number, "launched", country, zone)
    assert (city.lat, city.lon) == (lat, lon)
    assert (city.actor.native_name, city.actor.native_language) == (name, language)
    assert city.languages[0] == language
    assert city.population > 0
    assert city.population_year
    assert city.population_scope
    assert city.population_source
    assert city.cover
    assert city.strengths.exists()


def test_there_are_nine_and_only_the_hague_s_day_is_known() -> None:
    assert City.objects.count() == 9
    days = {city.handle: city.launched_on for city in City.objects.all()}
    assert {handle: day for handle, day in days.items() if day} == {"thehague": "2018-12-03"}


def test_only_the_three_known_ties() -> None:
    ties = {(tie.first.handle, tie.second.handle): tie.since for tie in Tie.objects.public()}
    assert ties == TIES
    assert Tie.objects.count() == 3
    assert all(tie.source for tie in Tie.objects.all())


def test_profiles_taglines_and_strengths_in_all_seven() -> None:
    for city in City.objects.all():
        assert set(city.actor.names.versions) >= SEVEN, city.handle
        assert set(city.profile.versions) == SEVEN, city.handle
        assert set(city.tagline.versions) == SEVEN, city.handle
        for strength in city.strengths.all():
            assert set(strength.sentence.versions) == SEVEN, city.handle
        assert all(len(version.text) <= 60 for version in city.tagline.versions.values()), city.handle


def test_the_two_first_routes_are_public() -> None:
    routes = {str(route): route.stops.count() for route in Route.objects.filter(state="published")}
    assert routes == {"@shenzhen/5-landmarks": 5, "@thehague/22-destinations": 22}


def test_routes_in_all_seven() -> None:
    for route in Route.objects.all():
        for name in ("title", "summary", "step_free", "season", "best_time"):
            assert set(getattr(route, name).versions) == SEVEN, f"{route} {name}"
        assert route.cover
        assert route.film
        assert route.sources


def test_the_stops_that_the_article_names() -> None:
    hague = list(Stop.objects.filter(route__city__actor__handle="thehague").values_list("slug", flat=True))
    for slug in ("mauritshuis", "ridderzaal", "paleis-noordeinde", "vredespaleis", "madurodam"):
        assert slug in hague
    shenzhen = list(Stop.objects.filter(route__city__actor__handle="shenzhen").values_list("slug", flat=True))
    assert shenzhen == ["guomao", "huaqiangbei", "ping-an", "lianhua-hill", "sea-world"]


def test_every_stop_is_told_in_english_chinese_and_dutch() -> None:
    for stop in Stop.objects.all():
        for name in ("title", "story", "look_for", "access"):
            assert set(getattr(stop, name).versions) >= {"en", "zh-Hans", "nl"}, f"{stop} {name}"


def test_every_story_is_of_a_length_to_be_read_standing() -> None:
    lengths = {str(stop): len(re.findall(r"\S+", stop.story.versions["en"].text)) for stop in Stop.objects.all()}
    assert {stop: words for stop, words in lengths.items() if not 80 <= words <= 200} == {}


def test_every_stop_lies_in_its_city_and_has_a_picture_and_a_source() -> None:
    for stop in Stop.objects.select_related("route__city"):
        assert distance(stop.point, stop.route.city.point) < 40_000, stop
        assert stop.pictures, stop
        assert stop.sources, stop
        assert distance(stop.point, Point(stop.lon / 4, stop.lat)) > 1, stop  # latitude and longitude are not mixed up


def texts() -> Iterator[tuple[str, Text]]:
    for model in (City, Route, Stop, Medium):
        fields = [field.name for field in model._meta.get_fields() if type(field).__name__ == "MultilingualField"]
        for thing in model.objects.all():
            yield from ((f"{thing} {name}", getattr(thing, name)) for name in fields if getattr(thing, name))


def test_what_nobody_has_read_yet_says_that_a_machine_made_it() -> None:
    count = 0
    for name, text in texts():
        for tag, version in text.versions.items():
            assert version.text.strip(), f"{name} {tag}"
            if tag == text.original:
                assert version.state == "author", f"{name} {tag}"
            else:
                assert version.state == "machine" or version.by, f"{name} {tag}"  # whoever reviewed it gave their name
            count += 1
    assert count > 700


def test_every_picture_film_and_sound_says_what_one_cannot_see_or_hear() -> None:
    for medium in Medium.objects.all():
        assert medium.credit, medium
        assert medium.licence, medium
        words = {"picture": medium.alt, "film": medium.title, "sound": medium.transcript}[medium.kind]
        assert set(words.versions) >= {"en", "zh-Hans", "nl"}, medium
        if medium.kind == "film":
            assert {track.language for track in medium.captions.all()} >= {"en", "zh-Hans", "nl"}, medium
            assert medium.poster, medium
    assert Medium.objects.filter(kind="film").count() >= 2
    assert Medium.objects.filter(kind="sound").exists()


def test_importing_it_again_launches_nobody_again(tmp_path: Path) -> None:
    counted = {
        verb: Entry.objects.filter(verb=verb).count()
        for verb in ("city.launched", "route.published", "tie.accepted", "medium.added")
    }
    rows = {model.__name__: model.objects.count() for model in (City, Route, Stop, Medium, Tie)}
    assert counted["city.launched"] == 9
    import_packs(CONTENT)
    assert {verb: Entry.objects.filter(verb=verb).count() for verb in counted} == counted
    assert {model.__name__: model.objects.count() for model in (City, Route, Stop, Medium, Tie)} == rows
