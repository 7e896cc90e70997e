"""What of the opportunities one may know of. Every list, page, count, feed and file of this room begins here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.opportunities import acting
from cityplus.opportunities.acting import Act
from cityplus.organisations.models import Organisation

if TYPE_CHECKING:
    from cityplus.opportunities.models.opportunity import Opportunity  # noqa: F401


class OpportunityQuerySet(QuerySet["Opportunity"]):
    def shown(self) -> OpportunityQuerySet:
        """What was looked over and is shown: open ones, and what ended. Whoever loses their city, their verification or their account
        shows nothing any more."""
        verified = Organisation.objects.filter(state="verified")
        host = Q(host__kind="city") | Q(host__organisation__in=verified)
        there = self.filter(published_at__isnull=False, hidden_at=None, city__stage__in=City.PUBLIC, host__gone_at=None)
        return there.filter(host, state__in=("public", "lapsed", "closed"))

    def public(self) -> OpportunityQuerySet:
        """What everybody may know of."""
        return self.shown().filter(audience="all")

    def open(self) -> OpportunityQuerySet:
        """Those that one can still answer: not closed, and their day is not over, whether or not somebody has noted that yet."""
        return self.filter(state="public", expires_at__gt=timezone.now())

    def visible_to(self, person: Any) -> OpportunityQuerySet:
        """Public ones are everybody's; those for verified organisations are their delegates', their host's, and the city's that looks
        them over; what is not public yet is the host's, the city's and the office's."""
        if getattr(person, "is_staff", False):
            return self
        if not acting.signed_in(person):
            return self.public()
        shown = self.model.objects.shown() if acting.deals_with_verified(person) else self.model.objects.public()
        mine = Q(host__in=acting.actors(person, Act.WRITE).values("pk")) | Q(city__team__person=person)
        return self.filter(Q(pk__in=shown.values("pk")) | Q(pk__in=self.model.objects.filter(mine).values("pk")))

    def for_lists(self) -> OpportunityQuerySet:
        """With all that a line of a list shows."""
        return self.select_related("host", "city__actor").prefetch_related("sectors", "tongues")
