from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from cityplus.events.models.organiser import Organiser
from cityplus.events.models.venue import Venue
from cityplus.social.speakers import voices

if TYPE_CHECKING:
    from cityplus.events.models.event import Event  # noqa: F401


class EventQuerySet(QuerySet["Event"]):
    def public(self) -> EventQuerySet:
        """What everybody may know of: published by who is there for everybody. The events of an organisation that is no longer
        verified, of a city before its launch, of an account that is closed or suspended are not."""
        return self.exclude(state="draft").filter(~Exists(Organiser.objects.unknown().filter(event=OuterRef("pk"))))

    def visible_to(self, person: Any) -> EventQuerySet:
        """Public ones are everybody's, all others only their organisers' and the office's."""
        if getattr(person, "is_staff", False):
            return self
        mine = [actor.pk for actor in voices.of(person)]
        if not mine:
            return self.public()
        theirs = Organiser.objects.filter(actor__in=mine).values("event")
        return self.filter(Q(pk__in=theirs) | Q(pk__in=type(self)(self.model, using=self.db).public().values("pk")))

    def at(self, handle: str, slug: str) -> EventQuerySet:
        """The one at this address, which is under the handle of its first organiser."""
        return self.filter(slug=slug, pk__in=Organiser.objects.filter(actor__handle=handle, place=0).values("event"))

    def for_lines(self) -> EventQuerySet:
        """With its address and the clocks of its halls, in a fixed number of queries."""
        hosts = Prefetch("hosting", Organiser.objects.select_related("actor"))
        return self.prefetch_related(hosts, Prefetch("venues", Venue.objects.select_related("city__actor")))

    def for_cards(self) -> EventQuerySet:
        """With all that a card shows, in a fixed number of queries."""
        hosts = Prefetch("hosting", Organiser.objects.select_related("actor__city", "actor__organisation__logo"))
        venues = Prefetch("venues", Venue.objects.select_related("city__actor"))
        return self.select_related("cover").prefetch_related("cover__renditions", hosts, venues)
