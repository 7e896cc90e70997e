from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.fields import MultilingualField
from cityplus.lib.lifecycle import LifeCycle, LifeCycleError
from cityplus.opportunities import acting, judged
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models.parts import spread
from cityplus.opportunities.models.queries import OpportunityQuerySet
from cityplus.opportunities.models.worth import check_day, whole

MOST = 100
"""Opportunities that a host has at one time and has not closed."""


class Opportunity(models.Model):
    """Something that a host offers or asks for. ``city`` looks it over before it is public; a city's own is looked over by its own team.

    ``value_from`` and ``value_to`` are whole numbers of the smallest unit of ``currency``; only where ``value_public`` others than the
    host and the city see them. ``size`` is what the host says to everybody. ``reminded_for`` is the end of which its host was reminded.
    """

    LIFE = LifeCycle("""
        draft -> submitted -> public -> closed
        submitted -> draft
        draft -> closed
        public -> lapsed -> public
        lapsed -> closed
        public -> draft
        lapsed -> draft
    """)

    class Direction(models.TextChoices):
        OFFER = "offer", gettext_lazy("offer")
        REQUEST = "request", gettext_lazy("request")

    class Kind(models.TextChoices):
        INVESTMENT = "investment", gettext_lazy("investment")
        TRADE = "trade", gettext_lazy("trade")
        RESEARCH = "research", gettext_lazy("research")
        EDUCATION = "education", gettext_lazy("education")
        CULTURE = "culture", gettext_lazy("culture")
        PILOT = "pilot", gettext_lazy("pilot project")
        PARTNER = "partner", gettext_lazy("partner search")

    class Size(models.TextChoices):
        """The order of magnitude, in euros or what is worth as much."""

        SMALL = "small", gettext_lazy("below 100 thousand euros")
        MEDIUM = "medium", gettext_lazy("100 thousand to 1 million euros")
        LARGE = "large", gettext_lazy("1 to 10 million euros")
        GREAT = "great", gettext_lazy("10 million euros or more")

    class Audience(models.TextChoices):
        ALL = "all", gettext_lazy("everybody")
        VERIFIED = "verified", gettext_lazy("verified organisations only")

    host = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="opportunities")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="opportunities")
    slug = models.SlugField(max_length=80)
    direction = models.CharField(max_length=7, choices=Direction)
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=9, choices=LIFE.choices, default=LIFE.first)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.ALL)
    title = MultilingualField()
    story = MultilingualField()
    place = MultilingualField(help_text="Where in the city, or where else; none: anywhere in the city")
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    size = models.CharField(max_length=6, choices=Size, blank=True)
    value_from = models.BigIntegerField(null=True, blank=True)
    value_to = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217")
    value_public = models.BooleanField(default=False)
    sample = models.BooleanField(default=False, help_text="Whether it is invented, and shown so")
    reason = models.TextField(blank=True, help_text="Why the city gave it back")
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    reminded_for = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="Since when moderation withholds it")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "opportunities"
        constraints = [
            models.UniqueConstraint(fields=["host", "slug"], name="opportunities_slug_once"),
            whole("opportunities_value_whole"),
        ]
        indexes = [models.Index(fields=["state", "-published_at", "-id"], name="opportunities_newest")]

    def __str__(self) -> str:
        return f"{self.slug} ({self.state})"

    def get_absolute_url(self) -> str:
        return reverse("opportunities:opportunity", args=[self.host.handle, self.slug])

    @property
    def is_open(self) -> bool:
        return self.state == "public" and self.expires_at > timezone.now()

    @property
    def last_day(self) -> date:
        """The day until which it is open, by the clocks of its city."""
        return self.expires_at.astimezone(self.city.zone).date()

    @property
    def is_shown(self) -> bool:
        """Whether others than its host and its city may see it at all."""
        return type(self).objects.shown().filter(pk=self.pk).exists()

    @classmethod
    def draft(
        cls, host: Actor, slug: str, *, by: str, sectors: Sequence[str] = (), tongues: Sequence[str] = (), **facts: Any
    ) -> Opportunity:
        """Begin an opportunity of a city or a verified organisation.

        Raises:
            OpportunityError: the host can have none, or has one with this slug already.
        """
        with transaction.atomic():
            journal.queue_up()  # of two who take one address the second sees the first
            if cls.objects.filter(host=host, slug=slug).exists():
                raise OpportunityError(_("There is an opportunity “%s” already; choose another address.") % slug)
            if cls.objects.filter(host=host).exclude(state="closed").count() >= MOST:
                raise OpportunityError(
                    _("You have %(most)s opportunities already that are not closed. Close one first.") % {"most": MOST}
                )
            facts.setdefault("expires_at", timezone.now() + timedelta(days=180))
            row = cls.objects.create(host=host, city=acting.city_of(host), slug=slug, made_by=by, **facts)
            spread(row, sectors, tongues)
            row.record("drafted", by, quiet=True)
        return row

    def edit(self, *, by: str, sectors: Sequence[str] = (), tongues: Sequence[str] = (), **facts: Any) -> None:
        """Write all of a draft anew. What was public is taken back first, and looked over again.

        Raises:
            OpportunityError: it is no draft.
        """
        with transaction.atomic():
            row = self.locked()
            if row.state != "draft":
                raise OpportunityError(
                    _("Take it back first: what is public or asked for is not changed under the eyes of others.")
                )
            for name, value in {**facts, "changed_at": timezone.now()}.items():
                setattr(row, name, value)
            row.save(update_fields=[*facts, "changed_at"])
            spread(row, sectors, tongues)
            row.record("edited", by, quiet=True)
        self.refresh_from_db()

    def submit(self, *, by: str) -> None:
        """Ask the city to look it over.

        Raises:
            OpportunityError: something is missing, or is not published here; the message says what.
            LifeCycleError: it is no draft.
        """
        judged.checked(self.title, self.story, self.place)  # what is held, the city looks over in any case
        with transaction.atomic():
            row = self.locked()
            row._check()
            row._advance("submitted", by, quiet=True, submitted_at=timezone.now(), reason="")
        self.refresh_from_db()

    def publish(self, *, by: str) -> None:
        """Show it: the city has looked it over.

        Raises:
            OpportunityError: its day is over by now.
            LifeCycleError: nobody asked for it.
        """
        with transaction.atomic():
            row = self.locked()
            row._check()
            told = row.audience == row.Audience.ALL and not row.sample
            row._advance("public", by, news=told, published_at=timezone.now(), reminded_for=None)
        self.refresh_from_db()

    def give_back(self, reason: str, *, by: str) -> None:
        """The city gives back what it was asked to look over, or takes away what it showed; the host reads the reason.

        Raises:
            OpportunityError: there is no reason.
        """
        if not reason.strip():
            raise OpportunityError(_("Say why, so that they can put it right."))
        with transaction.atomic():
            row = self.locked()
            row._advance("draft", by, verb="returned", reason=reason.strip(), published_at=None, submitted_at=None)
        self.refresh_from_db()

    def take_back(self, *, by: str) -> None:
        """The host takes it back to write it anew; nobody else sees it until the city has looked it over again."""
        with transaction.atomic():
            row = self.locked()
            row._advance("draft", by, verb="taken_back", published_at=None, submitted_at=None)
        self.refresh_from_db()

    def renew(self, until: datetime, *, by: str) -> None:
        """Say that it still holds, until that day. One whose day was over is open again.

        Raises:
            OpportunityError: the day is past or further than a year away.
            LifeCycleError: the city has not made it public, or it is closed.
        """
        check_day(until)
        with transaction.atomic():
            row = self.locked()
            if row.state == "public":
                row.expires_at, row.reminded_for = until, None
                row.save(update_fields=["expires_at", "reminded_for"])
                row.record("renewed", by, until=until.isoformat())
            elif row.state == "submitted":
                raise LifeCycleError("What waits for its city is not renewed past it.")
            else:
                row._advance("public", by, verb="renewed", expires_at=until, reminded_for=None)
        self.refresh_from_db()

    def close(self, *, by: str) -> None:
        """End it: it is done, or no longer wanted. Whoever was interested is told."""
        with transaction.atomic():
            self.locked()._advance("closed", by, closed_at=timezone.now())
        self.refresh_from_db()

    def remind(self, now: datetime) -> bool:
        """Have its host told that its day comes, once for each day that was set; whether it was this time."""
        with transaction.atomic():
            row = self.locked()
            if row.state != "public" or row.reminded_for == row.expires_at or row.expires_at <= now:
                return False
            row.reminded_for = row.expires_at
            row.save(update_fields=["reminded_for"])
            row.record("expiring", "", quiet=True, on=row.expires_at.isoformat())
        return True

    def lapse(self, now: datetime) -> bool:
        """Note that its day is over; whether it was. One that was renewed meanwhile stays."""
        with transaction.atomic():
            row = self.locked()
            if row.state != "public" or row.expires_at > now:
                return False
            row._advance("lapsed", "")
        return True

    def withhold(self, hidden: bool, *, by: str) -> None:
        """Moderation withholds it, or shows it again; done twice it is done once."""
        with transaction.atomic():
            row = self.locked()
            if (row.hidden_at is not None) != hidden:
                row.hidden_at = timezone.now() if hidden else None
                row.save(update_fields=["hidden_at"])
                row.record("withheld" if hidden else "restored", by)

    def locked(self) -> Opportunity:
        """The row as it is now, ours until the end of the transaction."""
        journal.queue_up()  # before the row, as who purges an account does
        rows = Opportunity.objects.select_for_update(of=("self",), no_key=True).select_related("host", "city__actor")
        return rows.get(pk=self.pk)

    def record(self, verb: str, by: str, *, quiet: bool = False, **data: Any) -> None:
        journal.record(f"opportunity.{verb}", self, handle=self.city.actor.handle, by=by, quiet=quiet, **data)

    def _advance(
        self, state: str, by: str, *, verb: str = "", quiet: bool = False, news: bool = False, **columns: Any
    ) -> None:
        self.LIFE.check(self.state, state)
        was, self.state = self.state, state
        for name, value in {**columns, "changed_at": timezone.now()}.items():
            setattr(self, name, value)
        self.save(update_fields=["state", "changed_at", *columns])
        facts = {"was": was} | ({"reason": self.reason} if verb == "returned" else {})
        self.record(verb or state, by, quiet=quiet, public=news, **facts)

    def _check(self) -> None:
        if not self.title or not self.story:
            raise OpportunityError(_("Give it a title, and say what it is about."))
        if not self.sectors.exists():
            raise OpportunityError(_("Choose at least one sector, so that it is found."))
        check_day(self.expires_at)
