"""What posting means for questions: the seam between posts, which know nothing of them, and the questions, answers and matters that
follow from posts. Each function is called in the transaction of what it is told of."""

from __future__ import annotations

from collections.abc import Iterable

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.social.models.matter import Matter
from cityplus.social.models.post import Post
from cityplus.social.models.profile import Profile
from cityplus.social.models.question import Question
from cityplus.social.questions.answering import part_of


def space_of(author: Actor, asked: Actor | None) -> Actor | None:
    """In the space of which pair a question stands: that of the asked city and the one in which the asker lives, or which asks, where
    the two are tied."""
    if asked is None:
        return None
    home = author if author.kind == Actor.Kind.CITY else _home(author)
    if home is None or home.pk == asked.pk:
        return None
    handle = "+".join(sorted((home.handle, asked.handle)))
    return Actor.objects.there().filter(kind=Actor.Kind.PAIR, handle=handle).first()


def posted(post: Post, named: Iterable[Actor]) -> None:
    """A question begins; a reply answers one, and is what its city waits for no longer; cities are asked, replied to and mentioned."""
    if post.asks_id:
        Question.begin(post)
    if post.reply_to_id:
        _answer(post)
        if post.author.kind == Actor.Kind.CITY:
            for matter in Matter.objects.filter(city__actor=post.author, post=post.reply_to_id):
                matter.replied(by=post.by)
    _raise(post, named)


def mentioned(post: Post, named: Iterable[Actor]) -> None:
    """Further cities are mentioned since it was edited."""
    _raise(post, named)


def changed(post: Post) -> None:
    """It was deleted, hidden or withheld, or came back: what it answers may be open again."""
    if post.is_reply:
        for question in Question.objects.filter(answers__post=post):
            question.follow()


def _answer(post: Post) -> None:
    """A reply that everybody may read answers the question in whose thread it stands, when its author may answer it."""
    if post.audience != Post.Audience.PUBLIC:
        return
    question = Question.objects.select_related("post", "city__actor").filter(pk=post.thread).first()
    role = part_of(question, post.author).role if question else ""
    if question and role:
        question.take(post, role, by=post.by if role == "city" else f"@{post.author.handle}")


def _raise(post: Post, named: Iterable[Actor]) -> None:
    kinds = {actor.pk: "mention" for actor in named if actor.kind == Actor.Kind.CITY}
    if post.reply_to and post.reply_to.author.kind == Actor.Kind.CITY:
        kinds[post.reply_to.author_id] = "reply"
    if post.asks_id:
        kinds[post.asks_id] = "question"
    kinds.pop(post.author_id, None)
    if not kinds:
        return
    language = post.text.original
    cities = City.objects.filter(actor__in=kinds).exclude(matters__post=post).select_related("actor")
    matters = [Matter(city=city, post=post, kind=kinds[city.actor_id], language=language) for city in cities]
    Matter.objects.bulk_create(matters, ignore_conflicts=True)
    for matter in matters:
        if matter.kind != "question":  # whose asking is recorded
            journal.record(f"post.{matter.kind}", post, handle=matter.city.handle, quiet=True)


def _home(author: Actor) -> Actor | None:
    profile = Profile.objects.filter(actor=author).select_related("home__actor").first()
    return profile.home.actor if profile and profile.home else None
