"""Who is told of what is posted, marked, followed and answered: subscribers of the journal give the notices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cityplus import journal, notifications
from cityplus.actors.models import Actor
from cityplus.cities.rights import Right
from cityplus.journal.models import Entry
from cityplus.moderation import voices
from cityplus.people.models import Person
from cityplus.social.models import Ballot, Boost, Favourite, Post, Question
from cityplus.social.speakers.speaking import teams_with


def people_of(actor: Actor) -> list[Person]:
    """Who is told what is meant for an actor: the person whose own it is, those of a city's team who may speak for it, or who speaks
    for it by what another room has said."""
    if actor.kind == Actor.Kind.CITY:
        return list(Person.objects.filter(teams_with(Right.SPEAK, actor)).distinct())
    if actor.kind == Actor.Kind.PERSON:
        return list(Person.objects.filter(profile__actor=actor))
    return voices.people_of(actor)


@journal.subscribe("social.notices.posts", "post.posted", "post.edited")
def of_post(entry: Entry) -> None:
    """Whom a post asks, answers, names and quotes; who is several of these is told the first."""
    found = Post.objects.there().select_related("author", "reply_to__author", "quote__author", "asks")
    post = found.filter(pk=entry.subject_id).first()
    if post is None:
        return
    addressed: list[tuple[str, Actor | None]] = [
        ("question", post.asks),
        ("reply", post.reply_to.author if post.reply_to else None),
        *(("mention", mention.actor) for mention in post.mentions.select_related("actor").order_by("pk")),
        ("quote", post.quote.author if post.quote else None),
    ]
    told: set[int] = set()
    for kind, actor in addressed:
        if actor is None or actor.pk == post.author_id:
            continue
        people = [person for person in people_of(actor) if person.pk not in told]
        told |= {person.pk for person in people}
        at = post.at if entry.verb == "post.posted" else entry.at
        _tell(_Deed(kind, post, post.author, at, entry.by), actor, people)


@journal.subscribe("social.notices.marks", "favourite.made", "boost.made")
def of_mark(entry: Entry) -> None:
    post = Post.objects.there().select_related("author").filter(pk=entry.data["post"]).first()
    actor = Actor.objects.there().filter(pk=entry.data["actor"]).first()
    if post and actor and actor.pk != post.author_id:
        kind = entry.verb.partition(".")[0]
        model: type[Favourite] | type[Boost] = Favourite if kind == "favourite" else Boost
        mark = model.objects.filter(pk=entry.subject_id).first()
        deed = _Deed(kind, post, actor, mark.at if mark else entry.at, entry.by)
        _tell(deed, post.author, people_of(post.author))


@journal.subscribe("social.notices.follows", "follow.begun", "follow.asked", "follow.accepted")
def of_follow(entry: Entry) -> None:
    actors = Actor.objects.there().in_bulk([entry.data["actor"], entry.data["target"]])
    if len(actors) < 2:
        return
    actor, target = actors[entry.data["actor"]], actors[entry.data["target"]]
    if entry.verb == "follow.accepted":
        _tell(_Deed("follow_accepted", actor, target, entry.at, entry.by), actor, people_of(actor))
    else:
        kind = {"follow.begun": "follow", "follow.asked": "follow_request"}[entry.verb]
        _tell(_Deed(kind, target, actor, entry.at, entry.by), target, people_of(target))


@journal.subscribe("social.notices.questions", "question.helped")
def of_answer(entry: Entry) -> None:
    """Whose answer it was that helped."""
    question = Question.objects.select_related("post__author").filter(pk=entry.subject_id).first()
    post = Post.objects.there().select_related("author").filter(pk=entry.data["answer"]).first()
    if question and post and post.author_id != question.post.author_id:
        deed = _Deed("helped", post, question.post.author, entry.at, entry.by)
        _tell(deed, post.author, people_of(post.author))


@journal.subscribe("social.notices.polls", "poll.closed")
def of_poll(entry: Entry) -> None:
    """Whose poll it was, and who voted in it."""
    post = Post.objects.there().select_related("author").filter(pk=entry.data["post"]).first()
    if post is None:
        return
    _tell(_Deed("poll", post, None, entry.at, ""), post.author, people_of(post.author))
    voted = Actor.objects.filter(pk__in=Ballot.objects.filter(poll=post.pk).values("actor")).exclude(pk=post.author_id)
    deed = _Deed("poll", post, post.author, entry.at, "")
    for city in voted.filter(kind=Actor.Kind.CITY):
        _tell(deed, city, people_of(city))
    people = Person.objects.filter(profile__actor__in=voted)
    notifications.give_many("poll", to=people.iterator(), subject=post, by=post.author, at=entry.at)


@dataclass(frozen=True, slots=True)
class _Deed:
    """What is told: of what was brought in from elsewhere, the moment at which it was said."""

    kind: str
    subject: Post | Actor
    by: Actor | None
    at: datetime
    doer: str


def _tell(deed: _Deed, to: Actor, people: Iterable[Person]) -> None:
    """``to`` is the actor that is addressed: people hear of it as themselves, or as a voice of theirs."""
    notifications.give_many(
        deed.kind,
        to=people,
        subject=deed.subject,
        by=deed.by,
        at=deed.at,
        voice=to if to.kind != Actor.Kind.PERSON else None,
        doer=deed.doer,
    )
