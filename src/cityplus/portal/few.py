"""The few of many that a page names, so that it is as large for a large network as for a small one."""

from __future__ import annotations

from cityplus.cities.choosing import far_apart
from cityplus.cities.models import City
from cityplus.ties.models import Tie

NAMED = 18
"""Cities whose names stand on the globe and on the card of the network."""
LINES = 60
"""Ties that are drawn on both."""


def well_known(limit: int) -> list[City]:
    """Launched cities for a picture of the whole Earth: large ones that lie far apart."""
    return far_apart(City.objects.filter(stage="launched").select_related("actor"), limit)


def newest_ties(limit: int) -> list[Tie]:
    """With where their cities lie, and nothing else of them."""
    ties = Tie.objects.public().select_related("first", "second").order_by("-accepted_at", "-id")
    return list(ties.only("first__lat", "first__lon", "second__lat", "second__lon")[:limit])
