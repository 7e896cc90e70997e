from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Body, Path, Query
from pydantic import Field

from cityplus.actors.models import Actor
from cityplus.api import posts, problems
from cityplus.api.asker import Asker, asker, speaker
from cityplus.api.asking import Query as LanguageAndVersions
from cityplus.api.asking import Reader, parameter
from cityplus.api.problems import Problem
from cityplus.api.resource import Resource
from cityplus.api.schemas.social import ACTOR, ContextOut, Mark, OnePost, PostIn, PostNumber, TextIn, WaitsOut
from cityplus.languages.tags import LanguageError
from cityplus.languages.text import Text, Version
from cityplus.media.models import Medium
from cityplus.social import policies, posting
from cityplus.social.composing.about import asked_city, space_of
from cityplus.social.composing.holding import hold_writing
from cityplus.social.errors import BadPost, Gone, Held, SocialError
from cityplus.social.models import Bookmark, Boost, Favourite, Post
from cityplus.social.standings import root_of, standing
from cityplus.social.writing import Writing
from cityplus.web.kept import for_oneself

operations = Resource("Posts", quiet=True)
operations.add_decorator(for_oneself, mode="view")

MARKS: dict[str, type[Favourite | Boost | Bookmark]] = {"favourite": Favourite, "boost": Boost, "bookmark": Bookmark}
ANCESTORS, DESCENDANTS = 40, 200


class PostQuery(LanguageAndVersions):
    """What a post can be asked."""

    as_: Annotated[str, Field(pattern=ACTOR, alias="as")] = parameter(
        "as", "the handle of an actor for whom you may speak", "As whom you read", examples=["thehague"]
    )


@operations.reads(
    "/posts/{post}",
    OnePost,
    name="getPost",
    summary="A post",
    about="A post that you may see, and what it is to you.",
)
def get_post(
    request: HttpRequest, response: HttpResponse, post: Path[PostNumber], query: Query[PostQuery]
) -> HttpResponse:
    reader, who = Reader(request, response, query), asker(request, query.as_)
    return _told(response, reader, who, seen(who, post))


@operations.reads(
    "/posts/{post}/context",
    ContextOut,
    name="getContext",
    summary="What stands around a post",
    about=f"At most {ANCESTORS} posts above it and {DESCENDANTS} below, as far as you may see them; none that were hidden.",
)
def get_context(
    request: HttpRequest, response: HttpResponse, post: Path[PostNumber], query: Query[PostQuery]
) -> HttpResponse:
    reader, who = Reader(request, response, query), asker(request, query.as_)
    found = seen(who, post)
    thread = Post.objects.visible_to(who.reader).filter(thread=found.thread).select_related("author").order_by("pk")
    above = _above(found, thread)
    below = _below(found, thread.filter(hidden_at=None, pk__gt=found.pk).exclude(author__in=who.reader.shunned))
    told = posts.of_posts([*above, *below], reader)
    mine = posts.mine([*told], who.actor)
    parts = (
        b",".join(posts.single(told[one.pk], mine[one.pk]) for one in some if one.pk in told) for some in (above, below)
    )
    return _json(b'{"ancestors":[%s],"descendants":[%s]}' % tuple(parts), response)


@operations.writes(
    ["POST"],
    "/posts",
    OnePost,
    name="publishPost",
    summary="Post something",
    about="As oneself, or with “as” for a city. Needs a session, and its token in the header X-CSRFToken. What the filters of the network "
    "hold is answered with 202: it is kept, and posted once somebody of moderation has let it.",
    waits=WaitsOut,
)
def publish(request: HttpRequest, response: HttpResponse, query: Query[PostQuery], body: Body[PostIn]) -> HttpResponse:
    reader, who = Reader(request, response, query), speaker(request, query.as_)
    author = who.speaking
    try:
        writing = _writing(who, body)
        post = posting.publish(author, writing, by=who.reader.username)
    except Held as why:
        hold_writing(author, writing, by=who.reader.username, why=str(why))
        return _json(_waits(reader), response, status=HTTPStatus.ACCEPTED)
    except BadPost as error:
        raise Problem(problems.INVALID_BODY, [(error.where, str(error))]) from None
    except Gone:
        raise Problem(problems.NOT_FOUND) from None
    except SocialError:
        raise Problem(problems.REFUSED) from None
    return _json(posts.single(posts.of_new(post, reader, media=bool(body.media)), posts.NOTHING), response)


@operations.writes(
    ["DELETE"],
    "/posts/{post}",
    OnePost,
    name="deletePost",
    summary="Take a post back",
    about="It is gone at once for everybody; the answer is what it was. Needs a session and its token.",
)
def delete(
    request: HttpRequest, response: HttpResponse, post: Path[PostNumber], query: Query[PostQuery]
) -> HttpResponse:
    reader, who = Reader(request, response, query), speaker(request, query.as_)
    found = seen(who, post)
    if not policies.may_edit(standing(found, root_of(found), who.reader, who.actor)):
        raise Problem(problems.REFUSED)
    answer = _told(response, reader, who, found)
    posting.delete(found, by=who.reader.username)
    return answer


