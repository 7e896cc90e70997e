from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cityplus import journal
from cityplus.actors.handles import check_handle
from cityplus.actors.models import Actor
from cityplus.cities.isic import section_of
from cityplus.cities.models import City
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycle
from cityplus.media.models import Medium
from cityplus.organisations.roles import Role
from cityplus.people.models import Person


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self) -> OrganisationQuerySet:
        """What everybody may know of: verified ones of public cities."""
        return self.filter(state="verified", city__stage__in=City.PUBLIC, actor__gone_at=None)

    def visible_to(self, person: Any) -> OrganisationQuerySet:
        """Verified ones are everybody's; the others only their delegates', their city's team's and the office's."""
        if getattr(person, "is_staff", False):
            return self
        public = models.Q(pk__in=Organisation.objects.public())
        if getattr(person, "is_authenticated", False):
            mine = models.Q(delegates__person=person) | models.Q(city__team__person=person)
            return self.filter(public | models.Q(pk__in=Organisation.objects.filter(mine).values("pk")))
        return self.filter(public)


class Organisation(models.Model):
    """A company, university, institute or association. ``languages`` are BCP 47 tags in which one can deal with it, the best first."""

    LIFE = LifeCycle("""
        draft -> asked -> verified -> closed
        asked -> draft
        draft -> closed
        verified -> draft
    """)

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        UNIVERSITY = "university", _("university")
        INSTITUTE = "institute", _("institute")
        ASSOCIATION = "association", _("association")

    class Size(models.TextChoices):
        """People who work there, in the classes of the European Union's definition of enterprises (2003/361/EC)."""

        MICRO = "micro", _("fewer than 10 people")
        SMALL = "small", _("10 to 49 people")
        MEDIUM = "medium", _("50 to 249 people")
        LARGE = "large", _("250 people or more")

    actor = models.OneToOneField(Actor, on_delete=models.PROTECT, related_name="organisation")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="organisations")
    kind = models.CharField(max_length=11, choices=Kind)
    state = models.CharField(max_length=8, choices=LIFE.choices, default=LIFE.first)
    size = models.CharField(max_length=6, choices=Size, blank=True)
    languages = models.JSONField(default=list)
    about = MultilingualField()
    offers = MultilingualField()
    seeks = MultilingualField()
    website = models.CharField(max_length=300, blank=True)
    logo = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.CharField(max_length=150, blank=True)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.actor.native_name} (@{self.actor.handle})"

    def get_absolute_url(self) -> str:
        return self.actor.get_absolute_url()

    @classmethod
    def found(cls, handle: str, names: Text, city: City, kind: str, founder: Person, **facts: Any) -> Organisation:
        """Make an organisation, of which the founder is the first owner. Nobody else sees it before its city has verified it.

        Raises:
            ValidationError: the handle has the wrong shape or is reserved.
            IntegrityError: the handle is taken.
        """
        check_handle(handle)
        with transaction.atomic():
            actor = Actor.objects.create(handle=handle, kind=Actor.Kind.ORGANISATION, names=names)
            organisation = cls.objects.create(actor=actor, city=city, kind=cls.Kind(kind).value, **facts)
            organisation.delegates.create(person=founder, role=Role.OWNER)
            organisation._record("founded", founder.username)
        return organisation

    def busy_in(self, codes: Sequence[str]) -> None:
        """Say in which sections and divisions of ISIC it is active, the main one first.

        Raises:
            KeyError: there is no such section or division.
        """
        rows = [
            Activity(organisation=self, code=c, section=section_of(c), place=n)
            for n, c in enumerate(dict.fromkeys(codes))
        ]
        with transaction.atomic():
            self.activities.all().delete()
            Activity.objects.bulk_create(rows)

    def ask(self, *, by: str) -> None:
        """Ask the city to verify it.

        Raises:
            LifeCycleError: it is not in the state for it.
        """
        self._advance("asked", by, asked_at=timezone.now())

    def verify(self, *, by: str) -> None:
        """The city says that it is what it says; from now on everybody sees it."""
        self._advance("verified", by, verified_at=timezone.now(), verified_by=by)

    def give_back(self, reason: str, *, by: str) -> None:
        """The city gives it back with a reason, or takes its verification away."""
        self._advance("draft", by, reason=reason)

    def close(self, *, by: str) -> None:
        """It exists no longer; its page goes, what it did stays in the trail."""
        self._advance("closed", by)

    def _advance(self, state: str, by: str, reason: str = "", **columns: Any) -> None:
        with transaction.atomic():
            row = Organisation.objects.select_for_update().get(pk=self.pk)
            self.LIFE.check(row.state, state)
            was, row.state = row.state, state
            for name, value in columns.items():
                setattr(row, name, value)
            row.save(update_fields=["state", *columns])
            row._record(state, by, was=was, reason=reason)
        for name, value in {"state": state, **columns}.items():
            setattr(self, name, value)

    def _record(self, verb: str, by: str, **data: Any) -> None:
        journal.record(f"organisation.{verb}", self, handle=self.city.actor.handle, by=by, **data)


class Activity(models.Model):
    """A section or a division of ISIC in which an organisation is active; ``section`` is the letter above it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="activities")
    code = models.CharField(max_length=2)
    section = models.CharField(max_length=1)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        verbose_name_plural = "activities"
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="organisations_activity_once")]
        indexes = [models.Index(fields=["section", "organisation"], name="organisations_in_section")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.code}"
