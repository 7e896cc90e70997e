from __future__ import annotations

from collections.abc import Collection

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.languages.fields import MultilingualField
from cityplus.social.errors import BadPost, NotAllowed
from cityplus.social.models.post import Post


class Poll(models.Model):
    """A question with answers to choose from, in a post. ``many``: more than one may be chosen. ``voters`` is how many have voted."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, primary_key=True, related_name="poll")
    many = models.BooleanField(default=False)
    ends_at = models.DateTimeField()
    voters = models.IntegerField(default=0)
    closed_at = models.DateTimeField(null=True, help_text="When its end was told")

    def __str__(self) -> str:
        return f"poll of {self.post_id}"

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    def cast(self, actor: Actor, places: Collection[int], *, by: str) -> Ballot:
        """Vote for the options in these places; who has voted already changes nothing. The caller has asked the policies.

        Raises:
            NotAllowed: it is over.
            BadPost: nothing was chosen, too much, or what is not there.
        """
        with transaction.atomic():
            poll = Poll.objects.select_for_update().get(pk=self.pk)
            if there := Ballot.objects.filter(poll=poll, actor=actor).first():
                return there
            if poll.is_over:
                raise NotAllowed(_("The poll is over."))
            options = list(poll.options.filter(place__in=places))
            if not options or len(options) != len(set(places)):
                raise BadPost(_("Choose one of the answers."), "poll")
            if len(options) > 1 and not poll.many:
                raise BadPost(_("Only one answer can be chosen."), "poll")
            ballot = Ballot.objects.create(poll=poll, actor=actor)
            Choice.objects.bulk_create([Choice(ballot=ballot, option=option) for option in options])
            Option.objects.filter(pk__in=[option.pk for option in options]).update(votes=F("votes") + 1)
            Poll.objects.filter(pk=poll.pk).update(voters=F("voters") + 1)
            Post.objects.filter(pk=poll.pk).update(revision=F("revision") + 1)
            journal.record("ballot.cast", ballot, by=by, quiet=True, actor=actor.pk, post=poll.pk)
        return ballot

    def close(self) -> None:
        """Say that it is over, once its end has come; saying it again changes nothing."""
        with transaction.atomic():
            poll = Poll.objects.select_for_update().get(pk=self.pk)
            if poll.closed_at or not poll.is_over:
                return
            Poll.objects.filter(pk=poll.pk).update(closed_at=timezone.now())
            poll.post.touch()
            journal.record("poll.closed", poll, quiet=True, author=poll.post.author_id, post=poll.pk)


class Option(models.Model):
    """One answer of a poll. ``votes`` equals the rows of its choices always."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    words = MultilingualField()
    votes = models.IntegerField(default=0)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["poll", "place"], name="social_option_place")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.words}"


class Ballot(models.Model):
    """An actor has voted. For what is nobody's business but its own: only numbers are shown."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "poll"], name="social_ballot_once")]

    def __str__(self) -> str:
        return f"{self.actor_id} in {self.poll_id}"


class Choice(models.Model):
    """What was chosen on a ballot."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="choices")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="choices")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "option"], name="social_choice_once")]

    def __str__(self) -> str:
        return f"{self.option_id} on {self.ballot_id}"
