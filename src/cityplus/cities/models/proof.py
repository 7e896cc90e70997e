from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from cityplus import jobs, journal
from cityplus.cities.models.city import City
from cityplus.lib.lifecycle import LifeCycle

PATIENCE = 3
"""So many times in a row a proof may fail to be seen before it is doubted: sites and name servers are away now and then."""
EVERY = timedelta(days=3)
SOONER = timedelta(hours=20)
"""How long after a check the next one comes: when it held, and when it failed."""


class ProofError(ValueError):
    """A proof that cannot be; the message says why, in the language of the page."""


class ProofQuerySet(models.QuerySet["Proof"]):
    def shown(self) -> ProofQuerySet:
        """What the public sees: those that hold, and those that did and are doubted."""
        return self.filter(state__in=("held", "doubted"))

    def due(self) -> ProofQuerySet:
        """Those to be looked at again now."""
        now = timezone.now()
        seen = Q(failures=0, checked_at__lt=now - EVERY) | Q(failures__gt=0, checked_at__lt=now - SOONER)
        return self.filter(seen | Q(checked_at=None)).exclude(state="ended").exclude(kind=Proof.Kind.VOUCHED)


class Proof(models.Model):
    """That the team of a city is official: a text in the names of its domain, a link on its own site, or the word of the office.

    ``target`` is the domain or the page; ``code`` what the domain must say. ``checked_at`` is when it was last looked at, ``held_at``
    when it was last seen, ``failed_since`` when it was first missed since.
    """

    class Kind(models.TextChoices):
        DNS = "dns", gettext_lazy("a text in the names of a domain")
        REL_ME = "rel_me", gettext_lazy("a link on the city’s own site")
        VOUCHED = "vouched", gettext_lazy("the word of the network office")

    LIFE = LifeCycle("""
        asked -> held -> doubted -> held
        asked -> ended
        held -> ended
        doubted -> ended
    """)
    FAILURES = {
        "missing": gettext_lazy("The domain does not have this text."),
        "silent": gettext_lazy("The name servers of the domain did not answer."),
        "link": gettext_lazy('The page has no link to the city with rel="me".'),
        "elsewhere": gettext_lazy("The page leads on to another site."),
        "address": gettext_lazy("The page is not at a public address."),
        "unreachable": gettext_lazy("The page cannot be reached."),
        "slow": gettext_lazy("The page took too long."),
        "large": gettext_lazy("The page is too large."),
        "status": gettext_lazy("There is no page at this address."),
        "type": gettext_lazy("What stands at this address is no page in HTML."),
        "redirect": gettext_lazy("The page leads on too often, or to one that is not safe."),
    }

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="proofs")
    kind = models.CharField(max_length=8, choices=Kind)
    target = models.CharField(max_length=300, blank=True)
    code = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=8, choices=LIFE.choices, default=LIFE.first)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    failed_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ProofQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["city", "state"], name="cities_proofs_of_city")]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "kind", "target"], condition=~Q(state="ended"), name="cities_each_proof_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.city} {self.kind} {self.target}: {self.state}"

    @classmethod
    def ask(cls, city: City, kind: str, target: str, *, by: str) -> Proof:
        """Name where the proof is. The worker looks there once the answer is out, and again every few days.

        Raises:
            ProofError: this is no domain, or no address of a page.
        """
        from cityplus.cities.proving import cleaned  # noqa: PLC0415 - it looks at models

        target = cleaned(kind, target)
        with transaction.atomic():
            City.objects.select_for_update(no_key=True).get(pk=city.pk)
            there = cls.objects.filter(city=city, kind=kind, target=target).exclude(state="ended").first()
            if there:
                there.look_again()
                return there
            code = secrets.token_hex(16) if kind == cls.Kind.DNS else ""
            proof = cls.objects.create(city=city, kind=kind, target=target, code=code, made_by=by)
            journal.record("proof.asked", proof, handle=city.handle, by=by, kind=kind, target=target)
            proof.look_again()
        return proof

    @classmethod
    def vouch(cls, city: City, *, by: str, reason: str) -> Proof:
        """The office says that the team is official, and how it knows. Who vouches again gives another reason.

        Raises:
            ProofError: no reason is given.
        """
        if not reason.strip():
            raise ProofError(gettext("Say how the office knows."))
        with transaction.atomic():
            City.objects.select_for_update(no_key=True).get(pk=city.pk)
            now = timezone.now()
            fresh = {"made_by": by, "state": "held", "checked_at": now, "held_at": now, "reason": reason.strip()}
            proof, _ = cls.objects.exclude(state="ended").update_or_create(
                city=city, kind=cls.Kind.VOUCHED, target="", defaults=fresh
            )
            journal.record("proof.held", proof, handle=city.handle, by=by, kind=proof.kind, reason=proof.reason)
        return proof

    @property
    def record_text(self) -> str:
        """What the domain must say, as a TXT record."""
        return f"cityplus-verification={self.code}"

    @property
    def where(self) -> str:
        """The site that confirms, as the public reads it; empty for the office."""
        return self.target.partition("//")[2].partition("/")[0] if "//" in self.target else self.target

    @property
    def failure_words(self) -> str:
        return str(self.FAILURES.get(self.failure, ""))

    def look_again(self) -> None:
        """Have the worker look, soon; asking while it waits is asking once."""
        # The day is part of it: a job that died in spite of all tries does not stand in the way for ever.
        key = f"{self.pk}:{self.checked_at.isoformat() if self.checked_at else 'first'}:{timezone.now():%Y-%m-%d}"
        with transaction.atomic():
            jobs.enqueue("cities.proof", key=key, priority=3, proof=self.pk)

    def saw(self, failure: str) -> None:
        """Write down what was found: nothing wrong (empty), or which failure. One that held is doubted after the third in a row."""
        with transaction.atomic():
            proof = Proof.objects.select_for_update(no_key=True).get(pk=self.pk)
            if proof.state == "ended":
                return
            proof.checked_at = now = timezone.now()
            proof.failure = failure
            if failure:
                proof.failures = min(proof.failures + 1, 1000)
                proof.failed_since = proof.failed_since or now
                if proof.state == "held" and proof.failures >= PATIENCE:
                    proof._become("doubted")
            else:
                proof.failures, proof.failed_since, proof.held_at = 0, None, now
                if proof.state != "held":
                    proof._become("held")
            proof.save()

    def end(self, *, by: str) -> None:
        """Take the proof back. Ending what is ended does nothing."""
        with transaction.atomic():
            proof = (
                Proof.objects.select_for_update(of=("self", "city"), no_key=True)
                .select_related("city__actor")
                .get(pk=self.pk)
            )
            if proof.state == "ended":
                return
            proof.ended_by, proof.ended_at = by, timezone.now()
            proof._become("ended", by)
            proof.save()

    def _become(self, state: str, by: str = "") -> None:
        self.LIFE.check(self.state, state)
        self.state = state
        told: dict[str, Any] = {"kind": self.kind, "target": self.target}
        journal.record(f"proof.{state}", self, handle=self.city.handle, by=by, **told)
