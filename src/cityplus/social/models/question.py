from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from cityplus import journal
from cityplus.cities.models import City
from cityplus.lib.ids import id_at
from cityplus.lib.lifecycle import LifeCycle
from cityplus.social.errors import Gone, NotAllowed
from cityplus.social.models.post import Post

if TYPE_CHECKING:
    from cityplus.social.speakers.reader import Reader


class QuestionQuerySet(models.QuerySet["Question"]):
    def public(self) -> QuestionQuerySet:
        """Those that everybody may know of: whose post is there, and which no one has hidden."""
        return self.filter(post__in=Post.objects.public().filter(hidden_at=None))

    def visible_to(self, reader: Reader) -> QuestionQuerySet:
        """Of those the ones that this reader may know of: nothing by whom blocks them, nor by whom they shun."""
        if not reader.voices:
            return self.public()
        seen = Post.objects.visible_to(reader).filter(hidden_at=None).exclude(author__in=reader.shunned)
        return self.filter(post__in=seen)


class Question(models.Model):
    """A post that asks the public of a city.

    ``answered`` once the city, one of its team or a resident has replied for everybody; ``closed`` when asker or team say that it needs
    no more. ``helped`` is the answer that the asker marked. ``answered_at`` is the moment of the first answer that is still there.
    ``open_since`` is the number from which on an answer makes it answered: its own, or the moment at which it was opened again.
    """

    LIFE = LifeCycle("""
        open -> answered -> closed -> open
        answered -> open
        open -> closed
    """)

    post = models.OneToOneField(Post, on_delete=models.CASCADE, primary_key=True, related_name="question")
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="questions")
    language = models.CharField(max_length=35)
    state = models.CharField(max_length=8, choices=LIFE.choices, default=LIFE.first)
    answered_at = models.DateTimeField(null=True)
    open_since = models.BigIntegerField()
    helped = models.OneToOneField("social.Answer", null=True, on_delete=models.SET_NULL, related_name="helps")
    helped_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["city", "state", "-post"], name="social_asked_of"),
            models.Index(fields=["city", "-post"], name="social_asked_all"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} to {self.city_id}: {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("social:question", args=[self.city.handle, self.pk])

    @property
    def asked_at(self) -> datetime:
        return self.post.at

    @classmethod
    def begin(cls, post: Post) -> Question | None:
        """The question that a post is; made in the transaction that posts it."""
        city = City.objects.select_related("actor").filter(actor=post.asks_id).first()
        if city is None:
            return None
        question = cls.objects.create(post=post, city=city, language=post.text.original, open_since=post.pk)
        question._tell("asked", f"@{post.author.handle}")
        return question

    def mark(self, post: Post, *, by: str) -> None:
        """Say which answer helped, in the place of another one; the same again changes nothing. The caller has asked the policies.

        Raises:
            NotAllowed: it is no answer of this question.
            Gone: it is no longer there for everybody.
        """
        with transaction.atomic():
            question = self._locked()
            answer = question.answers.filter(post=post).first()
            if answer is None:
                raise NotAllowed("What helped is one of the answers: of the city, its residents, or your own.")
            if not Answer.objects.there().filter(pk=answer.pk).exists():
                raise Gone("This answer is no longer there.")
            if question.helped_id != answer.pk:
                question._set_helped(answer)
                question._settle()
                question._tell("helped", by, answer=post.pk, author=post.author_id)
        self.refresh_from_db()

    def unmark(self, *, by: str) -> None:
        """Say that no answer helped after all."""
        with transaction.atomic():
            question = self._locked()
            if question.helped_id:
                question._set_helped(None)
                question._settle()
                question._tell("unhelped", by)
        self.refresh_from_db()

    def close(self, *, by: str) -> None:
        """It needs no answer any more. Closing what is closed changes nothing."""
        with transaction.atomic():
            question = self._locked()
            if question.state == "closed":
                return
            question._step("closed", closed_at=timezone.now(), closed_by=by)
            question._tell("closed", by)
        self.refresh_from_db()

    def reopen(self, *, by: str) -> None:
        """It needs an answer again, for those there are did not help. Opening what is open changes nothing."""
        with transaction.atomic():
            question = self._locked()
            if question.state == "open":
                return
            question._set_helped(None)
            newest = question.answers.order_by("-post").values_list("post", flat=True).first() or 0
            since = max(newest + 1, id_at(timezone.now()))
            question._step("open", closed_at=None, closed_by="", open_since=since)
            question._tell("reopened", by)
        self.refresh_from_db()

    def take(self, post: Post, role: str, *, by: str) -> Answer:
        """A reply that answers it, by somebody in this role; in the transaction that posts it."""
        question = self._locked()
        answer = Answer.objects.create(question=question, post=post, role=role)
        before = question.state
        question._settle()
        if before == "open" and question.state == "answered":
            question._tell("answered", by, answer=post.pk, author=post.author_id)
        return answer

    def follow(self) -> None:
        """Bring it into line after one of its answers went or came back."""
        self._locked()._settle()

    def _locked(self) -> Question:
        journal.queue_up()  # before the row, in the order in which posting takes the two
        return (
            Question.objects.select_for_update(of=("self",), no_key=True)
            .select_related("post", "city__actor")
            .get(pk=self.pk)
        )

    def _settle(self) -> None:
        """Whether it is answered follows from the answers that are there and from what helped."""
        there = Answer.objects.there().filter(question=self)
        if self.helped_id and not there.filter(pk=self.helped_id).exists():
            self._set_helped(None)
        first = there.counting().order_by("post").select_related("post").first()
        self.answered_at = first.post.at if first else None
        self.save(update_fields=["answered_at"])
        answered = bool(self.helped_id) or there.counting().filter(post__gte=self.open_since).exists()
        wanted = "answered" if answered else "open"
        if self.state not in {"closed", wanted}:
            self._step(wanted)
        self.post.touch()

    def _set_helped(self, answer: Answer | None) -> None:
        touched = [pk for pk in (self.helped.post_id if self.helped else None, answer and answer.post_id) if pk]
        self.helped, self.helped_at = answer, timezone.now() if answer else None
        self.save(update_fields=["helped", "helped_at"])
        Post.objects.filter(pk__in=touched).update(revision=F("revision") + 1)

    def _step(self, state: str, **values: Any) -> None:
        self.LIFE.check(self.state, state)
        self.state = state
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=["state", *values])
        self.post.touch()
        from cityplus.social.models.matter import Matter  # noqa: PLC0415 - matters follow questions

        Matter.follow(self)

    def _tell(self, verb: str, by: str, **data: Any) -> None:
        journal.record(f"question.{verb}", self, handle=self.city.handle, by=by[:150], quiet=True, **data)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def there(self) -> AnswerQuerySet:
        """Those that everybody may know of."""
        there = Q(post__gone_at=None, post__withheld_at=None, post__hidden_at=None, post__author__gone_at=None)
        there &= Q(post__author__limited_at=None)
        return self.filter(there, post__audience=Post.Audience.PUBLIC)

    def counting(self) -> AnswerQuerySet:
        """Those by which a question is answered: what the asker found out is not one of them, unless it is marked."""
        return self.exclude(role=Answer.Role.ASKER)


class Answer(models.Model):
    """A public reply in the thread of a question by somebody who may answer it; ``role`` is what they were to it then."""

    class Role(models.TextChoices):
        CITY = "city"
        TEAM = "team"
        RESIDENT = "resident"
        ASKER = "asker"

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="answer")
    role = models.CharField(max_length=8, choices=Role)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["question", "post"], name="social_answers_of")]

    def __str__(self) -> str:
        return f"{self.post_id} to {self.question_id} by the {self.role}"
