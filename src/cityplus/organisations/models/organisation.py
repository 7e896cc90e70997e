from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cityplus import journal
from cityplus.actors.handles import check_handle
from cityplus.actors.models import Actor
from cityplus.cities.isic import section_of
from cityplus.cities.models import City
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycle, LifeCycleError
from cityplus.media.models import Medium
from cityplus.moderation.models import Standing
from cityplus.organisations.roles import Role
from cityplus.people.models import Person
from cityplus.social.moderating import settling

VERIFIED_BY_WORD = ("names", "kind", "city")
"""What a city says yes to. It does not change while the city looks at it, nor after."""
SEEN = ("names", "logo")
"""What stands beside each post: where one of these changes, what was rendered of its actor is true no longer."""


class OrganisationError(ValueError):
    """What cannot be done with an organisation now; the message is a sentence for who tried."""


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self) -> OrganisationQuerySet:
        """What everybody may know of: verified ones of public cities."""
        return self.filter(state="verified", city__stage__in=City.PUBLIC, actor__gone_at=None)

    def for_cards(self) -> OrganisationQuerySet:
        """With all that a card shows."""
        related = self.select_related("actor__city", "actor__profile", "city__actor", "logo")
        return related.prefetch_related("activities", "logo__renditions")

    def visible_to(self, person: Any) -> OrganisationQuerySet:
        """Verified ones are everybody's; the others only their delegates', the office's, and those of the team of their city: but for
        drafts on which it never decided."""
        if getattr(person, "is_staff", False):
            return self
        public = models.Q(pk__in=Organisation.objects.public())
        if getattr(person, "is_authenticated", False):
            asked = models.Q(city__team__person=person) & ~models.Q(state="draft", decided_at=None)
            mine = models.Q(delegates__person=person) | asked
            return self.filter(public | models.Q(pk__in=Organisation.objects.filter(mine).values("pk")))
        return self.filter(public)


