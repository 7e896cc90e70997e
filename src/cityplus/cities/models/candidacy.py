from __future__ import annotations

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from cityplus import journal
from cityplus.cities.models.city import City
from cityplus.lib.lifecycle import LifeCycle


class CandidacyError(ValueError):
    """A candidacy that cannot be; the message says why, in the language of the page."""


class Candidacy(models.Model):
    """A city asks the network office for admission. What is decided is said to the whole team, with the reason."""

    LIFE = LifeCycle("""
        asked -> accepted
        asked -> returned
        asked -> withdrawn
    """)
    SAYS = {
        "asked": gettext_lazy("waits for the network office"),
        "accepted": gettext_lazy("accepted"),
        "returned": gettext_lazy("returned with a reason"),
        "withdrawn": gettext_lazy("withdrawn"),
    }

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="candidacies")
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "candidacies"
        constraints = [
            models.UniqueConstraint(fields=["city"], condition=Q(state="asked"), name="cities_one_open_candidacy")
        ]

    def __str__(self) -> str:
        return f"{self.city}: {self.state}"

    @classmethod
    def ask(cls, city: City, *, by: str) -> Candidacy:
        """Ask for admission. Who asks while the office looks has asked once.

        Raises:
            CandidacyError: something is missing yet, or the city is not preparing.
        """
        from cityplus.cities import checklist  # noqa: PLC0415 - the list looks at models

        with transaction.atomic():
            city = City.objects.select_for_update(of=("self",), no_key=True).select_related("actor").get(pk=city.pk)
            waiting = cls.objects.filter(city=city, state="asked").first()
            if waiting:
                return waiting
            if city.stage != "preparing":
                raise CandidacyError(gettext("Only a city that prepares can ask for admission."))
            missing = checklist.missing(city)
            if missing:
                words = "; ".join(item.words for item in missing)
                raise CandidacyError(gettext("This is missing: %(what)s.") % {"what": words})
            candidacy = cls.objects.create(city=city, asked_by=by)
            journal.record("candidacy.asked", candidacy, handle=city.handle, by=by)
        return candidacy

    @property
    def state_words(self) -> str:
        return str(self.SAYS[self.state])

    def withdraw(self, *, by: str) -> None:
        """Ask no longer.

        Raises:
            LifeCycleError: it is decided.
        """
        with transaction.atomic():
            self._decide("withdrawn", "", by)

    def accept(self, *, by: str, reason: str = "") -> None:
        """The city is ready for its launch. A reason is welcome, and goes to the team.

        Raises:
            LifeCycleError: it is decided.
        """
        with transaction.atomic():
            city = self._decide("accepted", reason, by)
            city.advance("ready", by=by, note=reason)
            self._tell("cities/ready")

    def give_back(self, *, by: str, reason: str) -> None:
        """The city goes on preparing, and learns why.

        Raises:
            CandidacyError: no reason is given.
            LifeCycleError: it is decided.
        """
        with transaction.atomic():
            if not reason.strip():
                raise CandidacyError(gettext("Say why: the team reads it."))
            self._decide("returned", reason, by)
            self._tell("cities/candidacy_returned")

    def _decide(self, state: str, reason: str, by: str) -> City:
        city = City.objects.select_for_update(of=("self",), no_key=True).select_related("actor").get(pk=self.city_id)
        candidacy = Candidacy.objects.select_for_update(no_key=True).get(pk=self.pk)
        self.LIFE.check(candidacy.state, state)
        candidacy.state, candidacy.reason = state, reason.strip()
        candidacy.decided_by, candidacy.decided_at = by, timezone.now()
        candidacy.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        journal.record(f"candidacy.{state}", candidacy, handle=city.handle, by=by, reason=candidacy.reason)
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(candidacy, field.attname))
        self.city = city
        return city

    def _tell(self, kind: str) -> None:
        from cityplus.cities.letters import tell_team  # noqa: PLC0415 - letters speak of models

        tell_team(self.city, kind, reason=self.reason)


def take_back_ready(city: City, *, by: str, reason: str) -> None:
    """The office has a ready city prepare once more; the team learns why.

    Raises:
        CandidacyError: no reason is given, or the city is not ready.
    """
    from cityplus.cities.letters import tell_team  # noqa: PLC0415 - letters speak of models

    if not reason.strip():
        raise CandidacyError(gettext("Say why: the team reads it."))
    with transaction.atomic():
        stage = City.objects.select_for_update(no_key=True).get(pk=city.pk).stage
        if stage != "ready":
            raise CandidacyError(gettext("Only a ready city can be sent back to prepare."))
        city.advance("preparing", by=by, note=reason.strip())
        tell_team(city, "cities/not_ready", reason=reason.strip())
