from __future__ import annotations

from django.db import models
from django.db.models import Q

from cityplus.actors.models import Actor


class Entry(models.Model):
    """A place in timelines: that of an actor, and of all who follow it. Its id is in the order of time, and of commits: whoever has
    seen an entry will not meet an older one that was not there. Nothing has one that is only for those mentioned, was deleted,
    hidden or withheld.

    ``listed`` ones are for everybody: a public post that answers nobody, by an actor in good standing. ``to`` is whom it answers.
    """

    class Kind(models.TextChoices):
        OWN = "own"
        BOOST = "boost"
        ASKED = "asked", "a question to the public of this city"
        PAIR = "pair", "said in the space of this pair"

    id = models.BigIntegerField(primary_key=True)
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="entries")
    post = models.ForeignKey("social.Post", on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=5, choices=Kind)
    listed = models.BooleanField(default=False)
    to = models.ForeignKey(Actor, null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=35)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["actor", "post", "kind"], name="social_entry_once")]
        indexes = [
            models.Index(fields=["actor", "-id"], name="social_entries_of"),
            models.Index(fields=["post", "id"], name="social_entries_post"),
            models.Index(fields=["-id"], name="social_entries_listed", condition=Q(listed=True)),
            models.Index(fields=["language", "-id"], name="social_entries_spoken", condition=Q(listed=True)),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.kind} {self.post_id} by {self.actor_id}"
