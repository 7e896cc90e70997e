"""What search knows of cities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.languages.formats import country
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.languages.text import Text
from cityplus.search.index import Kind, Scope, in_parts
from cityplus.search.items import NO_LANGUAGE, Item

VERBS = ("city.launched", "city.dormant", "city.changed", "pack.imported")
"""After these another may be public, or called otherwise."""

KIND = Kind("city", 0, _("Cities"), "cities/found.html", VERBS, sign="@")


class Cities:
    """Source of the kind ``city``: found by its names and handle, its country in seven languages, its own words."""

    def everything(self) -> Iterator[Item]:
        return map(_item, in_parts(City.objects.visible_to(None).select_related("actor")))

    def within(self, scope: Scope) -> Iterable[Item]:
        cities = City.objects.visible_to(None).select_related("actor").filter(actor__handle=scope.handle)
        return map(_item, cities)

    def touched(self, entry: Entry) -> Scope | None:
        return Scope(entry.handle)

    def seen_by(self, person: Any, ids: Sequence[int]) -> Mapping[int, City]:
        cities = City.objects.visible_to(person).select_related("actor").filter(pk__in=ids)
        return {city.pk: city for city in cities}


def _item(city: City) -> Item:
    return Item(
        object_id=city.pk,
        handle=city.handle,
        url_name="actors:page",
        url_args=(city.handle,),
        title=city.actor.names,
        more_names=[Text.of(NO_LANGUAGE, **{NO_LANGUAGE: city.handle})],
        words=[
            *sorted({country(city.country, language.tag) for language in UI_LANGUAGES}),
            city.tagline,
            city.profile,
        ],
        point=city.point,
        size=city.population,
    )