class Organisation(models.Model):
    """A company, university, institute or association. ``languages`` are BCP 47 tags in which one can deal with it, the best first.

    Its actor is gone (:attr:`Actor.gone_at`) for as long as it is not verified: nobody follows it, names it or reads its posts then.
    ``reason`` is what the city said when it gave it back or took its word back, and empty once it is verified.
    """

    LIFE = LifeCycle("""
        draft -> asked -> verified -> closed
        asked -> draft
        asked -> closed
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
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.actor.native_name} (@{self.actor.handle})"

    def get_absolute_url(self) -> str:
        return self.actor.get_absolute_url()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves the organisation, and with its languages the rows by which those of a language are found."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            columns = kwargs.get("update_fields")
            if columns is None or "languages" in columns:
                self._speak()

    def _speak(self) -> None:
        self.tongues.exclude(tag__in=self.languages).delete()
        there = set(self.tongues.values_list("tag", flat=True))
        for tag in dict.fromkeys(self.languages):
            if tag not in there:
                self.tongues.create(tag=tag)

    @property
    def is_fixed(self) -> bool:
        """Whether its city looks at its word, or has given it."""
        return self.state != self.LIFE.first

    @property
    def turn(self) -> str:
        """Where it stands, as a word that is another one after each step: who decides on what they saw sends it along."""
        return f"{self.state} {self.asked_at.isoformat() if self.asked_at else ''}".strip()

    @classmethod
    def found(
        cls, handle: str, names: Text, city: City, kind: str, founder: Person | None, **facts: Any
    ) -> Organisation:
        """Make an organisation, of which the founder is the first owner (nobody: one of a sample). Nobody else sees it before its
        city has verified it.

        Raises:
            ValidationError: the handle has the wrong shape or is reserved.
            IntegrityError: the handle is taken.
        """
        check_handle(handle)
        with transaction.atomic():
            actor = Actor.objects.create(
                handle=handle, kind=Actor.Kind.ORGANISATION, names=names, gone_at=timezone.now()
            )
            organisation = cls.objects.create(actor=actor, city=city, kind=cls.Kind(kind).value, **facts)
            if founder:
                organisation.delegates.create(person=founder, role=Role.OWNER)
            organisation._record("founded", founder.username if founder else "")
        return organisation

    def change(self, *, by: str, **values: Any) -> list[str]:
        """Change what it says of itself, ``names`` (which are the actor's) among it; returns the names of what is other than it was.

        Raises:
            OrganisationError: its city looks at this word of it, or has given its own for it; or it is closed.
        """
        with transaction.atomic():
            organisation = self._locked()
            owners = {name: organisation.actor if name == "names" else organisation for name in values}
            changed = sorted(name for name, value in values.items() if getattr(owners[name], name) != value)
            organisation._must_be_open()
            if organisation.is_fixed and set(changed) & {*VERIFIED_BY_WORD}:
                raise OrganisationError(
                    gettext("The city vouches for name, kind and city. Take the organisation back to change them.")
                )
            for name in changed:
                setattr(owners[name], name, values[name])
            if changed:
                organisation.save(update_fields=[name for name in changed if name != "names"] or None)
                if set(changed) & {*SEEN}:
                    organisation.actor.revision = F("revision") + 1
                organisation.actor.save(update_fields=["names", "revision"])
                organisation._record("changed", by, changed=changed)
        self.refresh_from_db()
        return changed

    def busy_in(self, codes: Sequence[str], *, by: str = "") -> None:
        """Say in which sections and divisions of ISIC it is active, the main one first.

        Raises:
            KeyError: there is no such section or division.
            OrganisationError: it is closed.
        """
        codes = list(dict.fromkeys(codes))
        rows = [{"code": code, "section": section_of(code), "place": place} for place, code in enumerate(codes)]
        with transaction.atomic():
            organisation = self._locked()
            organisation._must_be_open()
            was = list(self.activities.values_list("code", flat=True))
            if was != codes:
                organisation.activities.all().delete()
                organisation.activities.bulk_create(
                    organisation.activities.model(organisation=organisation, **row) for row in rows
                )
                organisation._record("changed", by, changed=["activities"])

    def ask(self, *, by: str) -> None:
        """Ask the city to verify it.

        Raises:
            LifeCycleError: it is not in the state for it, as with the steps below. These are not taken either where ``seen`` is not its
                :attr:`turn` any more: it was decided, or taken back and changed, since whoever decides looked at it.
        """
        self._advance("asked", "asked", by, asked_at=timezone.now())

    def withdraw(self, *, by: str, seen: str = "") -> None:
        """Ask no longer, or give the verification of the city back, to change what it vouches for."""
        self._advance("draft", "withdrawn", by, seen, reason="")

    def verify(self, *, by: str, seen: str = "") -> None:
        """The city says that it is what it says; from now on everybody sees it."""
        now = timezone.now()
        self._advance("verified", "verified", by, seen, verified_at=now, verified_by=by, decided_at=now, reason="")

    def give_back(self, reason: str, *, by: str, seen: str = "") -> None:
        """The city gives it back with a reason, or takes its verification away."""
        self._advance("draft", "returned", by, seen, decided_at=timezone.now(), reason=reason)

    def close(self, *, by: str) -> None:
        """It exists no longer; its page goes, and letters that invite to it are void. What it did stays in the trail."""
        with transaction.atomic():
            self._advance("closed", "closed", by)
            for invitation in self.invitations.filter(state="sent"):
                invitation.revoke(by=by)

    def _advance(self, state: str, verb: str, by: str, seen: str = "", **columns: Any) -> None:
        with transaction.atomic():
            row = self._locked()
            if seen and seen != row.turn:
                raise LifeCycleError(f"it is “{row.turn}” now, and not “{seen}” any more")
            self.LIFE.check(row.state, state)
            was, row.state = row.state, state
            for name, value in columns.items():
                setattr(row, name, value)
            row.save(update_fields=["state", *columns])
            if "verified" in {was, state}:
                row._stand()
            row._record(verb, by, was=was, **({"reason": columns["reason"]} if columns.get("reason") else {}))
        for name, value in {"state": state, **columns}.items():
            setattr(self, name, value)
        self.actor.refresh_from_db()

    def _stand(self) -> None:
        """Have its actor be there or gone, as its state says, and its posts with it. Who is suspended stays away."""
        away = self.state != "verified" or Standing.objects.now().filter(actor=self.actor, level="suspended").exists()
        gone_at = (self.actor.gone_at or timezone.now()) if away else None
        Actor.objects.filter(pk=self.actor_id).update(gone_at=gone_at, revision=F("revision") + 1)
        self.actor.refresh_from_db()
        settling.begin(self.actor)

    def _must_be_open(self) -> None:
        if self.state == "closed":
            raise OrganisationError(gettext("This organisation is closed; nothing of it changes any more."))

    def _locked(self) -> Organisation:
        journal.queue_up()  # before the rows, as everywhere where an actor changes
        found = Organisation.objects.select_for_update(of=("self",), no_key=True)
        return found.select_related("actor", "city__actor").get(pk=self.pk)

    def _record(self, verb: str, by: str, **data: Any) -> None:
        facts: dict[str, Any] = {"actor": self.actor_id, **data}
        quiet = not self._tells(verb, data)
        journal.record(f"organisation.{verb}", self, handle=self.city.actor.handle, by=by, quiet=quiet, **facts)

    def _tells(self, verb: str, data: dict[str, Any]) -> bool:
        """Whether a page that everybody may see is another one now."""
        return verb == "verified" or data.get("was") == "verified" or (verb == "changed" and self.state == "verified")
