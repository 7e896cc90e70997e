from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import models, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.cities.models import City
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycle
from cityplus.social.models import Question
from cityplus.ties.models.tie import Tie


class CommonError(ValueError):
    """What cannot be done with a common question; the message is a sentence for who tried."""


class CommonQuerySet(models.QuerySet["Common"]):
    def public(self) -> CommonQuerySet:
        """What both cities have agreed to, in a tie that is public."""
        return self.filter(state="public", tie__in=Tie.objects.public())

    def of(self, city: City) -> CommonQuerySet:
        """Those of the ties of a city."""
        return self.filter(Q(tie__first=city) | Q(tie__second=city), tie__state="accepted")

    def waiting_for(self, city: City) -> CommonQuerySet:
        """Whose words wait for this city to agree."""
        return self.of(city).exclude(state="withdrawn").exclude(next_by=None).exclude(next_by=city)


class Common(models.Model):
    """A question that the publics of two cities ask often, with the answer on which both cities have agreed.

    What everybody reads is ``question`` and ``answer``. New words are ``next_question`` and ``next_answer`` until the other city than
    ``next_by`` agrees: neither publishes anything alone. Either may withdraw it alone. ``revision`` grows with the words, so that one
    agrees to what one has read. It begins as a copy of a question whose asker was helped, and is the two cities' own text from then on.
    """

    LIFE = LifeCycle("""
        proposed -> public -> withdrawn -> proposed
        proposed -> withdrawn
    """)
    LONGEST = 5_000

    tie = models.ForeignKey(Tie, on_delete=models.CASCADE, related_name="common_questions")
    source = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="common")
    state = models.CharField(max_length=9, choices=LIFE.choices, default=LIFE.first)
    place = models.PositiveIntegerField(default=0)
    question = MultilingualField()
    answer = MultilingualField()
    next_question = MultilingualField()
    next_answer = MultilingualField()
    next_by = models.ForeignKey(City, null=True, on_delete=models.SET_NULL, related_name="+")
    next_name = models.CharField(max_length=150, blank=True)
    next_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    objects = CommonQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["tie", "source"], name="ties_common_once")]
        indexes = [models.Index(fields=["tie", "state", "place"], name="ties_common_order")]

    def __str__(self) -> str:
        return f"{self.tie_id}: {self.question or self.next_question}"

    def get_absolute_url(self) -> str:
        return reverse("ties:questions", args=[self.tie.first.handle, self.tie.second.handle]) + f"#q{self.pk}"

    @property
    def shown_question(self) -> Text:
        """The newest words, whether agreed on or not: for the two teams."""
        return self.next_question or self.question

    @property
    def shown_answer(self) -> Text:
        return self.next_answer or self.answer

    @classmethod
    def propose(cls, tie: Tie, city: City, source: Question, *, by: str) -> Common:
        """One of the two cities proposes a question whose asker was helped.

        Raises:
            CommonError: nobody was helped, it is not in the space of the two, or it is common already.
        """
        space, helped = source.post.space, source.helped
        if not space or space.handle != str(tie) or not Question.objects.public().filter(pk=source.pk).exists():
            raise CommonError(_("It was not asked in the space of these two cities."))
        if helped is None:
            raise CommonError(_("Its asker has not said yet which answer helped."))
        with transaction.atomic():
            journal.queue_up()
            last = cls.objects.filter(tie=tie).aggregate(last=Max("place"))["last"] or 0
            words = {"next_question": source.post.text, "next_answer": helped.post.text}
            facts = {**words, "place": last + 1, "next_by": city, "next_name": by, "next_at": timezone.now()}
            common, new = cls.objects.get_or_create(tie=tie, source=source, defaults=facts)
            if not new:
                raise CommonError(_("It is among the common questions already."))
            common._tell("proposed", city, by)
        return common

    def word(self, city: City, question: Text, answer: Text, *, by: str, seen: int) -> None:
        """Change the words; the other city is to agree. The same words again change nothing.

        Raises:
            CommonError: there are no words, or they were changed meanwhile.
        """
        if not question or not answer:
            raise CommonError(_("Write the question and the answer in one language at least."))
        for text in (question, answer):
            if any(len(version.text) > self.LONGEST for version in text.versions.values()):
                raise CommonError(_("A text has at most %d characters.") % self.LONGEST)
        with transaction.atomic():
            common = self._locked(seen)
            if (question, answer) == (common.shown_question, common.shown_answer) and common.state != "withdrawn":
                return
            common.next_question, common.next_answer = question, answer
            common.next_by, common.next_name, common.next_at = city, by, timezone.now()
            if common.state == "withdrawn":
                common._step("proposed")
            common._save()
            common._tell("worded", city, by)
        self.refresh_from_db()

    def agree(self, city: City, *, by: str, seen: int) -> None:
        """The other city agrees to the new words, which it has read as of this revision: then everybody reads them. Versions by machine in
        its own languages count as reviewed by it from then on.

        Raises:
            CommonError: there is nothing to agree to, this city wrote it, or the words were changed meanwhile.
        """
        with transaction.atomic():
            common = self._locked(seen)
            if common.next_by_id is None or common.state == "withdrawn":
                raise CommonError(_("There are no new words to agree to."))
            if common.next_by_id == city.pk:
                raise CommonError(_("Your own city wrote these words. The other one is to agree."))
            common.question, common.answer = (
                reviewed(text, city) for text in (common.next_question, common.next_answer)
            )
            common.next_question, common.next_answer, common.next_by, common.next_name = Text(), Text(), None, ""
            common.next_at, common.agreed_at = None, timezone.now()
            if common.state != "public":
                common._step("public")
            common._save()
            common._tell("agreed", city, by)
        self.refresh_from_db()

    def withdraw(self, city: City, *, by: str) -> None:
        """Either city takes it back alone; once more changes nothing."""
        with transaction.atomic():
            common = self._locked(None)
            if common.state == "withdrawn":
                return
            common._step("withdrawn")
            common._save()
            common._tell("withdrawn", city, by)
        self.refresh_from_db()

    def move(self, city: City, place: int, *, by: str) -> None:
        """Have it stand at this place of the list, from 1; the others make room."""
        with transaction.atomic():
            common = self._locked(None)
            others = list(Common.objects.filter(tie=common.tie_id).exclude(pk=common.pk))
            others.insert(max(0, min(len(others), place - 1)), common)
            changed = [one for number, one in enumerate(others, 1) if one.place != number]
            for number, one in enumerate(others, 1):
                one.place = number
            Common.objects.bulk_update(changed, ["place"])
            if changed:
                common._tell("moved", city, by)
        self.refresh_from_db()

    def _locked(self, seen: int | None) -> Common:
        journal.queue_up()
        found = Common.objects.select_for_update(of=("self",), no_key=True).select_related(
            "tie__first__actor", "tie__second__actor"
        )
        common = found.get(pk=self.pk)
        if seen is not None and common.revision != seen:
            raise CommonError(_("Meanwhile the words were changed. Read them again; nothing of yours was kept."))
        return common

    def _step(self, state: str) -> None:
        self.LIFE.check(self.state, state)
        self.state = state

    def _save(self) -> None:
        self.revision += 1
        self.save()

    def _tell(self, verb: str, city: City, by: str, **data: Any) -> None:
        journal.record(f"common.{verb}", self, handle=city.handle, by=by, tie=self.tie_id, **data)


def reviewed(text: Text, city: City) -> Text:
    """A text whose versions by machine in the languages of this city it has read and approved."""
    now = timezone.now().isoformat(timespec="seconds")
    versions = {
        tag: replace(version, state="reviewed", by=city.handle, at=now)
        if version.state == "machine" and tag in city.languages and tag != text.original
        else version
        for tag, version in text.versions.items()
    }
    return replace(text, versions=versions)
