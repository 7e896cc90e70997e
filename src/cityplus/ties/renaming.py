"""A pair is called what its cities are called."""

from __future__ import annotations

from cityplus import journal
from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.ties.models import Tie


@journal.subscribe("ties.pairs", "city.changed", "pack.imported")
def rename_pairs(entry: Entry) -> None:
    """Bring the names of the pairs of a city into line with its own."""
    for city in City.objects.filter(actor__handle=entry.handle):
        for tie in Tie.objects.of(city).filter(state="accepted").with_cities():
            tie.name_pair()
