"""A fixed corpus whose hits are known, and indexes that begin empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.lib.geo import Point
from cityplus.search import index
from cityplus.search.building import build
from cityplus.search.items import Item

HOFVIJVER = Point(52.0807, 4.3124)


def city(object_id: int, handle: str, title: Text, lat: float, lon: float, size: int) -> Item:
    return Item(object_id, handle, "actors:page", (handle,), title, (), Point(lat, lon), size)


def stop(object_id: int, handle: str, title: Text, lat: float, lon: float, *words: str) -> Item:
    args = (handle, "walk", object_id)
    return Item(object_id, handle, "routes:stop", args, title, words, Point(lat, lon), parent=1)


def corpus() -> dict[index.Kind, Iterator[Item]]:
    kinds = index.kinds()
    cities = [
        city(
            1,
            "thehague",
            Text.of("nl", nl="Den Haag", en="The Hague", zh_Hans="海牙", ar="لاهاي"),
            52.08,
            4.31,
            560_000,
        ),
        city(2, "plovdiv", Text.of("bg", bg="Пловдив", en="Plovdiv", zh_Hans="普罗夫迪夫"), 42.15, 24.75, 340_000),
        city(3, "shanghai", Text.of("zh-Hans", zh_Hans="上海", en="Shanghai"), 31.23, 121.47, 24_000_000),
        city(4, "saopaulo", Text.of("pt", pt="São Paulo", en="Sao Paulo"), -23.55, -46.63, 12_000_000),
        city(5, "lodz", Text.of("pl", pl="Łódź", en="Lodz"), 51.76, 19.46, 670_000),
        city(6, "hagen", Text.of("de", de="Hagen", en="Hagen"), 51.36, 7.47, 190_000),
    ]
    routes = [
        Item(1, "thehague", "routes:route", ("thehague", "walk"), Text.of("nl", nl="Naar zee", en="To the sea"),
             ["Van het Vredespaleis naar de golven."], HOFVIJVER, 560_000),
    ]  # fmt: skip
    stops = [
        stop(1, "thehague", Text.of("nl", nl="Vredespaleis", en="Peace Palace", zh_Hans="和平宫", ar="قصر السلام"), 52.0866, 4.2955,
             "Andrew Carnegie betaalde anderhalf miljoen."),
        stop(2, "thehague", Text.of("nl", nl="Paleis Noordeinde", en="Noordeinde Palace"), 52.0809, 4.3059),
        stop(3, "shanghai", Text.of("zh-Hans", zh_Hans="和平饭店", en="Peace Hotel"), 31.2388, 121.4850),
        stop(4, "shanghai", Text.of("zh-Hans", zh_Hans="人民公园", en="People’s Park"), 31.2330, 121.4690),
        stop(5, "lodz", Text.of("pl", pl="Park Źródliska", en="Zrodliska Park"), 51.7600, 19.4800),
    ]  # fmt: skip
    return {kinds["city"]: iter(cities), kinds["route"]: iter(routes), kinds["stop"]: iter(stops)}


@pytest.fixture
def found_corpus(db: None) -> None:
    build(corpus())


@pytest.fixture
def empty_index(db: None) -> None:
    build({kind: iter(()) for kind in index.kinds().values()})


def tell_the_index() -> None:
    """What the worker does after the commit."""
    while deliver():
        pass
