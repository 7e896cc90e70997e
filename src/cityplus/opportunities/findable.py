"""What search knows of opportunities: what everybody may see, as long as it is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cityplus.cities.findable import VERBS as CITY_VERBS
from cityplus.journal.models import Entry
from cityplus.lib.geo import Point
from cityplus.opportunities.models import Opportunity
from cityplus.opportunities.models.queries import OpportunityQuerySet
from cityplus.search.index import Kind, Scope, in_parts
from cityplus.search.items import Item

_OWN = ("public", "renewed", "returned", "taken_back", "closed", "lapsed", "withheld", "restored", "translated")
_HOSTS = (
    *(f"organisation.{verb}" for verb in ("verified", "draft", "withdrawn", "returned", "closed", "changed")),
    *("decision.suspended", "decision.lifted", "appeal.reversed"),
)
VERBS = (*CITY_VERBS, *_HOSTS, *(f"opportunity.{verb}" for verb in _OWN))
"""A city or an organisation that goes takes its opportunities with it."""
KIND = Kind("opportunity", 12, _("Opportunities"), "opportunities/found.html", VERBS)


class Opportunities:
    """Source of the kind ``opportunity``: found by its title, its story, its place and its host."""

    def everything(self) -> Iterator[Item]:
        return map(_item, in_parts(self._public()))

    def within(self, scope: Scope) -> Iterable[Item]:
        found = self._public().filter(city__actor__handle=scope.handle)
        return map(_item, found.filter(pk=scope.object_id) if scope.object_id else found)

    def touched(self, entry: Entry) -> Scope | None:
        own = entry.subject == Opportunity._meta.label_lower
        return Scope(entry.handle, object_id=entry.subject_id if own else None)

    def seen_by(self, person: Any, ids: Sequence[int]) -> Mapping[int, Opportunity]:
        found = Opportunity.objects.visible_to(person).open().for_lists().filter(pk__in=ids)
        return {one.pk: one for one in found}

    @staticmethod
    def _public() -> OpportunityQuerySet:
        return Opportunity.objects.public().open().select_related("host", "city__actor")


def _item(one: Opportunity) -> Item:
    point = Point(one.lat, one.lon) if one.lat is not None and one.lon is not None else one.city.point
    return Item(
        object_id=one.pk,
        handle=one.city.actor.handle,
        url_name="opportunities:opportunity",
        url_args=(one.host.handle, one.slug),
        title=one.title,
        words=[one.story, one.place, one.host.names, one.city.actor.names],
        point=point,
    )
