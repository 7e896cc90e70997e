from __future__ import annotations

from django.db import connection, models

from cityplus.actors.models import Actor


class Tally(models.Model):
    """How many follow an actor, how many it follows, and how many posts it has. Each number is changed in the transaction that
    changes what it counts, and only when a row came or went: it equals ``COUNT(*)`` always."""

    actor = models.OneToOneField(Actor, on_delete=models.CASCADE, primary_key=True, related_name="tally")
    followers = models.IntegerField(default=0)
    following = models.IntegerField(default=0)
    posts = models.IntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.followers} followers, {self.following} followed, {self.posts} posts"

    @staticmethod
    def add(actor_id: int, *, followers: int = 0, following: int = 0, posts: int = 0) -> None:
        """Bring the numbers of an actor on by these; the row is made when it is not there yet."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO social_tally (actor_id, followers, following, posts) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (actor_id) DO UPDATE SET followers = social_tally.followers + excluded.followers,"
                " following = social_tally.following + excluded.following, posts = social_tally.posts + excluded.posts",
                [actor_id, followers, following, posts],
            )
