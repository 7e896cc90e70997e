from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus import journal
from cityplus.cities.models import City, Rules
from cityplus.lib.ids import id_at
from cityplus.lib.lifecycle import LifeCycle
from cityplus.people.models import Person
from cityplus.social.errors import SocialError
from cityplus.social.models.bar import Bar
from cityplus.social.models.post import Post
from cityplus.social.models.question import Question
from cityplus.social.speakers.reader import Reader
from cityplus.social.speakers.speaking import speakers_of


class TakenMeanwhile(SocialError):
    """Somebody else of the team was quicker."""


class MatterQuerySet(models.QuerySet["Matter"]):
    def of(self, city: City) -> MatterQuerySet:
        """What a city's team gets to see, as the city: nothing that was deleted, withheld or hidden, or that is not for it."""
        reader = Reader(city.actor_id, frozenset({city.actor_id}))
        seen = Post.objects.visible_to(reader).filter(pk=OuterRef("post"), hidden_at=None)
        return self.filter(Exists(seen), city=city).exclude(post__author__in=Bar.shunned_by(city.actor_id))

    def waiting(self) -> MatterQuerySet:
        return self.filter(state="waiting")

    def overdue(self, city: City) -> MatterQuerySet:
        """What waits longer than the city has set itself; nothing where it has set nothing."""
        hours = Rules.of(city).answer_hours
        if not hours:
            return self.none()
        return self.waiting().filter(post__lt=id_at(timezone.now() - timedelta(hours=hours)))

    def of_nobody(self, city: City) -> MatterQuerySet:
        """What nobody sees to: given to nobody, or to who no longer speaks for the city."""
        return self.waiting().exclude(assigned__in=speakers_of(city))


