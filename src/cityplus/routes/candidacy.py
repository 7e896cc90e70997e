"""What a city needs of routes before it may ask for admission."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cityplus.cities.checklist import Item
from cityplus.cities.models import City
from cityplus.routes.models import Route


def of_routes(city: City) -> Iterable[Item]:
    """One route that is published: once the city is launched, it is public with it."""
    published = Route.objects.filter(city=city, state="published").exists()
    yield Item("route", _("One published route"), published, "routes/")
