"""Polls as a reader gets them: numbers only for who has voted, or once it is over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from cityplus import jobs
from cityplus.languages.text import Text
from cityplus.social.composing.zones import zones_of
from cityplus.social.models import Choice, Poll
from cityplus.social.speakers.reader import Reader

FIELD = "vote-{number}"
"""The name of the fields of the poll in a post: a page has one form for many polls."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: ``votes`` and ``percent`` (of all who voted) are None while the reader is not told."""

    place: int
    words: Text
    votes: int | None
    percent: int | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A poll for one reader. ``may_vote`` is false too for who is not signed in: ``anybody`` says that."""

    number: int
    handle: str
    answers: Sequence[Answer]
    many: bool
    ends_at: datetime
    zone: str
    over: bool
    voters: int
    voted: bool
    may_vote: bool
    anybody: bool

    @property
    def field(self) -> str:
        return FIELD.format(number=self.number)

    @property
    def told(self) -> bool:
        """Whether this reader is told the numbers."""
        return any(answer.votes is not None for answer in self.answers)


def shown(posts: Collection[int], reader: Reader) -> dict[int, Shown]:
    """The polls of those of these posts that have one, by the post, for a reader who may see them; five queries at most."""
    polls = list(
        Poll.objects.filter(pk__in=posts).select_related("post__author").prefetch_related("options").order_by()
    )
    chosen: dict[int, set[int]] = {}
    if polls and reader.actor:
        rows = Choice.objects.filter(ballot__actor=reader.actor, ballot__poll__in=polls)
        for poll, option in rows.values_list("ballot__poll", "option"):
            chosen.setdefault(poll, set()).add(option)
    zones = zones_of([poll.post.author_id for poll in polls])
    return {poll.pk: _shown(poll, reader, chosen.get(poll.pk), zones[poll.post.author_id]) for poll in polls}


def _shown(poll: Poll, reader: Reader, chosen: set[int] | None, zone: str) -> Shown:
    own, over = poll.post.author_id in reader.voices, poll.is_over
    told = own or over or chosen is not None
    answers = [
        Answer(
            option.place,
            option.words,
            option.votes if told else None,
            round(100 * option.votes / max(poll.voters, 1)) if told else None,
            option.pk in (chosen or ()),
        )
        for option in poll.options.all()
    ]
    return Shown(
        number=poll.pk,
        handle=poll.post.author.handle,
        answers=answers,
        many=poll.many,
        ends_at=poll.ends_at,
        zone=zone,
        over=over,
        voters=poll.voters,
        voted=chosen is not None,
        may_vote=bool(reader.actor) and not over and chosen is None and reader.actor != poll.post.author_id,
        anybody=not reader.voices,
    )


@jobs.job("social.poll")
def close(poll: int) -> None:
    """Say that a poll is over whose end has come; one that was deleted with its post is let be."""
    if found := Poll.objects.select_related("post").filter(pk=poll).first():
        found.close()