class Matter(models.Model):
    """A post that waits for the team of a city: a question to its public, a reply to one of its posts, or one that mentions it.

    It is ``done`` when the city has replied, when a question is answered or closed, or when one of the team sets it aside. ``claimed``
    is it while an answer is being posted.
    """

    POSTING = timedelta(seconds=30)
    """For how long a claim holds whose answer was neither posted nor refused."""

    LIFE = LifeCycle("""
        waiting -> done -> waiting
    """)

    class Kind(models.TextChoices):
        QUESTION = "question", gettext_lazy("Question")
        REPLY = "reply", gettext_lazy("Reply")
        MENTION = "mention", gettext_lazy("Mention")

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="matters")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="matters")
    kind = models.CharField(max_length=8, choices=Kind)
    language = models.CharField(max_length=35)
    state = models.CharField(max_length=7, choices=LIFE.choices, default=LIFE.first)
    assigned = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="matters")
    assigned_by = models.CharField(max_length=150, blank=True)
    assigned_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=150, blank=True)
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=150, blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "post"], name="social_matter_once")]
        indexes = [models.Index(fields=["city", "state", "post"], name="social_matters")]

    def __str__(self) -> str:
        return f"{self.kind} {self.post_id} for {self.city_id}"

    @property
    def at(self) -> datetime:
        return self.post.at

    @classmethod
    def follow(cls, question: Question) -> None:
        """A question that waits is waited for; one that does not is done, by whom it is not known when a resident answered it."""
        waits = question.state == "open"
        state, at = ("waiting", None) if waits else ("done", timezone.now())
        found = cls.objects.filter(post=question.post_id, city=question.city_id).exclude(state=state)
        found.update(state=state, done_at=at, done_by="" if waits else question.closed_by)

    def assign(self, person: Person | None, *, by: str, was: int | None) -> None:
        """Give it to one of the team, or to nobody. ``was`` is whom it was given to when the giver looked.

        Raises:
            TakenMeanwhile: it has been given to another since.
            SocialError: this person may not speak for the city.
        """
        with transaction.atomic():
            matter = self._locked()
            if matter.assigned_id == (person.pk if person else None):
                return
            if matter.assigned_id != was:
                name = matter.assigned.get_username() if matter.assigned else _("nobody")
                raise TakenMeanwhile(_("Meanwhile it was given to %(name)s. Nothing was changed.") % {"name": name})
            if person and not speakers_of(matter.city).filter(pk=person.pk).exists():
                raise SocialError(_("Only who may speak for the city can be given this."))
            matter.assigned, matter.assigned_by, matter.assigned_at = person, by, timezone.now()
            matter.save(update_fields=["assigned", "assigned_by", "assigned_at"])
            matter._tell("assigned", by, to=person.get_username() if person else "")
        self.refresh_from_db()

    def newest(self) -> int:
        """The id of the newest reply that answers it: of the city, or of anybody whose reply is an answer; 0 where there is none."""
        replies = Post.objects.there().filter(reply_to=self.post_id)
        found = replies.filter(Q(author=self.city.actor_id) | Q(answer__isnull=False)).order_by("-pk")
        return found.values_list("pk", flat=True).first() or 0

    def claim(self, *, by: str, seen: int) -> None:
        """Begin to post an answer, for who has seen all answers up to this id. One of two who begin at one time does.

        Raises:
            TakenMeanwhile: another is posting one now, or has.
        """
        with transaction.atomic():
            matter, now = self._locked(), timezone.now()
            if matter.newest() > seen:
                raise TakenMeanwhile(
                    _("Meanwhile somebody has answered. Read it; then post yours as well, or leave it.")
                )
            held = matter.claimed_at and matter.claimed_by != by and now - matter.claimed_at < self.POSTING
            if held:
                words = _("%(name)s is posting an answer at this moment. Look again before you post yours.")
                raise TakenMeanwhile(words % {"name": matter.claimed_by})
            matter.claimed_by, matter.claimed_at = by, now
            matter.save(update_fields=["claimed_by", "claimed_at"])

    def let_go(self, *, by: str) -> None:
        """The answer was posted, or could not be."""
        Matter.objects.filter(pk=self.pk, claimed_by=by).update(claimed_by="", claimed_at=None)

    def finish(self, *, by: str) -> None:
        """There is nothing more to do; a question is closed by it. What is done stays as it is."""
        with transaction.atomic():
            matter = self._locked()
            if matter.state == "done":
                return
            if question := matter.question:
                question.close(by=by)
                return
            matter._step("done", done_at=timezone.now(), done_by=by)
            matter._tell("done", by)
        self.refresh_from_db()

    def resume(self, *, by: str) -> None:
        """It waits again; a question is opened again by it."""
        with transaction.atomic():
            matter = self._locked()
            if matter.state == "waiting":
                return
            if question := matter.question:
                question.reopen(by=by)
                return
            matter._step("waiting", done_at=None, done_by="")
            matter._tell("resumed", by)
        self.refresh_from_db()

    def replied(self, *, by: str) -> None:
        """The city has replied; in the transaction that posts it. A question is answered only by what everybody may read."""
        if self.kind != self.Kind.QUESTION and self.state == "waiting":
            self._step("done", done_at=timezone.now(), done_by=by)

    def note(self, text: str, *, by: str) -> Note:
        """Write something for the team alone.

        Raises:
            SocialError: it says nothing, or too much.
        """
        if not (words := text.strip()):
            raise SocialError(_("Write the note first."))
        if len(words) > Note.LONGEST:
            raise SocialError(_("A note has at most %d characters.") % Note.LONGEST)
        with transaction.atomic():
            note = Note.objects.create(matter=self, text=words, by=by)
            self._tell("noted", by)
        return note

    @property
    def question(self) -> Question | None:
        """The question that it is about."""
        return Question.objects.filter(pk=self.post_id, city=self.city_id).first() if self.kind == "question" else None

    def _locked(self) -> Matter:
        journal.queue_up()  # before the row, in the order in which posting takes the two
        found = Matter.objects.select_for_update(of=("self",), no_key=True).select_related(
            "city__actor", "assigned", "post"
        )
        return found.get(pk=self.pk)

    def _step(self, state: str, **values: Any) -> None:
        self.LIFE.check(self.state, state)
        self.state = state
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=["state", *values])

    def _tell(self, verb: str, by: str, **data: Any) -> None:
        journal.record(f"matter.{verb}", self, handle=self.city.handle, by=by, quiet=True, **data)


class Note(models.Model):
    """What one of the team says to the others about a matter; nobody else ever sees it."""

    LONGEST = 2_000

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"note of {self.by} on {self.matter_id}"


class Answering(models.Model):
    """Somebody of the team has a matter open to answer it: others who open it are told."""

    HERE = timedelta(seconds=75)
    """For how long after the last sign of life somebody counts as present; pages give one every thirty seconds."""
    FRESH = timedelta(seconds=15)
    """A younger sign is not given anew."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="answering")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "person"], name="social_answering_once")]

    def __str__(self) -> str:
        return f"{self.person} at {self.matter_id}"

    @classmethod
    def meet(cls, matter: Matter, person: Person) -> list[str]:
        """Say that somebody is here; returns the names of the others who are."""
        now = timezone.now()
        here = list(cls.objects.filter(matter=matter, seen_at__gt=now - cls.HERE).select_related("person"))
        if not any(one.person_id == person.pk and now - one.seen_at < cls.FRESH for one in here):
            cls.objects.update_or_create(matter=matter, person=person, defaults={"seen_at": now})
            cls.objects.filter(Q(matter=matter) & Q(seen_at__lt=now - cls.HERE)).delete()
        return sorted(one.person.get_username() for one in here if one.person_id != person.pk)
