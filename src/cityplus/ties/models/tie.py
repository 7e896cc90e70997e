from __future__ import annotations

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text, Version
from cityplus.lib.lifecycle import LifeCycle
from cityplus.pulse import Subject


def pair_names(first: City, second: City) -> Text:
    """What the space of a pair is called: both names, in each language in which one of them has one."""
    names = first.actor.names, second.actor.names
    tags = dict.fromkeys(tag for text in names for tag in text.languages)
    return Text(
        names[0].original,
        {tag: Version(" · ".join(text.in_language(tag) for text in names), "machine") for tag in tags},
    )


class TieQuerySet(models.QuerySet["Tie"]):
    def public(self) -> TieQuerySet:
        """Accepted ties between public cities."""
        return self.filter(state="accepted", first__stage__in=City.PUBLIC, second__stage__in=City.PUBLIC)

    def of(self, *cities: City) -> TieQuerySet:
        """Those of any of these cities."""
        keys = [city.pk for city in cities]
        return self.filter(models.Q(first__in=keys) | models.Q(second__in=keys))

    def with_cities(self) -> TieQuerySet:
        return self.select_related("first__actor", "second__actor")


class Tie(models.Model):
    """A friend-city tie. Once accepted, the pair is an actor whom others follow; its handle is that of both, joined by a ``+``.

    ``first`` and ``second`` stand in the alphabetical order of their handles; ``since`` is the year, month or day on which the
    friendship began, as far as the source says."""

    LIFE = LifeCycle("""
        proposed -> accepted -> ended
        proposed -> ended
    """)

    first = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    proposed_by = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=LIFE.choices, default=LIFE.first)
    since = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        indexes = [
            models.Index(fields=["since", "id", "state"], name="ties_oldest"),
            models.Index(fields=["-accepted_at", "-id", "state"], name="ties_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="ties_one_per_pair"),
            models.CheckConstraint(condition=~models.Q(first=models.F("second")), name="ties_two_cities"),
        ]

    def __str__(self) -> str:
        return f"{self.first.handle}+{self.second.handle}"

    def get_absolute_url(self) -> str:
        return reverse("ties:pair", args=[self.first.handle, self.second.handle])

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What a view of the pair's page counts for: the tie, and both cities."""
        return Subject.of("tie", self.pk), *self.first.subjects, *self.second.subjects

    @classmethod
    def propose(cls, city: City, other: City, *, by: str, since: str = "", source: str = "") -> Tie:
        """One city proposes a tie to another.

        Raises:
            ValueError: to itself, or a tie of the two exists already.
        """
        if city.pk == other.pk:
            raise ValueError("a city has no tie with itself")
        first, second = sorted((city, other), key=lambda c: c.handle)
        with transaction.atomic():
            tie, made = cls.objects.get_or_create(
                first=first, second=second, defaults={"proposed_by": city, "since": since, "source": source}
            )
            if not made:
                raise ValueError(f"{tie} exists already and is {tie.state}")
            journal.record("tie.proposed", tie, handle=city.handle, by=by)
        return tie

    def accept(self, city: City, *, by: str) -> None:
        """The other city accepts; only then is the tie public.

        Raises:
            ValueError: the city is not the one that was asked.
            LifeCycleError: the tie is not waiting for an answer.
        """
        with transaction.atomic():
            tie = Tie.objects.select_for_update(no_key=True).get(pk=self.pk)
            if city.pk not in {tie.first_id, tie.second_id} or city.pk == tie.proposed_by_id:
                raise ValueError(f"{city.handle} is not the city that was asked")
            self.LIFE.check(tie.state, "accepted")
            tie.state, tie.accepted_at = "accepted", timezone.now()
            tie.save(update_fields=["state", "accepted_at"])
            tie.found_pair()
            journal.record("tie.accepted", tie, handle=city.handle, by=by, public=True, since=tie.since)
        self.state, self.accepted_at = tie.state, tie.accepted_at

    def found_pair(self) -> None:
        """Make the pair an actor, in the transaction in which the tie becomes accepted; twice does no harm."""
        names = pair_names(self.first, self.second)
        Actor.objects.get_or_create(handle=str(self), defaults={"kind": Actor.Kind.PAIR, "names": names})

    def name_pair(self) -> None:
        """Call the pair what its cities are called now."""
        names = pair_names(self.first, self.second)
        with transaction.atomic():
            pair = Actor.objects.select_for_update(no_key=True).filter(handle=str(self)).first()
            if pair and pair.names != names:
                pair.names = names
                pair.save(update_fields=["names"])
                pair.touch()

    @property
    def actor(self) -> Actor | None:
        """The pair as one follows it; there is none before the tie is accepted."""
        return Actor.objects.filter(handle=str(self)).first()

    def other(self, city: City) -> City:
        """The friend of one of the two."""
        return self.second if city.pk == self.first_id else self.first