@operations.writes(
    ["PUT"],
    "/posts/{post}/marks/{mark}",
    OnePost,
    name="putMark",
    summary="Favourite, boost or bookmark a post",
    about="Once; again changes nothing. Nobody else learns of a bookmark. Needs a session and its token.",
)
def put_mark(
    request: HttpRequest, response: HttpResponse, post: Path[PostNumber], mark: Path[Mark], query: Query[PostQuery]
) -> HttpResponse:
    reader, who = Reader(request, response, query), speaker(request, query.as_)
    found = seen(who, post)
    stands = standing(found, root_of(found), who.reader, who.actor)
    if stands.blocked or (mark == "boost" and not policies.may_boost(found, stands)):
        raise Problem(problems.REFUSED)
    MARKS[mark].put(who.speaking, found, by=who.reader.username)
    return _told(response, reader, who, seen(who, post))


@operations.writes(
    ["DELETE"],
    "/posts/{post}/marks/{mark}",
    OnePost,
    name="deleteMark",
    summary="Take a mark away",
    about="Where there is none nothing changes. Needs a session and its token.",
)
def delete_mark(
    request: HttpRequest, response: HttpResponse, post: Path[PostNumber], mark: Path[Mark], query: Query[PostQuery]
) -> HttpResponse:
    reader, who = Reader(request, response, query), speaker(request, query.as_)
    MARKS[mark].take(who.speaking, seen(who, post), by=who.reader.username)
    return _told(response, reader, who, seen(who, post))


def seen(who: Asker, number: str) -> Post:
    """The post of this number, if whoever asks may know of it.

    Raises:
        Problem: there is none.
    """
    found = Post.objects.visible_to(who.reader).select_related("author").filter(pk=int(number)).first()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return found


def _above(post: Post, thread: QuerySet[Post]) -> Sequence[Post]:
    """What it answers, from the farthest on, up to the first that whoever asks may not see."""
    found: list[Post] = []
    wanted = post.reply_to_id
    while wanted and len(found) < ANCESTORS and (one := thread.filter(pk=wanted).first()):
        found.append(one)
        wanted = one.reply_to_id
    return found[::-1]


def _below(post: Post, thread: QuerySet[Post]) -> Sequence[Post]:
    """What answers it, or an answer to it that is there, in the order of time."""
    there, found = {post.pk}, list[Post]()
    for one in thread[: 5 * DESCENDANTS]:
        if one.reply_to_id in there and len(found) < DESCENDANTS:
            there.add(one.pk)
            found.append(one)
    return found


def _writing(who: Asker, body: PostIn) -> Writing:
    reply_to, quote = (seen(who, number) if number else None for number in (body.reply_to, body.quote))
    asks, space = _asked(body.asks), _space(who.speaking, body.space)
    if reply_to:
        root = root_of(reply_to)
        if not policies.may_reply(reply_to, root, standing(reply_to, root, who.reader, who.actor)):
            raise Problem(problems.REFUSED)
    if quote and not policies.may_quote(quote, standing(quote, root_of(quote), who.reader, who.actor)):
        raise Problem(problems.REFUSED)
    media = Medium.objects.filter(owner=who.speaking).in_bulk(body.media)
    if len(media) < len(set(body.media)):
        raise Problem(problems.INVALID_BODY, [("media", "One of these is not there, or not the author's.")])
    return Writing(
        text=_text(body.text, "text"),
        note=_text(body.note, "note") if body.note else Text(),
        audience=body.audience,
        reply_to=reply_to,
        quote=quote,
        asks=asks,
        space=space,
        who_replies=body.who_replies,
        who_boosts=body.who_boosts,
        who_quotes=body.who_quotes,
        media=[media[number] for number in dict.fromkeys(body.media)],
    )


def _asked(handle: str | None) -> Actor | None:
    """The city whose public is asked."""
    found = asked_city(handle) if handle else None
    if handle and found is None:
        raise Problem(problems.INVALID_BODY, [("asks", "There is no city of this handle.")])
    return found.actor if found else None


def _space(speaking: Actor, handle: str | None) -> Actor | None:
    """The pair in whose space something is said, by one of its two cities or by somebody who lives in one."""
    found = space_of(speaking, handle) if handle else None
    if handle and found is None:
        raise Problem(
            problems.INVALID_BODY, [("space", "There is no pair of this handle in whose space the author may speak.")]
        )
    return found


def _text(given: TextIn, where: str) -> Text:
    try:
        return Text(given.original, {tag: Version(words) for tag, words in given.versions.items()})
    except LanguageError as error:
        raise Problem(problems.INVALID_BODY, [(where, f"{error}.")]) from None


def _waits(reader: Reader) -> bytes:
    """Why it is looked at is for moderation to know."""
    says = "Moderation looks at it before it is posted. It is kept among the drafts of its author."
    return json.dumps({"waits": True, "detail": says, "drafts": reader.page(reverse("social:drafts"))}).encode()


def _told(response: HttpResponse, reader: Reader, who: Asker, post: Post) -> HttpResponse:
    told = posts.of_posts([post], reader).get(post.pk)
    if told is None:
        raise Problem(problems.NOT_FOUND)
    return _json(posts.single(told, posts.mine([post.pk], who.actor)[post.pk]), response)


def _json(body: bytes, given: HttpResponse, status: int = HTTPStatus.OK) -> HttpResponse:
    made = HttpResponse(body, content_type="application/json; charset=utf-8", status=status)
    for name, value in given.headers.items():
        if name != "Content-Type":
            made.headers[name] = value
    return made
