"""Ceremonies in the news: announced once, told once whatever the number of their cities, gone when they are hidden."""

from __future__ import annotations

from datetime import UTC, datetime

from cityplus.ceremonies.models import Ceremony
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.portal import news


def kinds() -> list[str]:
    return [item.kind for item in news.latest(10) if item.kind in {"coming", "kept"}]


def test_a_ceremony_of_two_cities_is_told_once_and_only_while_it_is_true(thehague: City, shenzhen: City) -> None:
    made = Ceremony.plan(
        "launch", [thehague, shenzhen], by="x", title=Text.of("en", en="The launch"), time_zone="UTC",
        starts_at=datetime(2027, 5, 6, 10, tzinfo=UTC),
    )  # fmt: skip
    assert kinds() == []
    made.announce(by="x")
    assert kinds() == ["coming"]
    made.announce(by="x", shown=False)
    assert kinds() == []
    Ceremony.objects.update(state="launched", announced=True)
    Ceremony.objects.get().keep(by="x")
    (item,) = [item for item in news.latest(10) if item.kind == "kept"]
    assert (item.on, item.url) == ("2027-05-06", made.get_absolute_url())
