from __future__ import annotations

from collections.abc import Mapping

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models.opportunity import Opportunity
from cityplus.people.models import Person

MOST = 20
"""Searches that a person keeps."""
LONGEST = 300
"""Signs of its filters as a query string."""


class Search(models.Model):
    """A filter that a person keeps: they are told of each opportunity that fits it once, from now on."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="searches")
    name = models.CharField(max_length=80)
    filters = models.JSONField(default=dict)
    query = models.CharField(max_length=LONGEST, help_text="The filters as a query string, always in one order")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "searches"
        constraints = [models.UniqueConstraint(fields=["person", "query"], name="opportunities_search_once")]

    def __str__(self) -> str:
        return f"{self.name} of {self.person_id}"

    @classmethod
    def keep(cls, person: Person, name: str, filters: Mapping[str, str], query: str) -> Search:
        """Keep a filter; one that is kept already is that one, with its new name.

        Raises:
            OpportunityError: that would be one too many, or is longer than what the list offers.
        """
        if len(query) > LONGEST:
            raise OpportunityError(_("Choose the filters from the list."))
        with transaction.atomic():
            Person.objects.select_for_update(no_key=True).get(pk=person.pk)
            mine = cls.objects.filter(person=person)
            if mine.exclude(query=query).count() >= MOST:
                raise OpportunityError(_("You keep %(most)s searches already. Drop one first.") % {"most": MOST})
            facts = {"name": name.strip()[:80] or _("Opportunities"), "filters": dict(filters)}
            search, new = cls.objects.update_or_create(person=person, query=query, defaults=facts)
            journal.record("search.kept" if new else "search.named", search, by=person.username, quiet=True)
        return search

    def drop(self) -> None:
        """Keep it no longer."""
        with transaction.atomic():
            journal.record("search.dropped", self, by=self.person.username, quiet=True)
            self.delete()


class Match(models.Model):
    """That the person of a search was told of an opportunity."""

    search = models.ForeignKey(Search, on_delete=models.CASCADE, related_name="matches")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "matches"
        constraints = [models.UniqueConstraint(fields=["search", "opportunity"], name="opportunities_match_once")]

    def __str__(self) -> str:
        return f"{self.opportunity_id} for {self.search_id}"
